"""Issuing a document, revoking it, and finding it by the code on the paper."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from engine import timeline
from engine.store import NotFound, Session
from forms import Upload

from .cabinet import Cabinet
from .errors import AlreadyRevoked, CodeTaken
from .files import keep
from .tables import Document

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u00a0": None, "\u2013": None})
LENGTH = 16  # of 5 bits each: 80 bits, beyond guessing


def new_code() -> str:
    """A code to print on a paper, `7KQ2-9FXA-M0T3-ZZ8V`: 80 random bits in Crockford's alphabet (no I, L, O, U)."""
    drawn = "".join(secrets.choice(CROCKFORD) for _ in range(LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, LENGTH, 4))


def read_code(text: str) -> str | None:
    """The code as it is kept, from what somebody typed (small letters, O for 0, I or L for 1, gaps); None when it cannot be one."""
    code = text.strip().upper().translate(_MISREAD)
    return code if len(code) == LENGTH and all(char in CROCKFORD for char in code) else None


def issue(
    session: Session,
    cabinet: Cabinet,
    *,
    case: str,
    letter: str,
    number: str,
    code: str,
    public: Mapping[str, Any],
    papers: Mapping[str, bytes],
    by: str | None,
    at: datetime,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Document:
    """Keep the PDFs (`papers`, by language) and enter the document in the books.

    `public` are JSON-able facts without language that anybody may see who knows the code: nothing personal goes in there.
    Raises CodeTaken when the code was used (or cannot be read).
    """
    kept_code = read_code(code)
    if kept_code is None or session.scalar(select(Document.id).where(Document.code == kept_code)):
        raise CodeTaken()
    name = number.replace("/", "-")
    files = {
        lang: keep(session, cabinet, Upload(f"{name}.{lang}.pdf", pdf, "application/pdf"), case=case, by=by, at=at, purpose="letter").id
        for lang, pdf in papers.items()
    }
    document = Document(
        case_id=case,
        letter=letter,
        number=number,
        code=kept_code,
        public=dict(public),
        files=files,
        issued_by=by,
        issued_at=at,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    session.add(document)
    session.flush()
    timeline.tell(session, "document.issued", by=by, at=at, case=case, document=document.id, letter=letter, number=number)
    return document


def revoke(session: Session, document_id: str, *, reason: str, by: str, at: datetime) -> Document:
    """From now on the public page says that it is revoked, and why. Raises NotFound, AlreadyRevoked."""
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound(what="document")
    if document.revoked_at is not None:
        raise AlreadyRevoked(number=document.number, at=document.revoked_at.isoformat())
    document.revoked_at, document.revoked_reason = at, reason
    session.flush()
    timeline.tell(session, "document.revoked", by=by, at=at, case=document.case_id, document=document.id, number=document.number)
    return document


def by_code(session: Session, code: str) -> Document | None:
    """The document with this code, as somebody typed it; None when there is none."""
    kept = read_code(code)
    return session.scalar(select(Document).where(Document.code == kept)) if kept else None


def permit_out(documents: Sequence[Document]) -> Document | None:
    """The permit among these documents that is not revoked."""
    return next((each for each in documents if each.public.get("permit") and each.revoked_at is None), None)


def of_case(session: Session, case: str) -> Sequence[Document]:
    """The documents issued in a case, oldest first."""
    return session.scalars(select(Document).where(Document.case_id == case).order_by(Document.id)).all()
