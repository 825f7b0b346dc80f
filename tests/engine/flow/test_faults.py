"""Faults that a process engine can have, one test each: SpiffWorkflow 3.2.0 has every one of them.

Elsewhere: joins in a loop (test_parts), the order of ways (test_moves), two timers at one gateway and error starts (test_events), members
that are null, results without a collection and steps that are entered again (test_several).
"""

from __future__ import annotations

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine import flow
from engine.flow import state as states
from engine.flow.run import NoPython

from .drawing import Drawing
from .test_events import MESSAGE, beside, racing
from .test_moves import do, env, names, parallel
from .test_mutants import strange
from .test_oracle import inside
from .test_several import many
from .walking import Walk


def some() -> Drawing:
    """An inclusive gateway: `a` in a sub-process with a choice behind it, `b`, or `c`."""
    core = Drawing("core").start("c1").user("a").end("c2").chain("c1", "a", "c2")
    pen = Drawing().start().add("inclusiveGateway", "out", default="else").sub("part", core).choice("x", "xe").choice("y").user("b")
    pen.user("c")
    pen.add("inclusiveGateway", "in").user("after").end().user("extra").chain("begin", "out").chain("part", "x")
    pen.chain("in", "after", "done")
    pen.flow("out", "part", "= a").flow("out", "b", "= b").flow("out", "c", ident="else").flow("x", "extra", "= more")
    pen.flow("x", "y", ident="xe")
    return pen.chain("extra", "y", "in").chain("b", "in").chain("c", "in")


@pytest.mark.parametrize(("a", "b"), list(itertools.product([True, False], repeat=2)))
def test_an_inclusive_join_waits_for_what_was_chosen_and_for_nothing_else(a: bool, b: bool) -> None:
    process = flow.load(some().bytes())
    moved = flow.start(process, facts={"a": a, "b": b}, env=env())
    steps = [step for step, chosen in (("b", b), ("a", a), ("c", not (a or b))) if chosen]
    assert names(moved.opened) == sorted(steps)
    for number, step in enumerate(steps):
        moved = do(process, moved, step)
        assert (names(moved.opened) == ["after"]) == (number == len(steps) - 1)


def test_an_inclusive_join_sees_tokens_that_wait_in_sub_processes() -> None:
    process = flow.load(some().bytes())
    moved = do(process, flow.start(process, facts={"a": True, "b": True, "more": True}, env=env()), "b")
    assert names(flow.snapshot(process, moved.state).open) == ["a"]
    moved = do(process, moved, "a")
    assert names(moved.opened) == ["extra"]
    assert names(do(process, moved, "extra").opened) == ["after"]


def test_a_token_at_an_inclusive_join_waits_for_a_second_one_of_the_same_way_only_as_long_as_it_must() -> None:
    """Two tokens on one way: each fires the gateway once."""
    pen = Drawing().start().fork("out").choice("m").add("inclusiveGateway", "in").user("b").user("after").end()
    pen.user("u").user("v").chain("begin", "out", "u", "m", "in", "after", "done").chain("out", "v", "m").chain("out", "b", "in")
    process = flow.load(pen.bytes())
    moved = flow.start(process, facts={}, env=env())
    for step in ("u", "v"):
        moved = do(process, moved, step)
        assert moved.opened == ()
    moved = do(process, moved, "b")
    assert names(moved.opened) == ["after", "after"]


def test_an_answer_is_not_lost_to_a_branch_that_knew_the_old_one() -> None:
    process = flow.load(parallel().bytes())
    moved = flow.start(process, facts={"decision": "none", "list": [1, 1, 2], "app": {"nested": {"x": 1}}}, env=env())
    moved = do(process, moved, "a", decision="reject", app={"nested": {"x": 2}})
    moved = do(process, moved, "b", list=[3])
    assert dict(moved.facts) == {"decision": "reject", "list": [3], "app": {"nested": {"x": 2}}}


def test_an_object_that_was_handed_in_is_not_shared_with_the_case() -> None:
    process = flow.load(parallel().bytes())
    answer: dict[str, Any] = {"nested": {"x": 1}}
    moved = do(process, flow.start(process, facts={}, env=env()), "a", app=answer)
    answer["nested"]["x"] = 2
    moved.facts["app"]["nested"]["x"] = 3
    assert flow.snapshot(process, moved.state).facts["app"] == {"nested": {"x": 1}}


def test_an_event_in_one_case_changes_no_other() -> None:
    process = flow.load(beside(MESSAGE, interrupting=False).bytes())
    before = inside([process.spec, process.parts])
    one = flow.start(process, facts={}, env=env())
    flow.send(process, one.state, "stop", {}, env=env())
    assert inside([process.spec, process.parts]) == before
    assert names(flow.start(process, facts={}, env=env()).opened) == ["a"]


