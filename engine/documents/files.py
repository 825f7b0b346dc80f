"""Files of a case: keeping, opening, erasing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import puremagic
from sqlalchemy import select

from engine.store import NotFound, Session, new_id
from forms import FileRef, Upload

from .cabinet import Cabinet
from .errors import FileDamaged, FileErased
from .tables import StoredFile

UNKNOWN = "application/octet-stream"
GRACE = timedelta(days=1)  # a place without a row may belong to a transaction that has not ended


def keep(
    session: Session, cabinet: Cabinet, upload: Upload, *, case: str, by: str | None, at: datetime, purpose: str = "answer"
) -> FileRef:
    """Put a file into the cabinet and write down what it is; `by` is a person's id, None for the office's own clockwork.

    The type is the one that the form's file question has found in the content, else what the content looks like: never what the
    sender says. When the caller's transaction fails, `sweep` takes the bytes out again. Raises PlaceTaken.
    """
    id = new_id()
    stored = StoredFile(
        id=id,
        case_id=case,
        purpose=purpose,
        name=_name(upload.name),
        type=upload.type or _type(upload.content),
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        place=f"{id[-2:].lower()}/{id}",
        added_by=by,
        added_at=at,
    )
    cabinet.put(stored.place, upload.content)
    session.add(stored)
    session.flush()
    return reference(stored)


def reference(stored: StoredFile) -> FileRef:
    """What answers hold of a kept file."""
    return FileRef(stored.id, stored.name, stored.type, stored.size, stored.sha256)


def open_file(session: Session, cabinet: Cabinet, file_id: str) -> tuple[FileRef, bytes]:
    """A file and its content. Raises NotFound, FileErased, FileDamaged (the content is not what was put there)."""
    stored = session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound(what="file")
    if stored.erased_at is not None:
        raise FileErased(file=stored.id, at=stored.erased_at.isoformat())
    content = cabinet.get(stored.place)
    if content is None or hashlib.sha256(content).hexdigest() != stored.sha256:
        raise FileDamaged(file=stored.id)
    return reference(stored), content


def files_of(session: Session, case: str) -> Sequence[StoredFile]:
    """Every file of a case that was not erased, oldest first."""
    query = select(StoredFile).where(StoredFile.case_id == case, StoredFile.erased_at.is_(None))
    return session.scalars(query.order_by(StoredFile.id)).all()


def erase_file(session: Session, file_id: str, *, at: datetime) -> None:
    """From now on nobody can open it, and nothing tells what it was called; `sweep` takes the bytes out. Raises NotFound."""
    stored = session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound(what="file")
    stored.erased_at, stored.name = stored.erased_at or at, ""
    session.flush()


def sweep(session: Session, cabinet: Cabinet, *, at: datetime) -> int:
    """Take out of the cabinet what was erased, and what a failed transaction left there more than a day ago. Gives how many."""
    used = {row.place: row.erased_at for row in session.execute(select(StoredFile.place, StoredFile.erased_at))}
    stale = [place for place, since in cabinet.places() if used.get(place) or (place not in used and since < at - GRACE)]
    for place in stale:
        cabinet.drop(place)
    return len(stale)


def _name(name: str) -> str:
    """The last part of a name, printable, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable()).strip()[:200] or "file"


def _type(content: bytes) -> str:
    try:
        return puremagic.from_string(content, mime=True) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN
