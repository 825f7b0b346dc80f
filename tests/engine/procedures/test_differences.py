"""What two versions differ in, in the words of a clerk, Indonesian and English."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from engine import procedures
from engine.procedures import Bundle, differences
from engine.procedures.sayings.differing import SENTENCES
from tests.engine.cases.small import PAID_SHEET, choice, stall
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import TABLE, form, question

REKLAME = Path(__file__).parents[3] / "workflows" / "reklame"


@cache
def reklame() -> Bundle:
    return procedures.read_folder(REKLAME)


def changed(*swaps: tuple[str, str, str]) -> Bundle:
    """The shipped permit with some words in some files replaced."""
    files = dict(reklame().files)
    for name, old, new in swaps:
        text = files[name].decode()
        assert old in text, (name, old)
        files[name] = text.replace(old, new, 1).encode()
    return procedures.read_files(files)


def told(old: Bundle, new: Bundle, lang: str = "en") -> list[str]:
    return [each.sentence(lang) for each in differences(old, new)]


def test_the_same_files_differ_in_nothing() -> None:
    assert differences(reklame(), procedures.read_files(dict(reklame().files))) == ()


def test_a_fee_is_told_by_its_row_with_the_numbers_as_the_reader_writes_them() -> None:
    new = changed(("decisions/tax.dmn", "13225", "14000"))
    assert told(reklame(), new) == ["“NSR dasar per m²”: Rupiah per m² of row 4: 13,225 → 14,000."]
    assert told(reklame(), new, "id") == ["“NSR dasar per m²”: Rupiah per m² baris 4: 13.225 → 14.000."]


def test_names_desks_days_and_the_legal_basis_are_told() -> None:
    new = changed(
        ("process.bpmn", 'name="Periksa berkas"', 'name="Periksa kelengkapan"'),
        ("texts/id.toml", 'verifikator = "Verifikator"', 'verifikator = "Petugas berkas"'),
        ("procedure.toml", 'number = "51/2024"', 'number = "7/2027"'),
        ("letters/permit.id.md", "\n", "\nTambahan.\n"),
    )
    said = told(reklame(), new)
    assert "Step 3 renamed: “Periksa berkas” → “Periksa kelengkapan”." in said
    assert "Text of desk verifikator (Indonesian): “Verifikator” → “Petugas berkas”." in said
    assert "Letter “permit” changed (Indonesian): 1 lines new, 0 lines removed." in said
    assert sum("Legal basis" in each for each in said) == 2
    assert len(said) == 5


def drawn(*, head: bool = False, desk: str = "verifikator", days: str = "1", yes: str = "yes") -> Bundle:
    """The stall permit, perhaps with a step of the head before the verifier."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    if head:
        pen.user("head", desk="kabid", days="2")
    pen.user("verify", desk=desk, days=days, public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    way = ("receive", "head", "verify") if head else ("receive", "verify")
    pen.chain("begin", "application", *way, "ok").chain("issue", "issued").chain("tell", "refused")
    return stall(pen.flow("ok", "issue", f'= verify.result = "{yes}"', "is_ok").flow("ok", "tell", ident="is_refused"))


def test_a_step_with_its_ways_and_a_question_that_came_or_went_are_told() -> None:
    ask = form("application", question("area", "number"), question("npwpd", "text"))
    after = stall(**{"forms/application.json": ask})
    assert told(stall(), after) == ["“application”: question “npwpd” added, must be answered."]
    assert told(after, stall()) == ["“application”: question “npwpd” removed."]

    assert told(drawn(), drawn(head=True)) == [
        "Step 3 added: “Head”, done by kabid.",
        "New way: the way from “receive” to “Head”.",
        "New way: the way from “Head” to “Verify”.",
        "Way removed: the way from “receive” to “Verify”.",
    ]
    assert "Step 3 removed: “Head”." in told(drawn(head=True), drawn())


def test_a_desk_days_and_a_condition_that_changed_are_told() -> None:
    assert told(drawn(), drawn(desk="kabid", days="3", yes="no")) == [
        "“Verify”: desk changed: verifikator → kabid.",
        "“Verify”: working days: 1 → 3.",
        "Condition of the way from the choice after “Verify” to “issue” changed: result (verify) is “y” → result (verify) is “n”.",
    ]


def test_rows_that_came_went_or_changed_place_are_told_also_without_ids() -> None:
    old = stall(**{"procedure.toml": PAID_SHEET})
    row = '<rule id="r3"><inputEntry><text>&gt; 9</text></inputEntry><outputEntry><text>90000</text></outputEntry></rule></decisionTable>'
    more = TABLE.replace("</decisionTable>", row)
    new = stall(**{"procedure.toml": PAID_SHEET, "decisions/fee.dmn": more})
    assert told(old, new) == ["“fee”: row 3 added: > 9 → 90,000."]
    assert told(new, old) == ["“fee”: row 3 removed: > 9 → 90,000."]

    def bare(text: str) -> Bundle:
        for ident in ("r1", "r2", "r3"):
            text = text.replace(f' id="{ident}"', "")
        return stall(**{"procedure.toml": PAID_SHEET, "decisions/fee.dmn": text})

    assert told(bare(TABLE), bare(more)) == ["“fee”: row 3 added: > 9 → 90,000."]
    assert told(bare(TABLE), bare(TABLE.replace("25000", "26000"))) == ["“fee”: result of row 2: 25,000 → 26,000."]


def test_a_choice_and_what_may_be_empty_are_told() -> None:
    old = choice("verify")
    tree = json.loads(old)
    tree["pages"][0]["fields"][0]["choices"].append({"value": "later", "label": {"id": "nanti", "en": "later"}})
    tree["pages"][0]["fields"][0]["required"] = False
    new = stall(**{"forms/verify.json": json.dumps(tree).encode()})
    assert told(stall(), new) == ["“verify”: “result” may be left empty now.", "“verify”: “result”: choice “later” added."]


def test_a_file_that_differs_in_nothing_one_sees_is_still_named() -> None:
    new = changed(("procedure.toml", "# Apa yang dikatakan", "# Apa pun yang dikatakan"))
    assert told(reklame(), new) == ["File procedure.toml changed, without a difference that is seen in the service."]


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same_facts(code: str) -> None:
    facts = [{name for _, name, _, _ in Formatter().parse(SENTENCES[code][lang]) if name} for lang in ("id", "en")]
    assert facts[0] == facts[1], code


def test_settings_of_questions_and_times_are_called_as_the_editors_call_them() -> None:
    need = {"required": False, "required_when": "application.area > 3"}
    asked = form("application", question("area", "number"), question("street", "text", **need))
    before = form(
        "application", question("area", "number"), question("street", "text", **{**need, "required_when": "application.area > 5"})
    )
    old, new = (stall(**{"procedure.toml": PAID_SHEET, "forms/application.json": each}) for each in (before, asked))
    said = "“application”: “street”: Must be answered when: area (application) is more than 5 → area (application) is more than 3."
    assert told(old, new) == [said]
    assert "lebih dari 5 → area (application) lebih dari 3" in told(old, new, "id")[0]
