"""What a move costs, counted exactly: calls of Python functions and bytes of state, never seconds."""

from __future__ import annotations

import gc
import json
import sys
import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from engine import flow, procedures
from rules import plain

from .drawing import Drawing
from .test_moves import NOW, Answer, env
from .test_several import many

REKLAME = Path(__file__).parents[3] / "workflows/reklame"


def calls(act: Callable[[], Any]) -> tuple[Any, int]:
    """What it gives, and how many Python functions it called."""
    count = 0

    def tell(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    gc.disable()  # what is thrown away meanwhile, and who listens to the collector, may call anything
    sys.setprofile(tell)
    try:
        result = act()
    finally:
        sys.setprofile(before)
        gc.enable()
    return result, count


def completed(process: flow.Process, moved: flow.Moved, writes: dict[str, Any], world: flow.Env | None = None) -> tuple[flow.Moved, int]:
    """Complete the first open task, warm: what is compiled once has been."""
    task = flow.snapshot(process, moved.state).open[0].task
    flow.complete(process, moved.state, task, writes, env=world or env())
    result: tuple[flow.Moved, int] = calls(lambda: flow.complete(process, moved.state, task, writes, env=world or env()))
    return result


def application() -> dict[str, Any]:
    """The answers of a whole application, from a story."""
    story = tomllib.loads((REKLAME / "stories/straight_through.toml").read_text())
    answers: dict[str, Any] = next(step["answers"] for step in story["steps"] if step.get("task") == "application")
    return answers


def test_a_step_of_the_reklame_permit_takes_few_calls_and_a_small_state() -> None:
    process = procedures.read_folder(REKLAME).process
    functions = {name: lambda *_: timedelta(days=1) for name in procedures.FUNCTIONS}
    world = flow.Env(now=NOW, decide=lambda *_: Answer({"amount": 1}), functions=functions)
    answers, told = application(), {}
    moved = flow.start(process, facts={}, env=world)
    for _ in range(8):
        step = flow.snapshot(process, moved.state).open[0].step
        writes = {step.form or step.id: {**answers, "result": "complete"} if step.kind == "user" else {"done": True}}
        moved, told[step.id] = completed(process, moved, writes, world)
        assert len(moved.state) <= 2 * len(json.dumps(plain(dict(moved.facts)))), step.id
    assert len(told) > 5
    assert max(told.values()) <= 430, told
    assert sorted(told.values())[len(told) // 2] <= 200, told
    assert told["application"] <= 150


def row_of_blocks(count: int) -> flow.Process:
    drawing, last = Drawing().start().end(), "begin"
    for number in range(count):
        drawing.fork(f"o{number}").fork(f"i{number}").flow(last, f"o{number}")
        for branch in "abc":
            drawing.user(f"{branch}{number}").chain(f"o{number}", f"{branch}{number}", f"i{number}")
        last = f"i{number}"
    return flow.load(drawing.flow(last, "done").bytes())


def test_eight_forks_in_a_row_start_like_one_and_stay_small() -> None:
    """The library predicts every future: 42,645 tasks, and 16 MB of state."""
    eight, one = row_of_blocks(8), row_of_blocks(1)
    moved, cost = calls(lambda: flow.start(eight, facts={}, env=env()))
    assert cost == calls(lambda: flow.start(one, facts={}, env=env()))[1] <= 200
    assert len(moved.state) <= 300
    costs = []
    while moved.ended is None:
        moved, cost = completed(eight, moved, {})
        costs.append(cost)
        assert len(moved.state) <= 600
    assert len(costs) == 24
    assert costs[:3] == costs[18:21]
    assert max(costs) <= 260


def test_a_loop_costs_in_its_last_round_what_it_costs_in_its_first() -> None:
    pen = Drawing().start().choice("back").user("a").user("b").choice("how", "on").end().chain("begin", "back", "a", "b", "how")
    process = flow.load(pen.flow("how", "back", "= again").flow("how", "done", ident="on").bytes())
    moved, rounds = flow.start(process, facts={"again": True}, env=env()), []
    for _ in range(200):
        moved, first = completed(process, moved, {"n": 1})
        moved, second = completed(process, moved, {"n": 2})
        rounds.append((first, second, len(moved.state)))
    # Random task ids fall into the same place of a table now and then: that is a call or two more.
    for counted in zip(*rounds, strict=True):
        assert max(counted) - min(counted) <= 4
    assert max(first for first, _, _ in rounds) <= 120
    assert max(second for _, second, _ in rounds) <= 170


@pytest.mark.parametrize("turns", [False, True])
def test_members_of_a_list_cost_the_same_each_and_leave_little(turns: bool) -> None:
    def cost(count: int) -> tuple[int, int, list[int]]:
        loop = many(turns=turns, collection=f"= for i in 1..{count} return i", outputCollection="got", outputElement="= n")
        process = flow.load(Drawing().start().add("userTask", "a", loop).end().chain("begin", "a", "done").bytes())
        flow.start(process, facts={}, env=env())
        moved, start = calls(lambda: flow.start(process, facts={}, env=env()))
        first, each = len(moved.state), []
        for _ in range(3):
            moved, one = completed(process, moved, {"n": 7})
            each.append(one)
        return start, first, each

    start, first, each = cost(50)
    start_of_100, first_of_100, each_of_100 = cost(100)
    assert first <= (2000 if turns else 50 * 190)
    assert first_of_100 <= 2 * first
    assert start_of_100 <= 2 * start
    assert max(each) <= (200 if turns else 150 + 50 * 6)
    assert max(each_of_100) <= 2 * max(each)


def test_steps_in_a_row_cost_the_same_each() -> None:
    steps = [f"s{number}" for number in range(200)]
    pen = Drawing().start().end()
    for step in steps:
        pen.user(step)
    process = flow.load(pen.chain("begin", *steps, "done").bytes())
    moved, told = flow.start(process, facts={}, env=env()), []
    for _ in steps[:-1]:
        moved, cost = completed(process, moved, {})
        told.append(cost)
    assert set(told) == {told[0]}
    assert told[0] <= 100
    assert len(moved.state) <= 250 + 10 * len(steps)
