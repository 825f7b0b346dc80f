"""What the cells of one page need besides its rows: names, numbers and versions, each kind looked up once for the whole page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine import procedures
from engine.cases import Case
from engine.people import Desk, Person
from engine.procedures import Bundle
from engine.store import Session
from hall.language import language


@dataclass(frozen=True)
class Number:
    """A case as a list names it."""

    id: str
    number: str | None
    version: str
    submitted: bool


@dataclass(frozen=True)
class Beside:
    """Names of people and desks, cases and bundles by id; `more` is what one list alone needs."""

    people: Mapping[str, str] = field(default_factory=dict)
    desks: Mapping[str, str] = field(default_factory=dict)
    cases: Mapping[str, Number] = field(default_factory=dict)
    bundles: Mapping[str, Bundle] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def bundle_of(self, case: str) -> Bundle | None:
        """The bundle that a case on this page runs on."""
        known = self.cases.get(case)
        return self.bundles.get(known.version) if known else None


def look(
    db: Session,
    *,
    people: Iterable[str | None] = (),
    cases: Iterable[str | None] = (),
    versions: Iterable[str] = (),
    desks: bool = False,
    more: Mapping[str, Any] | None = None,
) -> Beside:
    """Look everything up: one statement for people, one for cases, one for desks, and one for each version not read before."""
    numbers = numbers_of(db, {each for each in cases if each})
    needed = {*versions, *(each.version for each in numbers.values())}
    return Beside(
        people=names_of(db, {each for each in people if each}),
        desks=desk_names(db) if desks else {},
        cases=numbers,
        bundles={each: procedures.bundle_of(db, each) for each in needed},
        more=more or {},
    )


def names_of(db: Session, ids: set[str]) -> dict[str, str]:
    """Names of people by id."""
    if not ids:
        return {}
    return dict(db.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())


def numbers_of(db: Session, ids: set[str]) -> dict[str, Number]:
    """Cases by id, without their sealed state."""
    if not ids:
        return {}
    asked = select(Case.id, Case.number, Case.version_id, Case.submitted_at).where(Case.id.in_(ids))
    return {row.id: Number(row.id, row.number, row.version_id, row.submitted_at is not None) for row in db.execute(asked)}


def desk_names(db: Session) -> dict[str, str]:
    """Names of the desks in the reader's language, by key."""
    return {desk.key: desk.name(language()) for desk in db.scalars(select(Desk).order_by(Desk.key))}
