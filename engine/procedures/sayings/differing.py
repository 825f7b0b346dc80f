"""What is said of two versions that differ, by code. `{name}` are the facts of the difference."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "step.added": {
        "id": "Langkah {number} ditambahkan: {step}.",
        "en": "Step {number} added: {step}.",
    },
    "step.added_for": {
        "id": "Langkah {number} ditambahkan: {step}, dikerjakan {desk}.",
        "en": "Step {number} added: {step}, done by {desk}.",
    },
    "step.removed": {
        "id": "Langkah {number} dihapus: {step}.",
        "en": "Step {number} removed: {step}.",
    },
    "step.renamed": {
        "id": "Langkah {number} berganti nama: {old} → {new}.",
        "en": "Step {number} renamed: {old} → {new}.",
    },
    "step.kind": {
        "id": "{step}: jenis langkahnya berubah: {old} → {new}.",
        "en": "{step}: another kind of step: {old} → {new}.",
    },
    "step.desk": {
        "id": "{step}: mejanya berubah: {old} → {new}.",
        "en": "{step}: desk changed: {old} → {new}.",
    },
    "step.days": {
        "id": "{step}: hari kerja: {old} → {new}.",
        "en": "{step}: working days: {old} → {new}.",
    },
    "step.form": {
        "id": "{step}: formulirnya berubah: {old} → {new}.",
        "en": "{step}: form changed: {old} → {new}.",
    },
    "step.time": {
        "id": "{step}: waktunya berubah: {old} → {new}.",
        "en": "{step}: time changed: {old} → {new}.",
    },
    "step.condition": {
        "id": "{step}: rumusnya berubah: {old} → {new}.",
        "en": "{step}: formula changed: {old} → {new}.",
    },
    "step.setting": {
        "id": "{step}: {setting}: {old} → {new}.",
        "en": "{step}: {setting}: {old} → {new}.",
    },
    "flow.added": {
        "id": "Jalan baru: {way}{when}.",
        "en": "New way: {way}{when}.",
    },
    "flow.removed": {
        "id": "Jalan dihapus: {way}.",
        "en": "Way removed: {way}.",
    },
    "flow.condition": {
        "id": "Syarat {way} berubah: {old} → {new}.",
        "en": "Condition of {way} changed: {old} → {new}.",
    },
    "flow.named": {
        "id": "{way} berganti nama: {old} → {new}.",
        "en": "{way} renamed: {old} → {new}.",
    },
    "form.added": {
        "id": "Formulir {form} ditambahkan ({count} pertanyaan).",
        "en": "Form {form} added ({count} questions).",
    },
    "form.removed": {
        "id": "Formulir {form} dihapus.",
        "en": "Form {form} removed.",
    },
    "form.renamed": {
        "id": "Formulir berganti judul: {old} → {new}.",
        "en": "Form has another title: {old} → {new}.",
    },
    "page.added": {
        "id": "{form}: halaman {page} ditambahkan.",
        "en": "{form}: page {page} added.",
    },
    "page.removed": {
        "id": "{form}: halaman {page} dihapus.",
        "en": "{form}: page {page} removed.",
    },
    "page.renamed": {
        "id": "{form}: halaman berganti judul: {old} → {new}.",
        "en": "{form}: page has another title: {old} → {new}.",
    },
    "page.moved": {
        "id": "{form}: urutan halaman: {old} → {new}.",
        "en": "{form}: order of the pages: {old} → {new}.",
    },
    "page.condition": {
        "id": "{form}: halaman {page} tampil bila: {old} → {new}.",
        "en": "{form}: page {page} is shown when: {old} → {new}.",
    },
    "question.added": {
        "id": "{form}: pertanyaan {question} ditambahkan.",
        "en": "{form}: question {question} added.",
    },
    "question.added_must": {
        "id": "{form}: pertanyaan {question} ditambahkan, wajib diisi.",
        "en": "{form}: question {question} added, must be answered.",
    },
    "question.removed": {
        "id": "{form}: pertanyaan {question} dihapus.",
        "en": "{form}: question {question} removed.",
    },
    "question.renamed": {
        "id": "{form}: pertanyaan berganti teks: {old} → {new}.",
        "en": "{form}: question has another text: {old} → {new}.",
    },
    "question.kind": {
        "id": "{form}: {question}: jenis pertanyaan: {old} → {new}.",
        "en": "{form}: {question}: kind of question: {old} → {new}.",
    },
    "question.must": {
        "id": "{form}: {question} kini wajib diisi.",
        "en": "{form}: {question} must be answered now.",
    },
    "question.may": {
        "id": "{form}: {question} kini tidak wajib diisi.",
        "en": "{form}: {question} may be left empty now.",
    },
    "question.moved": {
        "id": "{form}: {question} pindah ke {page}.",
        "en": "{form}: {question} moved to {page}.",
    },
    "question.order": {
        "id": "{form}: urutan pertanyaan di {page} berubah.",
        "en": "{form}: order of the questions on {page} changed.",
    },
    "question.shown": {
        "id": "{form}: {question} ditanyakan bila: {old} → {new}.",
        "en": "{form}: {question} is asked when: {old} → {new}.",
    },
    "question.help": {
        "id": "{form}: penjelasan {question} berubah: {old} → {new}.",
        "en": "{form}: help of {question} changed: {old} → {new}.",
    },
    "question.choice_added": {
        "id": "{form}: {question}: pilihan {choice} ditambahkan.",
        "en": "{form}: {question}: choice {choice} added.",
    },
    "question.choice_removed": {
        "id": "{form}: {question}: pilihan {choice} dihapus.",
        "en": "{form}: {question}: choice {choice} removed.",
    },
    "question.choice_renamed": {
        "id": "{form}: {question}: pilihan: {old} → {new}.",
        "en": "{form}: {question}: choice: {old} → {new}.",
    },
    "question.setting": {
        "id": "{form}: {question}: {setting}: {old} → {new}.",
        "en": "{form}: {question}: {setting}: {old} → {new}.",
    },
    "table.added": {
        "id": "Tabel {table} ditambahkan ({count} baris).",
        "en": "Table {table} added ({count} rows).",
    },
    "table.removed": {
        "id": "Tabel {table} dihapus.",
        "en": "Table {table} removed.",
    },
    "table.formula": {"id": "{table}: rumusnya {old} → {new}.", "en": "{table}: its formula {old} → {new}."},
    "table.logic": {
        "id": "{table}: perhitungannya berubah.",
        "en": "{table}: its calculation changed.",
    },
    "table.columns": {
        "id": "{table}: kolomnya berubah: {old} → {new}.",
        "en": "{table}: columns changed: {old} → {new}.",
    },
    "table.hit": {
        "id": "{table}: cara memilih baris: {old} → {new}.",
        "en": "{table}: how rows are chosen: {old} → {new}.",
    },
    "row.added": {
        "id": "{table}: baris {number} ditambahkan: {row}.",
        "en": "{table}: row {number} added: {row}.",
    },
    "row.removed": {
        "id": "{table}: baris {number} dihapus: {row}.",
        "en": "{table}: row {number} removed: {row}.",
    },
    "row.changed": {
        "id": "{table}: {column} baris {number}: {old} → {new}.",
        "en": "{table}: {column} of row {number}: {old} → {new}.",
    },
    "row.moved": {
        "id": "{table}: urutan baris berubah.",
        "en": "{table}: order of the rows changed.",
    },
    "about.changed": {
        "id": "{what}: {old} → {new}.",
        "en": "{what}: {old} → {new}.",
    },
    "law.added": {
        "id": "Dasar hukum ditambahkan: {law}.",
        "en": "Legal basis added: {law}.",
    },
    "law.removed": {
        "id": "Dasar hukum dihapus: {law}.",
        "en": "Legal basis removed: {law}.",
    },
    "letter.added": {
        "id": "{letter} ditambahkan ({lang}).",
        "en": "{letter} added ({lang}).",
    },
    "letter.removed": {
        "id": "{letter} dihapus ({lang}).",
        "en": "{letter} removed ({lang}).",
    },
    "letter.changed": {
        "id": "{letter} berubah ({lang}): {added} baris baru, {removed} baris dihapus.",
        "en": "{letter} changed ({lang}): {added} lines new, {removed} lines removed.",
    },
    "text.changed": {
        "id": "Teks {what} ({lang}): {old} → {new}.",
        "en": "Text of {what} ({lang}): {old} → {new}.",
    },
    "list.added": {
        "id": "Daftar pilihan {name} ditambahkan.",
        "en": "List of choices {name} added.",
    },
    "list.removed": {
        "id": "Daftar pilihan {name} dihapus.",
        "en": "List of choices {name} removed.",
    },
    "list.changed": {
        "id": "Daftar pilihan {name}: {added} baris baru, {removed} baris dihapus.",
        "en": "List of choices {name}: {added} lines new, {removed} lines removed.",
    },
    "story.added": {
        "id": "Cerita ditambahkan: {name}.",
        "en": "Story added: {name}.",
    },
    "story.removed": {
        "id": "Cerita dihapus: {name}.",
        "en": "Story removed: {name}.",
    },
    "story.changed": {
        "id": "Cerita berubah: {name}.",
        "en": "Story changed: {name}.",
    },
    "file.changed": {
        "id": "Berkas {name} berubah, tanpa perbedaan yang tampak dalam layanan.",
        "en": "File {name} changed, without a difference that is seen in the service.",
    },
}
