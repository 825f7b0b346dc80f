"""A token engine of a few lines to compare with: it shares nothing with the engine under test."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .blocks import Block, blocks, draw

__all__ = ["Oracle", "blocks", "draw"]

Facts = ChainMap[str, Any]


@dataclass(eq=False)
class Token:
    """A running block; `waiting` counts what must be finished before it is."""

    block: Block
    parent: Token | None
    facts: Facts
    due: float | None = None
    waiting: int = 0
    inside: list[Token] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What distinguishes an open task from others of the same step: which instances it is in."""
        items = sorted((name, value) for level in self.facts.maps[:-1] for name, value in level.items() if name.startswith("it_"))
        return f"{self.block.name} {items}" if items else self.block.name


_SCOPES = frozenset({"sub", "timed", "reminded", "root"})


class Oracle:
    """What must be open."""

    def __init__(self, facts: dict[str, Any], now: float = 0) -> None:
        self.now = now
        self.root = Token(Block("root", "root"), None, Facts(facts))
        self.ended = False

    def start(self, block: Block) -> None:
        self._add(self.root, block)

    def open(self, token: Token | None = None) -> Iterator[Token]:
        """The tasks that are open."""
        token = token or self.root
        if token.block.kind == "task":
            yield token
        for each in token.inside:
            yield from self.open(each)

    def names(self) -> Counter[str]:
        return Counter(each.key for each in self.open())

    def complete(self, key: str, writes: dict[str, Any]) -> None:
        token = next(each for each in self.open() if each.key == key)
        token.facts.update(writes)
        self._leave(token)

    def wake(self, now: float) -> None:
        """Let a day pass: everything whose time has come rings, what came first first."""
        self.now = now
        while due := sorted((each for each in self._all(self.root) if each.due is not None and each.due <= now), key=lambda each: each.due or 0):
            self._ring(due[0])

    def _all(self, token: Token) -> Iterator[Token]:
        yield token
        for each in token.inside:
            yield from self._all(each)

    def _add(self, parent: Token, block: Block) -> Token:
        token = Token(block, parent, parent.facts)
        parent.inside.append(token)
        parent.waiting += 1
        self._enter(token)
        return token

    def _enter(self, token: Token) -> None:
        inner = token.block.inner
        if token.block.kind in {"timed", "reminded"}:
            token.due = self.now + 1
        if token.block.kind == "fork":
            for each in inner:
                self._add(token, each)
        elif token.block.kind == "choice":
            self._add(token, inner[0] if token.facts.get("way") is True else inner[1])
        elif token.block.kind != "task":
            self._add(token, inner[0])

    def _leave(self, token: Token) -> None:
        parent, block = token.parent, token.block
        if parent is None:
            self.ended = True
            return
        parent.inside.remove(token)
        parent.waiting -= 1
        if parent.block.kind == "sequence" and block is parent.block.inner[0]:
            self._add(parent, parent.block.inner[1])
        elif parent.block.kind == "loop" and parent.facts.get("again") is True:
            self._add(parent, block)
        elif not parent.waiting:
            self._leave(parent)

    def _ring(self, token: Token) -> None:
        token.due = None
        if token.block.kind == "timed":
            token.inside, token.waiting = [], 0
            self._add(token, token.block.inner[1])
        else:
            self._add(self._scope(token), token.block.inner[1])

    def _scope(self, token: Token) -> Token:
        """The process or sub-process that a block is drawn in."""
        inner, outer = token, token.parent
        while outer is not None and (outer.block.kind not in _SCOPES or (outer.block.kind == "timed" and inner.block is outer.block.inner[1])):
            inner, outer = outer, outer.parent
        return outer or self.root
