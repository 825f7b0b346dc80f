"""Completing a task, and keeping a page of it on the way there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import rules
from engine import documents, flow, timeline
from engine.office import Office
from engine.people import Person
from engine.store import Session
from forms import Answers

from .context import ask, bundle_of, desks_of, lock_task
from .errors import CaseEnded, TaskGone, TaskTaken, WrongForm
from .follow import Doing, follow
from .hand import CaseInHand, TaskInHand, at_hand, take_in_hand
from .may import Ask, require
from .register import register
from .tables import Case, Submission, Task
from .written import task_done


def complete(session: Session, office: Office, task_id: str, answers: Answers, *, by: Person, at: datetime) -> CaseInHand:
    """Complete a task with answers that its form has checked: one step of the process, one commit by the caller's unit.

    Raises NotAllowed, TaskGone (completed or dropped already), TaskTaken, CaseEnded, WrongForm, NotUnique, Conflict; then
    nothing has changed.
    """
    task, case, applicant = take_in_hand(session, task_id)
    bundle, hand, who = bundle_of(session, case), at_hand(session, case), by.id
    step = bundle.process.steps[task.step]
    _refuse(Ask(by, case, task, step, hand.did, desks_of(bundle)), task, "complete")
    if answers.form.key != task.form:
        raise WrongForm(given=answers.form.key, wanted=task.form)
    answers = keep_uploads(session, office, case, answers, by=by, at=at)
    values = answers.values
    task_done(session, task, case.id, step, by=who, at=at)
    hand.done(task.step, who)
    given = keep_answers(session, case, task.id, task.form, values, by=who, at=at)
    register(session, case, answers, at=at.astimezone(office.calendar.zone))
    timeline.tell(session, "task.done", by=who, at=at, case=case.id, step=task.step, task=task.id, **noted(answers))
    doing = Doing(session, office, case, bundle, applicant, who, at, hand, did=(step.id, who))
    moved = flow.complete(bundle.process, case.state, task.id, {}, env=doing.env(), plain={task.form: given})
    follow(doing, moved, rev=case.rev, known=task.id)
    return case


def noted(answers: Answers) -> dict[str, Any]:
    """What was doubtful and was confirmed, as it is kept with the event for staff: {"notes": Answers.notes}; nothing without doubts."""
    return {"notes": answers.notes} if answers.warnings else {}


def save_page(session: Session, office: Office, task_id: str, page: str, answers: Answers, *, by: Person, at: datetime) -> None:
    """Keep one checked page as a draft of the task; uploads go to the cabinet at once. Raises what `complete` raises."""
    task, case = mine_to_do(session, task_id, by, "complete")
    answers = keep_uploads(session, office, case, answers, by=by, at=at)
    keep_draft(task, page, answers.raw)
    session.flush()


def keep_draft(task: Task, page: str, raw: Mapping[str, Any]) -> None:
    """Make the answers so far (all pages, as `Answers.raw` has them) the task's draft: what was cleared or hidden is gone from it."""
    pages = (task.draft or {"pages": []})["pages"]
    task.draft = {"raw": dict(raw), "pages": [*pages, *([page] if page not in pages else [])]}


def keep_uploads(session: Session, office: Office, case: Case | CaseInHand, answers: Answers, *, by: Person, at: datetime) -> Answers:
    """Put uploads into the cabinet and their references into the answers."""
    if not answers.uploads:
        return answers
    stored = {
        path: documents.keep(session, office.cabinet, upload, case=case.id, by=by.id, at=at) for path, upload in answers.uploads.items()
    }
    return answers.filed(stored)


def keep_answers(
    session: Session, case: Case | CaseInHand, task: str, form: str, values: Mapping[str, Any], *, by: str, at: datetime
) -> dict[str, Any]:
    """Keep everything that was sent in with a task, as one line of the journal that is never changed; gives it in its stored form."""
    given = {key: rules.plain(value) for key, value in values.items()}
    facts = {"task": task, "version": case.version_id}
    timeline.enter(session, Submission, form, case=case.id, by=by, at=at, facts=facts, sealed=given)
    return given


def mine_to_do(session: Session, task_id: str, by: Person, verb: str) -> tuple[Task, Case]:
    """The open task and its case, locked; refused with the sentence that fits."""
    task, case = lock_task(session, task_id)
    _refuse(ask(session, by, case, task), task, verb)
    return task, case


def _refuse(asked: Ask, task: Task | TaskInHand, verb: str) -> None:
    require("see the task", asked)
    if asked.case.ended_at is not None:
        raise CaseEnded()
    if not task.is_open:
        raise TaskGone(step=task.step)
    if task.assignee not in (None, asked.person.id):
        raise TaskTaken(step=task.step)
    require(verb, asked)
