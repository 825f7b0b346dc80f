"""What may be asked of published procedures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from engine.store import Session

from . import memory
from .bundle import Bundle
from .errors import NoVersion
from .pack import unpack
from .publish import take_effect
from .reader import read_files
from .tables import Procedure, Version

_versions: dict[str, str] = {}


def current(session: Session, key: str) -> Version | None:
    """The version that new cases begin with; None when the procedure is unknown or withdrawn."""
    offered = select(Version).join(Procedure, Procedure.current_version_id == Version.id)
    return session.scalar(offered.where(Procedure.key == key, Procedure.withdrawn_at.is_(None)))


def offered_at(session: Session, key: str, at: datetime) -> Version | None:
    """The version that new cases begin with at this moment: an announced one that is due counts. None as `current`."""
    offered = select(Version, Procedure.next_from).join(Procedure, Procedure.current_version_id == Version.id)
    row = session.execute(offered.where(Procedure.key == key, Procedure.withdrawn_at.is_(None))).first()
    if row is not None and (row[1] is None or row[1] > at):
        return row[0]
    take_effect(session, key, at=at)
    return current(session, key)


def catalogue(session: Session) -> list[Version]:
    """The current version of every procedure that is offered, by key."""
    offered = select(Version).join(Procedure, Procedure.current_version_id == Version.id)
    return list(session.scalars(offered.where(Procedure.withdrawn_at.is_(None)).order_by(Procedure.key)))


def versions(session: Session, key: str) -> Sequence[Version]:
    """Every version of a procedure, the newest first."""
    return session.scalars(select(Version).where(Version.procedure_key == key).order_by(Version.number.desc())).all()


def bundle_of(session: Session, version_id: str) -> Bundle:
    """The bundle of a version, read once per fingerprint and kept in memory. Raises NoVersion."""
    bundle = memory.known(_versions.get(version_id, ""))
    if bundle is not None:
        return bundle
    row = session.execute(select(Version.fingerprint, Version.bundle).where(Version.id == version_id)).first()
    if row is None:
        raise NoVersion(version=version_id)
    bundle = read_files(unpack(row.bundle))
    if bundle.fingerprint != row.fingerprint:  # no longer what was published
        raise NoVersion(version=version_id)
    _versions[version_id] = row.fingerprint
    return bundle