def test_a_process_is_not_changed_by_any_construct_in_any_thread() -> None:
    process = flow.load(strange())
    before = inside([process.spec, process.parts])

    def run(number: int) -> str | None:
        moved = flow.start(process, facts={}, env=env())
        for _ in range(40):
            opened = flow.snapshot(process, moved.state).open
            if moved.ended or not opened:
                break
            chosen = opened[number % len(opened)]
            moved = flow.complete(process, moved.state, chosen.task, {"verify": {"r": "yes"}}, env=env())
        return moved.ended

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(run, range(100)))
    assert set(ended) <= {"done", "raised", "refused"}
    assert None not in ended
    assert inside([process.spec, process.parts]) == before


def test_a_case_with_an_open_task_is_never_over_however_long_its_past() -> None:
    pen = Drawing().start().choice("back").user("a").choice("how", "on").end().chain("begin", "back", "a", "how")
    process = flow.load(pen.flow("how", "back", "= again").flow("how", "done", ident="on").bytes())
    moved = flow.start(process, facts={"again": True}, env=env())
    for _ in range(1100):
        moved = do(process, moved, "a")
    assert (moved.ended, names(moved.opened)) == (None, ["a"])
    assert len(moved.state) < 300


def test_a_state_is_the_same_after_reading_it_and_may_be_reordered() -> None:
    for seed in range(40):
        walk = Walk(seed)
        walk.go(limit=6)
        if walk.moved.ended:
            continue
        ordered = json.dumps(json.loads(walk.moved.state), sort_keys=True).encode()
        plain, other = (flow.snapshot(walk.process, state) for state in (walk.moved.state, ordered))
        assert {each.task for each in plain.open} == {each.task for each in other.open}
        assert dict(plain.facts) == dict(other.facts)
        again = flow.wake(walk.process, walk.moved.state, env=walk.env())
        assert json.loads(again.state) == json.loads(walk.moved.state)


def test_a_step_that_fails_leaves_the_stored_state_as_it_was() -> None:
    pen = Drawing().start().user("a").script("sum", "= for i in 1..limit return i", "x").user("b").end()
    pen.chain("begin", "a", "sum", "b", "done")
    process = flow.load(pen.bytes())
    first = flow.start(process, facts={}, env=env())
    with pytest.raises(flow.BadExpression):
        do(process, first, "a", limit=10**9)
    assert names(do(process, first, "a", limit=3).opened) == ["b"]


@pytest.mark.parametrize("counted", [False, True])
def test_a_result_that_is_there_already_is_replaced(counted: bool) -> None:
    loop = many(outputCollection="all", outputElement="= loopCounter", collection="= [1, 2]")
    if counted:
        number = "<bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
        loop = loop.replace(' inputCollection="= [1, 2]"', "").replace("</bpmn:multiInstanceLoopCharacteristics>", number)
    process = flow.load(Drawing().start().add("userTask", "a", loop).end().chain("begin", "a", "done").bytes())
    moved = flow.start(process, facts={"all": ["old", "old", "old"]}, env=env())
    for each in moved.opened:
        moved = flow.complete(process, moved.state, each.task, {}, env=env())
    assert (moved.facts["all"], moved.ended) == ([1, 2], "done")


def test_a_step_for_each_of_many_is_as_cheap_at_the_end() -> None:
    loop = many(collection="= for i in 1..120 return i")
    process = flow.load(Drawing().start().add("userTask", "a", loop).end().chain("begin", "a", "done").bytes())
    moved = flow.start(process, facts={}, env=env())
    assert len(moved.opened) == 120
    first = len(moved.state)
    for each in moved.opened[:-1]:
        moved = flow.complete(process, moved.state, each.task, {}, env=env())
    assert len(moved.state) < first / 10
    (left,) = flow.snapshot(process, moved.state).open
    assert flow.complete(process, moved.state, left.task, {}, env=env()).ended == "done"


def test_data_of_the_drawing_and_loops_go_together() -> None:
    spec = '<bpmn:ioSpecification id="io"><bpmn:dataInput id="d1" name="x"/><bpmn:inputSet id="s1"/></bpmn:ioSpecification>'
    drawing = Drawing().start().add("userTask", "a", spec + many(collection="= [1, 2]")).end().chain("begin", "a", "done")
    process = flow.load(drawing.bytes())
    assert names(flow.start(process, facts={}, env=env()).opened) == ["a", "a"]


