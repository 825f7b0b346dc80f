"""Answers that no two cases of a procedure may share: found by keyed fingerprints, because sealed answers cannot be searched.

A value is written when the answers that hold it are sent, and gone when the case ends without a permit; a permit that is revoked or has
run out holds it no longer. An application that renews a permit may have the answers of that permit. Who asks learns that a value is taken,
and nothing of the case that has it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, select

import rules
from engine import documents, flow
from engine.documents import Document
from engine.procedures import Bundle, Version
from engine.store import Session
from forms import Answers, Field, Form

from .context import bundle_of
from .errors import NotUnique
from .given import answers_of
from .hand import CaseInHand
from .tables import Case, RegisterValue

YEAR = "year"


def taken_by_others(session: Session, case: Case | CaseInHand, form: str, *, at: datetime) -> Callable[[str, Any, str], bool]:
    """For `Form.check(taken=)`: whether an open case or a valid permit of the procedure has the answer. `at`: in the office's zone."""

    def taken(question: str, value: Any, scope: str) -> bool:
        mark = fingerprint(session, case.procedure_key, f"{form}.{question}", value)
        here = (RegisterValue.procedure_key == case.procedure_key) & (RegisterValue.question == f"{form}.{question}")
        query = select(Case.id, Case.ended_at).join(RegisterValue, Case.id == RegisterValue.case_id)
        query = query.where(here, RegisterValue.mark == mark, RegisterValue.case_id != case.id).distinct()
        if scope == YEAR:
            query = query.where(RegisterValue.at >= at.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0))
        holders = {id for id, ended in session.execute(query) if ended is None or _permit_holds(session, id, at.date())}
        return bool(holders) and not holders <= set(_renewed(session, case))

    return taken


def _permit_holds(session: Session, case: str, today: date) -> bool:
    return any(paper.status(today) in ("valid", "not_yet") for paper in documents.of_case(session, case) if _is_permit(paper))


def _renewed(session: Session, case: Case | CaseInHand) -> Iterator[str]:
    """The case of the permit that this one renews, of the one that that one renewed, and so on."""
    seen: set[str] = set()
    now: Case | CaseInHand | None = case
    while now is not None:
        permit = flow.snapshot(bundle_of(session, now).process, now.state).facts.get("permit") or {}
        before = permit.get("case")
        if before is None or before in seen:
            return
        seen.add(before)
        yield before
        now = session.get(Case, before)


def _is_permit(paper: Document) -> bool:
    return bool(paper.public.get("permit", paper.letter == "permit"))


def register(session: Session, case: Case | CaseInHand, answers: Answers, *, at: datetime) -> None:
    """Write the fingerprints of these answers, instead of those of the same form before. Raises NotUnique when another case was first."""
    if _unique_questions(answers.form):
        _take(session, case, answers.form, answers.values, at)


def take_again(session: Session, case: Case, bundle: Bundle, *, at: datetime) -> None:
    """A case that had ended goes on: its answers are its own again. Raises NotUnique when another case has one of them by now."""
    for key, values in answers_of(session, case.id).items():
        if key in bundle.forms and _unique_questions(bundle.forms[key]):
            _take(session, case, bundle.forms[key], values, at)


def _take(session: Session, case: Case | CaseInHand, form: Form, values: Mapping[str, Any], at: datetime) -> None:
    found = dict.fromkeys(unique_answers(form, values))
    if found:
        first = select(Version.id).where(Version.procedure_key == case.procedure_key).order_by(Version.id).limit(1)
        session.execute(first.with_for_update())  # one at a time: between looking and writing nobody else writes (SQLite has one writer)
    taken = taken_by_others(session, case, form.key, at=at)
    for question, value, scope in ((name, json.loads(text), scope) for name, text, scope in found):
        if taken(question, rules.from_plain(value), scope):
            raise NotUnique(question=question)
    own = RegisterValue.question.startswith(f"{form.key}.", autoescape=True)
    session.execute(delete(RegisterValue).where(RegisterValue.case_id == case.id, own))
    for name, text, _ in found:
        question = f"{form.key}.{name}"
        mark = fingerprint(session, case.procedure_key, question, rules.from_plain(json.loads(text)))
        session.add(RegisterValue(procedure_key=case.procedure_key, question=question, mark=mark, case_id=case.id, at=at))
    session.flush()


def forget_unless_issued(session: Session, case: Case | CaseInHand, bundle: Bundle) -> None:
    """The case is over: without a permit its values are free again."""
    if not any(one.unique for form in bundle.forms.values() for _, one in form.fields()):
        return
    papers = session.scalars(select(Document).where(Document.case_id == case.id))
    if not any(_is_permit(one) for one in papers):
        session.execute(delete(RegisterValue).where(RegisterValue.case_id == case.id))


def fingerprint(session: Session, procedure: str, question: str, value: Any) -> str:
    """A keyed mark of an answer; texts that differ by capitals and blanks only have the same."""
    plain = " ".join(value.split()).casefold() if isinstance(value, str) else rules.plain(value)
    return session.keys.blind(json.dumps(plain, sort_keys=True, ensure_ascii=False), f"register.{procedure}.{question}")


def unique_answers(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(question without row numbers, value as JSON, scope) of each answer that must be unique."""
    for one in _unique_questions(form):
        yield from _marked(one, one.key, values)
        rows = values.get(one.key)
        for row in rows if one.fields and isinstance(rows, list) else ():
            for inner in one.fields:
                yield from _marked(inner, f"{one.key}.{inner.key}", row)


@lru_cache(maxsize=256)
def _unique_questions(form: Form) -> tuple[Field, ...]:
    return tuple(one for one in form.questions() if one.unique or any(inner.unique for inner in one.fields or ()))


def _marked(one: Field, name: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if one.unique and values.get(one.key) is not None:
        yield name, json.dumps(rules.plain(values[one.key]), sort_keys=True, ensure_ascii=False), one.unique
