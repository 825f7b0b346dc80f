"""One run of a decision: what it may use, what it has decided so far, and which rules fired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self, TypeAlias

from rules.errors import Finding
from rules.feel.bounds import Bounds, Budget
from rules.feel.values import Scope, Value

# A decision is several expressions together.
DECISION_BOUNDS = Bounds(steps=300_000, seconds=0.5)


@dataclass(frozen=True)
class Fired:
    """A rule that gave the result: the decision (or knowledge model) whose table it is, the rule's id and number (from 1)."""

    table: str
    rule_id: str
    number: int
    annotations: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """The result, the rules that fired in the order of their tables, and why a part of it is null where that is no answer."""

    value: Value
    fired: tuple[Fired, ...]
    problems: tuple[Finding, ...] = ()


class UndecidedError(Exception):
    """A table cannot be decided: two rules of UNIQUE fire, an input is not among its allowed values."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Tally(Budget):
    """What one call of decide() may still use, which rules have fired so far, and why a part of it is null.

    It is the budget of every expression of the decision, so these need nobody between them and their table.
    """

    __slots__ = ("fired", "problems")

    def __init__(self, now: datetime | None = None, bounds: Bounds = DECISION_BOUNDS) -> None:
        super().__init__(now, bounds)
        self.fired: list[Fired] = []
        self.problems: list[Finding] = []

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def problem(self, place: str, code: str, **facts: object) -> None:
        """Note why something is null; once each."""
        found = Finding(place, code, facts)
        if found not in self.problems and len(self.problems) < 100:
            self.problems.append(found)


@dataclass
class Run:
    """What one call of decide() carries through the graph: its tally, the data, and what was decided already."""

    tally: Tally
    base: Scope
    cache: dict[tuple[str, str], Value] = field(default_factory=dict)

    def fresh(self, base: Scope) -> Run:
        """The same run with other inputs: a decision service decides on its own."""
        return Run(self.tally, base)


Logic: TypeAlias = Callable[[Scope, Tally], Value]