# As version 1 of the state wrote it: whole rows, `ended` and `p` always.
OLD = (
    b'{"v":1,"facts":{"x":{"$":"number","v":"7"}},"passed":["begin","a"],"ended":null,"run":{"t":['
    b'["0b5c2d5e-0d53-4d52-9d5c-3a3f5a0e8a01","b",16,0,{}],["0b5c2d5e-0d53-4d52-9d5c-3a3f5a0e8a02","late",8,0,{"due":"2026-03-09T03:00:00+00:00"}],'
    b'["0b5c2d5e-0d53-4d52-9d5c-3a3f5a0e8a03","part",32,-1,{}],["0b5c2d5e-0d53-4d52-9d5c-3a3f5a0e8a05","in",8,-1,{"tokens":["c"]}]],'
    b'"p":{"0b5c2d5e-0d53-4d52-9d5c-3a3f5a0e8a03":{"t":[["0b5c2d5e-0d53-4d52-9d5c-3a3f5a0e8a04","y",16,-1,{}]],"p":{}}}}}'
)


def old() -> flow.Process:
    inside = Drawing("inner").start("i1").user("y").end("i2").chain("i1", "y", "i2")
    pen = Drawing().start().user("a").fork("out").user("b").boundary("late", "b", "P7D").sub("part", inside).user("c").fork("in").end()
    pen.end("e2").chain("begin", "a", "out", "b", "in", "done").chain("out", "part", "in").chain("out", "c", "in").chain("late", "e2")
    return flow.load(pen.bytes())


def test_a_state_of_an_older_version_goes_on() -> None:
    process = old()
    shot = flow.snapshot(process, OLD)
    assert (names(shot.open), dict(shot.facts), [due.step.id for due in shot.timers]) == (["b", "y"], {"x": 7}, ["late"])
    moved = flow.complete(process, OLD, "0b5c2d5e-0d53-4d52-9d5c-3a3f5a0e8a01", {}, env=env())
    assert (json.loads(moved.state)["v"], moved.timers, moved.ended) == (2, (), None)
    assert do(process, moved, "y").ended == "done"
    rung = flow.wake(process, OLD, env=env(8))
    assert len(rung.dropped) == 1
    with pytest.raises(flow.BadState):
        flow.snapshot(process, OLD.replace(b'{"v":1', b'{"v":99'))


def test_two_timers_of_one_gateway_keep_their_own_moments_when_stored_and_reordered() -> None:
    process = flow.load(racing().bytes())
    moved = flow.start(process, facts={}, env=env())
    ordered = json.dumps(json.loads(moved.state), sort_keys=True).encode()
    assert [due.step.id for due in flow.snapshot(process, ordered).timers] == ["soon", "late"]
    assert names(flow.wake(process, ordered, env=env(3)).opened) == ["b"]


def test_a_state_that_was_read_again_cannot_run_python() -> None:
    process = flow.load(racing().bytes())
    run = states.read(process, flow.start(process, facts={}, env=env()).state, env())
    assert isinstance(run.script_engine, NoPython)
    for act in (run.script_engine.evaluate, run.script_engine.environment.evaluate, run.script_engine.execute):
        with pytest.raises(PermissionError):
            act("1 + 1", {})


def test_a_day_that_the_clocks_change_is_as_long_as_it_is() -> None:
    """Wall clock where the zone changes: a date is its midnight there, a duration is that long."""
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 28, 12, tzinfo=berlin)
    pen = Drawing().start().add("eventBasedGateway", "race").timer("day", '= date("2026-03-30")', "timeDate").timer("long", "PT24H").end()
    process = flow.load(pen.end("e2").chain("begin", "race", "day", "done").chain("race", "long", "e2").bytes())
    moved = flow.start(process, facts={}, env=flow.Env(now=now))
    assert {due.step.id: due.at for due in moved.timers} == {
        "day": datetime(2026, 3, 29, 22, tzinfo=UTC),
        "long": datetime(2026, 3, 29, 11, tzinfo=UTC),
    }


def test_members_that_are_nothing_are_members() -> None:
    for turns in (False, True):
        loop = many(turns=turns, collection="= [1, null, 3]", outputCollection="all", outputElement="= point")
        process = flow.load(Drawing().start().add("userTask", "a", loop).end().chain("begin", "a", "done").bytes())
        moved = flow.start(process, facts={}, env=env())
        while moved.ended is None:
            moved = do(process, moved, "a")
        assert moved.facts["all"] == [1, None, 3]


def test_many_flows_into_one_task_cost_nothing() -> None:
    pen = Drawing().start().choice("go", "f0").user("a").choice("how", "on").end().chain("begin", "go").chain("a", "how")
    for number in range(12):
        pen.user(f"u{number}").chain(f"u{number}", "a").flow("go", f"u{number}", "= false" if number else "", f"f{number}")
        pen.flow("how", f"u{number}", f"= to = {number}")
    process = flow.load(pen.flow("how", "done", ident="on").bytes())
    moved = do(process, do(process, flow.start(process, facts={}, env=env()), "u0"), "a", to=7)
    assert (names(moved.opened), len(moved.state) < 300) == (["u7"], True)
