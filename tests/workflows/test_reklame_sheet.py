"""The reklame folder as the engine reads it: nothing to find fault with, and what the public page derives from it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import rules
from engine import procedures, texts

REKLAME = Path(__file__).resolve().parents[2] / "workflows" / "reklame"
NOW = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)


@cache
def bundle() -> procedures.Bundle:
    return procedures.read_folder(REKLAME)


def test_nothing_is_wrong_with_it() -> None:
    assert procedures.check(bundle()) == ()


def test_the_public_sees_the_steps_in_the_order_they_come() -> None:
    steps = bundle().steps("id")
    assert [step.key for step in steps] == ["application", "verify", "revise", "survey", "pay", "initial", "approve"]
    assert sum(step.days or 0 for step in steps if step.clock == "office") == bundle().days == 5


@pytest.mark.parametrize(("kelas", "days"), [("insidentil", 2), ("permanen_kecil", 5), ("permanen_besar", 5)])
def test_an_incidental_advertisement_is_promised_sooner(kelas: str, days: int) -> None:
    assert bundle().days_for({"application": {"kelas": kelas}}) == days


def test_two_papers_are_always_asked_for() -> None:
    assert [paper.path for paper in bundle().requirements("en") if paper.always] == ["ktp", "desain"]


def test_the_public_estimate_gives_the_tax_of_the_application() -> None:
    about, raw = (
        bundle().about,
        {
            "jenis_reklame": "papan",
            "produk": "umum",
            "pembebasan": "tidak_ada",
            "lokasi_indoor": "no",
            "panjang_m": 4,
            "lebar_m": "6,0",
            "jumlah_sisi": 1,
            "ketinggian_m": 10,
            "titik_pasang": [{"kelas_jalan": "kelas_ii", "jumlah_unit": 1}],
            "tgl_mulai": "2026-07-01",
            "tgl_selesai": "2027-06-30",
            "penyelenggara": "sendiri",
        },
    )
    assert (about.fee.simulation, about.fee.stands_for, about.fee.decision) == ("simulation", "application", "tax")
    answers = bundle().forms["simulation"].check(raw, at=NOW)
    decided = bundle().decide("tax", {"application": dict(answers.values)}, now=NOW)
    assert rules.evaluate(about.fee.amount or "", {"tax": decided.value}, now=NOW) == 25_185_000


def test_the_tables_leave_nothing_out_and_have_no_dead_rows() -> None:
    assert bundle().decisions["tax"].review() == ()


def test_both_languages_of_a_letter_say_the_same_fields() -> None:
    for name, written in bundle().letters.items():
        read = {lang: texts.read(text).paths for lang, text in written.items()}
        assert read["id"] == read["en"], name
