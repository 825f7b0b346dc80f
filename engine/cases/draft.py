"""What was typed into a task and not yet passed a check: kept all the same, so that nobody types or uploads twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import documents
from engine.office import Office
from engine.people import Anybody, Person
from engine.store import Session
from forms import Upload

from .complete import mine_to_fill
from .seen import write_draft
from .tables import OPEN, Case, Task


def keep_typed(
    session: Session, office: Office, task_id: str, raw: Mapping[str, Any], *, page: str | None, by: Anybody, at: datetime
) -> dict[str, Any]:
    """Keep unchecked answers as the task's draft and give them back as kept: a judged upload (it has a type) becomes the id of its file.

    `page` no longer counts as answered. `raw` is what `forms.decode` bounds. Raises what `complete` raises.
    """
    task, case = mine_to_fill(session, task_id, by)

    def filed(node: Any) -> Any:
        if isinstance(node, Mapping):
            return {key: filed(each) for key, each in node.items()}
        if isinstance(node, Sequence) and not isinstance(node, str):
            return [filed(each) for each in node if not _unjudged(each)]
        if isinstance(node, Upload):
            return documents.keep(session, office.cabinet, node, case=case.id, by=by.id, at=at).id
        return node

    kept: dict[str, Any] = filed({key: each for key, each in raw.items() if not _unjudged(each)})
    write_draft(session, task.id, kept, [each for each in task.passed if each != page])
    session.flush()
    return kept


def drafts(session: Session, person: Person, procedure: str) -> Sequence[tuple[Case, Task]]:
    """The person's unsent applications for a service with their first task, newest first; `Task.draft` is None while nothing was typed."""
    mine = (Case.applicant_id == person.id) & (Case.procedure_key == procedure)
    unsent = Case.submitted_at.is_(None) & Case.ended_at.is_(None)
    query = select(Case, Task).join(Task, Task.case_id == Case.id).where(mine, unsent, OPEN, Task.kind == "user")
    return [(case, task) for case, task in session.execute(query.order_by(Case.id.desc()).limit(10))]


def _unjudged(node: Any) -> bool:
    return isinstance(node, Upload) and not node.type
