"""Findings of the floor of rules: FEEL expressions and decision tables."""

from __future__ import annotations

SENTENCES = {
    "feel.syntax": {
        "id": "Rumus ini tidak dapat dibaca: baris {line}, huruf ke-{column}: ada {found}, seharusnya {expected}. Perbaiki penulisannya. "
        "Maksudnya {nearest}?",
        "en": "The expression cannot be read: line {line}, column {column}: {found} is not expected; expected: {expected}. Correct it. "
        "Did you mean {nearest}?",
    },
    "feel.limit": {
        "id": "Rumus ini meminta lebih dari yang boleh dipakai satu rumus ({limit}); pendekkan.",
        "en": "The expression asks for more than an expression may use ({limit}); make it shorter.",
    },
    "feel.unknown_name": {
        "id": "Nama {name} tidak dikenal di sini. Maksudnya {nearest}?",
        "en": "The name {name} is not known here. Did you mean {nearest}?",
    },
    "feel.unknown_function": {
        "id": "Tidak ada fungsi {name}. Maksudnya {nearest}?",
        "en": "There is no function {name}. Did you mean {nearest}?",
    },
    "feel.wrong_type": {
        "id": "Tanda “{operator}” tidak dapat dipakai antara {left} dan {right}; ubah salah satunya.",
        "en": "“{operator}” cannot stand between {left} and {right}; change one of them.",
    },
    "feel.wrong_operand": {
        "id": "“{operator}” membutuhkan {expected}, di sini ada {found}; ubah.",
        "en": "“{operator}” needs {expected}, and here is {found}; change it.",
    },
    "feel.bad_literal": {
        "id": "“{text}” bukan tanggal, waktu, atau lama waktu yang benar; tulis seperti 2026-01-31 atau P14D.",
        "en": "“{text}” is no date, time or duration; write it like 2026-01-31 or P14D.",
    },
    "feel.wrong_argument": {
        "id": "Fungsi {function}: {argument} harus {expected}, bukan {found}; ubah.",
        "en": "The function {function}: {argument} must be {expected}, not {found}; change it.",
    },
    "feel.wrong_number_of_arguments": {
        "id": "Fungsi {function} membutuhkan {expected} nilai, di sini ada {given}; tambah atau kurangi.",
        "en": "The function {function} takes {expected} values, and here are {given}; add or remove some.",
    },
    "feel.unknown_argument": {
        "id": "Fungsi {function} tidak mengenal {argument}; yang ada: {expected}.",
        "en": "The function {function} does not know {argument}; it has {expected}.",
    },
    "dmn.unreadable": {
        "id": "Tabel keputusan ini tidak dapat dibaca: {reason}. Perbaiki, atau gambar ulang tabelnya.",
        "en": "The decision table cannot be read: {reason}. Correct it, or draw the table again.",
    },
    "dmn.unknown_requirement": {
        "id": "Tabel ini membutuhkan {name}, yang tidak ada di berkasnya; tambahkan, atau hapus garisnya.",
        "en": "This table requires {name}, which is not in its file; add it, or remove the line to it.",
    },
    "dmn.no_logic": {
        "id": "Keputusan ini kosong; isi tabelnya.",
        "en": "This decision is empty; fill in its table.",
    },
    "dmn.wrong_type": {
        "id": "Kolom hasil ini berisi {found}, padahal harus {expected}; ubah isinya.",
        "en": "This result is {found} and must be {expected}; change it.",
    },
    "dmn.not_an_output_value": {
        "id": "{text} tidak termasuk nilai yang boleh keluar dari kolom ini ({allowed}); ubah, atau tambahkan ke daftar.",
        "en": "{text} is not among the values that this column may give ({allowed}); change it, or add it to them.",
    },
    "dmn.overlap": {
        "id": "Baris {rules} sama-sama berlaku, misalnya untuk {example}, padahal hanya satu yang boleh. Ubah syarat salah satunya.",
        "en": "Rows {rules} both hold, for example for {example}, and only one may. Change the conditions of one of them.",
    },
    "dmn.gap": {
        "id": "Tidak ada baris untuk {example}: hasilnya akan kosong. Tambahkan satu baris, atau baris terakhir tanpa syarat.",
        "en": "No row holds for {example}: nothing would come out. Add a row, or a last one without conditions.",
    },
    "dmn.never_reached": {
        "id": "Baris {rule} tidak pernah terpakai: baris {hidden_by} selalu lebih dahulu, misalnya untuk {example}. "
        "Pindahkan ke atas, atau hapus.",
        "en": "Row {rule} is never used: row {hidden_by} always comes first, for example for {example}. Move it up, or remove it.",
    },
    "dmn.never_fires": {
        "id": "Baris {rule} tidak pernah berlaku: tidak ada jawaban yang memenuhi syaratnya. Perbaiki syaratnya, atau hapus baris itu.",
        "en": "Row {rule} never holds: no answer fulfils its conditions. Correct them, or remove the row.",
    },
    "dmn.reached_when_missing": {
        "id": "Baris {rule} hanya terpakai bila jawaban tidak ada: baris {hidden_by} sudah mencakup semua jawaban. "
        "Hapus, atau perbaiki baris di atasnya.",
        "en": "Row {rule} is only used when an answer is missing: row {hidden_by} already takes all answers. "
        "Remove it, or correct the rows above.",
    },
}
