"""From a step of the flow to rows: tasks, seats, timers, decisions, and the automatic steps that run at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

import rules
from engine import actions, fees, flow, timeline
from engine.actions import Work
from engine.flow import Moved, Opened
from engine.office import Office
from engine.people import APPLICANT, Person
from engine.procedures import Bundle
from engine.store import Conflict, Session, enqueue

from .clock import case_due, task_due
from .context import context_of, env_for
from .tables import Case, Decided, Seat, Task, Timer


@dataclass(frozen=True)
class Doing:
    """One verb at work on one case: everything `follow` needs, gathered once."""

    session: Session
    office: Office
    case: Case
    bundle: Bundle
    applicant: Person
    by: str | None
    at: datetime

    def env(self) -> flow.Env:
        """The flow's surroundings now."""
        return env_for(self.office, self.bundle, self.case, self.applicant, self.at)


def follow(doing: Doing, moved: Moved, *, rev: int) -> None:
    """Write down what the flow did, run the automatic steps it reached, and keep its state.

    Raises Conflict when somebody else has moved the case since `rev` was read.
    """
    outcome = _write(doing, moved)
    while service := _next_at_once(doing, outcome.services):
        outcome.services.remove(service)
        writes = actions.find(service.step.action).run(_work(doing, service, moved))
        moved = flow.complete(doing.bundle.process, moved.state, service.task, {service.step.id: writes}, env=doing.env())
        outcome = _Outcome(outcome.services + _write(doing, moved).services)
    for service in outcome.services:
        key = f"step:{doing.case.id}:{service.task}"
        enqueue(doing.session, "carry_out", {"case": doing.case.id, "task": service.task}, key=key, case=doing.case.id, at=doing.at)
    _keep(doing, moved, rev)


@dataclass
class _Outcome:
    services: list[Opened]


def _next_at_once(doing: Doing, services: list[Opened]) -> Opened | None:
    return next((each for each in services if not actions.find(each.step.action).LATER), None)


def work_for(doing: Doing, opened: Opened, facts: dict[str, Any]) -> Work:
    """What an automatic step is given."""
    fired: dict[str, list[dict[str, Any]]] = {}
    for row in doing.session.scalars(select(Decided).where(Decided.case_id == doing.case.id).order_by(Decided.id)):
        fired[row.name] = row.fired
    context = context_of(doing.case, doing.applicant)
    parts = (doing.session, doing.office, doing.case, doing.bundle, opened.step, facts, context, doing.applicant, fired, doing.at)
    return Work(*parts, officers=_officers(doing), waiting=_waiting(doing))


def _officers(doing: Doing) -> tuple[tuple[str, str], ...]:
    """Who did which step for the office, in the order of doing; what was done at one moment, in the order of the diagram."""
    places = {step: place for place, step in enumerate(doing.bundle.process.order)}
    mine = (Task.case_id == doing.case.id, Task.done_by.is_not(None), Task.done_by != doing.case.applicant_id)
    rows = doing.session.execute(select(Task.step, Task.done_by, Task.done_at).where(*mine)).all()
    return tuple((step, str(person)) for step, person, _ in sorted(rows, key=lambda row: (row[2], places.get(row[0], 0))))


def _waiting(doing: Doing) -> tuple[str, ...]:
    is_open = (Task.case_id == doing.case.id, Task.kind == "user", Task.done_at.is_(None), Task.dropped_at.is_(None))
    return tuple(sorted(doing.session.scalars(select(Task.step).where(*is_open))))


def _work(doing: Doing, opened: Opened, moved: Moved) -> Work:
    return work_for(doing, opened, dict(moved.facts))


def _write(doing: Doing, moved: Moved) -> _Outcome:
    """Rows for one step of the flow; gives the service steps it opened."""
    _close(doing, moved.done, Task.done_at)
    _close(doing, moved.dropped, Task.dropped_at)
    for decision in moved.decided:
        fired = [
            {"table": each.table, "rule": each.rule_id, "row": each.number, "notes": list(each.annotations)} for each in decision.fired
        ]
        doing.session.add(
            Decided(
                case_id=doing.case.id,
                step=decision.step.id,
                name=decision.name,
                value=rules.plain(decision.value),
                fired=fired,
                at=doing.at,
            )
        )
    for opened in moved.opened:
        _open(doing, opened)
    _time(doing, moved)
    doing.session.flush()
    if moved.ended is not None:
        end(doing, moved.ended)
    return _Outcome([each for each in moved.opened if each.step.kind == "service"])


def _close(doing: Doing, tasks: Iterable[str], column: Any) -> None:
    tasks = list(tasks)
    if tasks:
        doing.session.execute(delete(Seat).where(Seat.task_id.in_(tasks)))
        open_ones = Task.id.in_(tasks) & Task.done_at.is_(None) & Task.dropped_at.is_(None)
        doing.session.execute(update(Task).where(open_ones).values({column: doing.at, Task.draft: None}))


def _open(doing: Doing, opened: Opened) -> None:
    step = opened.step
    clock = step.properties.get("clock") or ("applicant" if APPLICANT in step.desks else "office")
    due = task_due(doing.office.calendar, step, doing.at)
    task = Task(
        id=opened.task, case_id=doing.case.id, step=step.id, kind=step.kind, form=step.form, clock=clock, opened_at=doing.at, due_at=due
    )
    doing.session.add(task)
    if step.kind == "user":
        doing.session.flush()
        doing.session.add_all(Seat(task_id=task.id, desk=desk, due_at=due or doing.at) for desk in step.desks if desk != APPLICANT)
        timeline.tell(doing.session, "task.opened", by=None, at=doing.at, case=doing.case.id, step=step.id, task=task.id)


def _time(doing: Doing, moved: Moved) -> None:
    waiting = {(each.task, each.step.id): each.at for each in moved.timers}
    for timer in doing.session.scalars(select(Timer).where(Timer.case_id == doing.case.id, Timer.over_at.is_(None))):
        if waiting.pop((timer.task, timer.step), None) is None:
            timer.over_at = doing.at
    doing.session.add_all(Timer(case_id=doing.case.id, task=task, step=step, due_at=due) for (task, step), due in waiting.items())


def end(doing: Doing, outcome: str) -> None:
    """The case has ended: nothing stays open, no fee is awaited."""
    case = doing.case
    if case.ended_at is None:
        case.ended_at, case.outcome = doing.at, outcome
        fees.waive(doing.session, case.id, by=doing.by, at=doing.at)
        timeline.tell(doing.session, "case.ended", by=doing.by, at=doing.at, case=case.id, outcome=outcome)


def _keep(doing: Doing, moved: Moved, rev: int) -> None:
    case, session = doing.case, doing.session
    session.flush()
    case.due_at = case_due(session, doing.office.calendar, doing.bundle.days_for(moved.facts), case)
    session.flush()
    changed = session.execute(update(Case).where(Case.id == case.id, Case.rev == rev).values(rev=rev + 1, state=moved.state))
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(what="case")
    session.expire(case, ["rev", "state"])
