"""Going on with an application on another device: a code for the next minutes, or a mail with its address.

Neither opens anything by itself: both lead somewhere only for the applicant, who has signed in there.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from engine.people import Person
from engine.store import EngineError, Session, enqueue

from .context import bundle_of
from .status import CODE_LETTERS, MISREAD
from .tables import Case

SLOT = timedelta(minutes=15)
LENGTH = 6
LOOKED_AT = 50  # running applications of one person


class CodeOver(EngineError):
    """No application of this person goes on with this code now."""

    code = "cases.code_over"


def code_to_go_on(session: Session, case: Case, *, at: datetime) -> tuple[str, datetime]:
    """What to type on the other device (`7KQ-29F`), and until when: 15 to 30 minutes. Worked out, stored nowhere."""
    slot = _slot(at)
    return _code(session, case, slot), datetime.fromtimestamp(0, UTC) + (slot + 2) * SLOT


def case_of_code(session: Session, person: Person, typed: str, *, at: datetime) -> Case:
    """The person's own application that the code is for. Raises CodeOver, the same for somebody else's code as for a wrong one."""
    given = "".join(typed.split()).replace("-", "").upper().translate(MISREAD)
    query = select(Case).where(Case.applicant_id == person.id, Case.ended_at.is_(None)).order_by(Case.id.desc()).limit(LOOKED_AT)
    for case in session.scalars(query):
        good = (_code(session, case, slot).replace("-", "") for slot in (_slot(at), _slot(at) - 1))
        if any(hmac.compare_digest(given.encode(), each.encode()) for each in good):
            return case
    raise CodeOver()


def mail_way(session: Session, case: Case, *, to: Person, at: datetime) -> bool:
    """Mail the applicant where to go on, once in 15 minutes; False without an address that was confirmed."""
    if to.id != case.applicant_id or not to.email or to.email_proved_at is None:
        return False
    name = bundle_of(session, case).about.name
    args = {"person": to.id, "case": case.id, "name": name.get(to.language) or name["id"]}
    enqueue(session, "send_way", args, key=f"way:{case.id}:{_slot(at)}", case=case.id, at=at)
    return True


def _slot(at: datetime) -> int:
    return int(at.timestamp() // SLOT.total_seconds())


def _code(session: Session, case: Case, slot: int) -> str:
    bits = int(session.keys.blind(f"{case.id}.{slot}", "case.elsewhere"), 16)
    letters = "".join(CODE_LETTERS[bits >> (5 * place) & 31] for place in range(LENGTH))
    return f"{letters[:3]}-{letters[3:]}"
