"""Writing notices down and sending them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from engine import timeline
from engine.people import Addressee, Person
from engine.store import NotFound, Session, Store, enqueue

from .mail import Mailer, NoMailServer
from .tables import Notice


def tell(session: Session, *, case: str, to: Person | Addressee, what: str, subject: str, body: str, at: datetime) -> str:
    """Tell a person something about a case: kept now, mailed after the commit if they have an address. Gives the notice's id."""
    sealed = {"subject": " ".join(subject.split()), "body": body}
    notice = timeline.enter(
        session, Notice, what, case=case, at=at, facts={"language": to.language}, sealed=sealed, person=to.id, address=to.email
    )
    if to.email:
        enqueue(session, "send_notice", {"notice": notice}, key=f"notice:{notice}", case=case, at=at)
    timeline.tell(session, "notice.written", by=None, at=at, case=case, notice=what)
    return notice


def send(store: Store, mailer: Mailer, notice_id: str, *, at: datetime) -> None:
    """Mail a notice once; a second call finds it sent. Raises what the mailer raises (the errand is tried again).

    Without a mail server it is not sent but kept, and says so.

    No transaction is open while the mail server is spoken to: on SQLite nobody else could write until it answers.
    """
    with store.reading() as session:
        notice = session.get(Notice, notice_id)
    if notice is None:
        raise NotFound(what="notice")
    if notice.sent_at is None and notice.address:
        try:
            mailer.send(to=notice.address, subject=notice.subject, body=notice.body, message_id=notice.id)
            happened = {"sent_at": at}
        except NoMailServer:
            happened = {"kept_at": at}
        with store.unit(ring=False) as session:
            session.execute(update(Notice).where(Notice.id == notice_id).values(happened))


def of_case(session: Session, case: str) -> Sequence[Notice]:
    """Everything that was said about a case, oldest first."""
    return session.scalars(select(Notice).where(Notice.case_id == case).order_by(Notice.id)).all()


def of_person(session: Session, person: str, *, limit: int = 50) -> Sequence[Notice]:
    """The newest messages to a person."""
    return session.scalars(select(Notice).where(Notice.person_id == person).order_by(Notice.id.desc()).limit(limit)).all()
