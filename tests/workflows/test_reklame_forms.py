"""The questions of the reklame permit: what a small application must bring, what a large one must bring as well, and what is refused."""

from __future__ import annotations

import io
import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import forms

WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"
REKLAME = WORKFLOWS / "reklame"
AT = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
NAMES = sorted(path.stem for path in (REKLAME / "forms").glob("*.json"))


@cache
def form(name: str) -> forms.Form:
    groups = {path.stem: path.read_bytes() for path in (WORKFLOWS / "_shared" / "forms").glob("*.json")}
    return forms.read((REKLAME / "forms" / f"{name}.json").read_bytes(), groups=groups)


@cache
def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (1200, 900)).save(made, "JPEG")
    return made.getvalue()


def answers_of(story: str) -> dict[str, Any]:
    """What the applicant of a story answers, with a picture for every file."""
    told = tomllib.loads((REKLAME / "stories" / f"{story}.toml").read_text(encoding="utf-8"))
    step = next(step for step in told["steps"] if step.get("task") == "application")
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in step["answers"].items()}
    return plain | {key: forms.Upload("foto.jpg", picture()) for key in step["files"]}


def banners(**more: Any) -> dict[str, Any]:
    return {key: value for key, value in (answers_of("small_insidentil_without_survey") | more).items() if value is not None}


def check(raw: dict[str, Any], **more: Any) -> forms.Answers:
    return form("application").check(raw, at=AT, **more)


def wrong(raw: dict[str, Any], **more: Any) -> set[str]:
    with pytest.raises(forms.Invalid) as caught:
        check(raw, **more)
    return {error.path for error in caught.value.errors}


@pytest.mark.parametrize("name", NAMES)
def test_every_form_can_be_read(name: str) -> None:
    assert form(name).key == name


def test_a_small_application_needs_two_files() -> None:
    assert set(check(banners()).uploads) == {"ktp", "desain"}
    assert wrong(banners(ktp=None, desain=None)) == {"ktp", "desain"}


@pytest.mark.parametrize(
    ("answers", "files"),
    [
        ({"status_lahan": "aset_daerah"}, {"persetujuan_lahan"}),
        ({"kelas": "permanen_besar"}, {"gambar_konstruksi", "tanggung_jawab_konstruksi"}),
        ({"diwakilkan": "yes", "kuasa_nama": "Ani", "kuasa_nik": "3275014107900001"}, {"surat_kuasa"}),
        ({"jenis_permohonan": "perpanjangan", "nomor_izin_lama": "503/0001/REKLAME/2025"}, {"izin_lama", "bukti_pajak"}),
        ({"jenis_permohonan": "perubahan", "nomor_izin_lama": "503/0001/REKLAME/2025"}, {"izin_lama"}),
    ],
)
def test_other_applications_bring_more(answers: dict[str, Any], files: set[str]) -> None:
    assert wrong(banners(**answers)) == files


def test_an_agency_names_its_company_and_its_contract() -> None:
    assert wrong(banners(penyelenggara="biro")) == {"nama_badan", "nib", "npwp_badan", "alamat_badan", "nilai_kontrak", "akta"}


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"tgl_selesai": "2026-07-15"}, "tgl_selesai"),  # 31 days, incidental
        ({"kelas": "permanen_kecil", "tgl_selesai": "2027-06-15"}, "tgl_selesai"),  # a year and a day
        ({"tgl_mulai": "2026-06-20", "tgl_selesai": "2026-06-19"}, "tgl_selesai"),
        ({"tgl_mulai": "2026-06-01"}, "tgl_mulai"),
        ({"panjang_m": 31}, "panjang_m"),
        ({"panjang_m": "0"}, "panjang_m"),
        ({"titik_pasang": []}, "titik_pasang"),
        ({"pernyataan": {"version": "2026-1"}}, "pernyataan"),
        ({"nik": "3275014107900000"}, "nik"),
    ],
)
def test_what_cannot_be_is_refused(more: dict[str, Any], path: str) -> None:
    assert wrong(banners(**more)) == {path}


@pytest.mark.parametrize(
    "more", [{"tgl_selesai": "2026-07-14"}, {"kelas": "permanen_kecil", "tgl_selesai": "2027-06-14"}, {"tgl_selesai": "2026-06-15"}]
)
def test_the_longest_and_the_shortest_display_are_allowed(more: dict[str, Any]) -> None:
    assert check(banners(**more)).warnings == ()


def test_a_display_that_begins_before_the_permit_can_be_ready_is_doubted_not_refused() -> None:
    doubts = check(banners(tgl_mulai="2026-06-05")).warnings
    assert [doubt.path for doubt in doubts] == ["tgl_mulai"]


def test_time_that_passes_does_not_spoil_an_application_that_came_in_time() -> None:
    late = AT + timedelta(days=20)
    assert form("application").check(banners(), at=late, context={"case": {"received": AT}})


def test_each_point_says_how_many_and_on_what_road() -> None:
    assert wrong(banners(titik_pasang=[{"nama_jalan": "Jalan A", "wilayah": "32.75.01.1003"}])) == {
        "titik_pasang.0.kelas_jalan",
        "titik_pasang.0.jumlah_unit",
    }


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("selebaran", {"jumlah_lembar"}),
        ("udara", {"jumlah_kegiatan"}),
        ("film", {"durasi_detik"}),
        ("berjalan", {"kendaraan", "panjang_m", "lebar_m"}),
    ],
)
def test_kinds_without_a_point_ask_for_their_own_unit(kind: str, asked: set[str]) -> None:
    left_out = dict.fromkeys(("panjang_m", "lebar_m", "titik_pasang", "lokasi_indoor", "status_lahan"))
    assert wrong(banners(jenis_reklame=kind, **left_out)) == asked


def test_every_question_of_the_estimate_is_a_question_of_the_application() -> None:
    asked = {path: field.kind.word for path, field in form("application").fields()}
    assert {path: field.kind.word for path, field in form("simulation").fields()}.items() <= asked.items()


def test_marks_and_reasons_are_asked_only_when_needed() -> None:
    verify = form("verify")
    assert verify.check({"result": "complete"}, at=AT, beside={"application": form("application")})
    with pytest.raises(forms.Invalid) as caught:
        verify.check({"result": "return"}, at=AT, beside={"application": form("application")})
    assert {error.path for error in caught.value.errors} == {"marks"}


def test_the_treasurer_cannot_accept_less_than_is_due() -> None:
    received = {"result": "received", "received_on": "2026-06-02"}
    context = {"charge": {"amount": 3_325_000}}
    assert form("confirm").check(received | {"amount": "3.325.000"}, at=AT, context=context)
    with pytest.raises(forms.Invalid) as caught:
        form("confirm").check(received | {"amount": "3.324.999"}, at=AT, context=context)
    assert [error.path for error in caught.value.errors] == ["amount"]
