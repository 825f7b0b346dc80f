"""A message for a case: from a machine, from the worker, or by a button of the staff; it lets go on what waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select

import rules
from engine import flow, timeline
from engine.office import Office
from engine.people import Person
from engine.procedures import Bundle
from engine.store import NotFound, Session

from .context import ask, load_case
from .doing import hold
from .errors import BadMessage, CaseEnded, MessageUsed, NothingWaits
from .follow import follow
from .may import require
from .tables import OPEN, Case, Received, Task

LARGEST = 64 * 1024
LONGEST_KEY = 160
RESERVED = frozenset({"case", "applicant", "permit"})


def receive(
    session: Session,
    office: Office,
    message: str,
    payload: Mapping[str, Any],
    *,
    key: str,
    case: str,
    by: Person | None,
    at: datetime,
    which: object | None = None,
) -> bool:
    """Deliver a message with the facts it brings to a case (its id or its number); False when this `key` was delivered before.

    `key` is the sender's own id of the message, `by` None when a machine sends it; `which` tells steps apart that wait for messages of one
    name (a correlation key). A payload may not name what the procedure's own forms,
    tables and steps write. Raises NotFound, NotAllowed, CaseEnded, NothingWaits, MessageUsed, BadMessage,
    flow.WhichMessage; then nothing has changed.
    """
    found = _find(session, case)
    if _known(session, key, message, found):
        return False
    if by is not None:
        require("receive a message", ask(session, by, found))
    if found.ended_at is not None:
        raise CaseEnded()
    doing, rev = hold(session, office, found, by, at), found.rev
    facts = _checked(doing.bundle, payload)
    session.add(Received(key=key, case_id=found.id, message=message, by=doing.by, at=at))
    timeline.tell(session, "message.received", by=doing.by, at=at, case=found.id, message=message)
    try:
        moved = flow.send(doing.bundle.process, found.state, message, facts, env=doing.env(), key=which)
    except flow.NotWaiting as nobody:
        raise NothingWaits(message=message) from nobody
    follow(doing, moved, rev=rev)
    return True


def awaited(session: Session, bundle: Bundle, case: Case) -> tuple[str, ...]:
    """The messages that the case waits for now, in the order of the diagram."""
    places = {step: place for place, step in enumerate(bundle.process.order)}
    open_ones = session.scalars(select(Task.step).where(Task.case_id == case.id, OPEN, Task.kind == "receive"))
    steps = sorted(open_ones, key=lambda step: places.get(step, 0))
    return tuple(dict.fromkeys(name for step in steps if (name := bundle.process.steps[step].message)))


def _find(session: Session, case: str) -> Case:
    """By id, or by number. Locked, so that two senders of one key come one after the other."""
    ident = session.scalar(select(Case.id).where(Case.number == case.strip().upper())) or case
    if not ident.isprintable():
        raise NotFound(what="case")
    return load_case(session, ident, lock=True)


def _known(session: Session, key: str, message: str, case: Case) -> bool:
    if not key.strip() or len(key) > LONGEST_KEY or not key.isprintable():
        raise BadMessage(what="key", why=f"1 to {LONGEST_KEY} printable characters")
    before = session.get(Received, key)
    if before is None:
        return False
    if (before.case_id, before.message) != (case.id, message):
        raise MessageUsed(key=key)
    return True


def _checked(bundle: Bundle, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in the shapes that a state knows."""
    try:
        plain = {name: rules.plain(value) for name, value in payload.items()}
        size = len(orjson.dumps(plain))
    except (TypeError, ValueError, rules.RuleError) as wrong:
        raise BadMessage(what="payload", why="only plain values") from wrong
    if size > LARGEST:
        raise BadMessage(what="payload", why=f"at most {LARGEST} bytes")
    for name in plain:
        if not name.isidentifier() or name in RESERVED | _written(bundle):
            raise BadMessage(what=name, why="this name belongs to the procedure")
    return {name: rules.from_plain(value) for name, value in plain.items()}


def _written(bundle: Bundle) -> frozenset[str]:
    steps = bundle.process.steps.values()
    results = {step.result for step in steps if step.result}
    return frozenset(bundle.forms) | frozenset(results) | frozenset(step.id for step in steps)
