"""Beginning an application: the case exists from the first page on, as a draft only its applicant sees."""

from __future__ import annotations

from datetime import datetime

from engine import flow, procedures, timeline
from engine.office import Office
from engine.people import Person
from engine.store import EngineError, Session, new_id

from .context import env_for
from .follow import Doing, follow
from .hand import AtHand
from .may import Ask, require
from .renew import permit_facts, to_renew
from .tables import Case


class NotOffered(EngineError):
    """The service {procedure} is not offered now."""

    code = "cases.not_offered"


def open_case(
    session: Session,
    office: Office,
    procedure: str,
    *,
    applicant: Person,
    by: Person,
    at: datetime,
    channel: str = "online",
    renews: str = "",
) -> Case:
    """A new case on the version that is published now; its first task is the applicant's form.

    `renews`: the case whose permit this one shall renew. Raises NotOffered, NotAllowed, and what `to_renew` raises.
    """
    version = procedures.offered_at(session, procedure, at)
    if version is None:
        raise NotOffered(procedure=procedure)
    bundle = procedures.bundle_of(session, version.id)
    case = Case(
        id=new_id(),
        procedure_key=procedure,
        version_id=version.id,
        applicant_id=applicant.id,
        channel=channel,
        rev=0,
        state=b"",
        at_hand=AtHand().plain(),
        opened_at=at,
    )
    require("open a case", Ask(by, case))
    session.add(case)
    session.flush()
    timeline.tell(session, "case.opened", by=by.id, at=at, case=case.id, procedure=procedure)
    permit = to_renew(session, applicant, renews, procedure, today=office.calendar.local(at).date()) if renews else None
    facts = {"permit": permit_facts(permit)} if permit else {}
    moved = flow.start(bundle.process, facts=facts, env=env_for(office, bundle, case, applicant, at))
    follow(Doing(session, office, case, bundle, applicant, by.id, at), moved, rev=0)
    return case
