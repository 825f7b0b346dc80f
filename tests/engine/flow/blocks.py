"""Random block-structured processes, and how they are drawn: so the right behaviour is never in doubt."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from .drawing import FORMAL, Drawing, time, z

# How many blocks each kind has inside it.
SIZES = {
    "task": 0, "sequence": 2, "choice": 2, "fork": 3, "loop": 1, "sub": 1, "timed": 2, "reminded": 2,
    "some": 3, "each": 1, "turns": 1, "repeat": 1, "race": 2, "guarded": 2, "watched": 2, "failing": 2,
}  # fmt: skip
PLAIN = ("sequence", "sequence", "choice", "fork", "loop", "sub")
ALL = (*PLAIN, "timed", "reminded", "some", "each", "turns", "repeat", "race", "guarded", "watched", "failing")
# What runs beside a block may be open several times at once; it is only a task, so that no join mixes its tokens.
_BESIDE = frozenset({"reminded", "watched"})


@dataclass(frozen=True)
class Block:
    """`kind` is one of SIZES."""

    kind: str
    name: str
    inner: tuple[Block, ...] = ()


def blocks(rnd: random.Random, depth: int, count: Iterator[int], kinds: tuple[str, ...] = PLAIN) -> Block:
    """A random block; without `kinds` only of those that every diagram has."""
    name = f"n{next(count)}"
    kind = rnd.choice(["task", *kinds]) if depth else "task"
    size = rnd.choice([2, 3]) if kind == "fork" else SIZES[kind]
    depths = [0 if kind in _BESIDE and number else depth - 1 for number in range(size)]
    return Block(kind, name, tuple(blocks(rnd, each, count, kinds) for each in depths))


def draw(block: Block, pen: Drawing) -> tuple[str, str]:
    """Draw the block; its first and its last node."""
    made: tuple[str, str] = _DRAWN[block.kind](block, pen)
    return made


def _task(block: Block, pen: Drawing) -> tuple[str, str]:
    """What somebody does; every fourth is a table that comes later, and says again what was answered."""
    if int(block.name.removeprefix("n")) % 4 == 3:
        pen.rule(block.name, "again", "mark", later=True)
    else:
        pen.user(block.name)
    return block.name, block.name


def _sequence(block: Block, pen: Drawing) -> tuple[str, str]:
    one, two = (draw(each, pen) for each in block.inner)
    pen.flow(one[1], two[0])
    return one[0], two[1]


def _choice(block: Block, pen: Drawing) -> tuple[str, str]:
    opening, closing = f"{block.name}_o", f"{block.name}_c"
    pen.choice(opening, f"{block.name}_else").choice(closing)
    one, two = (draw(each, pen) for each in block.inner)
    pen.flow(opening, one[0], "= way").flow(opening, two[0], ident=f"{block.name}_else")
    pen.chain(one[1], closing).chain(two[1], closing)
    return opening, closing


def _fork(block: Block, pen: Drawing) -> tuple[str, str]:
    opening, closing = f"{block.name}_o", f"{block.name}_c"
    pen.fork(opening).fork(closing)
    for first, last in [draw(each, pen) for each in block.inner]:
        pen.chain(opening, first).chain(last, closing)
    return opening, closing


def _loop(block: Block, pen: Drawing) -> tuple[str, str]:
    opening, closing, after = f"{block.name}_o", f"{block.name}_c", f"{block.name}_x"
    first, last = draw(block.inner[0], pen)
    pen.choice(opening).choice(closing, f"{block.name}_on")
    pen.chain(opening, first).chain(last, closing).flow(closing, opening, "= again")
    pen.choice(after).flow(closing, after, ident=f"{block.name}_on")
    return opening, after


def body(block: Block, name: str) -> Drawing:
    """A block as the inside of a sub-process."""
    inside = Drawing(name)
    first, last = draw(block, inside)
    return inside.start(f"{name}_s").end(f"{name}_e").chain(f"{name}_s", first).chain(last, f"{name}_e")


def _sub(block: Block, pen: Drawing) -> tuple[str, str]:
    pen.sub(block.name, body(block.inner[0], block.name))
    return block.name, block.name


def _watched_step(block: Block, pen: Drawing) -> str:
    """The step with the timer: a task itself, or a sub-process around what is done."""
    inner = block.inner[0]
    if inner.kind == "task":
        pen.user(inner.name)
        return inner.name
    pen.sub(block.name, body(inner, block.name))
    return block.name


def _timed(block: Block, pen: Drawing) -> tuple[str, str]:
    """A task or a sub-process that a timer stops, with another way to the same end."""
    name, closing, step = block.name, f"{block.name}_c", _watched_step(block, pen)
    pen.boundary(f"{name}_b", step, "P1D").choice(closing)
    first, last = draw(block.inner[1], pen)
    pen.chain(step, closing).chain(f"{name}_b", first).chain(last, closing)
    return step, closing


def _reminded(block: Block, pen: Drawing) -> tuple[str, str]:
    """A task or a sub-process beside which a timer opens a task; the process goes on only when that is done too."""
    name, step = block.name, _watched_step(block, pen)
    pen.boundary(f"{name}_b", step, "P1D", interrupting=False).end(f"{name}_r")
    first, last = draw(block.inner[1], pen)
    pen.chain(f"{name}_b", first).chain(last, f"{name}_r")
    return step, step


def _some(block: Block, pen: Drawing) -> tuple[str, str]:
    """An inclusive gateway: the first way, the second, both; or the third when neither."""
    opening, closing = f"{block.name}_o", f"{block.name}_c"
    pen.add("inclusiveGateway", opening, default=f"{block.name}_else").add("inclusiveGateway", closing)
    ends = [draw(each, pen) for each in block.inner]
    pen.flow(opening, ends[0][0], "= one").flow(opening, ends[1][0], "= two").flow(opening, ends[2][0], ident=f"{block.name}_else")
    for _, last in ends:
        pen.flow(last, closing)
    return opening, closing


def _each(block: Block, pen: Drawing) -> tuple[str, str]:
    """A sub-process for each of three members, at once or in turns; two are enough when the last one says so."""
    name, turns = block.name, "true" if block.kind == "turns" else "false"
    given = {"inputCollection": '= ["a", "b", "c"]', "inputElement": f"it_{name}"}
    extra = z("loopCharacteristics", **given, outputCollection=f"got_{name}", outputElement="= mark")
    until = "<bpmn:completionCondition>= numberOfCompletedInstances = 2 and one</bpmn:completionCondition>"
    loop = (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{turns}"><bpmn:extensionElements>{extra}</bpmn:extensionElements>'
        f"{until}</bpmn:multiInstanceLoopCharacteristics>"
    )
    if block.inner[0].kind == "task":
        return _several(block, pen, loop)
    pen.sub(name, body(block.inner[0], name), loop)
    return name, name


def _several(block: Block, pen: Drawing, loop: str) -> tuple[str, str]:
    """A task that is itself done several times."""
    pen.add("userTask", block.inner[0].name, loop)
    return block.inner[0].name, block.inner[0].name


def _repeat(block: Block, pen: Drawing) -> tuple[str, str]:
    """A standard loop, at most three times."""
    condition = f"<bpmn:loopCondition {FORMAL}>= again</bpmn:loopCondition>"
    loop = f'<bpmn:standardLoopCharacteristics loopMaximum="3">{condition}</bpmn:standardLoopCharacteristics>'
    if block.inner[0].kind == "task":
        return _several(block, pen, loop)
    pen.sub(block.name, body(block.inner[0], block.name), loop)
    return block.name, block.name


def _race(block: Block, pen: Drawing) -> tuple[str, str]:
    """A message or a day, whichever comes first."""
    name, closing = block.name, f"{block.name}_c"
    pen.add("eventBasedGateway", f"{name}_o").timer(f"{name}_t", "P1D").choice(closing)
    pen.receive(f"{name}_m", f"m_{name}", "intermediateCatchEvent")
    for event, each in zip((f"{name}_m", f"{name}_t"), block.inner, strict=True):
        first, last = draw(each, pen)
        pen.chain(f"{name}_o", event, first).chain(last, closing)
    return f"{name}_o", closing


def by_time(block: Block) -> bool:
    """Whether the sub-process beside this one is started by a timer, and not by a message."""
    return block.kind in {"guarded", "watched"} and int(block.name[1:]) % 2 == 1


def _beside(block: Block, pen: Drawing) -> tuple[str, str]:
    """A sub-process with another beside it, which a message or a timer starts: instead of it (guarded), or besides (watched)."""
    name, beside = block.name, f"{block.name}_x"
    inside = body(block.inner[0], name)
    handler = Drawing(beside)
    first, last = draw(block.inner[1], handler)
    if by_time(block):
        handler.add("startEvent", f"{beside}_s", time("P1D"))
    else:
        handler.receive(f"{beside}_s", f"m_{name}", "startEvent")
    interrupting = f'<bpmn:startEvent isInterrupting="{str(block.kind == "guarded").lower()}"'
    handler.parts[-1] = handler.parts[-1].replace("<bpmn:startEvent", interrupting)
    handler.end(f"{beside}_e").chain(f"{beside}_s", first).chain(last, f"{beside}_e")
    inside.messages.update(handler.messages)
    inside.add("subProcess", beside, "".join(handler.parts), triggeredByEvent="true")
    pen.sub(name, inside)
    return name, name


def _failing(block: Block, pen: Drawing) -> tuple[str, str]:
    """A sub-process that ends with an error when `way` is true; the error takes the other way to the same end."""
    name, closing = block.name, f"{block.name}_c"
    inside = Drawing(name)
    first, last = draw(block.inner[0], inside)
    inside.start(f"{name}_s").choice(f"{name}_q", f"{name}_else").end(f"{name}_e")
    inside.end(f"{name}_f", '<bpmn:errorEventDefinition errorRef="fault"/>').chain(f"{name}_s", first).chain(last, f"{name}_q")
    inside.flow(f"{name}_q", f"{name}_f", "= way").flow(f"{name}_q", f"{name}_e", ident=f"{name}_else")
    pen.sub(name, inside).choice(closing)
    pen.add("boundaryEvent", f"{name}_b", '<bpmn:errorEventDefinition errorRef="fault"/>', attachedToRef=name)
    first, last = draw(block.inner[1], pen)
    pen.chain(name, closing).chain(f"{name}_b", first).chain(last, closing)
    return name, closing


_DRAWN = {
    "task": _task, "sequence": _sequence, "choice": _choice, "fork": _fork, "loop": _loop, "sub": _sub,
    "timed": _timed, "reminded": _reminded, "some": _some, "each": _each, "turns": _each, "repeat": _repeat, "race": _race,
    "guarded": _beside, "watched": _beside, "failing": _failing,
}  # fmt: skip


def whole(block: Block) -> bytes:
    """A process around the block."""
    pen = Drawing().start().end()
    first, last = draw(block, pen)
    return pen.chain("begin", first).chain(last, "done").bytes('<bpmn:error id="fault" errorCode="FAULT"/>')
