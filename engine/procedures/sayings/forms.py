"""Findings of the floor of forms."""

from __future__ import annotations

SENTENCES = {
    "form.json": {
        "id": "Berkas ini tidak dapat dibaca sebagai JSON: {why}. Perbaiki di tempat itu.",
        "en": "This is not readable JSON: {why}. Correct it there.",
    },
    "form.large": {
        "id": "Formulir ini lebih besar dari {max} byte; bagi menjadi beberapa formulir.",
        "en": "The form is larger than {max} bytes; split it.",
    },
    "form.twice": {
        "id": "{what} ada dua kali; beri salah satunya kunci lain.",
        "en": "{what} is there twice; give one of them another key.",
    },
    "form.unknown_key": {
        "id": "Kunci {key} tidak dikenal di sini. Maksudnya {near}?",
        "en": "The key {key} is not known here. Did you mean {near}?",
    },
    "form.missing": {"id": "Kunci {key} belum ada; tambahkan.", "en": "The key {key} is missing. Add it."},
    "form.language": {
        "id": "Teks dalam bahasa {key} belum ada; tambahkan.",
        "en": "The words in the language {key} are missing; add them.",
    },
    "form.unknown_kind": {
        "id": "Tidak ada jenis pertanyaan {kind}. Maksudnya {near}?",
        "en": "There is no kind of question {kind}. Did you mean {near}?",
    },
    "form.value": {"id": "Nilai ini tidak benar: {why}.", "en": "This value is not right: {why}."},
    "form.unknown_group": {
        "id": "Tidak ada kelompok pertanyaan bersama {group}. Maksudnya {near}?",
        "en": "There is no shared group {group}. Did you mean {near}?",
    },
    "form.prefill_inside": {
        "id": "Pertanyaan di dalam kelompok {group} tidak dapat diisi lebih dulu. Hapus pengaturannya, atau pasang pada kelompoknya.",
        "en": "A question inside the group {group} cannot be filled in beforehand. Remove the setting, or put it on the group.",
    },
    "form.prefill_kind": {
        "id": "{source} tidak memberi jawaban untuk jenis pertanyaan {kind}. Pilih sumber lain.",
        "en": "{source} gives no answer for a question of the kind {kind}. Choose another source.",
    },
    "form.prefill_unknown": {
        "id": "Formulir ini tidak punya pertanyaan {key} untuk diambil dari izin lama. Maksudnya {near}?",
        "en": "This form has no question {key} to be taken from the earlier permit. Did you mean {near}?",
    },
    "form.unknown_list": {
        "id": "Tidak ada tabel pilihan lists/{list}.csv. Maksudnya {near}?",
        "en": "There is no choice table lists/{list}.csv. Did you mean {near}?",
    },
    "list.csv": {
        "id": "Tabel pilihan ini tidak dapat dibaca sebagai CSV: {why}. Simpan lagi sebagai CSV UTF-8.",
        "en": "This is not a readable CSV file: {why}. Save it again as CSV in UTF-8.",
    },
    "list.columns": {
        "id": "Baris pertama tabel pilihan harus memuat kolom {columns}; tambahkan.",
        "en": "The first line of a choice table must name the columns {columns}; add them.",
    },
    "list.long": {
        "id": "Tabel pilihan ini memuat {count} baris; paling banyak {max}. Bagi menjadi beberapa tabel.",
        "en": "The choice table has {count} lines; at most {max} are read. Split it.",
    },
    "list.value": {
        "id": "“{value}” tidak dapat menjadi nilai; pakai huruf, angka, titik, tanda hubung, dan garis bawah saja, paling banyak 60.",
        "en": "“{value}” cannot be a value; use letters, digits, dot, dash and underscore only, at most 60.",
    },
    "list.label": {
        "id": "Baris ini perlu teks dalam kedua bahasa, paling banyak {max} huruf; isi keduanya.",
        "en": "This line needs a text of at most {max} letters in both languages; write both.",
    },
    "form.too_deep": {
        "id": "Kelompok pertanyaan bersama saling memuat terlalu dalam ({group}); tulis sebagian pertanyaan langsung di sini.",
        "en": "Shared groups include each other too deeply ({group}); write some of the questions here.",
    },
    "form.limits": {
        "id": "Batas bawah {min} lebih besar dari batas atas {max}; tukar atau ubah.",
        "en": "The least, {min}, is more than the most, {max}; change one of them.",
    },
    "form.region": {
        "id": "Wilayah {code} tidak ada; tulis kode provinsi, kabupaten, atau kecamatan yang benar.",
        "en": "There is no region {code}; write the code of a province, regency or district.",
    },
    "form.pattern": {
        "id": "Pola ini tidak dapat dibaca ({why}); tulis contoh jawaban yang benar saja bila ragu.",
        "en": "This pattern cannot be read ({why}); correct it or leave it out.",
    },
    "form.expression": {
        "id": "Syarat “{text}” tidak dapat dibaca ({why}). Perbaiki penulisannya.",
        "en": "The expression “{text}” cannot be read ({why}). Correct it.",
    },
    "form.unknown_name": {
        "id": "{name} tidak ada di formulir ini. Maksudnya {near}?",
        "en": "There is no {name} in this form. Did you mean {near}?",
    },
    "form.later": {
        "id": "Syarat ini membaca {name}, yang baru ditanyakan sesudahnya; pindahkan pertanyaan itu ke depan.",
        "en": "This condition reads {name}, which is only asked later; move that question to the front.",
    },
}
