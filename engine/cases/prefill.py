"""Answers that stand in a form before it is asked: from the account, from an earlier application, from the permit being renewed.

Nobody is shown anything that they have not said themselves: only the applicant's own page is filled in, from their own account and from
what they have sent in themselves. Files never are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import case as either
from sqlalchemy import select

import rules
from engine.people import Anybody
from engine.procedures import bundle_of
from engine.store import Session
from forms import Field

from .show import TaskPage
from .tables import Case, Submission

LOOKED_AT = 5  # earlier applications


@dataclass(frozen=True)
class Prefilled:
    """An answer as a draft keeps it, and where it comes from: `account`, `earlier`, `permit`."""

    raw: Any
    source: str


def prefilled(session: Session, page: TaskPage, keys: Collection[str], *, by: Anybody) -> dict[str, Prefilled]:
    """What is known of the questions `keys` of a task before `by` has answered them. Nothing for anybody but the applicant.

    A question says where from (`prefill`). In a renewal every other one takes the answer for the permit being renewed, except those that
    the procedure asks again.
    """
    if by.id != page.case.applicant_id or page.before is not None:
        return {}
    known = _Known(session, page, by)
    found = {one.key: known.answer(one) for one in page.form.questions() if one.key in keys and one.kind.prefilled}
    return {key: one for key, one in found.items() if one is not None}


class _Known:
    """What is known for one task; the database is asked only for what the form wants."""

    def __init__(self, session: Session, page: TaskPage, by: Anybody) -> None:
        self.session, self.page, self.by = session, page, by
        renewal = page.bundle.about.renewal
        self.again = renewal.ask_again if renewal else ()
        self.permit: Mapping[str, Any] = page.context.get("permit") or {}

    def answer(self, one: Field) -> Prefilled | None:
        source = one.prefill or ("permit" if self.permit and one.kind.answered and not one.kind.computed else "")
        root, _, member = source.partition(".")
        if root == "applicant":
            return _of(getattr(self.by, member), "account")
        if source == "earlier":
            return next(filter(None, (self.of(sent, one, one.key) for sent in self.earlier)), None)
        if member in ("number", "valid_from", "valid_until"):
            value = self.permit.get(member)
            return _of(None if value is None else one.kind.raw(value, one), "permit")
        return self.of_permit(one, member or one.key) if source and one.key not in self.again else None

    def of_permit(self, one: Field, key: str) -> Prefilled | None:
        """The answer in the application for the permit being renewed."""
        sent = next((each for each in self.earlier if each.case_id == self.permit.get("case")), None)
        found = self.of(sent, one, key) if sent else None
        return Prefilled(found.raw, "permit") if found else None

    @cached_property
    def earlier(self) -> list[Submission]:
        """What this person has sent in with the same form: for the permit being renewed, then of the same service, newest first."""
        this = self.page.case
        nearness = either((Case.id == self.permit.get("case"), 0), (Case.procedure_key == this.procedure_key, 1), else_=2)
        own = (Case.applicant_id == self.by.id) & (Submission.by == self.by.id) & (Submission.form == self.page.form.key)
        query = select(Submission).join(Case, Case.id == Submission.case_id).where(own, Case.id != this.id)
        return list(self.session.scalars(query.order_by(nearness, Submission.id.desc()).limit(LOOKED_AT)))

    def of(self, sent: Submission, one: Field, key: str) -> Prefilled | None:
        """The answer to a question in what was sent earlier, when it was a question of the same kind then."""
        then = bundle_of(self.session, sent.version_id).forms[sent.form].find(key)
        if then is None or then.kind.word != one.kind.word or sent.given.get(key) is None:
            return None
        value = rules.from_plain(sent.given[key])
        raw = one.kind.raw(value if not one.fields else [*_bare(value, one, then)], one)
        return _of(raw, "earlier")


def _bare(rows: list[dict[str, Any]], one: Field, then: Field) -> Iterator[dict[str, Any]]:
    """The rows of a group without what cannot be taken over: files, and questions that are gone or of another kind now."""
    before = {inner.key: inner.kind.word for inner in then.fields}
    keys = {inner.key for inner in one.fields if inner.kind.prefilled and before.get(inner.key) == inner.kind.word}
    for row in rows:
        yield {key: value for key, value in row.items() if key in keys and value is not None}


def _of(raw: Any, source: str) -> Prefilled | None:
    return None if raw in (None, "", [], {}) else Prefilled(raw, source)
