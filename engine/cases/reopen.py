"""Opening again a case that has ended: stopped, withdrawn or decided by mistake. It goes back to the state it had."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update

from engine import documents, fees, flow, timeline
from engine.flow import Moved, Snapshot
from engine.office import Office
from engine.people import APPLICANT, Person
from engine.store import Session

from .back import back_to, begin_with_what_was_answered, steps_back
from .context import load_case
from .doing import hold, tell_applicant
from .errors import LaterCase, NeedsStep, PermitIssued
from .follow import Doing, come_back, follow
from .lead import ask_leading, remark
from .may import require
from .pauses import begin_pause, move_deadlines
from .register import take_again
from .tables import Case, Remark, Seat, Task, Timer


def reopen(session: Session, office: Office, case_id: str, *, reason: str, by: Person, at: datetime, to: str | None = None) -> Case:
    """The case goes on as it stood before it ended, or from the step `to` that it has been at. The time in between does not count.

    Bills that were waived are asked for again, letters of refusal are revoked. Raises NotAllowed, PermitIssued, LaterCase, ReasonNeeded,
    NotUnique (somebody else has an answer by now that only one may have); NeedsStep when only an automatic step was open, CannotGoTo.
    """
    case = load_case(session, case_id, lock=True)
    require("reopen", ask_leading(session, by, case))
    _stands_in_the_way(session, case)
    doing, ended = hold(session, office, case, by, at), case.ended_at
    assert ended is not None  # the right has looked
    snapshot = last_snapshot(doing)
    if to is None and not _can_go_on(snapshot):
        raise NeedsStep()
    said = remark(session, case, "reopened", reason, by=by, at=at)
    timeline.tell(session, "case.reopened", by=by.id, at=at, case=case.id, remark=said.id, **({"to": to} if to else {}))
    for document in documents.of_case(session, case.id):
        if document.revoked_at is None:
            documents.revoke(session, document.id, reason=said.text, by=by.id, at=at)
    take_again(session, case, doing.bundle, at=office.calendar.local(at))
    fees.ask_again(session, case.id, dropped=ended, by=by.id, at=at)
    _stand_up(doing, snapshot, ended, said)
    moved = _as_it_was(doing) if to is None or to in _open_steps(snapshot) else back_to(doing, to)
    follow(doing, moved, rev=case.rev)
    begin_with_what_was_answered(doing, moved)
    tell_applicant(doing, "reopened", reason=said.text)
    return case


def last_snapshot(doing: Doing) -> Snapshot:
    """How an ended case stood before it ended."""
    return flow.snapshot(doing.bundle.process, last_state(doing))


def last_state(doing: Doing) -> bytes:
    """The running state that an ended case had last."""
    case = doing.session.get_one(Case, doing.case.id)
    return case.last_state or case.state


def steps_to_reopen(doing: Doing) -> tuple[str, ...]:
    """The steps of people at which an ended case can be opened again, in the order of the diagram."""
    snapshot = last_snapshot(doing)
    return steps_back(doing, state=last_state(doing), also=_open_steps(snapshot))


def goes_on_as_it_was(doing: Doing) -> bool:
    """Whether an ended case can be opened again without naming a step."""
    return _can_go_on(last_snapshot(doing))


def _can_go_on(snapshot: Snapshot) -> bool:
    return bool(snapshot.timers) or any(each.step.kind not in flow.AUTOMATIC for each in snapshot.open)


def _open_steps(snapshot: Snapshot) -> set[str]:
    return {each.step.id for each in snapshot.open}


def _stands_in_the_way(session: Session, case: Case) -> None:
    """A permit that is out there, or a later application of the same person for the same."""
    for document in documents.of_case(session, case.id):
        if document.public.get("permit"):
            raise PermitIssued(number=document.number)
    mine = (Case.applicant_id == case.applicant_id, Case.procedure_key == case.procedure_key, Case.id > case.id)
    later = select(Case.number).where(*mine, Case.submitted_at.is_not(None), Case.ended_at.is_(None) | (Case.outcome == "issued"))
    number = session.scalar(later.order_by(Case.id).limit(1))
    if number is not None:
        raise LaterCase(number=number)


def _stand_up(doing: Doing, snapshot: Snapshot, ended: datetime, said: Remark) -> None:
    """The rows as the state says: its tasks are open, at their desks, its timers run; the time since the end was a pause."""
    session, case = doing.session, doing.session.get_one(Case, doing.case.id)
    case.state = case.last_state or case.state
    case.ended_at = case.outcome = case.last_state = None
    reopen_tasks(doing, (each.task for each in snapshot.open))
    for each in snapshot.open:
        if each.step.kind in flow.AUTOMATIC:  # its errand came while the case was over, and did nothing
            come_back(doing, each.step.kind, each.task, doing.at.isoformat())
    for due in snapshot.timers:
        was = select(Timer.made_at).where(Timer.case_id == case.id, Timer.task == due.task, Timer.step == due.step.id)
        session.add(Timer(case_id=case.id, task=due.task, step=due.step.id, made_at=session.scalar(was.limit(1)), due_at=due.at))
    session.flush()
    begin_pause(session, case, since=ended, until=doing.at, remark=said, over=doing.at)
    move_deadlines(doing, since=ended, before=ended, after=doing.at)


def reopen_tasks(doing: Doing, tasks: Iterable[str]) -> None:
    """Tasks that were done or dropped are open again, and stand in the inboxes of their desks."""
    session, ids = doing.session, list(tasks)
    session.execute(update(Task).where(Task.id.in_(ids)).values(done_at=None, done_by=None, dropped_at=None))
    session.flush()
    for task in session.scalars(select(Task).where(Task.id.in_(ids), Task.kind == "user").execution_options(populate_existing=True)):
        seat(doing, task)
    doing.case.at_hand = None
    session.flush()


def seat(doing: Doing, task: Task) -> None:
    """Let an open task of a person wait at the desks of its step, and at no others."""
    desks = [desk for desk in doing.bundle.process.steps[task.step].desks if desk != APPLICANT]
    task.desk, task.turn_at = (desks[0] if desks else None), task.due_at or task.opened_at
    doing.session.execute(delete(Seat).where(Seat.task_id == task.id))
    doing.session.add_all(Seat(task_id=task.id, desk=desk, turn_at=task.turn_at) for desk in dict.fromkeys(desks[1:]) if desk != task.desk)
    doing.case.at_hand = None
    doing.session.flush()


def _as_it_was(doing: Doing) -> Moved:
    """No move at all: the state with its timers where they are by now."""
    now = flow.snapshot(doing.bundle.process, doing.case.state)
    return Moved(doing.case.state, (), (), (), now.timers, (), None, now.facts)
