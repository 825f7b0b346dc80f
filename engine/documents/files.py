"""Files of a case: keeping, opening, erasing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import puremagic
from sqlalchemy import bindparam, func, select, update

from engine.store import NotFound, Prepared, Session, new_id, table_of
from forms import FileRef, Upload

from .cabinet import Cabinet
from .errors import FileDamaged, FileErased, QuotaUsed
from .tables import UNSETTLED, StoredFile

UNKNOWN = "application/octet-stream"
DAY = timedelta(days=1)
GRACE = DAY  # a place without a row may belong to a transaction that has not ended


def keep(
    session: Session, cabinet: Cabinet, upload: Upload, *, case: str, by: str | None, at: datetime, purpose: str = "answer"
) -> FileRef:
    """Put a file into the cabinet and write down what it is; `by` is a person's id, None for the office's own clockwork.

    The type is the one that the form's file question has found in the content, else what the content looks like: never what the
    sender says. When the caller's transaction fails, `sweep` takes the bytes out again. Raises PlaceTaken, QuotaUsed.
    """
    if purpose == "answer" and by is not None:
        ask_for_room(session, cabinet, len(upload.content), by=by, at=at)
    ident, name, kind = new_id(), _name(upload.name), upload.type or _type(upload.content)
    size, digest = len(upload.content), hashlib.sha256(upload.content).hexdigest()
    place = f"{ident[-2:].lower()}/{ident}"
    cabinet.put(place, upload.content)
    row = {"id": ident, "case_id": case, "purpose": purpose, "name": name, "type": kind, "size": size, "sha256": digest, "place": place}
    session.insert(StoredFile, {**row, "added_by": by, "added_at": at})
    return FileRef(ident, name, kind, size, digest)


def ask_for_room(session: Session, cabinet: Cabinet, size: int, *, by: str, at: datetime) -> None:
    """Raises QuotaUsed when a person may not upload so many bytes more now."""
    if cabinet.daily is None:
        return
    lately = (StoredFile.added_by == by, StoredFile.added_at > at - DAY, StoredFile.purpose == "answer")
    left = cabinet.daily - int(session.scalar(select(func.sum(StoredFile.size)).where(*lately)) or 0)
    if size > left:
        raise QuotaUsed(daily=cabinet.daily, left=max(left, 0))


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


_FILE = table_of(StoredFile)
_REFERENCES = Prepared(
    select(*(_FILE.c[name] for name in ("id", "name", "type", "size", "sha256")))
    .where(_FILE.c.case_id == bindparam("the_case"), _FILE.c.erased_at.is_(None))
    .order_by(_FILE.c.id)
)


def references_of(session: Session, case: str) -> dict[str, FileRef]:
    """What answers hold of the same files, by id."""
    return {row[0]: FileRef(*row) for row in session.ask(_REFERENCES, the_case=case)}


def erase_file(session: Session, file_id: str, *, at: datetime) -> None:
    """From now on nobody can open it, and nothing tells what it was called; `sweep` takes the bytes out. Raises NotFound."""
    stored = session.get(StoredFile, file_id)
    if stored is None:
        raise NotFound(what="file")
    stored.erased_at, stored.name = stored.erased_at or at, ""
    session.flush()


def unsettled(session: Session, *, before: datetime) -> dict[str, list[str]]:
    """Uploads of before that moment of which it is not known yet that they are kept for good: file ids by case."""
    query = select(StoredFile.case_id, StoredFile.id).where(UNSETTLED, StoredFile.added_at < before)
    found: dict[str, list[str]] = {}
    for case, file in session.execute(query.order_by(StoredFile.id)):
        found.setdefault(case, []).append(file)
    return found


def settle(session: Session, file_id: str, *, at: datetime) -> None:
    """Something that stays for ever names this file: it need not be looked at again."""
    session.execute(update(StoredFile).where(StoredFile.id == file_id).values(settled_at=at))


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
    return "".join([char for char in last if char.isprintable()]).strip()[:200] or "file"


def _type(content: bytes) -> str:
    try:
        return puremagic.from_string(content, mime=True) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN
