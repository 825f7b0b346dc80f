"""Random block-structured processes, and a token engine of a few lines to compare with: it shares nothing with the engine under test.

A block is a task, a sequence, a choice, a fork with its join, a loop or a sub-process, so the right behaviour is never in doubt.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .drawing import Drawing


@dataclass(frozen=True)
class Block:
    """`kind` is task, sequence, choice, fork, loop or sub."""

    kind: str
    name: str
    inner: tuple[Block, ...] = ()


def blocks(rnd: random.Random, depth: int, count: Iterator[int]) -> Block:
    name = f"n{next(count)}"
    kind = rnd.choice(["task", "sequence", "sequence", "choice", "fork", "loop", "sub"]) if depth else "task"
    size = {"task": 0, "sequence": 2, "choice": 2, "fork": rnd.choice([2, 3]), "loop": 1, "sub": 1}[kind]
    return Block(kind, name, tuple(blocks(rnd, depth - 1, count) for _ in range(size)))


def draw(block: Block, pen: Drawing) -> tuple[str, str]:
    """Draw the block; its first and its last node."""
    name = block.name
    if block.kind == "task":
        pen.user(name)
        return name, name
    if block.kind == "sub":
        inside = Drawing(name)
        first, last = draw(block.inner[0], inside)
        inside.start(f"{name}_s").end(f"{name}_e").chain(f"{name}_s", first).chain(last, f"{name}_e")
        pen.sub(name, inside)
        return name, name
    ends = [draw(each, pen) for each in block.inner]
    if block.kind == "sequence":
        pen.flow(ends[0][1], ends[1][0])
        return ends[0][0], ends[1][1]
    return _gateways(block, pen, ends)


def _gateways(block: Block, pen: Drawing, ends: list[tuple[str, str]]) -> tuple[str, str]:
    opening, closing = f"{block.name}_o", f"{block.name}_c"
    if block.kind == "fork":
        pen.fork(opening).fork(closing)
        for first, last in ends:
            pen.chain(opening, first).chain(last, closing)
    elif block.kind == "choice":
        pen.choice(opening, f"{block.name}_else").choice(closing)
        pen.flow(opening, ends[0][0], "= way").flow(opening, ends[1][0], ident=f"{block.name}_else")
        pen.chain(ends[0][1], closing).chain(ends[1][1], closing)
    else:
        pen.choice(opening).choice(closing, f"{block.name}_on")
        pen.chain(opening, ends[0][0]).chain(ends[0][1], closing).flow(closing, opening, "= again")
        after = f"{block.name}_x"
        pen.choice(after).flow(closing, after, ident=f"{block.name}_on")
        return opening, after
    return opening, closing


@dataclass
class Token:
    """A running block; `waiting` counts the inner blocks that are not finished."""

    block: Block
    parent: Token | None
    waiting: int = 0


@dataclass
class Oracle:
    """What must be open."""

    way: bool = False
    again: bool = False
    open: list[Token] = field(default_factory=list)
    ended: bool = False

    def enter(self, block: Block, parent: Token | None) -> None:
        token = Token(block, parent)
        if block.kind == "task":
            self.open.append(token)
        elif block.kind == "fork":
            token.waiting = len(block.inner)
            for each in block.inner:
                self.enter(each, token)
        else:
            token.waiting = 1
            self.enter(block.inner[0 if block.kind != "choice" or self.way else 1], token)

    def leave(self, token: Token | None) -> None:
        if token is None:
            self.ended = True
            return
        parent, block = token.parent, token.block
        if block.kind != "task":
            token.waiting -= 1
            if token.waiting:
                return
        if parent is not None and parent.block.kind == "sequence" and block is parent.block.inner[0]:
            self.enter(parent.block.inner[1], parent)
        elif parent is not None and parent.block.kind == "loop" and self.again:
            self.enter(parent.block.inner[0], parent)
        else:
            self.leave(parent)

    def complete(self, name: str) -> None:
        token = next(each for each in self.open if each.block.name == name)
        self.open.remove(token)
        self.leave(token)

    def names(self) -> Counter[str]:
        return Counter(each.block.name for each in self.open)
