"""Decision tables over HTTP: the list, opening and saving without noise, what is wrong at which row, test rows, rows from a date."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import rules
from admin.studio.table_words import WORDS
from engine import procedures
from engine.procedures import Bundle
from engine.store import Store
from tests.admin.studio.conftest import Send
from tests.fixtures.visitors import Visitor
from tests.house.sources import ROOT

STUDIO = "/admin/studio/reklame"
FILE = "decisions/tax.dmn"
TABLES = (
    "jumlah_lain", "faktor_ruang", "faktor_tinggi", "faktor_produk", "pembebasan", "nsr_dasar", "nsr_lain", "nama_kelas",
)  # fmt: skip
TABLE = f"{STUDIO}/tables/tax/nsr_dasar"


def opened(boss: Visitor, path: str) -> dict[str, Any]:
    """What the page hands to its script."""
    page = boss.get(f"{path}/").text
    found: dict[str, Any] = json.loads(re.search(r'id="table-data">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    return found


def number(text: str) -> dict[str, Any]:
    return {"kind": "=", "values": [{"$": "number", "v": text}]}


def word(*texts: str) -> dict[str, Any]:
    return {"kind": "=" if len(texts) == 1 else "one of", "values": list(texts)}


ANY: dict[str, Any] = {"kind": "any", "values": []}
DAY = {"$": "date", "v": "2026-01-01"}
ASKED = "application.ketinggian_m"


def test_every_table_is_listed_opens_and_is_saved_unchanged(boss: Visitor, send: Send, bundle: Bundle) -> None:
    listed = boss.get(f"{STUDIO}/tables/").text
    assert boss.get(f"{STUDIO}/tables/tax/").status_code == 302
    for name in TABLES:
        path = f"{STUDIO}/tables/tax/{name}"
        assert f'href="{path}/"' in listed
        assert boss.get(f"{STUDIO}/tables/{name}/").headers["Location"] == f"{path}/"
        data = opened(boss, path)
        assert send("PUT", f"{path}/sheet", data["sheet"], rev=data["rev"]).json == {"rev": 1}, name
    assert send("GET", f"{STUDIO}/files/{FILE}").data == bundle.files[FILE]
    for path in (
        "tables/nothing/",
        "tables/tax/tax/",
        "tables/tax/nothing/formula",
        "tables/tax/faktor_tinggi/formula",
        "tables/tax/nothing/",
        "tables/no/nsr_dasar/",
    ):
        assert boss.get(f"{STUDIO}/{path}").status_code == 404, path


def test_a_change_of_one_cell_is_one_line_of_difference(boss: Visitor, send: Send, bundle: Bundle) -> None:
    data = opened(boss, TABLE)
    data["sheet"]["rules"][3]["outputs"][0] = number("14000")
    assert send("PUT", f"{TABLE}/sheet", data["sheet"], rev=1).json == {"rev": 2}
    before, after = bundle.files[FILE].splitlines(), send("GET", f"{STUDIO}/files/{FILE}").data.splitlines()
    changed = [(old.strip(), new.strip()) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [(b"<outputEntry><text>13225</text></outputEntry>", b"<outputEntry><text>14000</text></outputEntry>")]
    again = send("PUT", f"{TABLE}/sheet", data["sheet"], rev=1)
    assert (again.status_code, again.json["who"]) == (412, "Rina")
    assert send("GET", f"{TABLE}/sheet").json["rules"][3]["outputs"][0]["values"] == number("14000")["values"]


def test_columns_offer_the_questions_that_were_asked_before_with_their_values(boss: Visitor, draft: str) -> None:
    data = opened(boss, f"{STUDIO}/tables/tax/pembebasan")
    known = {one["text"]: one for one in data["known"]}
    assert known["application.pembebasan"]["values"][0]["label"].keys() == {"id", "en"}
    assert known["luas"]["label"]["id"] == "Luas satu muka (m²)"
    assert known["application.panjang_m"]["type"] == "number"
    assert "lines" not in known, "a decision that needs this one cannot be asked by it"
    assert not [text for text in known if text.startswith("approve.")], "asked later"
    given = opened(boss, TABLE)
    assert [one["text"] for one in given["known"]] == ["jenis", "kelas_jalan"]
    labels = {one["value"]: one["label"]["id"] for one in given["values"]["input 2"]}
    assert "kelas_i" in labels


def change(sheet: dict[str, Any], row: int, column: str, place: int, cell: dict[str, Any]) -> None:
    sheet["rules"][row - 1][column][place] = cell


def cell(row: int, column: str, made: dict[str, Any]) -> Any:
    """A change of the first cell of a row."""
    return lambda sheet: change(sheet, row, column, 0, made)


def between(low: str, high: str) -> dict[str, Any]:
    return {"kind": "between", "values": [*number(low)["values"], *number(high)["values"]]}


def formula(text: str) -> dict[str, Any]:
    return {"kind": "feel", "values": [], "text": text}


def twice_outside(sheet: dict[str, Any]) -> None:
    sheet["rules"].insert(1, {**sheet["rules"][0], "id": "x", "inputs": [{"kind": "=", "values": [False]}]})


HEIGHT = "faktor_tinggi"
WRONG: dict[str, tuple[str, Any, str, int | None, str]] = {
    "two rows for the same": ("nsr_dasar", lambda s: change(s, 4, "inputs", 1, word("kelas_ii")), "dmn.overlap", 5, "4 and 5 both hold"),
    "a row under a row for all": (HEIGHT, lambda s: s["rules"].reverse(), "dmn.never_reached", 2, "Move it up, or remove it"),
    "an empty range": (HEIGHT, cell(1, "inputs", between("9", "3")), "dmn.never_fires", 1, "Correct them, or remove the row"),
    "no row for the rest": (HEIGHT, lambda s: s["rules"].pop(), "table.gap", None, "Add a row for it"),
    "words for a number": (HEIGHT, cell(1, "inputs", word("tall")), "feel.wrong_type", 1, "change one of them"),
    "a date for a number": (HEIGHT, cell(1, "inputs", {"kind": ">", "values": [DAY]}), "feel.wrong_type", 1, "change one of them"),
    "words for an amount": (HEIGHT, cell(2, "outputs", word("much")), "dmn.wrong_type", 2, "change it"),
    "a formula that breaks off": (HEIGHT, cell(1, "outputs", formula("1.2 *")), "feel.syntax", 1, "Correct it"),
    "a name that is not there": (HEIGHT, cell(1, "outputs", formula("application.tinggi")), "feel.unknown_name", 1, ASKED),
    "a question that is not there": (
        HEIGHT, lambda s: s["inputs"][0].update(text="application.ketingian_m"), "feel.unknown_name", None, f"Did you mean {ASKED}",
    ),
    "a function that is not there": (HEIGHT, cell(1, "outputs", formula("rond(1.25, 1)")), "feel.unknown_function", 1, "Did you mean"),
    "a result outside its list": (
        HEIGHT, lambda s: s["outputs"][0].update(allowed="1, 1.5"), "dmn.not_an_output_value", 1, "add it to them",
    ),
    "every answer taken above": ("faktor_ruang", twice_outside, "dmn.reached_when_missing", 3, "Remove it"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_table_is_told_at_its_row_with_the_cure(boss: Visitor, send: Send, case: str) -> None:
    table, wrong, code, row, cure = WRONG[case]
    path = f"{STUDIO}/tables/tax/{table}"
    document = opened(boss, path)["sheet"]
    assert send("POST", f"{path}/review", {"document": document}).json["problems"] == []
    wrong(document)
    told = [each for each in send("POST", f"{path}/review", {"document": document}).json["problems"] if each["code"] == code]
    assert told
    assert (told[0]["row"], cure in told[0]["text"]) == (row, True), told[0]
    assert f"table “{table}”" in told[0]["text"]
    assert row is None or f"row {row}" in told[0]["text"]


def test_test_rows_are_played_live_kept_beside_the_table_and_stop_publishing(boss: Visitor, send: Send, app_store: Store) -> None:
    document = opened(boss, TABLE)["sheet"]
    assert document["tests"] == []
    given = {"jenis": "papan", "kelas_jalan": "kelas_i"}
    document["tests"] = [
        {"title": "Board, class 1", "on": "", "given": given, "expect": {"tarif": 13225, "per": "hari"}},
        {"title": "", "on": "", "given": {**given, "kelas_jalan": "kelas_ii"}, "expect": {"tarif": {"$": "number", "v": "11500.5"}}},
    ]
    told = send("POST", f"{TABLE}/review", {"document": document}).json
    assert [(each["ok"], each["fired"]) for each in told["tests"]] == [(True, [4]), (False, [5])]
    assert "row 5" in told["tests"][1]["text"]
    assert [each["text"] for each in told["reads"]] == ["jenis", "kelas_jalan"]
    assert send("PUT", f"{TABLE}/sheet", document, rev=1).json == {"rev": 2}
    with app_store.reading() as db:
        files = procedures.draft_files(db, "reklame")
    assert b'given = {jenis = "papan", kelas_jalan = "kelas_i"}' in files["decisions/tax.tests.toml"]
    assert b"expect = {tarif = 11500.5}" in files["decisions/tax.tests.toml"]
    assert opened(boss, TABLE)["sheet"]["tests"] == document["tests"], "what was kept is read as it was"
    found = [each for each in send("GET", f"{STUDIO}/findings").json if each["code"] == "test.failed"]
    assert [each["level"] for each in found] == ["error"]
    assert "Test row 2 of the table “nsr_dasar”: tarif = 11500.5 is expected" in found[0]["text"]
    del document["tests"][1]
    assert send("PUT", f"{TABLE}/sheet", document, rev=2).json == {"rev": 3}
    assert send("GET", f"{STUDIO}/findings").json == []
    document["tests"] = []
    assert send("PUT", f"{TABLE}/sheet", document, rev=3).json == {"rev": 4}
    assert send("GET", f"{STUDIO}/files/decisions/tax.tests.toml").status_code == 404, "a file without rows is none"
    assert send("PUT", f"{TABLE}/sheet", document, rev=2).status_code == 412, "test rows and table are one thing for two writers"


def test_a_new_fee_applies_from_a_day_on_and_the_old_one_before(boss: Visitor, send: Send, app_store: Store) -> None:
    assert opened(boss, TABLE)["dates"] == "ask"
    assert send("POST", f"{TABLE}/date", {}, rev=1).json == {"rev": 2}
    data = opened(boss, TABLE)
    assert (data["dates"], data["known"][2]["dated"]) == ("parameter", True)
    sheet = data["sheet"]
    sheet["inputs"].append({"id": "nsr_dasar_in_3", "label": "Diterima", "text": "received_on", "type": "date", "allowed": ""})
    day = {"$": "date", "v": "2027-01-01"}
    for row in sheet["rules"]:
        row["inputs"].append(ANY)
    old = sheet["rules"][3]
    new = json.loads(json.dumps(old))
    old["inputs"][2] = {"kind": "<", "values": [day]}
    new |= {"id": "nsr_dasar_16", "outputs": [number("14000"), old["outputs"][1]]}
    new["inputs"][2] = {"kind": ">=", "values": [day]}
    sheet["rules"].insert(4, new)
    assert send("POST", f"{TABLE}/review", {"document": sheet}).json["problems"] == []
    assert send("PUT", f"{TABLE}/sheet", sheet, rev=2).json == {"rev": 3}
    assert send("GET", f"{STUDIO}/findings").json == []
    with app_store.reading() as db:
        bundle = procedures.draft_bundle(db, "reklame")
    assert [fee(bundle, day) for day in ("2026-12-31", "2027-01-01")] == [13225 * 25 // 100, 14000 * 25 // 100]


def fee(bundle: Bundle, day: str) -> int:
    """The tax of one square metre at class 1 for one day, of an application received on a day."""
    application = rules.evaluate(
        """{penyelenggara: "sendiri", jenis_reklame: "papan", panjang_m: 1, lebar_m: 1, jumlah_sisi: 1, lokasi_indoor: false,
        ketinggian_m: 3, produk: "umum", pembebasan: "tidak", tgl_mulai: @"2027-02-01", tgl_selesai: @"2027-02-01",
        titik_pasang: [{kelas_jalan: "kelas_i", jumlah_unit: 1, nama_jalan: "A"}]}""",
        {},
    )
    received = rules.evaluate(f'@"{day}T09:00:00+07:00"', {})
    return int(bundle.decide("tax", {"application": application, "case": {"received": received}}).value["amount"])


def test_a_new_table_begins_empty_and_grows_columns_of_questions_and_of_other_decisions(
    boss: Visitor, send: Send, app_store: Store
) -> None:
    assert boss.send(f"{STUDIO}/tables/new", {"key": "denda", "label": ""}).status_code == 422
    assert boss.send(f"{STUDIO}/tables/new", {"key": "denda", "label": "Denda"}).status_code == 303
    assert boss.send(f"{STUDIO}/tables/new", {"key": "denda", "label": "Denda"}).status_code == 422, "it is there already"
    path = f"{STUDIO}/tables/denda/denda"
    data = opened(boss, path)
    sheet = data["sheet"]
    sheet["inputs"] = [{"id": "denda_in_1", "label": "Jenis", "text": "application.jenis_reklame", "type": "string", "allowed": ""}]
    sheet["rules"] = [
        {"id": "denda_1", "description": "", "inputs": [word("papan", "kain")], "outputs": [number("50000")], "annotations": []},
        {"id": "denda_2", "description": "", "inputs": [ANY], "outputs": [number("0")], "annotations": []},
    ]
    sheet["hit"] = "FIRST"
    assert send("PUT", f"{path}/sheet", sheet, rev=data["rev"]).status_code == 200
    with app_store.reading() as db:
        content = procedures.draft_files(db, "reklame")["decisions/denda.dmn"]
    decided = rules.read_decisions(content).decide("denda", {"application": {"jenis_reklame": "kain"}})
    assert (decided.value, decided.fired[0].number) == (50000, 1)
    path = f"{STUDIO}/tables/tax/faktor_tinggi"
    sheet = opened(boss, path)["sheet"]
    sheet["inputs"].append({"id": "faktor_tinggi_in_2", "label": "", "text": "luas", "type": "number", "allowed": ""})
    for row in sheet["rules"]:
        row["inputs"].append(ANY)
    assert send("POST", f"{path}/review", {"document": sheet}).json["problems"] == [], "what it reads is required along"
    assert send("PUT", f"{path}/sheet", sheet, rev=1).status_code == 200
    decision = send("GET", f"{STUDIO}/files/{FILE}").data.split(b'id="faktor_tinggi"')[1].split(b"<decisionTable")[0]
    assert b'<requiredDecision href="#luas" />' in decision


NOTHING: dict[str, Any] = {"inputs": [], "outputs": [], "annotations": [], "rules": [], "hit": "X", "aggregation": ""}


@pytest.mark.parametrize("document", ["", [], {}, {"rules": 3}, NOTHING])
def test_nonsense_is_refused_with_a_sentence_and_changes_nothing(boss: Visitor, send: Send, bundle: Bundle, document: Any) -> None:
    assert send("PUT", f"{TABLE}/sheet", document, rev=1).status_code == 422
    assert "cannot be read" in send("POST", f"{TABLE}/review", {"document": document}).json["problems"][0]["text"]
    row = opened(boss, TABLE)["sheet"]
    row["rules"][2]["inputs"][0] = {"kind": "between", "values": [3]}
    answer = send("PUT", f"{TABLE}/sheet", row, rev=1)
    assert (answer.status_code, "Row 3" in answer.json["detail"]) == (422, True)
    assert send("GET", f"{STUDIO}/files/{FILE}").data == bundle.files[FILE]


def test_every_word_of_the_script_has_a_translation() -> None:
    source = ROOT / "frontend" / "src"
    said = set()
    for path in (*(source / "decision-table").glob("*.js*"), *(source / "studio").glob("*.js*")):
        said |= set(re.findall(r"(?<![\w.])(?:store\.)?t\('((?:[^'\\]|\\.)*)'", path.read_text("utf-8")))
    assert said == set(WORDS), "admin/studio/table_words.py must hold exactly what the script says in t('…')"
