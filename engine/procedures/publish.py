"""Publishing and withdrawing. A case keeps the version it began with; publishing changes what new cases begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engine import people, timeline
from engine.store import Session

from .bundle import Bundle
from .checking import check
from .errors import BadBundle, NoProcedure
from .sentences import stopping
from .tables import Procedure, Version


def publish(
    session: Session,
    bundle: Bundle,
    *,
    by: str,
    at: datetime,
    note: str = "",
    actions: Mapping[str, Any] | Iterable[str] | None = None,
    untold: bool = False,
) -> Version:
    """Make the bundle what new cases begin with. The same contents again are the same version, whichever was current.

    Desks that the office does not have yet are set up with the names of the bundle's texts, so that people can be seated there.
    `actions`: see `check`. `untold`: nobody has seen its stories go as they tell; the event says so.
    Raises BadBundle with the findings of the checks that stop it.
    """
    findings = stopping(check(bundle, actions=actions))
    if findings:
        raise BadBundle(findings)
    procedure = session.get(Procedure, bundle.key)
    if procedure is None:
        procedure = Procedure(key=bundle.key)
        session.add(procedure)
        session.flush()
    version = _same(session, bundle) or _new(session, bundle, by=by, at=at, note=note)
    for desk in sorted({desk for step in bundle.process.steps.values() for desk in step.desks} - {people.APPLICANT}):
        people.ensure_desk(session, desk, {lang: bundle.text("desks", desk, lang) for lang in ("id", "en")})
    if procedure.current_version_id != version.id or procedure.withdrawn_at is not None:
        procedure.current_version_id, procedure.withdrawn_at = version.id, None
        told: dict[str, Any] = {"untold": True} if untold else {}
        timeline.tell(session, "procedure.published", by=by, at=at, procedure=bundle.key, version=version.number, note=note, **told)
    session.flush()
    return version


def withdraw(session: Session, key: str, *, by: str, at: datetime) -> None:
    """Offer the procedure to nobody any more; cases that run go on. Raises NoProcedure."""
    procedure = session.get(Procedure, key)
    if procedure is None:
        raise NoProcedure(key=key)
    if procedure.withdrawn_at is None:
        procedure.withdrawn_at = at
        timeline.tell(session, "procedure.withdrawn", by=by, at=at, procedure=key)
        session.flush()


def offer_again(session: Session, key: str, *, by: str, at: datetime) -> None:
    """Offer a withdrawn procedure again, in the version it had. Raises NoProcedure."""
    procedure = session.get(Procedure, key)
    if procedure is None or procedure.current_version_id is None:
        raise NoProcedure(key=key)
    if procedure.withdrawn_at is not None:
        procedure.withdrawn_at = None
        timeline.tell(session, "procedure.offered_again", by=by, at=at, procedure=key)
        session.flush()


def _same(session: Session, bundle: Bundle) -> Version | None:
    known = select(Version).where(Version.procedure_key == bundle.key, Version.fingerprint == bundle.fingerprint)
    return session.scalar(known)


def _new(session: Session, bundle: Bundle, *, by: str, at: datetime, note: str) -> Version:
    last = session.scalar(select(func.max(Version.number)).where(Version.procedure_key == bundle.key)) or 0
    version = Version(
        procedure_key=bundle.key,
        number=last + 1,
        fingerprint=bundle.fingerprint,
        bundle=bundle.packed(),
        published_at=at,
        published_by=by,
        note=note,
    )
    session.add(version)
    session.flush()
    return version
