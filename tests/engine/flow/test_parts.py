"""Sub-processes, shared parts, and joins in loops."""

from __future__ import annotations

import itertools

import pytest

from engine import flow

from .drawing import Drawing
from .test_moves import do, env, names, task


def review() -> Drawing:
    inside = Drawing("inner").start("in_begin").fork("out").user("survey").user("road").fork("in").end("in_done")
    inside.chain("in_begin", "out", "survey", "in", "in_done").chain("out", "road", "in")
    drawing = Drawing().start().sub("review", inside).choice("how", otherwise="ok").user("after").end().choice("back")
    drawing.chain("begin", "back", "review", "how").flow("how", "back", "= again").flow("how", "after", ident="ok")
    return drawing.chain("after", "done")


def test_a_sub_process_opens_its_tasks_and_goes_on_when_all_are_done() -> None:
    process = flow.load(review().bytes())
    moved = flow.start(process, facts={}, env=env())
    assert names(moved.opened) == ["road", "survey"]
    moved = do(process, moved, "road", road={"ok": True})
    assert (moved.opened, moved.ended) == ((), None)
    moved = do(process, moved, "survey", again=False)
    assert names(moved.opened) == ["after"]
    assert do(process, moved, "after").ended == "done"


def test_the_end_of_a_sub_process_is_not_the_end_of_the_case() -> None:
    process = flow.load(review().bytes())
    moved = do(process, do(process, flow.start(process, facts={}, env=env()), "road"), "survey")
    assert moved.ended is None
    assert "in_done" in flow.snapshot(process, moved.state).passed


@pytest.mark.parametrize("orders", list(itertools.product([("road", "survey"), ("survey", "road")], repeat=3)))
def test_a_review_that_is_repeated_waits_for_both_each_time(orders: tuple[tuple[str, str], ...]) -> None:
    process = flow.load(review().bytes())
    moved = flow.start(process, facts={}, env=env())
    for number, (first, second) in enumerate(orders):
        moved = do(process, moved, first, again=number < 2)
        assert names(flow.snapshot(process, moved.state).open) == [second]
        moved = do(process, moved, second)
    assert names(moved.opened) == ["after"]


def loop() -> flow.Process:
    """The join lies on the loop itself: the library fires it early in the second round."""
    drawing = (
        Drawing()
        .start()
        .choice("back")
        .fork("out")
        .user("a")
        .user("b")
        .user("c")
        .fork("in")
        .choice("how", otherwise="ok")
        .user("after")
        .end()
    )
    drawing.chain("begin", "back", "out", "a", "in", "how").chain("out", "b", "in").chain("out", "c", "in")
    return flow.load(drawing.flow("how", "back", "= again").flow("how", "after", ident="ok").chain("after", "done").bytes())


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_a_join_in_a_loop_waits_for_every_branch_of_this_round(order: tuple[str, ...]) -> None:
    process = loop()
    moved = flow.start(process, facts={"again": True}, env=env())
    for round_ in ("abc", order, order[::-1]):
        for number, step in enumerate(round_):
            moved = do(process, moved, step, again=round_ != order[::-1])
            left = sorted(set("abc") - set(round_[: number + 1]))
            assert names(flow.snapshot(process, moved.state).open) == (left or (["after"] if round_ == order[::-1] else ["a", "b", "c"]))


def test_tokens_left_at_a_join_wait_for_the_next_round() -> None:
    """`a` is reached twice before `b` once; the second token of `a` is kept."""
    drawing = Drawing().start().fork("out").user("a").user("b").user("x").choice("m").fork("in").user("after").end()
    drawing.chain("begin", "out", "m", "a", "in", "after", "done").chain("out", "b", "in").chain("out", "x", "m")
    process = flow.load(drawing.bytes())
    moved = do(process, flow.start(process, facts={}, env=env()), "a")
    moved = do(process, do(process, moved, "x"), "a")
    assert names(flow.snapshot(process, moved.state).open) == ["b"]
    moved = do(process, moved, "b")
    assert names(moved.opened) == ["after"]
    assert do(process, moved, "after").ended is None  # one token of `a` still waits: the drawing is wrong, the case does not pretend


