"""The reklame tax: the worked examples of the source, each kind of advertisement, the factors, the exemptions, and how it is rounded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import rules

DMN = Path(__file__).resolve().parents[2] / "workflows" / "reklame" / "decisions" / "tax.dmn"
NOW = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
YEAR = {"tgl_mulai": date(2026, 7, 1), "tgl_selesai": date(2027, 6, 30)}
FORTNIGHT = {"tgl_mulai": date(2026, 6, 15), "tgl_selesai": date(2026, 6, 28)}
ONE_DAY = {"tgl_mulai": date(2026, 6, 15), "tgl_selesai": date(2026, 6, 15)}


@cache
def decisions() -> rules.Decisions:
    return rules.read_decisions(DMN.read_bytes())


def points(*pairs: tuple[str, int]) -> dict[str, Any]:
    return {"titik_pasang": [{"nama_jalan": "Jalan Ahmad Yani", "kelas_jalan": kelas, "jumlah_unit": unit} for kelas, unit in pairs]}


def decide(**answers: Any) -> rules.Decided:
    basis: dict[str, Any] = {"penyelenggara": "sendiri", "produk": "umum", "pembebasan": "tidak_ada", "lokasi_indoor": False}
    return decisions().decide("tax", {"application": basis | answers}, now=NOW)


def billboard(kelas: str = "kelas_ii", **more: Any) -> rules.Decided:
    sizes: dict[str, Any] = {"panjang_m": Decimal(4), "lebar_m": Decimal(6), "jumlah_sisi": 1, "ketinggian_m": Decimal(10)}
    return decide(**({"jenis_reklame": "papan"} | sizes | points((kelas, 1)) | YEAR | more))


def amount(decided: rules.Decided) -> Decimal:
    return Decimal(decided.value["amount"])


@pytest.mark.parametrize(
    ("kelas", "row", "nsr", "tax"),
    [("kelas_ii", 5, 100_740_000, 25_185_000), ("kelas_i", 4, 115_851_000, 28_962_750), ("khusus_tol", 1, 206_517_000, 51_629_250)],
)
def test_a_billboard_of_4_by_6_metres_for_a_year(kelas: str, row: int, nsr: int, tax: int) -> None:
    decided = billboard(kelas)
    assert (decided.value["days"], decided.value["nsr"], amount(decided)) == (365, nsr, tax)
    assert ("nsr_dasar", row) in {(one.table, one.number) for one in decided.fired}


def test_ten_banners_for_a_fortnight() -> None:
    decided = decide(jenis_reklame="kain", panjang_m=Decimal(5), lebar_m=Decimal(1), **points(("kelas_ii", 10)), **FORTNIGHT)
    assert (decided.value["days"], decided.value["nsr"], amount(decided)) == (14, 13_300_000, 3_325_000)


def test_the_row_that_fired_names_its_regulation() -> None:
    (row,) = [one for one in billboard().fired if one.table == "nsr_dasar"]
    assert "51/2024" in row.annotations[0]


def test_each_point_has_its_own_line_and_the_lines_add_up() -> None:
    decided = billboard(**points(("kelas_ii", 1), ("kelas_i", 2)))
    lines = decided.value["lines"]
    assert [line["amount"] for line in lines] == [25_185_000, 57_925_500]
    assert all(set(line) == {"label", "nsr", "amount"} for line in lines)
    assert amount(decided) == sum(line["amount"] for line in lines)
    assert lines[1]["label"]["id"] == "Jalan Ahmad Yani, Kelas I (kendali ketat): 2 unit, 365 hari"
    assert lines[1]["label"]["en"] == "Jalan Ahmad Yani, Class I (strict control): 2 units, 365 days"


@pytest.mark.parametrize(
    ("more", "times"),
    [
        ({"lokasi_indoor": True}, Decimal("0.5")),
        ({"ketinggian_m": Decimal(15)}, Decimal(1)),
        ({"ketinggian_m": Decimal("15.1")}, Decimal("1.2")),
        ({"produk": "rokok"}, Decimal("1.5")),
        ({"produk": "alkohol"}, Decimal("1.5")),
        ({"jumlah_sisi": 2}, Decimal(2)),
        ({"lokasi_indoor": True, "produk": "rokok", "ketinggian_m": Decimal(20)}, Decimal("0.9")),
    ],
)
def test_factors_multiply_the_rental_value(more: dict[str, Any], times: Decimal) -> None:
    assert amount(billboard(**more)) == 25_185_000 * times


def test_an_agency_pays_on_its_contract() -> None:
    assert amount(billboard(penyelenggara="biro", nilai_kontrak=80_000_002, produk="rokok")) == 20_000_001


def test_half_a_rupiah_is_rounded_up() -> None:
    small = decide(jenis_reklame="berjalan", panjang_m=Decimal("0.37"), lebar_m=Decimal("0.9"), kendaraan=[{"plat": "B 1 A"}], **ONE_DAY)
    assert small.value["nsr"] == Decimal(1998)
    assert amount(small) == 500  # 499.5


@pytest.mark.parametrize(
    ("answers", "nsr"),
    [
        ({"jenis_reklame": "videotron", "panjang_m": Decimal(2), "lebar_m": Decimal(3), **points(("kelas_ii", 1)), **YEAR}, 27_199_800),
        ({"jenis_reklame": "melekat", "panjang_m": Decimal(2), "lebar_m": Decimal(1), **points(("kelas_ii", 3)), **YEAR}, 4_500_000),
        ({"jenis_reklame": "stiker", "panjang_m": Decimal("0.1"), "lebar_m": Decimal("0.1"), **points(("kelas_ii", 5)), **YEAR}, 750_000),
        ({"jenis_reklame": "stiker", "panjang_m": Decimal(1), "lebar_m": Decimal(2), **points(("kelas_ii", 30)), **YEAR}, 4_500_000),
        ({"jenis_reklame": "selebaran", "jumlah_lembar": 500, **ONE_DAY}, 6_000_000),
        ({"jenis_reklame": "selebaran", "jumlah_lembar": 20_000, **ONE_DAY}, 12_000_000),
        ({"jenis_reklame": "udara", "jumlah_kegiatan": 2, **ONE_DAY}, 4_800_000),
        ({"jenis_reklame": "apung", "jumlah_kegiatan": 1, **ONE_DAY}, 600_000),
        ({"jenis_reklame": "peragaan", "jumlah_kegiatan": 3, **ONE_DAY}, 1_440_000),
        ({"jenis_reklame": "film", "durasi_detik": 46, **ONE_DAY}, 48_000),
        ({"jenis_reklame": "suara", "durasi_detik": 15, **ONE_DAY}, 12_000),
    ],
)
def test_other_kinds_have_their_own_unit(answers: dict[str, Any], nsr: int) -> None:
    decided = decide(**answers)
    assert decided.value["nsr"] == nsr
    assert amount(decided) == nsr / Decimal(4)


@pytest.mark.parametrize(
    ("more", "exempt"),
    [
        ({"pembebasan": "nama_usaha", "panjang_m": Decimal(1), "lebar_m": Decimal(1)}, True),
        ({"pembebasan": "nama_usaha", "panjang_m": Decimal("1.01"), "lebar_m": Decimal(1)}, False),
        ({"pembebasan": "pemerintah"}, True),
        ({"pembebasan": "rumah_ibadah"}, True),
        ({"pembebasan": "politik"}, True),
        ({"pembebasan": "sosial_keagamaan", "tgl_mulai": date(2026, 7, 1), "tgl_selesai": date(2026, 7, 30)}, True),
        ({"pembebasan": "sosial_keagamaan", "tgl_mulai": date(2026, 7, 1), "tgl_selesai": date(2026, 7, 31)}, False),
        ({"pembebasan": "tidak_ada"}, False),
        ({"pembebasan": None}, False),
    ],
)
def test_who_is_exempt_pays_nothing(more: dict[str, Any], exempt: bool) -> None:
    decided = billboard(**more)
    assert decided.value["exempt"] is exempt
    assert (amount(decided) == 0) is exempt


def test_the_public_estimate_needs_no_street() -> None:
    decided = billboard(titik_pasang=[{"kelas_jalan": "kelas_ii", "jumlah_unit": 1}])
    assert amount(decided) == 25_185_000
    assert decided.value["lines"][0]["label"]["id"] == "Kelas II (kendali sedang): 1 unit, 365 hari"


def test_an_unknown_road_class_has_no_amount_rather_than_a_wrong_one() -> None:
    assert billboard("kelas_ix").value["amount"] is None
