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
from engine.people import Person, Sender, may_send
from engine.procedures import Bundle
from engine.store import NotFound, Session

from .context import ask, load_case
from .doing import hold
from .errors import BadMessage, CaseEnded, MessageUsed, NotAllowed, NothingWaits
from .follow import follow
from .may import require
from .tables import OPEN, Case, Received, Task

LARGEST = 64 * 1024
LONGEST_KEY = 120
LONGEST_NAME = 80
DEEPEST = 32  # lists and facts in one another: the state is nested deeper still, and what reads it recurses


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
    sender: Sender | None = None,
) -> bool:
    """Deliver a message with the facts it brings to a case (its id or its number); False when this `key` was delivered before.

    `key` is the sender's own id of the message, `by` None when a machine sends it: then `sender` may be said, whose keys are apart from
    those of others, and who may send only what the administrator allows. `which` tells steps apart that wait for messages of one
    name (a correlation key). The facts stand under the id of each step that gets the message, as what an automatic step writes.

    Raises NotFound, NotAllowed, CaseEnded, NothingWaits, MessageUsed, BadMessage, flow.WhichMessage; then nothing has changed.
    """
    if not 0 < len(message) <= LONGEST_NAME or not message.isprintable():
        raise BadMessage(field="message", why="name")
    if sender is not None and not may_send(sender, message):
        raise NotAllowed(verb="receive a message", why="sender")
    found = _find(session, case)
    kept = f"{sender.id}:{key}" if sender else key
    if _known(session, kept, key, message, found):
        return False
    if by is not None:
        require("receive a message", ask(session, by, found))
    if found.ended_at is not None:
        raise CaseEnded()
    doing, rev = hold(session, office, found, by, at), found.rev
    facts = _checked(payload)
    session.add(Received(key=kept, case_id=found.id, message=message, by=doing.by, at=at))
    from_whom: dict[str, Any] = {"sender": sender.name} if sender else {}
    timeline.tell(session, "message.received", by=doing.by, at=at, case=found.id, message=message, **from_whom)
    try:
        moved = flow.send(doing.bundle.process, found.state, message, facts, env=doing.env(), key=which, under_step=True)
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
    if not case.isprintable():
        raise NotFound(what="case")
    ident = session.scalar(select(Case.id).where(Case.number == case.strip().upper())) or case
    return load_case(session, ident, lock=True)


def _known(session: Session, kept: str, key: str, message: str, case: Case) -> bool:
    if not key.strip() or len(key) > LONGEST_KEY or not key.isprintable():
        raise BadMessage(field="key", why="key")
    before = session.get(Received, kept)
    if before is None:
        return False
    if (before.case_id, before.message) != (case.id, message):
        raise MessageUsed(key=key)
    return True


def _checked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The facts in the shapes that a state knows."""
    if _deeper_than(payload, DEEPEST):
        raise BadMessage(field="payload", why="deep")
    try:
        plain = {name: rules.plain(value) for name, value in payload.items()}
        size = len(orjson.dumps(plain))
        facts = {name: rules.from_plain(value) for name, value in plain.items()}
    except (TypeError, ValueError, ArithmeticError, rules.RuleError) as wrong:
        raise BadMessage(field="payload", why="plain") from wrong
    if size > LARGEST:
        raise BadMessage(field="payload", why="large")
    for name in plain:
        if not name.isidentifier() or len(name) > LONGEST_NAME:
            raise BadMessage(field=name[:LONGEST_NAME], why="fact")
    return facts


def _deeper_than(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [each for one in level for each in (one.values() if isinstance(one, Mapping) else one if isinstance(one, list) else ())]
        if not level:
            return False
    return True
