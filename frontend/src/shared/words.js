// The few sentences the browser says by itself. Everything else comes from the server in the reader's language.
const id = {
  file: {
    chooseFilesButton: 'Pilih berkas',
    dropInstruction: 'atau seret berkas ke sini',
    noFileChosen: 'Belum ada berkas',
    multipleFilesChosen: { other: '%{count} berkas dipilih' },
    enteredDropZone: 'Di atas kotak berkas',
    leftDropZone: 'Keluar dari kotak berkas',
  },
  count: {
    charactersUnderLimit: { other: 'Sisa %{count} huruf' },
    charactersAtLimit: 'Sudah mencapai batas',
    charactersOverLimit: { other: 'Kelebihan %{count} huruf' },
    wordsUnderLimit: { other: 'Sisa %{count} kata' },
    wordsAtLimit: 'Sudah mencapai batas',
    wordsOverLimit: { other: 'Kelebihan %{count} kata' },
  },
  password: {
    showPassword: 'Lihat',
    hidePassword: 'Tutup',
    showPasswordAriaLabel: 'Lihat kata sandi',
    hidePasswordAriaLabel: 'Sembunyikan kata sandi',
    passwordShownAnnouncement: 'Kata sandi terlihat',
    passwordHiddenAnnouncement: 'Kata sandi tersembunyi',
  },
  shrunk: (before, after) => `Foto diperkecil dari ${before} menjadi ${after}.`,
  sending: (name) => `Mengirim ${name} …`,
  sent: (name) => `${name} sudah tersimpan.`,
  cut: (name) => `Pengiriman ${name} terputus. Berkas belum tersimpan. Periksa sambungan, lalu kirim lagi.`,
  signedOut: 'Anda sudah keluar. Masuk lagi di tab lain, lalu kirim berkas ini lagi.',
  again: 'Kirim lagi',
  large: (name, most) => `${name} lebih besar dari ${most}. Pilih berkas yang lebih kecil.`,
  remove: (name) => `Hapus “${name}”`,
  kept: 'Isian yang belum terkirim di perangkat ini sudah dikembalikan.',
  choose: 'Pilih',
  offline: 'Daftar tidak dapat diambil. Periksa sambungan, lalu coba lagi.',
};
const en = {
  file: {},
  count: {},
  password: {},
  shrunk: (before, after) => `Photo made smaller: from ${before} to ${after}.`,
  sending: (name) => `Sending ${name} …`,
  sent: (name) => `${name} is kept.`,
  cut: (name) => `Sending ${name} was cut off. The file is not kept yet. Check the connection and send it again.`,
  signedOut: 'You are signed out. Sign in in another tab, then send this file again.',
  again: 'Send again',
  large: (name, most) => `${name} is larger than ${most}. Choose a smaller file.`,
  remove: (name) => `Remove “${name}”`,
  kept: 'What you had typed on this device but not sent is back.',
  choose: 'Choose',
  offline: 'The list could not be fetched. Check the connection and try again.',
};

export const lang = document.documentElement.lang === 'en' ? 'en' : 'id';
export const words = lang === 'en' ? en : id;
