"""What the tables of a procedure have decided in an application, with the rows that fired and the law they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import rules
from engine.cases import CaseFile, Decided
from hall.values import plain_name, shown

from .inbox import step_title


@dataclass(frozen=True)
class Fired:
    """A row of a table that was true: `notes` are its annotations, mostly the law."""

    table: str
    row: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """One decision: what it gave, as pairs of name and value."""

    title: str
    at: datetime
    values: tuple[tuple[str, str], ...]
    fired: tuple[Fired, ...]


def decisions(found: CaseFile) -> list[Decision]:
    """All decisions of the application, newest first."""
    return [_decision(found, each) for each in reversed(found.decided)]


def _decision(found: CaseFile, decided: Decided) -> Decision:
    value = rules.from_plain(decided.value)
    pairs = value.items() if isinstance(value, Mapping) else [("", value)]
    fired = tuple(
        Fired(_table(found, each["table"]), int(each["row"]), tuple(str(note) for note in each.get("notes", ()) if note))
        for each in decided.fired
    )
    return Decision(step_title(found.bundle, decided.step), decided.at, tuple((plain_name(key), shown(one)) for key, one in pairs), fired)


def _table(found: CaseFile, table: str) -> str:
    known = (each.names for each in found.bundle.decisions.values())
    return next((names[table] for names in known if names.get(table)), table)
