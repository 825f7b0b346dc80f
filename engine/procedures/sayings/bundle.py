"""Findings of reading the files of a bundle."""

from __future__ import annotations

SENTENCES = {
    "bundle.none": {"id": "Folder {folder} tidak ada.", "en": "There is no folder {folder}."},
    "bundle.not_allowed": {
        "id": "Tidak ada tempat untuk {file}. Layanan hanya berisi procedure.toml, process.bpmn, forms/*.json, decisions/*.dmn, "
        "lists/*.csv, letters/*.id.md, letters/*.en.md, texts/id.toml, texts/en.toml, stories/*.toml, dan README.md. "
        "Kode program tidak pernah menjadi bagian dari layanan; keluarkan berkas ini.",
        "en": "A bundle has no place for {file}; it may have procedure.toml, process.bpmn, forms/*.json, decisions/*.dmn, "
        "lists/*.csv, letters/*.id.md, letters/*.en.md, texts/id.toml, texts/en.toml, stories/*.toml and README.md. "
        "Code is never part of a procedure; take this file out.",
    },
    "bundle.link": {
        "id": "{file} hanya sebuah tautan; taruh berkas aslinya di sana.",
        "en": "{file} is a link; put the file itself there.",
    },
    "bundle.too_large": {
        "id": "{file} berukuran {size} byte; paling besar {limit}. Kecilkan berkasnya.",
        "en": "{file} has {size} bytes; at most {limit} are read. Make it smaller.",
    },
    "bundle.too_many": {
        "id": "Layanan ini berisi {count} berkas; paling banyak {limit}. Kurangi berkasnya.",
        "en": "The bundle has {count} files; at most {limit} are read. Take some out.",
    },
    "bundle.missing": {"id": "Berkas {file} tidak ada; tambahkan.", "en": "The file {file} is missing; add it."},
    "bundle.not_toml": {
        "id": "Berkas ini tidak dapat dibaca sebagai TOML: {reason}. Perbaiki baris itu.",
        "en": "This is not readable TOML: {reason}. Correct that line.",
    },
    "bundle.not_utf8": {
        "id": "Teks ini bukan UTF-8; simpan ulang sebagai UTF-8.",
        "en": "This text is not UTF-8; save it as UTF-8.",
    },
    "bundle.unknown_key": {
        "id": "Kunci {key} tidak dikenal di sini. Maksudnya {near}?",
        "en": "The key {key} is not known here. Did you mean {near}?",
    },
    "bundle.missing_key": {"id": "Kunci {key} belum ada; tambahkan.", "en": "The key {key} is missing; add it."},
    "bundle.language": {
        "id": "Teks dalam bahasa {key} belum ada; tambahkan.",
        "en": "The words in the language {key} are missing; add them.",
    },
    "bundle.value": {"id": "Nilai ini tidak benar: {reason}.", "en": "This value is not right: {reason}."},
    "bundle.one_of": {
        "id": "Di sini harus ada tepat satu dari: {shapes}.",
        "en": "This must have exactly one of: {shapes}.",
    },
    "bundle.form_key": {
        "id": "Formulir di {file} memakai kunci {key}; nama berkas dan kunci harus sama.",
        "en": "The form in {file} has the key {key}; file name and key must be the same.",
    },
    "bundle.decision_twice": {
        "id": "Keputusan {decision} ada di {file} dan di {other}; beri salah satunya id lain.",
        "en": "The decision {decision} is in {file} and in {other}; give one of them another id.",
    },
    "draft.key": {
        "id": "Ini konsep layanan {draft}, tetapi menurut procedure.toml kuncinya {key}; keduanya harus sama.",
        "en": "This is the draft of {draft}, but procedure.toml says the key is {key}; they must be the same.",
    },
    "bundle.process_key": {
        "id": "Id proses di diagram adalah {process}, sedangkan kunci layanan {key}; keduanya harus sama.",
        "en": "The process has the id {process} and the procedure the key {key}; they must be the same.",
    },
}
