"""Measurements of the house, each with whether it is well and what to do when it is not. Nothing counts further than it must."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from engine import jobs, procedures
from engine.cases import Timer
from engine.notices import NoMail, Notice
from engine.procedures import Bundle
from engine.store import Errand, Session, head, pending
from hall import formats, hands, now, office, reading

LATE = timedelta(minutes=5)
MOST = 1_000
GIGABYTE = 1_000_000_000
UNTRANSLATED = ("text.missing", "text.no_step_name", "letter.language")
_lacking: dict[str, tuple[str, ...]] = {}  # by fingerprint


@dataclass(frozen=True)
class Health:
    """One measurement: what, how it is, whether that is well, and otherwise the cure."""

    what: str
    told: str
    well: bool
    cure: str = ""
    href: str = ""


def findings() -> tuple[Health, ...]:
    """Everything, in the order in which things break."""
    try:
        return tuple(_measured())
    except SQLAlchemyError as wrong:
        return (Health(_("Database"), type(wrong).__name__, False, _("The database cannot be reached. Look at the log of the server.")),)


def _measured() -> Iterator[Health]:
    yield _database()
    yield _tables()
    with reading() as db:
        yield _worker(db)
        yield _timers(db)
        yield _errands(db)
        yield _dead(db)
        yield _mail(db)
        yield _translations(db)
    yield _disk()


def _database() -> Health:
    store = hands().store
    with store.engine.connect() as connection:
        version = ".".join(map(str, connection.dialect.server_version_info or ()))
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(store.engine.dialect.name, store.engine.dialect.name)
    return Health(_("Database"), f"{name} {version}", True)


def _tables() -> Health:
    fine = not pending(hands().store.engine)
    told = _("at version %(number)s", number=head()) if fine else _("older than the program")
    return Health(_("Tables"), told, fine, _("Run: loket migrate"))


def _worker(db: Session) -> Health:
    last, number = jobs.last_beat(db), jobs.alive(db, now())
    if number:
        return Health(_("Worker"), _("%(number)s at work", number=formats.number(number)), True)
    told = _("last sign of life: %(moment)s", moment=formats.moment(last)) if last else _("no sign of life")
    alone = hands().settings.jobs != "embedded"
    cure = (
        _("Nothing is sent and no timer rings. Start one with: loket work")
        if alone
        else _("Nothing is sent and no timer rings. Start it with: loket serve, or loket work")
    )
    return Health(_("Worker"), told, False, cure)


def _timers(db: Session) -> Health:
    late = some(db, select(Timer.id).where(Timer.over_at.is_(None), Timer.due_at < now() - LATE))
    return Health(_("Late timers"), counted(late), late == 0, _("Look at the list and at the worker's log."), "back_timers.index_view")


def _errands(db: Session) -> Health:
    waiting = (Errand.done_at.is_(None), Errand.dead_at.is_(None), Errand.run_at < now() - LATE)
    late = some(db, select(Errand.id).where(*waiting))
    return Health(_("Late errands"), counted(late), late == 0, _("Look at the list and at the worker's log."), "back_errands.index_view")


def _dead(db: Session) -> Health:
    dead = some(db, select(Errand.id).where(Errand.dead_at.is_not(None)))
    cure = _("Open them, read what went wrong, try again.")
    return Health(_("Errands that gave up"), counted(dead), dead == 0, cure, "back_errands.index_view")


def _mail(db: Session) -> Health:
    kept = some(db, select(Notice.id).where(Notice.kept_at.is_not(None), Notice.sent_at.is_(None)))
    if isinstance(office().mailer, NoMail):
        cure = _("There is no mail server: messages stay in the accounts of their readers. Name one with LOKET_SMTP_URL.")
        told, well = _("%(number)s kept, not sent", number=counted(kept)), kept == 0 or hands().settings.demo
        return Health(_("Mail"), told, well, cure, "back_messages.index_view")
    return Health(_("Mail"), _("a mail server is named"), True)


def _translations(db: Session) -> Health:
    """Texts that an offered procedure has in one language only; a version's answer never changes."""
    missing = [each for version in procedures.catalogue(db) for each in lacking(procedures.bundle_of(db, version.id))]
    places = ", ".join(dict.fromkeys(missing[:3])) + (" …" if len(missing) > 3 else "")
    told = f"{formats.number(len(missing))} ({places})" if missing else "0"
    return Health(
        _("Missing translations"), told, not missing, _("Open a draft of the procedure, add them and publish it."), "back_studio.index"
    )


def lacking(bundle: Bundle) -> tuple[str, ...]:
    """The places of a bundle where one language is missing, each with its procedure."""
    known = _lacking.get(bundle.fingerprint)
    if known is None:
        found = procedures.check(bundle)
        known = tuple(f"{bundle.key}: {each.place}" for each in found if each.code in UNTRANSLATED)
        _lacking[bundle.fingerprint] = known
    return known


def _disk() -> Health:
    free = shutil.disk_usage(hands().settings.home).free
    told = _("%(number)s GB", number=formats.number(free // GIGABYTE))
    return Health(_("Free disk space"), told, free > GIGABYTE, _("Less than 1 GB is left. Make room before uploads fail."))


def some(db: Session, query: Select[tuple[str]]) -> int:
    """How many rows, looking no further than one more than a thousand."""
    return db.scalar(select(func.count()).select_from(query.limit(MOST + 1).subquery())) or 0


def counted(number: int) -> str:
    """A number, or "more than 1,000"."""
    return formats.number(number) if number <= MOST else _("more than %(number)s", number=formats.number(MOST))
