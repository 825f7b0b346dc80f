"""The fee tables of three kinds of permits as DMN files: every row and every worked example, to the last Rupiah. The reklame tax has
its own test beside its workflow."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import pytest

import rules
from rules.dmn.model import Decision, Table

TABLES = Path(__file__).with_name("tables")
REKLAME = Path(__file__).parents[2] / "workflows" / "reklame" / "decisions" / "tax.dmn"
ILO, SHST = Decimal("0.005"), 5_350_000  # sample values: each regency sets its own
HOUSE = {"fungsi": "hunian", "luas_total": Decimal(90), "lantai": 1, "basemen": 0, "kompleksitas": "sederhana",
         "permanensi": "permanen", "kepemilikan": "perorangan_badan", "kegiatan": "baru"}  # fmt: skip


@cache
def decisions(name: str) -> rules.Decisions:
    return rules.read_decisions((TABLES / f"{name}.dmn").read_bytes())


def pbg(id: str = "retribution", ilo: Any = ILO, shst: Any = SHST, **answers: Any) -> rules.Decided:
    return decisions("pbg").decide(id, {"application": HOUSE | answers, "ilo": ilo, "shst": shst})


def grave(received: str = "2023-06-01T03:00:00Z", **answers: Any) -> rules.Decided:
    case = {"received": datetime.fromisoformat(received)}
    return decisions("makam").decide("retribution", {"application": answers, "case": case})


def table_of(model: rules.Decisions, id: str) -> Table:
    element = model.element(id)
    assert isinstance(element, Decision)
    assert isinstance(element.logic, Table)
    return element.logic


@pytest.mark.parametrize(
    ("answers", "it", "amount"),
    [
        ({}, "0.18", 433_350),
        ({"luas_total": Decimal(150), "lantai": 2}, "0.21165", 849_246),  # 849,245.625: It rounded first would give 842,625
        ({"permanensi": "non_permanen"}, "0.15", 361_125),
        ({"kompleksitas": "tidak_sederhana"}, "0.225", 541_688),  # 541,687.50
        ({"fungsi": "keagamaan"}, "0", 0),
        ({"kepemilikan": "negara"}, "0", 0),
        ({"kegiatan": "rehab_sedang"}, "0.18", 97_504),  # 97,503.75
        ({"fungsi": "usaha", "luas_total": Decimal("1250.5"), "lantai": 10}, "0.95655", 31_997_434),  # 31,997,434.48
    ],
)
def test_the_pbg_retribution_comes_out_to_the_rupiah(answers: dict[str, Any], it: str, amount: int) -> None:
    decided = pbg(**answers)
    assert (decided.value["it"], decided.value["amount"], decided.problems) == (Decimal(it), amount, ())


@pytest.mark.parametrize(
    ("luas", "lantai", "index"),
    [
        ("99.99", 1, "0.15"),
        ("100", 1, "0.15"),
        ("100.01", 1, "0.17"),
        ("100", 2, "0.17"),
        ("36", 2, "0.17"),
        ("100.01", 2, "0.17"),
        ("6", 3, "0.17"),
    ],
)
def test_a_small_house_has_at_most_100_square_metres_and_one_floor(luas: str, lantai: int, index: str) -> None:
    assert pbg("indeks_fungsi", luas_total=Decimal(luas), lantai=lantai).value == Decimal(index)


@pytest.mark.parametrize(("luas", "lantai", "index"), [("500", 2, "0.6"), ("500.01", 2, "0.8"), ("500", 3, "0.8"), ("500.01", 1, "0.8")])
def test_a_small_mixed_building_has_at_most_500_square_metres_and_two_floors(luas: str, lantai: int, index: str) -> None:
    assert pbg("indeks_fungsi", fungsi="campuran", luas_total=Decimal(luas), lantai=lantai).value == Decimal(index)


# For each row of each table in its order: the answers that reach it, and its index.
PBG_ROWS: dict[str, list[tuple[dict[str, Any], str]]] = {
    "indeks_fungsi": [
        ({}, "0.15"),
        ({"luas_total": 101}, "0.17"),
        ({"lantai": 2}, "0.17"),
        ({"fungsi": "keagamaan"}, "0"),
        ({"fungsi": "usaha"}, "0.7"),
        ({"fungsi": "usaha_umkm"}, "0.5"),
        ({"fungsi": "sosial_budaya"}, "0.3"),
        ({"fungsi": "khusus"}, "1"),
        ({"fungsi": "campuran"}, "0.6"),
        ({"fungsi": "campuran", "luas_total": 501}, "0.8"),
        ({"fungsi": "campuran", "lantai": 3}, "0.8"),
    ],
    "indeks_kompleksitas": [({}, "1"), ({"kompleksitas": "tidak_sederhana"}, "2")],
    "indeks_permanensi": [({"permanensi": "non_permanen"}, "1"), ({}, "2")],
    "koefisien_lantai": [
        ({"lantai": floors}, value)
        for floors, value in enumerate(("1", "1.09", "1.12", "1.135", "1.162", "1.197", "1.236", "1.265", "1.299", "1.333"), 1)
    ],
    "faktor_kepemilikan": [({"kepemilikan": "negara"}, "0"), ({}, "1")],
    "indeks_kegiatan": [
        ({}, "1"),
        ({"kegiatan": "rehab_sedang"}, "0.225"),
        ({"kegiatan": "rehab_berat"}, "0.325"),
        ({"kegiatan": "pelestarian_utama"}, "0.15"),
    ],
    "ilo_sah": [({}, "0.005")],
}


@pytest.mark.parametrize("id", PBG_ROWS)
def test_every_row_of_the_pbg_tables_gives_its_index_and_its_legal_source(id: str) -> None:
    assert len(PBG_ROWS[id]) == len(table_of(decisions("pbg"), id).rules)
    for number, (answers, value) in enumerate(PBG_ROWS[id], 1):
        decided = pbg(id, **answers)
        (fired,) = decided.fired
        assert (fired.table, fired.number, decided.value) == (id, number, Decimal(value))
        assert "PP 16/2021" in fired.annotations[0]


@pytest.mark.parametrize(("kegiatan", "index"), [("pelestarian_madya", "0.225"), ("pelestarian_pratama", "0.325")])
def test_conservation_shares_the_rows_of_rehabilitation(kegiatan: str, index: str) -> None:
    assert pbg("indeks_kegiatan", kegiatan=kegiatan).value == Decimal(index)


def test_site_works_are_added() -> None:
    works = [{"volume": Decimal("12.5"), "harga_satuan": 30_000}, {"volume": 3, "harga_satuan": 15_001}]
    decided = pbg(prasarana=works)
    assert (decided.value["prasarana"], decided.value["amount"]) == (420_003, 853_353)


@pytest.mark.parametrize(
    "answers",
    [
        {"lantai": 11},
        {"basemen": 1},
        {"fungsi": "gudang"},
        {"kegiatan": None},
        {"luas_total": None},
        {"ilo": Decimal("0.006")},
        {"shst": None},
    ],
)
def test_what_the_pbg_tables_do_not_say_is_never_a_fee(answers: dict[str, Any]) -> None:
    assert pbg(**answers).value["amount"] is None


BLOCKS = {"A": 250_000, "B": 200_000, "C": 150_000, "D": 100_000, "E": 50_000}
CLASSES = {"AAI": 100_000, "AAII": 80_000, "AI": 60_000, "AII": 40_000, "AIII": 0}


@pytest.mark.parametrize(("blok", "amount"), BLOCKS.items())
def test_kabupaten_tangerang_charges_by_block(blok: str, amount: int) -> None:
    decided = grave(daerah="kab_tangerang", blok=blok, tidak_mampu=False)
    assert (decided.value, decided.fired[0].table) == (amount, "kab_tangerang")
    assert grave(daerah="kab_tangerang", blok=blok, tidak_mampu=True).value == 0


@pytest.mark.parametrize(("kelas", "amount"), CLASSES.items())
def test_jakarta_charges_by_class(kelas: str, amount: int) -> None:
    assert grave(daerah="dki", kelas=kelas, tidak_mampu=False).value == amount
    assert grave(daerah="dki", kelas=kelas).value == amount
    assert grave(daerah="dki", kelas=kelas, tidak_mampu=True).value == 0


@pytest.mark.parametrize(
    ("received", "renewal", "amount", "row"),
    [  # midnight in Tangerang is 17.00 UTC
        ("2023-12-31T16:59:59Z", 1, 25_000, 1),
        ("2023-12-31T16:59:59Z", 2, 50_000, 2),
        ("2023-12-31T16:59:59Z", 3, 75_000, 3),
        ("2023-12-31T16:59:59Z", 4, 100_000, 4),
        ("2021-02-28T03:00:00Z", 9, 100_000, 4),
        ("2023-12-31T17:00:00Z", 1, 0, 6),
        ("2023-12-31T17:00:00Z", 4, 0, 6),
        ("2026-06-01T03:00:00Z", 2, 0, 6),
    ],
)
def test_kota_tangerang_charges_by_renewal_until_2023_and_nothing_since(received: str, renewal: int, amount: int, row: int) -> None:
    decided = grave(received, daerah="kota_tangerang", perpanjangan_ke=renewal, tidak_mampu=False)
    (fired,) = [one for one in decided.fired if one.table == "kota_tangerang"]
    assert (decided.value, fired.number) == (amount, row)


def test_a_poor_family_paid_nothing_in_kota_tangerang_either() -> None:
    decided = grave("2023-12-31T16:59:59Z", daerah="kota_tangerang", perpanjangan_ke=3, tidak_mampu=True)
    assert (decided.value, decided.fired[-1].number) == (0, 5)
    assert "SKTM" in decided.fired[-1].annotations[0]


@pytest.mark.parametrize("answers", [{"daerah": "kab_tangerang", "blok": "F"}, {"daerah": "dki"}, {"daerah": "lain"}, {}])
def test_what_the_grave_tables_do_not_say_is_never_a_fee(answers: dict[str, Any]) -> None:
    assert grave(**answers).value is None


@pytest.mark.parametrize("path", [TABLES / "pbg.dmn", TABLES / "makam.dmn", REKLAME], ids=lambda path: path.stem)
def test_the_files_have_no_fault_a_review_could_find(path: Path) -> None:
    read = rules.read_decisions(path.read_bytes())
    found = [one for one in (*read.check(), *read.review()) if one.code not in ("feel.unknown_name",)]
    assert found == []


@pytest.mark.parametrize("path", [TABLES / "pbg.dmn", TABLES / "makam.dmn", REKLAME], ids=lambda path: path.stem)
def test_the_files_are_read_back_as_they_are_written(path: Path) -> None:
    model = rules.read_decisions(path.read_bytes()).model
    again = rules.read_decisions(rules.write_decisions(model)).model
    assert replace(again, diagram="") == replace(model, diagram="")
    ids = set(re.findall(r' id="([^"]+)"', rules.write_decisions(model).decode()))
    assert set(re.findall(r'dmnElementRef="([^"]+)"', model.diagram)) <= ids  # or the modeller could not draw it
    assert canonicalize(again.diagram, strip_text=True) == canonicalize(model.diagram, strip_text=True)
