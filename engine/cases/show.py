"""A case as one page needs it: everything a person may see of it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine import documents, fees, flow, notices, people, timeline
from engine.documents import Document, StoredFile
from engine.fees import Fee
from engine.flow import Step
from engine.notices import Notice
from engine.people import Anybody, Person
from engine.procedures import Bundle
from engine.store import NotFound, Session
from engine.timeline import Event
from forms import FileRef, Form

from .context import ask, bundle_of, context_of, load_case
from .given import Answer, answers_of, given_in
from .hand import CaseInHand
from .may import Ask, may, refusal, require
from .read import names_of, tasks_of
from .seen import TaskSeen, ask_of, seen
from .status import Status, status_of
from .tables import Case, Decided, Remark, Task


@dataclass(frozen=True)
class CaseNow:
    """Where a case stands, without its books and papers: enough for the address of its next step."""

    case: Case
    bundle: Bundle
    status: Status


@dataclass(frozen=True)
class CaseFile(CaseNow):
    """One application. `answers` are the current values by form; staff also get `events`, `decided`, `given` and `names`.

    `given` is every answer ever given, oldest first; those with `replaced_at` are history. `names` are people by id,
    `remarks` the reasons of deeds by the id that their events name.
    """

    applicant: Person
    answers: Mapping[str, Mapping[str, Any]]
    tasks: Sequence[Task]
    fees: Sequence[Fee]
    documents: Sequence[Document]
    notices: Sequence[Notice]
    files: Mapping[str, StoredFile]
    events: Sequence[Event] = ()
    decided: Sequence[Decided] = ()
    given: Sequence[Answer] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    as_staff: bool = False


@dataclass(frozen=True)
class TaskPage:
    """One task, ready to fill by `by`: `draft` is what was typed so far; a correction starts from `before`, may change `only` marked keys.

    `refused_because` names the first condition of `may.py` that keeps this person from completing it (`four_eyes`, `free_or_mine` …).
    """

    by: Anybody
    task: TaskSeen
    case: CaseInHand
    step: Step
    form: Form
    bundle: Bundle
    draft: Mapping[str, Any]
    pages_kept: Sequence[str]
    kept: Mapping[str, FileRef]
    context: Mapping[str, Any]
    beside: Mapping[str, tuple[Form, Mapping[str, Any]]]
    before: Mapping[str, Any] | None = None
    only: tuple[str, ...] | None = None
    marks: tuple[Mapping[str, str], ...] = ()
    may_complete: bool = False
    refused_because: str | None = None


def case_now(session: Session, person: Person, case_id: str) -> CaseNow:
    """Where the case stands. Raises NotFound for those who may not even know that it exists."""
    case, _ = _seen(session, person, case_id)
    return CaseNow(case, bundle_of(session, case), status_of(session, case))


def _seen(session: Session, person: Person, case_id: str) -> tuple[Case, Ask]:
    case = load_case(session, case_id)
    asked = ask(session, person, case)
    if not may("see the case", asked):
        raise NotFound(what="case")
    return case, asked


def case_file(session: Session, person: Person, case_id: str) -> CaseFile:
    """The case for this person: the applicant's view, or the staff's. Raises NotFound for those who may not even know that it exists."""
    case, asked = _seen(session, person, case_id)
    staff = may("see the staff's file", asked)
    bundle = bundle_of(session, case)
    events = timeline.of_case(session, case.id) if staff else ()
    given = given_in(session, case.id) if staff else ()
    tasks = tasks_of(session, case)
    return CaseFile(
        case=case,
        bundle=bundle,
        applicant=people.by_id(session, case.applicant_id),
        status=status_of(session, case),
        answers=answers_of(session, case.id),
        tasks=tasks,
        fees=fees.fees_of(session, case.id),
        documents=documents.of_case(session, case.id),
        notices=notices.of_case(session, case.id),
        files=files_of(session, case),
        events=events,
        decided=session.scalars(select(Decided).where(Decided.case_id == case.id).order_by(Decided.id)).all() if staff else (),
        given=given,
        names=_names(session, events, given, tasks) if staff else {},
        remarks=_remarks(session, case) if staff else {},
        passed=flow.snapshot(bundle.process, case.state).passed,
        as_staff=staff,
    )


def task_page(session: Session, person: Anybody, task_id: str) -> TaskPage:
    """An open or finished task with its form. Raises NotFound, NotAllowed."""
    task, case = seen(session, task_id)
    asked = ask_of(session, person, case, task)
    if not may("see the case", asked):
        raise NotFound(what="task")
    require("see the task", asked)
    return _page(session, asked, task, case)


def own_task_page(session: Session, person: Anybody, case_id: str, task_id: str) -> TaskPage:
    """The same for a step of the applicant's in a case of their own. Raises NotFound for everything else."""
    task, case = seen(session, task_id)
    asked = ask_of(session, person, case, task)
    if case.id != case_id or case.applicant_id != person.id or not (may("see the case", asked) and may("see the task", asked)):
        raise NotFound(what="task")
    return _page(session, asked, task, case)


