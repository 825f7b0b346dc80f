"""Every rule with a folder that pleases it and one that does not, and mistakes of clerks: exactly these findings, in both languages."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from engine import calendar
from engine.procedures import FUNCTIONS, Bundle, Seen, check, level, read_files, rules_of_the_house, stopping
from tests.engine.flow.drawing import Drawing

from .folders import ACTIONS, CHECKS, MISTAKES, base, change_of, files_of, found_in, told
from .sample import ACTIONS as SAMPLE_ACTIONS
from .sample import bundle

GOOD = sorted(path.parent for path in CHECKS.glob("*/good*/change.toml"))
BAD = sorted(path.parent for path in CHECKS.glob("*/bad*/change.toml"))
WRONG = sorted(path.parent for path in MISTAKES.glob("*/change.toml"))


def named(folder: Path) -> str:
    return f"{folder.parent.name}-{folder.name}"


def codes_of(rule: str) -> set[str]:
    own = set(importlib.import_module(f"engine.procedures.checks.{rule}").SENTENCES)
    lower: Mapping[str, set[str]] = {"knows_its_names": {"feel.unknown_name", "feel.syntax", "feel.wrong_type"}}
    return own | lower.get(rule, set()) | ({"dmn.overlap", "dmn.never_reached"} if rule == "decides_every_case" else set())


def test_every_rule_has_a_folder_that_pleases_it_and_one_that_does_not() -> None:
    source = Path(__file__).parents[3] / "engine/procedures/checks"
    there = {path.stem for path in source.glob("*.py")} - {"__init__"}
    assert set(rules_of_the_house()) == there
    assert {folder.parent.name for folder in GOOD} == there
    assert {folder.parent.name for folder in BAD} == there


def test_the_small_permit_that_the_folders_change_has_no_findings() -> None:
    assert told(found_in(base())) == []


@pytest.mark.parametrize("folder", GOOD, ids=named)
def test_a_folder_that_pleases_a_rule_has_no_findings(folder: Path) -> None:
    assert told(found_in(files_of(folder))) == []


@pytest.mark.parametrize("folder", [*BAD, *WRONG], ids=named)
def test_a_folder_with_a_mistake_has_exactly_the_findings_it_names(folder: Path) -> None:
    assert told(found_in(files_of(folder))) == change_of(folder)["finding"]


@pytest.mark.parametrize("folder", BAD, ids=named)
def test_the_folder_that_displeases_a_rule_is_told_by_this_rule(folder: Path) -> None:
    assert {each["code"] for each in change_of(folder)["finding"]} & codes_of(folder.parent.name)


def test_thirty_mistakes_have_one_sentence_each_or_two() -> None:
    assert len(WRONG) >= 30
    assert {folder.name: count for folder in WRONG if not 1 <= (count := len(change_of(folder)["finding"])) <= 2} == {}


def test_every_finding_names_a_step_a_row_a_question_or_a_file_in_words() -> None:
    """A clerk finds the place without reading ids: the sentence quotes a name, or the file is the place."""
    wordless = {
        f"{folder.name}: {each['id']}"
        for folder in (*BAD, *WRONG)
        for each in change_of(folder)["finding"]
        if not any(sign in each["id"] for sign in ("“", "[", ".toml", ".md", "("))
        and not each["code"].startswith(("refusal.", "bundle.", "story.none", "text."))
    }
    assert wordless == set()


def test_what_may_be_meant_is_a_warning_and_stops_nothing() -> None:
    found = found_in(files_of(CHECKS / "uses_everything/bad"))
    assert {level(each) for each in found} == {"warning"}
    assert stopping(found) == ()
    both = stopping(found_in(files_of(CHECKS / "decides_every_case/bad_gap")))
    assert [each.code for each in both] == ["table.no_row"]


def test_without_a_list_of_actions_their_names_are_not_checked() -> None:
    broken = read_files(files_of(CHECKS / "has_actions/bad"))
    assert "step.action_unknown" not in {each.code for each in check(broken)}
    assert "step.action_unknown" in {each.code for each in check(broken, actions=["issue", "notify"])}


def test_what_an_action_writes_is_known_to_expressions() -> None:
    def unknown(actions: Mapping[str, object] | None) -> set[object]:
        files = {**base(), "process.bpmn": base()["process.bpmn"].replace(b"charge.amount = 0", b"charge.amuont = 0")}
        return {each.facts["name"] for each in check(read_files(files), actions=actions) if each.code == "feel.unknown_name"}

    assert unknown(None) == set()
    assert unknown(ACTIONS) == {"charge.amuont"}


def test_the_functions_that_expressions_may_call_are_the_calendars() -> None:
    assert tuple(sorted(FUNCTIONS)) == tuple(sorted(calendar.FUNCTION_NAMES))


def test_the_names_of_a_step_that_is_done_several_times_are_known_and_its_expressions_are_read() -> None:
    def loop(result: str) -> str:
        given = f'inputCollection="= application.points" inputElement="point" outputCollection="all" outputElement="= {result}"'
        box = f"<bpmn:extensionElements><zeebe:loopCharacteristics {given}/></bpmn:extensionElements>"
        return f"<bpmn:multiInstanceLoopCharacteristics>{box}</bpmn:multiInstanceLoopCharacteristics>"

    def unknown(result: str) -> set[object]:
        pen = Drawing("stall").start().add("userTask", "x", loop(result)).end("issued").chain("begin", "x", "issued")
        found = check(bundle(**{"process.bpmn": pen.bytes()}), actions=SAMPLE_ACTIONS)
        return {each.facts["name"] for each in found if each.code == "feel.unknown_name" and each.place == "process.bpmn#x"}

    assert "point.name" not in unknown("point.name + loopCounter")
    assert not {"point", "loopCounter"} & unknown("point.name + loopCounter")
    assert "pont" in unknown("pont.name")


def test_the_ways_through_a_diagram_are_walked_once_however_often_it_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.procedures import bundle as room

    walks: list[object] = []
    real: Callable[..., object] = room.explore
    monkeypatch.setattr(room, "explore", lambda process: walks.append(process) or real(process))
    read: Bundle = read_files(base())
    assert check(read, actions=ACTIONS) == check(read, actions=ACTIONS) == ()
    assert Seen(read, None).explored is Seen(read, ACTIONS).explored
    assert len(walks) == 1