def test_a_timer_on_a_sub_process_drops_all_its_tasks() -> None:
    inside = Drawing("inner").start("in_begin").fork("out").user("survey").user("road").end("e1").end("e2")
    inside.chain("in_begin", "out", "survey", "e1").chain("out", "road", "e2")
    drawing = Drawing().start().sub("review", inside).boundary("late", "review", "P9D").user("close").end().end("gone")
    process = flow.load(drawing.chain("begin", "review", "done").chain("late", "close", "gone").bytes())
    first = flow.start(process, facts={}, env=env())
    first = do(process, first, "road")
    survey = task(first.state, process, "survey")
    moved = flow.wake(process, first.state, env=env(10))
    assert (moved.dropped, names(moved.opened)) == ((survey,), ["close"])
    assert do(process, moved, "close").ended == "gone"


def test_a_sub_process_in_a_sub_process_is_dropped_with_it() -> None:
    core = Drawing("core").start("c_begin").user("deep").boundary("c_late", "deep", "P20D").end("c_done").end("c_gone")
    core.chain("c_begin", "deep", "c_done").chain("c_late", "c_gone")
    inner = Drawing("inner").start("i_begin").sub("middle", core).end("i_done").chain("i_begin", "middle", "i_done")
    drawing = Drawing().start().sub("outer", inner).boundary("late", "outer", "P9D").user("close").end().end("gone")
    process = flow.load(drawing.chain("begin", "outer", "done").chain("late", "close", "gone").bytes())
    first = flow.start(process, facts={}, env=env())
    assert (names(first.opened), [due.step.id for due in first.timers]) == (["deep"], ["late", "c_late"])
    moved = flow.wake(process, first.state, env=env(10))
    assert (names(moved.opened), moved.timers, len(moved.dropped)) == (["close"], (), 1)
    kept = do(process, first, "deep")
    assert (kept.ended, kept.timers) == ("done", ())


def payment() -> Drawing:
    part = Drawing("payment").start("pay_begin").service("bill", "charge").user("pay", desk="applicant").end("pay_done")
    return part.chain("pay_begin", "bill", "pay", "pay_done")


def test_a_shared_part_is_found_in_another_file() -> None:
    drawing = Drawing().start().call("paying", "payment").user("after").end().chain("begin", "paying", "after", "done")
    process = flow.load(drawing.bytes(), parts={"payment.bpmn": payment().bytes()})
    assert process.order == ("begin", "paying", "pay_begin", "bill", "pay", "pay_done", "after", "done")
    moved = do(process, flow.start(process, facts={}, env=env()), "bill", bill={"id": 1})
    moved = do(process, moved, "pay", pay={"how": "qris"})
    assert (names(moved.opened), moved.facts["bill"]) == (["after"], {"id": 1})


def test_a_shared_part_may_run_twice_at_once() -> None:
    drawing = Drawing().start().fork("out").call("one", "payment").call("two", "payment").fork("in").user("after").end()
    drawing.chain("begin", "out", "one", "in", "after", "done").chain("out", "two", "in")
    process = flow.load(drawing.bytes(), parts={"payment.bpmn": payment().bytes()})
    moved = flow.start(process, facts={}, env=env())
    assert names(moved.opened) == ["bill", "bill"]
    for step in ("bill", "bill", "pay", "pay"):
        moved = do(process, moved, step)
    assert names(moved.opened) == ["after"]


def test_the_state_does_not_grow_with_the_rounds_of_a_loop() -> None:
    process = flow.load(review().bytes())
    moved = flow.start(process, facts={"again": True}, env=env())
    sizes = set()
    for _ in range(30):
        moved = do(process, do(process, moved, "road"), "survey")
        sizes.add(len(moved.state))
    assert len(sizes) == 1
