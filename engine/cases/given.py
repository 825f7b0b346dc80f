"""What was ever answered, and what changed: read from the submissions, of which each holds all answers of its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

import rules
from engine.store import Prepared, Session, table_of

from .tables import Submission

_LINE = table_of(Submission)
_OF_CASE = (_LINE.c.case_id == bindparam("the_case")) & (_LINE.c.kind == Submission.__mapper_args__["polymorphic_identity"])
_NEWEST = Prepared(
    select(_LINE.c.what, _LINE.c.sealed)
    .where(_LINE.c.id.in_(select(func.max(_LINE.c.id)).where(_OF_CASE).group_by(_LINE.c.what)))
    .order_by(_LINE.c.id)
)


@dataclass(frozen=True)
class Answer:
    """One value (plain) of one question: who gave it first, when, on which version of the form, with which task.

    `replaced_at` is when a later submission changed it or no longer had it; None: it is what holds now.
    """

    submission: str
    task_id: str
    form: str
    field: str
    value: Any
    version_id: str
    by: str | None
    at: datetime
    replaced_at: datetime | None = None


def given_in(session: Session, case_id: str) -> Sequence[Answer]:
    """Every value ever given in a case, oldest first."""
    return answers_in(session.scalars(select(Submission).where(Submission.case_id == case_id).order_by(Submission.id)))


def answers_in(submissions: Iterable[Submission]) -> list[Answer]:
    """Every value ever given, oldest first; what was sent again unchanged is its first giver's."""
    told: list[Answer] = []
    now: dict[str, dict[str, int]] = {}  # by form and question: which of the told holds
    for sent in submissions:
        current = now.setdefault(sent.form, {})
        for key in [key for key, place in current.items() if key not in sent.given or sent.given[key] != told[place].value]:
            place = current.pop(key)
            told[place] = replace(told[place], replaced_at=sent.at)
        for key, value in sent.given.items():
            if key not in current:
                current[key] = len(told)
                told.append(Answer(sent.id, sent.task_id, sent.form, key, value, sent.version_id, sent.by, sent.at))
    return told


def answers_of(session: Session, case_id: str) -> dict[str, dict[str, Any]]:
    """The values that hold now, by form and question: those of the newest submission of each form."""
    return {form: _values(given) for form, given in session.ask(_NEWEST, the_case=case_id)}


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: rules.from_plain(value) for key, value in given.items()}
