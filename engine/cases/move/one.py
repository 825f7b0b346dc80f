"""Taking one case over, and back: everything of it in one unit, its revision compared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import flow, people, procedures, timeline
from engine.cases.context import load_case, open_tasks
from engine.cases.follow import Doing, follow
from engine.cases.reopen import reopen_tasks, seat
from engine.cases.tables import Case, Move, MoveLine, Task, Timer
from engine.flow import Moved, Step
from engine.office import Office
from engine.procedures import Bundle
from engine.store import Session

from .fits import Reason, kept_draft
from .plan import Passages


def take_over(session: Session, office: Office, passages: Passages, going: Move, case_id: str, *, at: datetime) -> MoveLine:
    """Move the case or say why not; either way a line of the move, which is not written yet."""
    case = load_case(session, case_id, lock=True)
    was = case.version_id
    line = MoveLine(move_id=going.id, case_id=case.id, verdict="refused", reasons=[], version_id=was, at=at)
    if case.ended_at is not None or was == going.version_id:
        line.reasons = [Reason("move.ended" if case.ended_at else "move.there", {}).plain]
        return line
    tasks = open_tasks(session, case)
    verdict = passages.judge(session, office, case, tasks, at)
    if verdict.moved is None:
        line.reasons = [each.plain for each in verdict.reasons]
        return line
    line.verdict, line.reasons = "moved", [each.plain for each in verdict.notes]
    line.state, before = case.state, {task.id: _kept(task) for task in tasks}
    passage = passages.of(session, was)
    doing = _doing(session, office, case, passages.new, going.by, at)
    case.version_id = going.version_id
    for task in tasks:
        step = passage.step(task.step)
        if step is not None:
            _rename(doing, task, step, passage.old)
    for timer in session.scalars(select(Timer).where(Timer.case_id == case.id, Timer.over_at.is_(None))):
        timer.step = passages.names.get(timer.step, timer.step)
    after = {task.id: task.draft for task in tasks}
    _follow(doing, verdict.moved)
    line.before, line.rev = {"tasks": before, "drafts": after}, case.rev
    timeline.tell(session, "case.moved", by=going.by, at=at, case=case.id, version=_number(session, going.version_id), move=going.id)
    return line


def bring_back(session: Session, office: Office, line: MoveLine, *, by: str, at: datetime) -> None:
    """Put the case back as it was, unless somebody has worked on it since; the line tells which."""
    case = load_case(session, line.case_id, lock=True)
    tasks = open_tasks(session, case)
    reason = _worked_since(session, case, tasks, line)
    if reason is not None:
        line.verdict, line.reasons = "stays", [reason.plain]
        return
    doing = _doing(session, office, case, procedures.bundle_of(session, line.version_id), by, at)
    assert line.state is not None  # a moved line
    assert line.before is not None
    snapshot = flow.snapshot(doing.bundle.process, line.state)
    case.version_id = line.version_id
    for ident, kept in line.before["tasks"].items():
        task = session.get_one(Task, ident)
        step = doing.bundle.process.steps[kept["step"]]
        task.step, task.form, task.draft = kept["step"], kept["form"], kept["draft"]
        if task.is_open:
            _seat(doing, task, step)
    case.at_hand = None
    open_now, open_then = {task.id for task in tasks}, {each.task for each in snapshot.open}
    reopen_tasks(doing, open_then - open_now)
    names = {due.task: due.step.id for due in snapshot.timers}
    for timer in session.scalars(select(Timer).where(Timer.case_id == case.id, Timer.over_at.is_(None))):
        timer.step = names.get(timer.task, timer.step)
    dropped = tuple(sorted(open_now - open_then))
    _follow(doing, Moved(line.state, (), (), dropped, snapshot.timers, (), None, snapshot.facts))
    line.verdict, line.reasons, line.state, line.before = "undone", [], None, None
    timeline.tell(session, "case.moved_back", by=by, at=at, case=case.id, version=_number(session, line.version_id), move=line.move_id)


def _worked_since(session: Session, case: Case, tasks: list[Task], line: MoveLine) -> Reason | None:
    if case.ended_at is not None:
        return Reason("move.ended", {})
    if case.rev != line.rev:
        return Reason("move.worked_since", {})
    drafts = (line.before or {}).get("drafts", {})
    if any(task.draft != drafts.get(task.id) for task in tasks):
        return Reason("move.typed_since", {})
    return None


def _doing(session: Session, office: Office, case: Case, bundle: Bundle, by: str, at: datetime) -> Doing:
    return Doing(session, office, case, bundle, people.by_id(session, case.applicant_id), by, at)


def _kept(task: Task) -> dict[str, Any]:
    return {"step": task.step, "form": task.form, "draft": task.draft}


def _rename(doing: Doing, task: Task, step: Step, old: Bundle) -> None:
    """The task under its name in the new version; its deadline, and who has taken it, stay."""
    if task.draft and task.form in old.forms and step.form in doing.bundle.forms:
        task.draft = kept_draft(task.draft, old.forms[str(task.form)], doing.bundle.forms[str(step.form)])
    task.step, task.form = step.id, step.form
    _seat(doing, task, step)


def _seat(doing: Doing, task: Task, step: Step) -> None:
    if step.kind == "user":
        seat(doing, task)


def _follow(doing: Doing, moved: Moved) -> None:
    """Write the move down; the promised date of the case stays what it was until its next step."""
    case, due = doing.case, doing.case.due_at
    case.at_hand = None
    doing.session.flush()
    follow(doing, moved, rev=case.rev)
    case.due_at = due
    doing.session.flush()


def _number(session: Session, version: str) -> int:
    return session.get_one(procedures.Version, version).number
