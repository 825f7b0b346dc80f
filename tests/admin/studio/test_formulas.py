"""What is worked out by a formula, over HTTP: read in words, changed by rows without FEEL, refused with a sentence."""

from __future__ import annotations

import pytest

from engine import procedures
from engine.procedures import Bundle
from engine.store import Store
from tests.fixtures.visitors import Visitor

TABLES = "/admin/studio/reklame/tables"
FILE = "decisions/tax.dmn"


def put(boss: Visitor, id: str, **fields: str) -> str:
    """What the page says after these rows, or where it leads."""
    page = f"{TABLES}/tax/{id}/formula"
    answer = boss.send(page, {"how": "rows", "rev": "1", **{name.replace("_", "."): value for name, value in fields.items()}}, page=page)
    return answer.text if answer.status_code == 422 else answer.location


def formula(store: Store, id: str) -> str:
    with store.reading() as db:
        return procedures.draft_files(db, "reklame")[FILE].decode().partition(f'id="{id}"')[2].split("<text>")[1].partition("</text>")[0]


def test_a_formula_is_read_in_words_of_its_questions(boss: Visitor, draft: str) -> None:
    listed = boss.get(f"{TABLES}/").text
    assert f'href="{TABLES}/tax/luas/formula"' in listed
    assert boss.get(f"{TABLES}/luas/").headers["Location"] == f"{TABLES}/tax/luas/formula"
    assert "“Length” × “Width”" in boss.get(f"{TABLES}/tax/luas/formula").text
    sides = boss.get(f"{TABLES}/tax/sisi/formula").text
    assert "is not answered: 1; otherwise:" in sides and "Save the formula as typed" in sides
    assert 'name="what.0"' not in sides, "rows cannot say it"
    assert "the smallest of" in boss.get(f"{TABLES}/tax/tahun/formula").text
    assert boss.get(f"{TABLES}/tax/tax/formula").text.count("govuk-summary-list__key") > 3, "a decision of several named parts"


def test_a_rate_is_changed_without_a_formula_and_is_one_line_of_difference(
    boss: Visitor, draft: str, app_store: Store, bundle: Bundle
) -> None:
    assert put(boss, "tarif_pajak", what_0="", number_0="0.2") == f"{TABLES}/"
    with app_store.reading() as db:
        after = procedures.draft_files(db, "reklame")[FILE].splitlines()
    changed = [(old, new) for old, new in zip(bundle.files[FILE].splitlines(), after, strict=True) if old != new]
    assert [(old.strip(), new.strip()) for old, new in changed] == [(b"<text>0.25</text>", b"<text>0.2</text>")]
    page = put(boss, "tarif_pajak", what_0="", number_0="0.3")
    assert "Rina" in page, "somebody wrote since this page was read"
    assert formula(app_store, "tarif_pajak") == "0.2"


def test_rows_of_questions_become_a_formula_and_what_it_reads_is_required_along(boss: Visitor, draft: str, app_store: Store) -> None:
    length, height = "application.panjang_m", "application.ketinggian_m"
    put(boss, "luas", what_0=length, sign_1="*", what_1="sisi", sign_2="/", number_2="1,000.5", sign_3="*", what_3="", rounding="half")
    assert formula(app_store, "luas") == f"round half up({length} * sisi / 1000.5, 0)"
    with app_store.reading() as db:
        text = procedures.draft_files(db, "reklame")[FILE].decode()
        assert '<requiredDecision href="#sisi"' in text.partition('id="luas"')[2].partition("</decision>")[0]
        assert not procedures.stopping(procedures.draft_findings(db, "reklame"))
    page = boss.get(f"{TABLES}/tax/luas/formula").text
    assert "÷ 1,000.5, rounded" in page and 'value="1,000.5"' in page
    assert height in page, "every number that was asked is offered"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"what_0": ""}, "Choose at least one question"),
        ({"number_0": "12.5.7"}, "Write a number"),
        ({"what_0": "luas"}, "Choose one of the questions"),
        ({"number_0": "1", "sign_1": "+", "number_1": "2", "sign_2": "*", "number_2": "3"}, "Multiply and divide in one formula"),
        ({"number_0": "1", "sign_1": "%", "number_1": "2"}, "Multiply and divide in one formula"),
        ({"number_0": "1", "rounding": "sideways"}, "Multiply and divide in one formula"),
        ({"how": "text", "text": "application.panjang_m *"}, "Correct it"),
        ({"how": "text", "text": "application.panjang * 2"}, "application.panjang_m"),
    ],
)
def test_what_is_no_formula_is_refused_with_a_sentence(
    boss: Visitor, draft: str, app_store: Store, fields: dict[str, str], said: str
) -> None:
    before = formula(app_store, "luas")
    assert said in put(boss, "luas", **fields)
    assert formula(app_store, "luas") == before


def test_a_typed_formula_that_is_sound_is_kept(boss: Visitor, draft: str, app_store: Store) -> None:
    put(boss, "sisi", how="text", text="= if application.jumlah_sisi = null then 2 else application.jumlah_sisi")
    assert formula(app_store, "sisi") == "if application.jumlah_sisi = null then 2 else application.jumlah_sisi"
