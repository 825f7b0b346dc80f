"""A diagram that was mutilated is either refused with findings, or runs without getting stuck: there is nothing in between."""

from __future__ import annotations

import copy
import random
from contextlib import suppress
from datetime import timedelta

import pytest
from lxml import etree

from engine import flow

from .drawing import Drawing, z
from .test_moves import NOW, Answer

ODD = ("", "  ", "= x", "a b", "é", "Start", "End", "x'y", "= 1 +", "true", "false")


def whole() -> bytes:
    """A bit of everything that is supported."""
    inside = Drawing("inner").start("i1").fork("out").user("survey").user("road").fork("in").end("i2")
    inside.chain("i1", "out", "survey", "in", "i2").chain("out", "road", "in")
    pen = Drawing().start().user("apply").choice("again").user("verify").boundary("late", "verify", "P9D").choice("how", "no")
    pen.boundary("warn", "verify", "P3D", interrupting=False).service("remind").end("e3").rule("price", "tax").script(
        "sum", "= 1 + 1", "two"
    )
    pen.sub("review", inside).receive("paid", "payment").timer("pause", "P1D").service("issue").end("issued").end("lapsed").end("refused")
    pen.chain("begin", "apply", "again", "verify", "how").flow("how", "price", '= verify.r = "yes"').flow("how", "refused", ident="no")
    pen.flow("how", "again", '= verify.r = "back"').chain("price", "sum", "review", "paid", "pause", "issue", "issued")
    return pen.chain("late", "lapsed").chain("warn", "remind", "e3").bytes()


def strange() -> bytes:
    """A bit of everything that is supported besides."""
    ring = Drawing("ring").receive("g1", "stop", "startEvent").user("why")
    ring.end("g2", '<bpmn:escalationEventDefinition escalationRef="esc"/>')
    ring.chain("g1", "why", "g2")
    list_ = z("loopCharacteristics", inputCollection='= ["a", "b"]', inputElement="it", outputCollection="got", outputElement="= it")
    box = f"<bpmn:extensionElements>{list_}</bpmn:extensionElements>"
    many = f"<bpmn:multiInstanceLoopCharacteristics>{box}</bpmn:multiInstanceLoopCharacteristics>"
    again = '<bpmn:standardLoopCharacteristics loopMaximum="2"/>'
    inside = Drawing("inner").start("i1").add("inclusiveGateway", "some", default="neither").user("a").user("b")
    inside.add("inclusiveGateway", "all")
    inside.chain("i1", "some").flow("some", "a", '= verify.r = "yes"').flow("some", "b", ident="neither").chain("a", "all")
    inside.chain("b", "all")
    inside.choice("bad", "fine").end("i2").end("i3", '<bpmn:errorEventDefinition errorRef="err"/>').chain("all", "bad")
    inside.flow("bad", "i3", '= verify.r = "no"').flow("bad", "i2", ident="fine")
    inside.add("subProcess", "ring", "".join(ring.parts), triggeredByEvent="true")
    inside.messages.update(ring.messages)
    pen = Drawing().start().add("userTask", "verify", many).add("userTask", "twice", again).sub("review", inside).end("refused")
    pen.end("raised")
    pen.add("boundaryEvent", "failed", '<bpmn:errorEventDefinition errorRef="err"/>', attachedToRef="review").chain("failed", "refused")
    beside = {"attachedToRef": "review", "cancelActivity": "false"}
    pen.add("boundaryEvent", "told", '<bpmn:escalationEventDefinition escalationRef="esc"/>', **beside)
    pen.add("eventBasedGateway", "race").receive("paid", "payment", "intermediateCatchEvent").timer("late", "P3D").choice("go").end()
    pen.add("intermediateThrowEvent", "jump", '<bpmn:linkEventDefinition name="A"/>').chain("begin", "verify", "twice", "jump")
    pen.add("intermediateCatchEvent", "land", '<bpmn:linkEventDefinition name="A"/>').chain("land", "review", "race", "paid", "go", "done")
    pen.add("intermediateThrowEvent", "call", '<bpmn:signalEventDefinition signalRef="sig"/>').chain("race", "late", "go")
    pen.chain("told", "call", "raised")
    more = '<bpmn:error id="err" errorCode="E1"/><bpmn:escalation id="esc" escalationCode="X"/><bpmn:signal id="sig" name="go"/>'
    return pen.bytes(more)


def mutilate(data: bytes, rnd: random.Random) -> bytes:
    root = etree.fromstring(data)
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    for _ in range(rnd.choice([1, 1, 2, 3])):
        one, other, act = rnd.choice(elements), rnd.choice(elements), rnd.randrange(7)
        key = rnd.choice(list(one.attrib)) if one.attrib else None
        if act == 0 and one.getparent() is not None:
            one.getparent().remove(one)
        elif act == 1:
            one.tag = other.tag
        elif act == 2:
            one.text = rnd.choice(ODD)
        elif act == 3 and other is not root:
            one.append(copy.deepcopy(other))
        elif key and act == 4:
            del one.attrib[key]
        elif key and act == 5:
            one.set(key, rnd.choice([*other.attrib.values(), "x"]))
        elif key:
            one.set(key, rnd.choice(ODD))
    return bytes(etree.tostring(root))


def play(process: flow.Process, rnd: random.Random) -> bool:
    """Whether the case ends, or goes on for as long as anyone may be expected to look."""
    env = flow.Env(now=NOW, decide=lambda *_: Answer(1))
    moved = flow.start(process, facts={}, env=env)
    for _ in range(60):
        if moved.ended is not None:
            return True
        opened = flow.snapshot(process, moved.state).open
        if opened and rnd.random() < 0.9:
            chosen = rnd.choice(opened)
            moved = flow.complete(process, moved.state, chosen.task, {"verify": {"r": rnd.choice(["yes", "no", "back"])}}, env=env)
        elif moved.timers:
            env = flow.Env(now=max(moved.timers[0].at, env.now) + timedelta(hours=1), decide=env.decide)
            moved = flow.wake(process, moved.state, env=env)
        elif not opened:
            return False
    return True


def read(data: bytes) -> flow.Process | None:
    """The process, or None when it is refused: by us, not by the library."""
    try:
        return flow.load(data)
    except flow.BadProcess as refused:
        if any(each.code == "process.library" for each in refused.findings):
            raise
        return None


def test_the_whole_one_runs() -> None:
    assert all(play(flow.load(drawn()), random.Random(seed)) for seed in range(20) for drawn in (whole, strange))


@pytest.mark.parametrize("batch", range(10))
def test_a_mutilated_diagram_is_refused_or_runs(batch: int) -> None:
    outcomes = set()
    for seed in range(batch * 80, batch * 80 + 80):
        rnd = random.Random(seed)
        data = mutilate(rnd.choice([whole, strange])(), rnd)
        process = read(data)
        outcomes.add("ran" if process else "refused")
        if process:
            with suppress(flow.NoWayOut, flow.NoTime, flow.NoList, flow.Endless, flow.BadExpression):
                assert play(process, rnd), f"seed {seed} got stuck"
    assert outcomes == {"refused", "ran"}
