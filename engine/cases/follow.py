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
from .history import History
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
    services = _write(doing, moved)
    while service := next((each for each in services if _at_once(each)), None):
        services.remove(service)
        writes = actions.find(service.step.action).run(work_for(doing, service, {**moved.facts, **service.local}))
        moved = flow.complete(doing.bundle.process, moved.state, service.task, {service.step.id: writes}, env=doing.env())
        doing.session.add(_task(doing, service, done_at=doing.at))
        services = [each for each in services if each.task not in moved.dropped] + _write(doing, moved, known=service.task)
    for service in services:
        key = f"step:{doing.case.id}:{service.task}"
        enqueue(doing.session, "carry_out", {"case": doing.case.id, "task": service.task}, key=key, case=doing.case.id, at=doing.at)
    _time(doing, moved)
    _keep(doing, moved, rev)


def work_for(doing: Doing, opened: Opened, facts: dict[str, Any]) -> Work:
    """What an automatic step is given."""
    context = context_of(doing.case, doing.applicant)
    history = History(doing.session, doing.case, doing.bundle)
    return Work(doing.session, doing.office, doing.case, doing.bundle, opened.step, facts, context, doing.applicant, history, doing.at)


def _at_once(opened: Opened) -> bool:
    """An automatic step that is quick: it runs now, and its row is written when it is done."""
    return opened.step.kind == "service" and not actions.find(opened.step.action).LATER


def _write(doing: Doing, moved: Moved, *, known: str | None = None) -> list[Opened]:
    """Rows for one step of the flow (`known`: a task that is written already); gives the service steps it opened."""
    _close(doing, (task for task in moved.done if task != known), Task.done_at)
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
        if not _at_once(opened):
            _open(doing, opened)
    doing.session.flush()
    if moved.ended is not None:
        end(doing, moved.ended)
    return [each for each in moved.opened if each.step.kind == "service"]


def _close(doing: Doing, tasks: Iterable[str], column: Any) -> None:
    tasks = list(tasks)
    if tasks:
        doing.session.execute(delete(Seat).where(Seat.task_id.in_(tasks)))
        open_ones = Task.id.in_(tasks) & Task.done_at.is_(None) & Task.dropped_at.is_(None)
        doing.session.execute(update(Task).where(open_ones).values({column: doing.at, Task.draft: None}))


def _open(doing: Doing, opened: Opened) -> None:
    step, task = opened.step, _task(doing, opened)
    doing.session.add(task)
    if step.kind == "user":
        doing.session.flush()
        due = task.due_at or doing.at
        doing.session.add_all(Seat(task_id=task.id, desk=desk, due_at=due) for desk in step.desks if desk != APPLICANT)
        timeline.tell(doing.session, "task.opened", by=None, at=doing.at, case=doing.case.id, step=step.id, task=task.id)


def _task(doing: Doing, opened: Opened, *, done_at: datetime | None = None) -> Task:
    step = opened.step
    clock = step.properties.get("clock") or ("applicant" if APPLICANT in step.desks else "office")
    return Task(
        id=opened.task,
        case_id=doing.case.id,
        step=step.id,
        kind=step.kind,
        form=step.form,
        clock=clock,
        opened_at=doing.at,
        due_at=task_due(doing.office.calendar, step, doing.at),
        done_at=done_at,
    )


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
    due = case_due(session, doing.office.calendar, doing.bundle.days_for(moved.facts), case)
    mine = update(Case).where(Case.id == case.id, Case.rev == rev)
    changed = session.execute(mine.values(rev=rev + 1, state=moved.state, due_at=due))
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(what="case")
    session.expire(case, ["rev", "state"])
