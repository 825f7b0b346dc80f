"""Carrying out an automatic step after the commit that reached it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine import actions, flow, people
from engine.flow import Opened
from engine.office import Office
from engine.store import Session, Store

from .context import bundle_of, load_case, load_task, lock_task
from .follow import Doing, follow, work_for
from .hand import at_hand, take_in_hand
from .written import task_done


def carry_out(store: Store, office: Office, case_id: str, task_id: str, *, at: datetime) -> None:
    """Do a `LATER` step and go on with the case. Doing it twice is doing it once: a task that is no longer open is left alone.

    So is a suspended case: whoever lets it go on asks for the step again.

    What takes long (`prepare`) happens outside the transaction. Raises what the action raises; then nothing has changed.
    """
    with store.reading() as session:
        found = _open_step(session, office, case_id, task_id, at)
        if found is None:
            return
        doing, opened, facts = found
        prepared = actions.find(opened.step.action).prepare(work_for(doing, opened, facts))
    with store.unit() as session:
        found = _open_step(session, office, case_id, task_id, at, lock=True)
        if found is None:
            return
        doing, opened, facts = found
        rev = doing.case.rev
        writes = actions.find(opened.step.action).run(work_for(doing, opened, facts), prepared)
        moved = flow.complete(doing.bundle.process, doing.case.state, task_id, {opened.step.id: writes}, env=doing.env())
        follow(doing, moved, rev=rev)


def ask_table(session: Session, office: Office, task_id: str, *, at: datetime) -> None:
    """Ask a table that comes later (`async_before`) and go on with the case. Doing it twice is doing it once, as with `carry_out`.

    Raises what the table, or an automatic step behind it, raises; then nothing has changed.
    """
    task, case, applicant = take_in_hand(session, task_id)
    if not task.is_open or case.ended_at is not None or case.suspended_until is not None:
        return
    doing = Doing(session, office, case, bundle_of(session, case), applicant, None, at, at_hand(session, case))
    task_done(session, task, case.id, doing.bundle.process.steps[task.step], by=None, at=at)
    moved = flow.complete(doing.bundle.process, case.state, task_id, {}, env=doing.env())
    follow(doing, moved, rev=case.rev, known=task_id)


def _open_step(
    session: Session, office: Office, case_id: str, task_id: str, at: datetime, *, lock: bool = False
) -> tuple[Doing, Opened, dict[str, Any]] | None:
    task, case = lock_task(session, task_id) if lock else (load_task(session, task_id), load_case(session, case_id))
    if not task.is_open or case.ended_at is not None or case.suspended_until is not None:
        return None
    bundle = bundle_of(session, case)
    doing = Doing(session, office, case, bundle, people.by_id(session, case.applicant_id), None, at)
    facts = flow.snapshot(bundle.process, case.state).seen_by(task.id)
    return doing, Opened(task.id, bundle.process.steps[task.step]), facts
