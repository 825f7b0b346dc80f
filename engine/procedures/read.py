"""What may be asked of published procedures."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from sqlalchemy import select

from engine.store import Session

from .bundle import Bundle
from .errors import NoVersion
from .pack import unpack
from .reader import read_files
from .tables import Procedure, Version

_KEPT = 64
_bundles: OrderedDict[str, Bundle] = OrderedDict()
_versions: dict[str, str] = {}
_lock = threading.Lock()


def current(session: Session, key: str) -> Version | None:
    """The version that new cases begin with; None when the procedure is unknown or withdrawn."""
    offered = select(Version).join(Procedure, Procedure.current_version_id == Version.id)
    return session.scalar(offered.where(Procedure.key == key, Procedure.withdrawn_at.is_(None)))


def catalogue(session: Session) -> list[Version]:
    """The current version of every procedure that is offered, by key."""
    offered = select(Version).join(Procedure, Procedure.current_version_id == Version.id)
    return list(session.scalars(offered.where(Procedure.withdrawn_at.is_(None)).order_by(Procedure.key)))


def versions(session: Session, key: str) -> Sequence[Version]:
    """Every version of a procedure, the newest first."""
    return session.scalars(select(Version).where(Version.procedure_key == key).order_by(Version.number.desc())).all()


def bundle_of(session: Session, version_id: str) -> Bundle:
    """The bundle of a version, read once per fingerprint and kept in memory. Raises NoVersion."""
    with _lock:
        mark = _versions.get(version_id, "")
        if mark in _bundles:
            _bundles.move_to_end(mark)
            return _bundles[mark]
    row = session.execute(select(Version.fingerprint, Version.bundle).where(Version.id == version_id)).first()
    if row is None:
        raise NoVersion(version=version_id)
    bundle = read_files(unpack(row.bundle))
    with _lock:
        # Only a bundle that still is what was published may be remembered under its fingerprint.
        if bundle.fingerprint != row.fingerprint:
            raise NoVersion(version=version_id)
        _versions[version_id] = row.fingerprint
        kept = _bundles.setdefault(row.fingerprint, bundle)
        while len(_bundles) > _KEPT:
            _bundles.popitem(last=False)
        return kept
