"""What this room knows of the rooms above it holds, and checking a permit costs little."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType, SimpleNamespace

from engine.actions import issue, wording
from engine.procedures import check, read_folder
from engine.procedures.letters import HOUSE

from .folders import ACTIONS

REKLAME = Path(__file__).parents[3] / "workflows/reklame"
MOST_CALLS = 300_000


def constants(code: object) -> set[str]:
    """Every text in a function."""
    found: set[str] = set()
    for each in code.co_consts:  # type: ignore[attr-defined]
        if isinstance(each, str):
            found.add(each)
        elif isinstance(each, tuple):
            found |= {one for one in each if isinstance(one, str)}
    return found


def test_the_names_that_a_letter_may_use_are_those_the_engine_gives() -> None:
    given = constants(issue.prepare.__code__).union(wording._HOUSE, *(constants(make.__code__) for make in wording._HOUSE.values()))
    wanted = {*HOUSE, *(part for parts in HOUSE.values() for part in parts)}
    assert wanted - given == set()


def test_checking_the_reklame_permit_takes_few_calls_and_few_markings() -> None:
    bundle = read_folder(REKLAME)
    assert check(bundle, actions=ACTIONS) == ()  # texts are parsed once and kept
    fresh, counted = read_folder(REKLAME), SimpleNamespace(calls=0)

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        counted.calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = check(fresh, actions=ACTIONS)
    finally:
        sys.setprofile(before)
    assert found == ()
    assert counted.calls < MOST_CALLS
    assert len(fresh.explored.before) < 100
