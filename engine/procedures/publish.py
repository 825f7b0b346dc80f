"""Publishing and withdrawing. A case keeps the version it began with; publishing changes what new cases begin with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engine import people, timeline
from engine.store import Session, enqueue

from .bundle import Bundle
from .checking import check
from .errors import BadBundle, NoProcedure, NoVersion
from .sentences import stopping
from .tables import Procedure, Version

TAKE_EFFECT = "take_effect"  # the errand's name


def publish(
    session: Session,
    bundle: Bundle,
    *,
    by: str,
    at: datetime,
    note: str = "",
    legal_basis: str = "",
    since: datetime | None = None,
    actions: Mapping[str, Any] | Iterable[str] | None = None,
    untold: bool = False,
) -> Version:
    """Make the bundle what new cases begin with. The same contents again are the same version, whichever was current.

    `since` in the future: new cases begin with it from that moment on, until then with what is current; it replaces what was announced
    before. Desks that the office does not have yet are set up with the names of the bundle's texts, so that people can be seated there.
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
    version = _same(session, bundle) or _new(session, bundle, by=by, at=at, note=note, legal_basis=legal_basis)
    for desk in sorted({desk for step in bundle.process.steps.values() for desk in step.desks} - {people.APPLICANT}):
        people.ensure_desk(session, desk, {lang: bundle.text("desks", desk, lang) for lang in ("id", "en")})
    facts: dict[str, Any] = {
        "procedure": bundle.key,
        "version": version.number,
        "note": note,
        **({"legal_basis": legal_basis} if legal_basis else {}),
        **({"untold": True} if untold else {}),
    }
    if since is not None and since > at:
        _announce(session, procedure, version, since=since, by=by, at=at, facts=facts)
    elif procedure.current_version_id != version.id or procedure.withdrawn_at is not None:
        procedure.current_version_id, procedure.withdrawn_at = version.id, None
        timeline.tell(session, "procedure.published", by=by, at=at, **facts)
    session.flush()
    return version


def _announce(
    session: Session, procedure: Procedure, version: Version, *, since: datetime, by: str, at: datetime, facts: Mapping[str, Any]
) -> None:
    """From this moment on new cases will begin with the version; the worker sees to it, and so does whoever begins a case."""
    procedure.next_version_id, procedure.next_from, procedure.next_by = version.id, since, by
    timeline.tell(session, "procedure.announced", by=by, at=at, since=since.isoformat(), **facts)
    key = f"take_effect:{version.id}:{since.isoformat()}:{at.isoformat()}"
    enqueue(session, TAKE_EFFECT, {"procedure": procedure.key}, key=key, at=at, run_at=since)


def take_effect(session: Session, key: str, *, at: datetime) -> None:
    """What was announced and is due becomes what new cases begin with. Does nothing when nothing is due (any more)."""
    procedure = session.get(Procedure, key, with_for_update=True, populate_existing=True)
    if procedure is None or procedure.next_from is None or procedure.next_from > at:
        return
    version = session.get_one(Version, procedure.next_version_id)
    by = procedure.next_by or version.published_by
    procedure.current_version_id, procedure.withdrawn_at = version.id, None
    _forget_next(procedure)
    timeline.tell(session, "procedure.published", by=by, at=at, procedure=key, version=version.number, note=version.note)
    session.flush()


def take_back(session: Session, key: str, *, by: str, at: datetime) -> None:
    """What was announced will not take effect. Raises NoProcedure, and NoVersion when nothing is announced."""
    procedure = session.get(Procedure, key)
    if procedure is None:
        raise NoProcedure(key=key)
    if procedure.next_version_id is None:
        raise NoVersion(version=key)
    number = session.get_one(Version, procedure.next_version_id).number
    _forget_next(procedure)
    timeline.tell(session, "procedure.taken_back", by=by, at=at, procedure=key, version=number)
    session.flush()


def _forget_next(procedure: Procedure) -> None:
    procedure.next_version_id = procedure.next_from = procedure.next_by = None


def withdraw(session: Session, key: str, *, by: str, at: datetime) -> None:
    """Offer the procedure to nobody any more, nor what was announced; cases that run go on. Raises NoProcedure."""
    procedure = session.get(Procedure, key)
    if procedure is None:
        raise NoProcedure(key=key)
    if procedure.withdrawn_at is None:
        procedure.withdrawn_at = at
        _forget_next(procedure)
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


def _new(session: Session, bundle: Bundle, *, by: str, at: datetime, note: str, legal_basis: str) -> Version:
    last = session.scalar(select(func.max(Version.number)).where(Version.procedure_key == bundle.key)) or 0
    version = Version(
        procedure_key=bundle.key,
        number=last + 1,
        fingerprint=bundle.fingerprint,
        bundle=bundle.packed(),
        published_at=at,
        published_by=by,
        note=note,
        legal_basis=legal_basis,
    )
    session.add(version)
    session.flush()
    return version
