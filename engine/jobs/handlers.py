"""What each errand does. A handler may run twice, also at the same moment in two workers, and does its work once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine import cases, documents, notices, people, procedures
from engine.office import Office
from engine.store import Store

Handler = Callable[[Store, Office, Mapping[str, Any], datetime], object]


def send_notice(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Mail a notice. The mail leaves before the tick is committed: after a crash it may be sent again with the same Message-ID."""
    notices.send(store, office.mailer, args["notice"], at=at)


def carry_out(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Do an automatic step of a case that takes long: under the case's lock, and only while the step is open."""
    cases.carry_out(store, office, args["case"], args["task"], at=at)


def ask_table(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Ask a table that comes after the answers were kept, and go on with the case; only while the step is open."""
    with store.unit() as session:
        cases.ask_table(session, office, args["task"], at=at)


def wake(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Try timers again that could not ring; what rang meanwhile does not ring again."""
    with store.unit() as session:
        cases.wake(session, office, args["case"], at=at)


def sweep(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Throw away uploads that nobody has used for a week, and take what was erased out of the cabinet."""
    with store.unit() as session:
        cases.forget_uploads(session, at=at)
    with store.reading() as session:
        documents.sweep(session, office.cabinet, at=at)


def resume_case(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """The day has come until which a case was suspended."""
    with store.unit() as session:
        cases.resume_when_due(session, office, args["case"], args["pause"], at=at)


def move_cases(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Take the next cases of a move to their new version, or back; one by one, each in a unit of its own."""
    cases.carry_on_move(store, office, args["move"], at=at)


def take_effect(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """The day has come from which new cases begin with a version that was announced."""
    with store.unit() as session:
        procedures.take_effect(session, args["procedure"], at=at)


def ask_recovery(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Somebody has forgotten the password of an account with this address, if there is one. Only the worker finds out."""
    notices.ask_link(store, args["login"], people.RECOVER, at=at)


def send_link(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Mail a link to its person."""
    notices.send_link(store, office, args["link"], at=at)


def send_way(store: Store, office: Office, args: Mapping[str, Any], at: datetime) -> None:
    """Mail an applicant where to go on with an application."""
    notices.send_way(store, office, args["person"], args["case"], args["name"])


HANDLERS: Mapping[str, Handler] = {
    "ask_recovery": ask_recovery,
    "send_link": send_link,
    "send_notice": send_notice,
    "send_way": send_way,
    "ask_table": ask_table,
    "carry_out": carry_out,
    cases.WAKE: wake,
    "sweep": sweep,
    "resume_case": resume_case,
    "move_cases": move_cases,
    procedures.TAKE_EFFECT: take_effect,
}
