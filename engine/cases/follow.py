"""From a step of the flow to rows: tasks, seats, timers, decisions, and the automatic steps that run at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import rules
from engine import actions, fees, flow, timeline
from engine.actions import Work
from engine.flow import Moved, Opened
from engine.office import Office
from engine.people import APPLICANT, Addressee, Person
from engine.procedures import Bundle
from engine.store import Session, enqueue, new_id

from .clock import case_due, pauses_of, task_due
from .context import context_of, env_for
from .hand import AtHand, CaseInHand, at_hand
from .history import History
from .register import forget_unless_issued
from .tables import Case, Decided, Seat, Task, Timer
from .written import case_moved, leave_seats, task_row, tasks_over, timers_over


@dataclass(frozen=True)
class Doing:
    """One verb at work on one case: everything `follow` needs, gathered once. `hand`: looked up when it is not given.

    `did`: the step that a person completes, and who; `decided`: the table rows that gave a decision's value, of those that were made here.
    """

    session: Session
    office: Office
    case: Case | CaseInHand
    bundle: Bundle
    applicant: Person | Addressee
    by: str | None
    at: datetime
    hand: AtHand | None = None
    did: tuple[str, str] | None = None
    decided: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def env(self) -> flow.Env:
        """The flow's surroundings now."""
        return env_for(self.office, self.bundle, self.case, self.applicant, self.at)


def follow(doing: Doing, moved: Moved, *, rev: int, known: str | None = None) -> None:
    """Write down what the flow did (`known`: a task that is ticked off already), run the automatic steps it reached, keep its state.

    Raises Conflict when somebody else has moved the case since `rev` was read.
    """
    hand = doing.hand or at_hand(doing.session, doing.case)
    doing = doing if doing.hand is hand else replace(doing, hand=hand)
    services = _write(doing, hand, moved, known=known)
    while service := next((each for each in services if _at_once(each)), None):
        services.remove(service)
        facts = {**moved.facts, **service.local} if service.local else moved.facts
        writes = actions.find(service.step.action).run(work_for(doing, service, facts))
        moved = flow.complete(doing.bundle.process, moved, service.task, {service.step.id: writes}, env=doing.env())
        doing.session.insert(Task, _task(doing, service, done_at=doing.at))
        services = [each for each in services if each.task not in moved.dropped] + _write(doing, hand, moved, known=service.task)
    for service in services:
        come_back(doing, service.step.kind, service.task)
    _time(doing, hand, moved)
    _keep(doing, hand, moved, rev)


def come_back(doing: Doing, kind: str, task: str, *again: str) -> None:
    """Ask for an automatic step that comes later; once, or once more for what `again` names."""
    name, case = "ask_table" if kind == "rule" else "carry_out", doing.case.id
    enqueue(doing.session, name, {"case": case, "task": task}, key=":".join(("step", case, task, *again)), case=case, at=doing.at)


def work_for(doing: Doing, opened: Opened, facts: Mapping[str, Any]) -> Work:
    """What an automatic step is given."""
    session, office, case, bundle = doing.session, doing.office, doing.case, doing.bundle
    context = context_of(case, doing.applicant, office.calendar.zone)
    history = History(session, case, bundle, doing.decided, doing.did)
    charged = (doing.hand or at_hand(session, case)).charged
    return Work(session, office, case, bundle, opened.step, facts, context, doing.applicant, history, doing.at, charged)


def _at_once(opened: Opened) -> bool:
    """An automatic step that is quick: it runs now, and its row is written when it is done."""
    return opened.step.kind == "service" and not actions.find(opened.step.action).LATER


def _write(doing: Doing, hand: AtHand, moved: Moved, *, known: str | None = None) -> list[Opened]:
    """Rows for one step of the flow (`known`: a task that is written already); gives the automatic steps it opened."""
    _close(doing, hand, moved, known)
    for decision in moved.decided:
        doing.decided[decision.name] = _decided(doing, decision)
    for opened in moved.opened:
        if not _at_once(opened):
            _open(doing, hand, opened)
    if moved.ended is not None:
        end(doing, moved.ended)
    return [each for each in moved.opened if each.step.kind in flow.AUTOMATIC]


def _close(doing: Doing, hand: AtHand, moved: Moved, known: str | None) -> None:
    for task in (*moved.done, *moved.dropped):
        hand.closed(task, doing.at)
    done = [task for task in moved.done if task != known]
    if done or moved.dropped:
        doing.session.flush()  # what was opened a moment ago may be over already
    if done:
        tasks_over(doing.session, done, Task.done_at, doing.at)
    if moved.dropped:
        tasks_over(doing.session, moved.dropped, Task.dropped_at, doing.at)
    if over := [task for task in (*moved.done, *moved.dropped) if task in hand.seated]:
        leave_seats(doing.session, over)
        hand.seated = [each for each in hand.seated if each not in over]


def _open(doing: Doing, hand: AtHand, opened: Opened) -> None:
    step, row = opened.step, _task(doing, opened)
    doing.session.insert(Task, row)
    hand.opened(opened.task, row["clock"], doing.at)
    if step.kind != "user":
        return
    further = [desk for desk in step.desks if desk not in (APPLICANT, row["desk"])]
    if further:
        hand.seated = [*hand.seated, opened.task]
        doing.session.insert(Seat, *({"task_id": opened.task, "desk": desk, "turn_at": row["turn_at"]} for desk in dict.fromkeys(further)))
    timeline.tell(doing.session, "task.opened", by=None, at=doing.at, case=doing.case.id, step=step.id, task=opened.task)


def _task(doing: Doing, opened: Opened, *, done_at: datetime | None = None) -> dict[str, Any]:
    due = task_due(doing.office.calendar, opened.step, doing.at, doing.case.suspended_until)
    return {**task_row(opened.task, doing.case.id, opened.step, opened_at=doing.at, due_at=due), "done_at": done_at}


def _decided(doing: Doing, decision: flow.Decision) -> list[dict[str, Any]]:
    """Enter what a table said into the journal; gives the rows that fired."""
    fired = [{"table": each.table, "rule": each.rule_id, "row": each.number, "notes": list(each.annotations)} for each in decision.fired]
    sealed = {"value": rules.plain(decision.value), "fired": fired}
    facts = {"step": decision.step.id}
    timeline.enter(doing.session, Decided, decision.name, case=doing.case.id, at=doing.at, facts=facts, sealed=sealed)
    return fired


def _time(doing: Doing, hand: AtHand, moved: Moved) -> None:
    over, new = hand.ring((each.task, each.step.id, each.at) for each in moved.timers)
    if over:
        timers_over(doing.session, doing.case.id, over, doing.at)
    for task, step, due in new:
        row = {"id": new_id(), "case_id": doing.case.id, "task": task, "step": step, "made_at": doing.at, "due_at": due}
        doing.session.insert(Timer, row)


def end(doing: Doing, outcome: str) -> None:
    """The case has ended: nothing stays open, no fee is awaited."""
    case = doing.case
    if case.ended_at is None:
        case.ended_at, case.outcome = doing.at, outcome
        fees.waive(doing.session, case.id, by=doing.by, at=doing.at)
        forget_unless_issued(doing.session, case, doing.bundle)
        timeline.tell(doing.session, "case.ended", by=doing.by, at=doing.at, case=case.id, outcome=outcome)


def _keep(doing: Doing, hand: AtHand, moved: Moved, rev: int) -> None:
    stops = (*hand.stops(), *pauses_of(doing.session, doing.case))
    due = case_due(doing.office.calendar, doing.bundle.days_for(moved.facts), doing.case, stops)
    last = doing.case.state if moved.ended is not None else None
    case_moved(doing.session, doing.case, rev, state=moved.state, at_hand=hand.plain(), due_at=due, last_state=last)
    doing.session.flush()
