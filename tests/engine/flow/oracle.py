"""A token engine of a few lines to compare with: it shares nothing with the engine under test."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .blocks import Block, by_time

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


_SCOPES = frozenset({"sub", "timed", "reminded", "root", "instance", "guarded", "watched", "failing"})
_MEMBERS = ("a", "b", "c")


class Oracle:
    """What must be open."""

    def __init__(self, facts: dict[str, Any], now: float = 0) -> None:
        self.now = now
        self.root = Token(Block("root", "root"), None, Facts(facts))
        self.ended = False

    def start(self, block: Block) -> None:
        self._add(self.root, block)

    def all(self, token: Token | None = None) -> Iterator[Token]:
        """Everything that runs."""
        token = token or self.root
        yield token
        for each in token.inside:
            yield from self.all(each)

    def open(self) -> list[Token]:
        """The tasks that are open."""
        return [each for each in self.all() if each.block.kind == "task"]

    def local_facts(self) -> list[list[tuple[str, Any]]]:
        """What only the instances around each open task know."""
        levels = [(each, {k: v for level in reversed(each.facts.maps[:-1]) for k, v in level.items()}) for each in self.open()]
        return [sorted((name, value) for name, value in known.items() if name != "number") for _, known in levels]

    def names(self) -> Counter[str]:
        return Counter(each.key for each in self.open())

    def messages(self) -> list[str]:
        """What somebody waits for."""
        return sorted({f"m_{each.block.name}" for each in self.all() if each.notes.get("listens")})

    def complete(self, key: str, writes: dict[str, Any]) -> None:
        token = next(each for each in self.open() if each.key == key)
        token.facts.update(writes)
        self._leave(token)

    def wake(self, now: float) -> None:
        """Let a day pass: everything whose time has come rings, what came first first."""
        self.now = now
        while due := [each for each in self.all() if each.due is not None and each.due <= now]:
            self._ring(min(due, key=lambda each: each.due or 0))

    def send(self, message: str) -> None:
        """A message reaches everyone who waits for it."""
        for token in [each for each in self.all() if each.notes.get("listens") and f"m_{each.block.name}" == message]:
            kind, inner = token.block.kind, token.block.inner
            if kind != "watched":
                token.notes["listens"] = False
            if kind == "race":
                token.due = None
                self._add(token, inner[0])
            else:
                self._other(token) if kind == "guarded" else self._add(token, inner[1])

    def _add(self, parent: Token, block: Block, facts: Facts | None = None) -> Token:
        token = Token(block, parent, facts if facts is not None else parent.facts)
        parent.inside.append(token)
        parent.waiting += 1
        self._enter(token)
        return token

    def _enter(self, token: Token) -> None:
        kind, inner = token.block.kind, token.block.inner
        if kind in {"timed", "reminded", "race"} or by_time(token.block):
            token.due = self.now + 1
        if kind in {"race", "guarded", "watched"} and not by_time(token.block):
            token.notes["listens"] = True
        if kind == "fork":
            chosen = list(inner)
        elif kind == "choice":
            chosen = [inner[0] if token.facts.get("way") is True else inner[1]]
        elif kind == "some":
            chosen = [each for each, name in zip(inner, ("one", "two"), strict=False) if token.facts.get(name) is True] or [inner[2]]
        elif kind in {"each", "turns"}:
            token.notes.update(left=list(_MEMBERS), out=[None] * len(_MEMBERS), done=0)
            for _ in _MEMBERS if kind == "each" else _MEMBERS[:1]:
                self._next(token)
            return
        else:
            chosen = [] if kind in {"task", "race"} else [inner[0]]
        for each in chosen:
            self._add(token, each)

    def _next(self, token: Token) -> None:
        number = len(_MEMBERS) - len(token.notes["left"])
        facts = token.facts.new_child({f"it_{token.block.name}": token.notes["left"].pop(0), "number": number})
        self._add(token, Block("instance", token.block.name, token.block.inner), facts)

    def _leave(self, token: Token) -> None:
        parent, block = token.parent, token.block
        if parent is None:
            self.ended = True
            return
        parent.inside.remove(token)
        parent.waiting -= 1
        kind = parent.block.kind
        if kind in {"each", "turns"}:
            self._collect(parent, token)
        elif kind == "sequence" and block is parent.block.inner[0]:
            self._add(parent, parent.block.inner[1])
        elif kind == "loop" and parent.facts.get("again") is True:
            self._add(parent, block)
        elif kind == "repeat" and not parent.waiting and parent.facts.get("again") is True and parent.notes.get("times", 1) < 3:
            parent.notes["times"] = parent.notes.get("times", 1) + 1
            self._add(parent, parent.block.inner[0])
        elif kind == "failing" and block is parent.block.inner[0] and token.facts.get("way") is True:
            self._other(parent)
        elif not parent.waiting:
            self._leave(parent)

    def _collect(self, token: Token, instance: Token) -> None:
        notes = token.notes
        notes["done"] += 1
        notes["out"][instance.facts["number"]] = instance.facts["mark"]
        if notes["done"] == len(_MEMBERS) or (notes["done"] == 2 and instance.facts["one"] is True):
            token.facts[f"got_{token.block.name}"] = notes["out"]
            token.inside, token.waiting = [], 0
            self._leave(token)
        elif token.block.kind == "turns":
            self._next(token)

    def _other(self, token: Token) -> None:
        """The second block instead of all that runs in the first."""
        token.inside, token.waiting = [], 0
        self._add(token, token.block.inner[1])

    def _ring(self, token: Token) -> None:
        token.due = None
        token.notes["listens"] = False
        if token.block.kind == "reminded":
            self._add(self._scope(token), token.block.inner[1])
        elif token.block.kind == "watched":
            self._add(token, token.block.inner[1])
        else:
            self._other(token)

    def _scope(self, token: Token) -> Token:
        """The process or sub-process that a block is drawn in."""
        inner, outer = token, token.parent
        while outer is not None and not self._contains(outer, inner):
            inner, outer = outer, outer.parent
        return outer or self.root

    def _contains(self, outer: Token, inner: Token) -> bool:
        if outer.block.kind in {"repeat", "instance"}:
            return True
        drawn_outside = {"timed", "reminded", "failing"}
        return outer.block.kind in _SCOPES and not (outer.block.kind in drawn_outside and inner.block in outer.block.inner[1:])
