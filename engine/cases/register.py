"""Answers that no two cases of a procedure may share: found by keyed fingerprints, because sealed answers cannot be searched.

A value is written when the answers that hold it are sent, and gone when the case ends without a permit. Who asks learns that a value is
taken, and nothing of the case that has it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, exists, select

import rules
from engine.documents import Document
from engine.procedures import Bundle, Version
from engine.store import Session
from forms import Answers, Field, Form

from .errors import NotUnique
from .hand import CaseInHand
from .tables import Case, RegisterValue

YEAR = "year"


def taken_by_others(session: Session, case: Case | CaseInHand, form: str, *, at: datetime) -> Callable[[str, Any, str], bool]:
    """For `Form.check(taken=)`: whether an open case or an issued permit of the procedure has the answer. `at`: in the office's zone."""

    def taken(question: str, value: Any, scope: str) -> bool:
        mark = fingerprint(session, case.procedure_key, f"{form}.{question}", value)
        here = (RegisterValue.procedure_key == case.procedure_key) & (RegisterValue.question == f"{form}.{question}")
        query = select(RegisterValue.id).join(Case, Case.id == RegisterValue.case_id)
        query = query.where(here, RegisterValue.mark == mark, RegisterValue.case_id != case.id, _counts())
        if scope == YEAR:
            query = query.where(RegisterValue.at >= at.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0))
        return session.scalar(query.limit(1)) is not None

    return taken


def register(session: Session, case: Case | CaseInHand, answers: Answers, *, at: datetime) -> None:
    """Write the fingerprints of these answers, instead of those of the same form before. Raises NotUnique when another case was first."""
    found = dict.fromkeys(unique_answers(answers))
    if not found:
        return
    first = select(Version.id).where(Version.procedure_key == case.procedure_key).order_by(Version.id).limit(1)
    session.execute(first.with_for_update())  # one at a time: between looking and writing nobody else writes (SQLite has one writer)
    taken = taken_by_others(session, case, answers.form.key, at=at)
    for question, value, scope in ((name, json.loads(text), scope) for name, text, scope in found):
        if taken(question, rules.from_plain(value), scope):
            raise NotUnique(question=question)
    own = RegisterValue.question.startswith(f"{answers.form.key}.", autoescape=True)
    session.execute(delete(RegisterValue).where(RegisterValue.case_id == case.id, own))
    for name, text, _ in found:
        question = f"{answers.form.key}.{name}"
        mark = fingerprint(session, case.procedure_key, question, rules.from_plain(json.loads(text)))
        session.add(RegisterValue(procedure_key=case.procedure_key, question=question, mark=mark, case_id=case.id, at=at))
    session.flush()


def forget_unless_issued(session: Session, case: Case | CaseInHand, bundle: Bundle) -> None:
    """The case is over: without a permit its values are free again."""
    if not any(one.unique for form in bundle.forms.values() for _, one in form.fields()):
        return
    papers = session.scalars(select(Document).where(Document.case_id == case.id))
    if not any(one.public.get("permit", one.letter == "permit") for one in papers):
        session.execute(delete(RegisterValue).where(RegisterValue.case_id == case.id))


def fingerprint(session: Session, procedure: str, question: str, value: Any) -> str:
    """A keyed mark of an answer; texts that differ by capitals and blanks only have the same."""
    plain = " ".join(value.split()).casefold() if isinstance(value, str) else rules.plain(value)
    return session.keys.blind(json.dumps(plain, sort_keys=True, ensure_ascii=False), f"register.{procedure}.{question}")


def unique_answers(answers: Answers) -> Iterator[tuple[str, str, str]]:
    """(question without row numbers, value as JSON, scope) of each answer that must be unique."""
    questions = _unique_questions(answers.form)
    values = answers.values if questions else {}  # a copy each time it is asked for
    for one in questions:
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


def _counts() -> Any:
    """A case that is running, or whose paper still holds."""
    return Case.ended_at.is_(None) | exists().where(Document.case_id == Case.id, Document.revoked_at.is_(None))
