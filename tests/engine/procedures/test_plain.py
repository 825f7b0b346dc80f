"""A procedure as plain text: who does what, when, and where it goes on, in both languages, as one reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import actions
from engine.procedures import Bundle, plain_tables, plain_text, read_files, read_folder

from .folders import CHECKS, files_of

REKLAME = Path(__file__).parents[3] / "workflows" / "reklame"


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """The shipped permit."""
    return read_folder(REKLAME)


def test_every_step_of_the_shipped_permit_is_told_once_in_reading_order(bundle: Bundle) -> None:
    steps = plain_text(bundle, actions=actions.actions())
    known = [each.id for each in steps]
    assert len(known) == len(set(known))
    silent = {ident for ident, step in bundle.process.steps.items() if ident not in known}
    assert {bundle.process.steps[ident].kind for ident in silent} <= {"exclusive", "start", "end"}
    numbers = [each.number for each in steps if each.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert known.index("application") < known.index("verify") < known.index("survey") < known.index("tax") < known.index("issued")


def test_a_step_says_who_with_what_until_when_and_who_not(bundle: Bundle) -> None:
    told = {each.id: each for each in plain_text(bundle, actions=actions.actions())}
    initial = [each["en"] for each in told["initial"].says]
    assert initial[:2] == ["Done by: Head of division.", "Form: Initial the draft."]
    assert initial[2:] == ["Within 1 working day.", "Not by whoever did “Periksa berkas”."]
    assert told["initial"].title == {"id": "Paraf konsep", "en": "Paraf konsep (Preparation of the permit)"}
    assert told["revise_late"].says[0]["id"] == "Jika “Perbaiki permohonan” belum selesai sesudah 14 hari kerja, langkah itu berakhir."
    assert told["lapsed"].says[1]["en"] == "The file is kept for 2 years."
    assert told["notify_lapsed"].says[0]["id"] == "Otomatis: Kirim pesan kepada pemohon."
    assert (told["survey"].level, told["verify"].level) == (1, 0)


def test_ways_say_their_condition_in_words_and_pass_by_where_ways_only_meet(bundle: Bundle) -> None:
    told = {each.id: each for each in plain_text(bundle)}
    assert [each["en"] for each in told["needs_survey"].ways] == [
        "“Permanen”, otherwise: 8. “Pemeriksaan lapangan”",
        "“Insidentil”, when Class of advertisement (Application for an advertisement permit) is “Incidental”: 11. “Hitung pajak reklame”",
    ]
    assert told["something_to_pay"].ways[0]["en"] == "“Nihil atau sudah lunas”, when charge.amount is 0: 17. “Paraf konsep”"
    assert told["revise"].ways[0]["id"] == "Lalu: 3. “Periksa berkas”"


def test_tables_and_formulas_are_told_row_by_row_with_the_labels_of_their_questions(bundle: Bundle) -> None:
    told = {each.id: [row["en"] for row in each.rows] for each in plain_tables(bundle)}
    assert told["luas"] == ["“Length” × “Width”"]
    assert told["faktor_tinggi"][0].startswith("Height above the ground: more than 15 → 1.2")
    assert told["faktor_tinggi"][1].startswith("otherwise → 1")
    assert told["faktor_ruang"][0].startswith("Is the advertisement placed indoors?: yes → 0.5")
    assert any("Rupiah per m²: 13,225" in row for row in told["nsr_dasar"])
    indonesian = {each.id: [row["id"] for row in each.rows] for each in plain_tables(bundle)}
    assert any("Rupiah per m²: 13.225" in row for row in indonesian["nsr_dasar"])
    assert {key: len(rows) for key, rows in indonesian.items()} == {key: len(rows) for key, rows in told.items()}


def test_what_a_machine_sends_is_called_by_the_step_that_waits_for_it() -> None:
    waiting = read_files(files_of(CHECKS / "hears_what_is_sent/bad_message"))
    assert [waiting.awaits(message, "id") for message in ("jawaban_balai", "unheard")] == ["Tunggu jawaban balai", ""]
