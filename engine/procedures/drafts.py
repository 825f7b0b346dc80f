"""Drafts: a procedure while it is being changed. Every state of every file that was ever written stays, so nobody's work is lost.

One draft of a procedure is open at a time, for all administrators together; whoever writes a file says which state of it they had read.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import undefer

from engine import people
from engine.store import EngineError, Session

from .errors import DraftTooLarge, FileTooLarge, NoDraft, NoFile, Stale, WrongFile
from .names import ALLOWED, LARGEST_BUNDLE, LARGEST_FILE, MOST_FILES
from .tables import Draft, DraftFile


@dataclass(frozen=True)
class Revision:
    """One state of a file: who wrote it and when. `gone`: they took the file out."""

    name: str
    rev: int
    by: str
    at: datetime
    gone: bool


def draft_of(session: Session, key: str) -> Draft:
    """The open draft of a procedure. Raises NoDraft."""
    draft = session.scalar(_open(key))
    if draft is None:
        raise NoDraft(key=key)
    return draft


def drafts(session: Session) -> Sequence[Draft]:
    """The open drafts, the one changed last first."""
    return session.scalars(select(Draft).where(Draft.closed_at.is_(None)).order_by(Draft.changed_at.desc(), Draft.id)).all()


def draft_files(session: Session, key: str) -> dict[str, bytes]:
    """Every file of the open draft as it is now, by name. Raises NoDraft."""
    newest = _newest(draft_of(session, key).id).options(undefer(DraftFile.packed))
    return {each.name: each.content for each in session.scalars(newest) if each.content is not None}


def draft_revs(session: Session, key: str) -> dict[str, int]:
    """Which state every file is in, files that were taken out too. Raises NoDraft."""
    return {each.name: each.rev for each in session.scalars(_newest(draft_of(session, key).id))}


def draft_file(session: Session, key: str, name: str, *, rev: int | None = None) -> tuple[bytes, int]:
    """A file as it is now, or as it was in an earlier state, and which state that is. Raises NoDraft, NoFile."""
    states = select(DraftFile).where(DraftFile.draft_id == draft_of(session, key).id, DraftFile.name == name)
    wanted = states.where(DraftFile.rev == rev) if rev is not None else states.order_by(DraftFile.rev.desc()).limit(1)
    found = session.scalar(wanted.options(undefer(DraftFile.packed)))
    if found is None or found.content is None:
        raise NoFile(file=name)
    return found.content, found.rev


def draft_newest(session: Session, key: str) -> tuple[Revision, ...]:
    """The last state of every file there ever was in the draft, by name. Raises NoDraft."""
    here = _newest(draft_of(session, key).id)
    columns = (DraftFile.name, DraftFile.rev, DraftFile.by, DraftFile.at, DraftFile.packed.is_(None).label("gone"))
    return tuple(Revision(*row) for row in session.execute(here.with_only_columns(*columns)))


def draft_history(session: Session, key: str, name: str) -> tuple[Revision, ...]:
    """Every state of a file, the newest first. Raises NoDraft."""
    columns = select(DraftFile.name, DraftFile.rev, DraftFile.by, DraftFile.at, DraftFile.packed.is_(None).label("gone"))
    asked = columns.where(DraftFile.draft_id == draft_of(session, key).id, DraftFile.name == name)
    return tuple(Revision(*row) for row in session.execute(asked.order_by(DraftFile.rev.desc())))


def write_draft(
    session: Session,
    key: str,
    files: Mapping[str, bytes | None],
    *,
    by: str,
    at: datetime,
    revs: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Write files (None takes one out), all or none; gives the state each is in now. The same content again is the same state.

    `revs`: the state of each file that the writer had read, 0 for one that was not there; a file without is written in any case.
    Raises NoDraft, Stale (somebody wrote meanwhile), WrongFile, FileTooLarge, DraftTooLarge.
    """
    draft = session.scalar(_open(key).with_for_update().execution_options(populate_existing=True))
    if draft is None:
        raise NoDraft(key=key)
    newest = {each.name: each for each in session.scalars(_newest(draft.id).options(undefer(DraftFile.packed)))}
    for name in files:
        _compare(session, name, newest.get(name), (revs or {}).get(name))
    changed = {name: data for name, data in files.items() if _differs(newest.get(name), data)}
    judge({**{name: each.content for name, each in newest.items()}, **changed})
    if changed:
        add_files(session, draft, changed, rev=draft.rev + 1, by=by, at=at)
    return {name: draft.rev if name in changed else newest[name].rev if name in newest else 0 for name in files}


