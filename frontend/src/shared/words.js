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
  kept: 'Isian yang belum terkirim di perangkat ini sudah dikembalikan.',
  choose: 'Pilih',
  offline: 'Daftar tidak dapat diambil. Periksa sambungan, lalu coba lagi.',
};
const en = {
  file: {},
  count: {},
  password: {},
  shrunk: (before, after) => `Photo made smaller: from ${before} to ${after}.`,
  kept: 'What you had typed on this device but not sent is back.',
  choose: 'Choose',
  offline: 'The list could not be fetched. Check the connection and try again.',
};

export const lang = document.documentElement.lang === 'en' ? 'en' : 'id';
export const words = lang === 'en' ? en : id;
