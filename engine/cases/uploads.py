"""Uploads that nobody uses: replaced in a draft before it was sent, or left behind by a page that was given up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine import documents
from engine.documents import Document
from engine.fees import fees_of
from engine.store import Session

from .tables import Case, Submission, Task

PATIENCE = timedelta(days=7)  # a page may stay open in a browser for days before it is sent


def forget_uploads(session: Session, *, at: datetime) -> int:
    """Erase uploads of more than a week ago that no answer, draft, payment, document or state of their case names; gives how many.

    A file that an answer or a document names is never erased and never looked at again: those rows stay for ever.
    """
    erased = 0
    for case, files in documents.unsettled(session, before=at - PATIENCE).items():
        state = session.scalar(select(Case.state).where(Case.id == case).with_for_update()) or b""  # nobody sends it meanwhile
        for_good, for_now = set(_kept_for_good(session, case)), set(_in_drafts(session, case))
        for file in files:
            if file in for_good:
                documents.settle(session, file, at=at)
            elif file not in for_now and file.encode() not in state:
                documents.erase_file(session, file, at=at)
                erased += 1
    return erased


def _kept_for_good(session: Session, case: str) -> Iterator[str]:
    for given in session.scalars(select(Submission.given).where(Submission.case_id == case)):
        yield from _texts(given)
    for issued in session.scalars(select(Document).where(Document.case_id == case)):
        yield from issued.files.values()
    for fee in fees_of(session, case):
        for payment in fee.payments:
            yield from _texts(payment.evidence)


def _in_drafts(session: Session, case: str) -> Iterator[str]:
    for draft in session.scalars(select(Task.draft).where(Task.case_id == case, Task.draft.is_not(None))):
        yield from _texts(draft)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a plain value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for each in value:
            yield from _texts(each)
