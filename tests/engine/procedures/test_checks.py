"""Every rule, with the sample that keeps it and samples that break it. Codes and places are what the doors and the studio rely on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine import calendar
from engine.procedures import FUNCTIONS, Bundle, Seen, check, line, rules_of_the_house
from tests.engine.flow.drawing import Drawing

from .sample import ACTIONS, SHEET, STORY, TABLE, TEXTS, bundle, drawing, form, question


def drawn(change: Callable[[Drawing], object]) -> Bundle:
    pen = drawing()
    change(pen)
    return bundle(**{"process.bpmn": pen.bytes()})


def redrawn(old: str, new: str) -> Bundle:
    data = drawing().bytes()
    assert old.encode() in data
    return bundle(**{"process.bpmn": data.replace(old.encode(), new.encode())})


def sheet(old: str, new: str) -> Bundle:
    assert old in SHEET
    return bundle(**{"procedure.toml": SHEET.replace(old, new)})


BAD: dict[str, list[tuple[Callable[[], Bundle], str, str]]] = {
    "has_forms": [
        (lambda: _formless(), "step.no_form", "process.bpmn#verify"),
        (lambda: bundle(**{"forms/verify.json": None}), "step.form_missing", "process.bpmn#verify"),
        (lambda: sheet('simulation = "application"', 'simulation = "guess"'), "about.form_missing", "procedure.toml#/fee/simulation"),
    ],
    "has_desks": [
        (
            lambda: redrawn(
                '<zeebe:assignmentDefinition candidateGroups="verifikator">', '<zeebe:assignmentDefinition candidateGroups="">'
            ),
            "step.no_desk",
            "process.bpmn#verify",
        ),
        (lambda: redrawn('candidateGroups="verifikator"', 'candidateGroups="kabid"'), "desk.no_name", "texts/id.toml#/desks"),
        (lambda: sheet('owner = "verifikator"', 'owner = "kabid"'), "desk.no_name", "texts/en.toml#/desks"),
    ],
    "has_decisions": [
        (lambda: redrawn('decisionId="fee"', 'decisionId="tax"'), "step.decision_missing", "process.bpmn#price"),
        (lambda: sheet('decision = "fee"', 'decision = "tax"'), "about.decision_missing", "procedure.toml#/fee/decision"),
    ],
    "has_actions": [(lambda: redrawn('type="issue"', 'type="isue"'), "step.action_unknown", "process.bpmn#issue")],
    "has_otherwise": [
        (lambda: drawn(lambda pen: _no_default(pen)), "split.no_otherwise", "process.bpmn#ok"),
    ],
    "has_letters": [
        (lambda: bundle(**{"letters/permit.en.md": None}), "letter.missing", "procedure.toml#/letters/issued"),
        (lambda: bundle(**{"letters/notice-no.id.md": None, "letters/notice-no.en.md": None}), "letter.missing", "process.bpmn#tell"),
    ],
    "has_both_languages": [
        (
            lambda: bundle(**{"texts/en.toml": TEXTS.format("x").replace('[status]\nverify = "x"\n', "")}),
            "text.missing",
            "texts/en.toml#/status/verify",
        ),
        (
            lambda: redrawn('name="public" value="verify"', 'name="public" value="checking"'),
            "text.no_step_name",
            "texts/id.toml#/steps/checking",
        ),
        (lambda: bundle(**{"letters/extra.id.md": b"x"}), "letter.language", "letters/extra.en.md"),
    ],
    "is_reachable": [
        (lambda: drawn(lambda pen: pen.user("lost", "verify").flow("lost", "issue")), "step.unreachable", "process.bpmn#lost"),
        (lambda: _circle(), "step.no_end", "process.bpmn#round"),
    ],
    "cannot_get_stuck": [
        (lambda: _unsound("in"), "join.stuck", "process.bpmn#in"),
        (lambda: _unsound("out"), "step.twice", "process.bpmn#"),
    ],
    "can_be_refused": [
        (lambda: _renamed("refused", "gone"), "refusal.no_end", "process.bpmn"),
        (lambda: sheet(', refused = "refusal"}', "}"), "refusal.no_letter", "procedure.toml#/letters"),
    ],
    "names_outcomes": [
        (lambda: sheet('letters = {issued = "permit"', 'letters = {isued = "permit"'), "outcome.unknown", "procedure.toml#/letters/isued"),
        (lambda: sheet('issued = "P10Y", ', ""), "outcome.no_retention", "procedure.toml#/retention"),
    ],
    "has_known_properties": [
        (lambda: redrawn('name="days" value="1"', 'name="day" value="1"'), "property.unknown", "process.bpmn#verify"),
        (lambda: redrawn('name="days" value="1"', 'name="days" value="one"'), "property.days", "process.bpmn#verify"),
        (lambda: redrawn('name="days" value="1"', 'name="days" value="0"'), "property.days", "process.bpmn#verify"),
        (lambda: redrawn('name="days" value="1"', 'name="clock" value="wall"'), "property.clock", "process.bpmn#verify"),
        (lambda: redrawn('value="applicant"', 'value="apply"'), "property.step", "process.bpmn#verify"),
        (lambda: redrawn('value="application,fee"', 'value="application,tax"'), "property.beside", "process.bpmn#verify"),
        (lambda: redrawn('name="days" value="1"', 'name="revises" value="application"'), "property.revises", "process.bpmn#verify"),
    ],
    "writes_a_name_once": [
        (lambda: redrawn('resultVariable="fee"', 'resultVariable="verify"'), "name.twice", "process.bpmn#price"),
        (lambda: redrawn('resultVariable="fee"', 'resultVariable="case"'), "name.reserved", "process.bpmn#price"),
    ],
    "knows_its_names": [
        (lambda: redrawn("verify.result =", "verify.reslt ="), "feel.unknown_name", "process.bpmn#is_ok"),
        (lambda: redrawn("verify.result =", "verify.result = ="), "feel.syntax", "process.bpmn#is_ok"),
        (lambda: sheet("application.area < 2", "application.aera < 2"), "feel.unknown_name", "procedure.toml#/time/days_when/0/when"),
        (
            lambda: sheet("until = 'date(\"2027-01-01\")'", "until = 'permit.valid_untl'"),
            "feel.unknown_name",
            "procedure.toml#/validity/until",
        ),
        (
            lambda: bundle(**{"forms/verify.json": form("verify", question("result", "text", show_when="aplication.area > 3"))}),
            "feel.unknown_name",
            "forms/verify.json#/pages/0/fields/0/show_when",
        ),
        (
            lambda: bundle(**{"decisions/fee.dmn": TABLE.replace("application.area", "application.aera")}),
            "feel.unknown_name",
            "decisions/fee.dmn#",
        ),
    ],
    "asks_again_what_it_asked": [
        (lambda: sheet('ask_again = ["ktp"]', 'ask_again = ["sim"]'), "renewal.no_question", "procedure.toml#/renewal/ask_again/0"),
    ],
    "tells_true_stories": [
        (
            lambda: bundle(**{"stories/straight.toml": STORY.replace('task = "application"', 'task = "apply"')}),
            "story.step",
            "stories/straight.toml#/steps/0",
        ),
        (
            lambda: bundle(**{"stories/b.toml": 'title = "b"\nlike = "none"\n[[steps]]\nwait = "3 working days"\n'}),
            "story.like",
            "stories/b.toml#/like",
        ),
        (lambda: bundle(**{"stories/straight.toml": STORY + 'expect.ended = "lost"\n'}), "story.end", "stories/straight.toml#/steps/0"),
        (
            lambda: bundle(**{"stories/straight.toml": STORY + 'expect.sent = [{to = "sari", what = "x"}]\n'}),
            "story.letter",
            "stories/straight.toml#/steps/0",
        ),
    ],
}


def _formless() -> Bundle:
    data = drawing().bytes().replace(b'<zeebe:formDefinition formId="verify"></zeebe:formDefinition>', b"")
    return bundle(**{"process.bpmn": data})


def _no_default(pen: Drawing) -> None:
    pen.parts = [part.replace(' default="is_refused"', "") for part in pen.parts if 'id="is_refused"' not in part]
    pen.flow("ok", "tell", '= verify.result = "no"', "is_refused")


def _unsound(where: str) -> Bundle:
    """A choice that a parallel gateway closes, or the other way round."""
    pen = drawing().user("left", "verify").user("right", "verify")
    pen.parts = [part.replace('targetRef="verify"', 'targetRef="out"') for part in pen.parts]
    pen = (
        pen.choice("out", "r").fork("in").flow("out", "left", "= true")
        if where == "in"
        else pen.fork("out").choice("in").flow("out", "left")
    )
    pen.flow("out", "right", ident="r").chain("left", "in").chain("right", "in").flow("in", "verify")
    return bundle(**{"process.bpmn": pen.bytes()})


def _circle() -> Bundle:
    pen = drawing().choice("round").user("again", "verify").flow("round", "again").flow("again", "round")
    pen.parts = [part.replace('targetRef="verify"', 'targetRef="door"') for part in pen.parts]
    pen.choice("door", "in").flow("door", "round", "= false").flow("door", "verify", ident="in")
    return bundle(**{"process.bpmn": pen.bytes()})


def _renamed(old: str, new: str) -> Bundle:
    data = drawing().bytes().decode().replace(f'id="{old}"', f'id="{new}"').replace(f'targetRef="{old}"', f'targetRef="{new}"')
    return bundle(**{"process.bpmn": data})


def test_the_sample_has_no_findings() -> None:
    assert [line(each) for each in check(bundle(), actions=ACTIONS)] == []


CASES = [(rule, number) for rule, cases in BAD.items() for number in range(len(cases))]


@pytest.mark.parametrize(("rule", "number"), CASES, ids=[f"{rule}-{number}" for rule, number in CASES])
def test_a_rule_finds_what_breaks_it_and_names_place_and_cure(rule: str, number: int) -> None:
    make, code, place = BAD[rule][number]
    seen = Seen(make(), ACTIONS)
    found = {(each.code, each.place): each for each in rules_of_the_house()[rule](seen)}
    hit = next((each for (its, where), each in found.items() if its == code and where.startswith(place)), None)
    assert hit is not None, sorted(found)
    told = line(hit)
    assert told.startswith(place)
    assert "{" not in told
    assert f": {code} (" not in told, f"{code} has no sentence"


def test_every_rule_has_a_sample_that_breaks_it() -> None:
    assert set(rules_of_the_house()) == set(BAD)
    folder = Path(__file__).parents[3] / "engine/procedures/checks"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(BAD)


def test_rules_do_not_complain_about_each_others_samples() -> None:
    broken = bundle(**{"forms/verify.json": None})
    codes = {each.code for each in check(broken, actions=ACTIONS)}
    assert "step.form_missing" in codes
    assert not codes & {"step.no_form", "step.unreachable", "bundle.missing"}


def test_without_a_list_of_actions_their_names_are_not_checked() -> None:
    broken = redrawn('type="issue"', 'type="isue"')
    assert check(broken) == ()
    assert [each.code for each in check(broken, actions=["issue", "notify"])] == ["step.action_unknown"]


def test_what_an_action_writes_is_known_to_expressions() -> None:
    broken = redrawn('verify.result = "yes"', 'issue.numbr = "1"')
    assert check(broken) == ()
    assert [each.code for each in check(broken, actions=ACTIONS)] == ["feel.unknown_name"]


def test_the_functions_that_expressions_may_call_are_the_calendars() -> None:
    assert tuple(sorted(FUNCTIONS)) == tuple(sorted(calendar.FUNCTION_NAMES))


def test_the_names_of_a_step_that_is_done_several_times_are_known_and_its_expressions_are_read() -> None:
    def loop(result: str) -> str:
        given = f'inputCollection="= application.points" inputElement="point" outputCollection="all" outputElement="= {result}"'
        box = f"<bpmn:extensionElements><zeebe:loopCharacteristics {given}/></bpmn:extensionElements>"
        return f"<bpmn:multiInstanceLoopCharacteristics>{box}</bpmn:multiInstanceLoopCharacteristics>"

    def unknown(result: str) -> set[object]:
        pen = Drawing("stall").start().add("userTask", "x", loop(result)).end("issued").chain("begin", "x", "issued")
        found = check(bundle(**{"process.bpmn": pen.bytes()}), actions=ACTIONS)
        return {each.facts["name"] for each in found if each.code == "feel.unknown_name" and each.place == "process.bpmn#x"}

    assert "point.name" not in unknown("point.name + loopCounter")
    assert not {"point", "loopCounter"} & unknown("point.name + loopCounter")
    assert "pont" in unknown("pont.name")
