"""How much of a procedure its stories go through: the steps and flows of the diagram, the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

import rules
from engine import cases, flow
from engine.procedures import Bundle
from engine.store import Session

Pair = tuple[str, str]
Row = tuple[str, int]


@dataclass(frozen=True)
class Seen:
    """What one story, or several, went through: ids of steps, flows as (source, target), rows as (table, number from 1)."""

    steps: frozenset[str] = frozenset()
    links: frozenset[Pair] = frozenset()
    rows: frozenset[Row] = frozenset()

    def __or__(self, other: Seen) -> Seen:
        return Seen(self.steps | other.steps, self.links | other.links, self.rows | other.rows)


NOTHING = Seen()


@dataclass(frozen=True)
class Coverage:
    """What the stories of a bundle go through, and what they leave out, in the order of the diagram and of the tables."""

    steps: tuple[str, ...]
    links: tuple[Pair, ...]
    rows: tuple[Row, ...]
    seen: Seen

    @property
    def steps_missed(self) -> tuple[str, ...]:
        """Steps that no story reaches."""
        return tuple(each for each in self.steps if each not in self.seen.steps)

    @property
    def links_missed(self) -> tuple[Pair, ...]:
        """Flows that no story takes."""
        return tuple(each for each in self.links if each not in self.seen.links)

    @property
    def rows_missed(self) -> tuple[Row, ...]:
        """Rows that fire in no story."""
        return tuple(each for each in self.rows if each not in self.seen.rows)


def seen_by(session: Session, bundle: Bundle, case: str, links: Iterable[Pair]) -> Seen:
    """What one application went through. `links` are the flows that were watched."""
    found = session.get(cases.Case, case)
    if found is None:
        return NOTHING
    now = flow.snapshot(bundle.process, found.state)
    decided = session.scalars(select(cases.Decided).where(cases.Decided.case_id == case))
    fired = frozenset((str(each["table"]), int(each["row"])) for row in decided for each in row.fired)
    return Seen(frozenset((*now.passed, *(each.step.id for each in now.open))), frozenset(links), fired)


def covered(bundle: Bundle, seen: Iterable[Seen]) -> Coverage:
    """What these leave out of a bundle."""
    together = NOTHING
    for each in seen:
        together |= each
    process = bundle.process
    links = tuple(dict.fromkeys((each.source, each.target) for each in process.links))
    return Coverage(tuple(process.order), links, tuple(rows_of(bundle)), together)


def rows_of(bundle: Bundle) -> Iterator[Row]:
    """Every row of every table of a bundle."""
    for model in dict.fromkeys(each.model for each in bundle.decisions.values()):
        for element in model.elements:
            table = table_of(element)
            if table is not None:
                yield from ((element.id, number) for number in range(1, len(table.rules) + 1))


def table_of(element: rules.model.Element) -> rules.model.Table | None:
    """The table of a decision or of a knowledge model, when it is one."""
    logic = getattr(element, "logic", None)
    if isinstance(logic, rules.model.FunctionDefinition):
        logic = logic.body
    return logic if isinstance(logic, rules.model.Table) else None