def undo_draft(session: Session, key: str, name: str, *, to: int, by: str, at: datetime, rev: int | None = None) -> int:
    """Write an earlier state of a file again, as a new one; nothing in between is lost. Raises as `write_draft`, and NoFile."""
    content, _ = draft_file(session, key, name, rev=to)
    return write_draft(session, key, {name: content}, revs={name: rev} if rev is not None else None, by=by, at=at)[name]


def discard_draft(session: Session, key: str, *, by: str, at: datetime) -> None:
    """Lay the draft aside: it is no longer open, and a new one may be begun. Raises NoDraft."""
    draft = session.scalar(_open(key).with_for_update().execution_options(populate_existing=True))
    if draft is None:
        raise NoDraft(key=key)
    draft.closed_by, draft.closed_at = by, at
    session.flush()


def add_files(session: Session, draft: Draft, files: Mapping[str, bytes | None], *, rev: int, by: str, at: datetime) -> None:
    """The new states, as they are; for the verbs of drafts."""
    for name, data in files.items():
        packed = None if data is None else zlib.compress(data)
        session.add(DraftFile(draft_id=draft.id, name=name, rev=rev, packed=packed, by=by, at=at))
    draft.rev, draft.changed_by, draft.changed_at = rev, by, at
    session.flush()


def judge(files: Mapping[str, bytes | None]) -> None:
    """Names and sizes as the reader of bundles wants them. Raises WrongFile, FileTooLarge, DraftTooLarge."""
    here = {name: len(data) for name, data in files.items() if data is not None}
    for name, size in here.items():
        if not ALLOWED.match(name):
            raise WrongFile(file=name)
        if size > LARGEST_FILE:
            raise FileTooLarge(file=name, size=size, limit=LARGEST_FILE)
    if sum(here.values()) > LARGEST_BUNDLE or len(here) > MOST_FILES:
        raise DraftTooLarge(size=sum(here.values()), count=len(here), limit=LARGEST_BUNDLE, most=MOST_FILES)


def who(session: Session, person: str) -> str:
    """The name of a person, for sentences; empty when there is no account of this id."""
    try:
        return people.by_id(session, person).name
    except EngineError:
        return ""


def _open(key: str) -> Select[Draft]:
    return select(Draft).where(Draft.procedure_key == key, Draft.closed_at.is_(None))


def _newest(draft_id: str) -> Select[DraftFile]:
    """The last state of every file of a draft, by name."""
    last = select(DraftFile.name, func.max(DraftFile.rev).label("rev")).where(DraftFile.draft_id == draft_id).group_by(DraftFile.name)
    each = last.subquery()
    here = (DraftFile.draft_id == draft_id, DraftFile.name == each.c.name, DraftFile.rev == each.c.rev)
    return select(DraftFile).join(each, here[1] & here[2]).where(here[0]).order_by(DraftFile.name)


def _compare(session: Session, name: str, newest: DraftFile | None, read: int | None) -> None:
    now = 0 if newest is None else newest.rev
    gone = newest is not None and newest.packed is None
    if read is None or read == now or (read == 0 and gone):
        return
    if newest is None:
        raise NoFile(file=name)
    raise Stale(file=name, by=newest.by, who=who(session, newest.by), at=newest.at, rev=newest.rev)


def _differs(newest: DraftFile | None, data: bytes | None) -> bool:
    return (None if newest is None else newest.content) != data
