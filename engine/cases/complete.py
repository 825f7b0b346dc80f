"""Completing a task, and keeping a page of it on the way there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

import rules
from engine import documents, flow, people, timeline
from engine.office import Office
from engine.people import Person
from engine.store import Session
from forms import Answers

from .context import ask, bundle_of, lock_task
from .errors import CaseEnded, TaskGone, TaskTaken, WrongForm
from .follow import Doing, follow
from .may import require
from .tables import Answer, Case, Task


def complete(session: Session, office: Office, task_id: str, answers: Answers, *, by: Person, at: datetime) -> Case:
    """Complete a task with answers that its form has checked: one step of the process, one commit by the caller's unit.

    Raises NotAllowed, TaskGone (completed or dropped already), TaskTaken, CaseEnded, WrongForm, Conflict; then nothing has changed.
    """
    task, case = mine_to_do(session, task_id, by, "complete")
    if answers.form.key != task.form:
        raise WrongForm(given=answers.form.key, wanted=task.form)
    bundle, rev = bundle_of(session, case), case.rev
    answers = keep_uploads(session, office, case, answers, by=by, at=at)
    write_answers(session, case, task, answers, by=by, at=at)
    task.done_by = by.id
    session.flush()
    timeline.tell(session, "task.done", by=by.id, at=at, case=case.id, step=task.step, task=task.id)
    applicant = people.by_id(session, case.applicant_id)
    doing = Doing(session, office, case, bundle, applicant, by.id, at)
    moved = flow.complete(bundle.process, case.state, task.id, {answers.form.key: as_facts(answers)}, env=doing.env())
    follow(doing, moved, rev=rev)
    return case


def as_facts(answers: Answers) -> dict[str, Any]:
    """The answers in the plain shapes that expressions and states know (a file is a dict of its reference)."""
    return dict(rules.from_plain(rules.plain(dict(answers.values))))


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


def keep_uploads(session: Session, office: Office, case: Case, answers: Answers, *, by: Person, at: datetime) -> Answers:
    """Put uploads into the cabinet and their references into the answers."""
    if not answers.uploads:
        return answers
    stored = {
        path: documents.keep(session, office.cabinet, upload, case=case.id, by=by.id, at=at) for path, upload in answers.uploads.items()
    }
    return answers.filed(stored)


def write_answers(session: Session, case: Case, task: Task, answers: Answers, *, by: Person, at: datetime) -> None:
    """Keep every value with who and when; only what changed replaces its predecessor, which stays readable."""
    now = select(Answer).where(Answer.case_id == case.id, Answer.form == answers.form.key, Answer.replaced_at.is_(None))
    current = {row.field: row for row in session.scalars(now)}
    given = {field: rules.plain(value) for field, value in answers.values.items()}
    stale = [row.id for field, row in current.items() if field not in given or row.value != given[field]]
    if stale:
        session.execute(update(Answer).where(Answer.id.in_(stale)).values(replaced_at=at))
    session.add_all(
        _answer(case, task, answers.form.key, field, value, by, at)
        for field, value in given.items()
        if field not in current or current[field].value != value
    )
    session.flush()


def mine_to_do(session: Session, task_id: str, by: Person, verb: str) -> tuple[Task, Case]:
    """The open task and its case, locked; refused with the sentence that fits."""
    task, case = lock_task(session, task_id)
    asked = ask(session, by, case, task)
    require("see the task", asked)
    if case.ended_at is not None:
        raise CaseEnded()
    if not task.is_open:
        raise TaskGone(step=task.step)
    if task.assignee not in (None, by.id):
        raise TaskTaken(step=task.step)
    require(verb, asked)
    return task, case


def _answer(case: Case, task: Task, form: str, field: str, value: Any, by: Person, at: datetime) -> Answer:
    return Answer(case_id=case.id, task_id=task.id, form=form, field=field, value=value, version_id=case.version_id, by=by.id, at=at)
