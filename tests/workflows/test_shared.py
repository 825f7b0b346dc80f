"""The groups of questions that permits share: each can be read, they stand beside each other, and can be filled in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import forms
from forms.fields._samples import JPEG, PDF

FOLDER = Path(__file__).resolve().parents[2] / "workflows" / "_shared" / "forms"
GROUPS = {path.stem: path.read_bytes() for path in FOLDER.glob("*.json")}
PERSON = {
    "nama": "Siti Rahma",
    "alamat": "Jalan Veteran 5, RT 001/RW 002",
    "wilayah": "32.75.01.1002",
    "telepon": "0812 3456 7890",
}
CARD = {**PERSON, "nik": "3525015708900002"}
DETAILS = {
    "tempat_lahir": "Gresik",
    "tanggal_lahir": "1990-08-17",
    "jenis_kelamin": "perempuan",
    "pekerjaan": "Bidan",
}
BODY = {
    "bentuk_badan": "pt",
    "nama_badan": "PT Kopi Nusantara",
    "nib": "1234567890123",
    "npwp_badan": "0011223344556677",
    "nomor_akta": "12",
    "tanggal_akta": "2015-02-03",
    "nama_notaris": "Andi Wijaya, S.H.",
    "alamat_badan": {"street": "Jalan Ahmad Yani 9", "region": "32.75.01.1002"},
    "pj_nama": "Budi Santoso",
    "pj_nik": "3525011708900001",
    "pj_jabatan": "Direktur",
    "pj_telepon": "081234567890",
}
PROXY = {
    "diwakilkan": "yes",
    "kuasa_nama": "Dewi Lestari",
    "kuasa_nik": "3525015708900002",
    "kuasa_telepon": "081234567890",
    "kuasa_tanggal": "2026-10-01",
    "kuasa_cakupan": ["daftar", "ambil"],
    "surat_kuasa": forms.Upload("kuasa.pdf", PDF),
}
PLACE = {
    "lokasi_alamat": "Jalan Raya Lokasi 1",
    "lokasi_wilayah": "32.75.01.1002",
    "lokasi_titik": {"lat": "-6.2383", "lon": "106.9756"},
    "lokasi_status_lahan": "sewa",
    "lokasi_bukti_lahan": forms.Upload("sewa.pdf", PDF),
    "foto_lokasi": [forms.Upload(f"{side}.jpg", JPEG) for side in ("kiri", "depan", "kanan")],
    "denah": forms.Upload("denah.pdf", PDF),
}
PAPERS = {
    "ktp": forms.Upload("ktp.jpg", JPEG),
    "berkas_akta": forms.Upload("akta.pdf", PDF),
    "berkas_nib": forms.Upload("nib.pdf", PDF),
    "berkas_npwp": forms.Upload("npwp.pdf", PDF),
    "nomor_izin_lama": "503/0001/2025",
    "bukti_pajak": forms.Upload("pajak.pdf", PDF),
    "pernyataan": {"agreed": "yes", "version": "2026-1"},
    "tanda_tangan": {"name": "Siti Rahma"},
}


def form(*names: str) -> forms.Form:
    page = {"key": "one", "title": {"id": "Satu", "en": "One"}, "fields": [{"include": name} for name in names]}
    document = {"format": "loket-form/1", "key": "application", "title": page["title"], "pages": [page]}
    return forms.read(json.dumps(document).encode(), groups=GROUPS)


def checked(made: forms.Form, raw: dict[str, Any]) -> forms.Answers:
    return made.check(raw, at=datetime(2026, 11, 27, 3, tzinfo=UTC))


def test_all_groups_stand_in_one_form_and_can_be_filled_in() -> None:
    one_of_two = {"kontak", "pemohon_orang_asing"}  # the first is inside both groups of a person, of which a form takes one
    order = ["pemohon_orang", "data_diri", "pemohon_badan", "kuasa", *sorted(GROUPS)]
    made = form(*[name for name in dict.fromkeys(order) if name not in one_of_two])
    answers = checked(made, CARD | DETAILS | BODY | PROXY | PLACE | PAPERS)
    assert not answers.warnings
    assert set(answers.values) == set(CARD | DETAILS | BODY | PROXY | PLACE | PAPERS)


def test_a_foreigner_applies_with_a_passport_and_is_asked_for_no_identity_number() -> None:
    passport = {"jenis_identitas": "paspor", "nomor_identitas": "X1234567", "kewarganegaraan": "Jepang"}
    assert "nik" not in checked(form("pemohon_orang_asing"), PERSON | passport).values
    assert checked(form("pemohon_orang_asing"), CARD | {"jenis_identitas": "ktp"}).values["nik"] == CARD["nik"]
    with pytest.raises(forms.Invalid) as wrong:
        checked(form("pemohon_orang_asing"), PERSON | {"jenis_identitas": "kitas"})
    assert {error.path for error in wrong.value.errors} == {"nomor_identitas", "kewarganegaraan"}


def test_a_public_body_needs_no_deed_and_nobody_is_represented_without_saying_so() -> None:
    body = {key: BODY[key] for key in BODY if key not in {"nib", "nomor_akta", "tanggal_akta", "nama_notaris"}}
    papers = {"berkas_npwp": forms.Upload("npwp.pdf", PDF)}
    made = form("pemohon_badan", "dokumen_badan", "kuasa", "surat_kuasa")
    assert checked(made, {**body, **papers, "bentuk_badan": "instansi", "diwakilkan": "no"})
    with pytest.raises(forms.Invalid) as wrong:
        checked(made, {**body, **papers, "bentuk_badan": "instansi", "diwakilkan": "yes"})
    missing = {error.path for error in wrong.value.errors}
    assert missing == set(PROXY) - {"diwakilkan"}