def _page(session: Session, asked: Ask, task: TaskSeen, case: CaseInHand) -> TaskPage:
    bundle = bundle_of(session, case)
    step, answers = bundle.process.steps[task.step], answers_of(session, case.id)
    form = bundle.forms[task.form or ""]
    marks, before, only = _correction(bundle, step, form, answers)
    refused = refusal("complete", asked)
    return TaskPage(
        by=asked.person,
        task=task,
        case=case,
        step=step,
        form=form,
        bundle=bundle,
        draft=task.draft["raw"] if task.draft else before or {},
        pages_kept=task.passed,
        kept=documents.references_of(session, case.id),
        context=_known(session, bundle, case, form, asked),
        beside=_beside(bundle, step, answers),
        before=before,
        only=only,
        marks=marks,
        may_complete=task.is_open and refused is None,
        refused_because=refused,
    )


def _known(session: Session, bundle: Bundle, case: CaseInHand, form: Form, asked: Ask) -> dict[str, Any]:
    """What the form's expressions may read besides its own answers: the other facts of the case, `case`, `applicant`."""
    task = asked.task.id if asked.task else ""
    facts = {key: value for key, value in flow.snapshot(bundle.process, case.state).seen_by(task).items() if key != form.key}
    applicant = asked.person if asked.person.id == case.applicant_id else people.account(session, case.applicant_id)
    return {**context_of(case, applicant), **facts}


def files_of(session: Session, case: Case) -> dict[str, StoredFile]:
    """Every file of a case by id."""
    return {stored.id: stored for stored in documents.files_of(session, case.id)}


def _correction(
    bundle: Bundle, step: Step, form: Form, answers: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[Mapping[str, str], ...], Mapping[str, Any] | None, tuple[str, ...] | None]:
    """For a step that `revises` a form: the marks of the step that sent it back, the answers as typed, and what may change."""
    revised = step.properties.get("revises")
    if not revised or revised not in answers:
        return (), None, None
    marks = tuple(
        mark
        for key, given in answers.items()
        if key in bundle.forms
        for question in bundle.forms[key].questions()
        if question.kind.word == "marks" and question.options.get("of") == revised
        for mark in given.get(question.key) or ()
    )
    return marks, form.raw_of(answers[revised]), tuple(dict.fromkeys(mark["field"] for mark in marks))


def _beside(bundle: Bundle, step: Step, answers: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[Form, Mapping[str, Any]]]:
    """The earlier forms a step shows beside its own (property `show`)."""
    shown = step.properties.get("show", "").replace(",", " ").split()
    return {key: (bundle.forms[key], answers[key]) for key in shown if key in answers and key in bundle.forms}


def _remarks(session: Session, case: Case) -> dict[str, Remark]:
    return {each.id: each for each in session.scalars(select(Remark).where(Remark.case_id == case.id))}


def _names(session: Session, events: Sequence[Event], given: Sequence[Answer], tasks: Sequence[Task]) -> dict[str, str]:
    doers = (each for task in tasks for each in (task.done_by, task.assignee))
    return names_of(session, (*(each.by for each in events), *(each.by for each in given), *doers))
