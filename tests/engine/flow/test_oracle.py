"""Random processes behave as an independent token engine says; and one process serves many cases and threads."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from engine import flow

from .drawing import Drawing
from .oracle import Oracle, blocks, draw
from .test_moves import env
from .test_parts import review


def walk(seed: int) -> None:
    rnd = random.Random(seed)
    block = blocks(rnd, rnd.choice([2, 3, 4]), itertools.count())
    pen = Drawing().start().end()
    first, last = draw(block, pen)
    process = flow.load(pen.chain("begin", first).chain(last, "done").bytes())
    oracle = Oracle()
    oracle.way, oracle.again = rnd.random() < 0.5, rnd.random() < 0.3
    oracle.enter(block, None)
    moved = flow.start(process, facts={"way": oracle.way, "again": oracle.again}, env=env())
    for _ in range(60):
        opened = flow.snapshot(process, moved.state).open
        assert Counter(each.step.id for each in opened) == oracle.names(), f"seed {seed}"
        if not opened:
            break
        chosen = rnd.choice(opened)
        oracle.way, oracle.again = rnd.random() < 0.5, rnd.random() < 0.3
        oracle.complete(chosen.step.id)
        moved = flow.complete(process, moved.state, chosen.task, {"way": oracle.way, "again": oracle.again}, env=env())
    assert (moved.ended is not None) == oracle.ended, f"seed {seed}"


@pytest.mark.parametrize("batch", range(10))
def test_random_processes_behave_as_the_token_engine_says(batch: int) -> None:
    for seed in range(batch * 20, batch * 20 + 20):
        walk(seed)


def inside(thing: Any, depth: int = 5) -> Any:
    """Everything an object holds, deep, as text and numbers."""
    if isinstance(thing, dict):
        return {str(key): inside(value, depth) for key, value in thing.items() if key != "_wf_spec"}
    if isinstance(thing, list | tuple):
        return [inside(each, depth) for each in thing]
    if hasattr(thing, "__dict__") and depth:
        return type(thing).__name__, inside(vars(thing), depth - 1)
    return thing if isinstance(thing, str | int | float | None) else type(thing).__name__


def run_to_the_end(process: flow.Process, number: int) -> tuple[str | None, int]:
    moved = flow.start(process, facts={"again": False, "who": number}, env=env())
    while moved.ended is None:
        opened = flow.snapshot(process, moved.state).open
        moved = flow.complete(process, moved.state, opened[number % len(opened)].task, {}, env=env())
    return moved.ended, moved.facts["who"]


def test_one_process_serves_many_cases_in_many_threads_and_is_not_changed() -> None:
    process = flow.load(review().bytes())
    before = inside([process.spec, process.parts])
    assert len(repr(before)) > 5000
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda number: run_to_the_end(process, number), range(200)))
    assert results == [("done", number) for number in range(200)]
    assert inside([process.spec, process.parts]) == before


def test_two_cases_on_one_process_do_not_see_each_other() -> None:
    process = flow.load(review().bytes())
    one = flow.start(process, facts={"who": 1}, env=env())
    two = flow.start(process, facts={"who": 2}, env=env())
    assert not {each.task for each in one.opened} & {each.task for each in two.opened}
    with pytest.raises(flow.NotOpen):
        flow.complete(process, two.state, one.opened[0].task, {}, env=env())


def test_eight_forks_in_a_row_cost_as_little_as_one() -> None:
    """The library predicts every future: 42,645 tasks for this diagram."""
    drawing, last = Drawing().start().end(), "begin"
    for number in range(8):
        drawing.fork(f"o{number}").fork(f"i{number}").flow(last, f"o{number}")
        for branch in "abc":
            drawing.user(f"{branch}{number}").chain(f"o{number}", f"{branch}{number}", f"i{number}")
        last = f"i{number}"
    process = flow.load(drawing.flow(last, "done").bytes())
    moved = flow.start(process, facts={}, env=env())
    assert len(moved.state) < 600
    assert run_to_the_end_of(process, moved) == "done"


def run_to_the_end_of(process: flow.Process, moved: flow.Moved) -> str | None:
    while moved.ended is None:
        moved = flow.complete(process, moved.state, flow.snapshot(process, moved.state).open[0].task, {}, env=env())
    return moved.ended
