"""Random processes behave as an independent token engine says; and one process serves many cases and threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from engine import flow
from engine.flow import specs

from .drawing import Drawing
from .test_moves import env
from .test_parts import review
from .walking import MODES, Walk, main


@pytest.mark.parametrize("batch", range(10))
def test_random_processes_behave_as_the_token_engine_says(batch: int) -> None:
    for seed in range(batch * 50, batch * 50 + 50):
        Walk(seed, mode=MODES[seed % 2]).go()


def test_the_oracle_finds_an_engine_that_is_wrong(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "20", "--seed", "1"]) == 0
    monkeypatch.setattr(specs.ParallelGateway, "_update_hook", lambda self, task: True)  # a join that waits for nobody
    assert main(["--count", "200", "--seed", "1"]) == 1
    told = capsys.readouterr().out
    assert "<bpmn:parallelGateway" in told
    assert "WRONG seed" in told


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
