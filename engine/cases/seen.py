"""A task and its case as a page of a form needs them: plain values, read in one prepared statement, behind the lock when it is to change.

Every page that is opened and every page that is typed on comes through here; see engine.store.prepared for why it goes round the ORM.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from engine.people import Anybody
from engine.store import NotFound, Prepared, Session, table_of

from .context import bundle_of, desks_of
from .hand import CaseInHand, TaskInHand, at_hand
from .may import Ask
from .tables import Case, Task


@dataclass(frozen=True)
class TaskSeen(TaskInHand):
    """The row of a task, under the names that `Task` has. `draft` is {"raw": what was typed, "pages": those that passed}, or None."""

    case_id: str
    kind: str
    clock: str
    opened_at: datetime
    due_at: datetime | None
    draft: Mapping[str, Any] | None

    @property
    def passed(self) -> Sequence[str]:
        """The keys of the pages that passed."""
        pages: Sequence[str] = self.draft["pages"] if self.draft else ()
        return pages


_CASE, _TASK = table_of(Case), table_of(Task)
_OF_TASK, _OF_CASE = tuple(TaskSeen.__dataclass_fields__), tuple(CaseInHand.__dataclass_fields__)
_BOTH = (
    select(*(_TASK.c[name].label(f"task_{name}") for name in _OF_TASK), *(_CASE.c[name] for name in _OF_CASE))
    .join_from(_TASK, _CASE, _CASE.c.id == _TASK.c.case_id)
    .where(_TASK.c.id == bindparam("the_task"))
)
_READ, _LOCKED = Prepared(_BOTH), Prepared(_BOTH.with_for_update(of=[_CASE, _TASK]))
_DRAFT = Prepared(update(_TASK).where(_TASK.c.id == bindparam("the_task")).values(draft=bindparam("new_draft")))


def seen(session: Session, task_id: str, *, lock: bool = False) -> tuple[TaskSeen, CaseInHand]:
    """A task, open or not, and its case. Raises NotFound."""
    rows = session.ask(_LOCKED if lock else _READ, the_task=task_id)
    if not rows:
        raise NotFound(what="task")
    return TaskSeen(*rows[0][: len(_OF_TASK)]), CaseInHand(*rows[0][len(_OF_TASK) :])


def ask_of(session: Session, person: Anybody, case: CaseInHand, task: TaskSeen) -> Ask:
    """The question that engine.cases.may answers, about rows that were read in this way."""
    bundle = bundle_of(session, case)
    return Ask(person, case, task, bundle.process.steps.get(task.step), at_hand(session, case).did, desks_of(bundle))


def write_draft(session: Session, task_id: str, raw: Mapping[str, Any], pages: list[str]) -> None:
    """Keep what was typed into a task that was read behind the lock."""
    session.wire.do(_DRAFT, {"the_task": task_id, "new_draft": {"raw": raw, "pages": pages}})
    known = session.identity_map.get(Task.__mapper__.identity_key_from_primary_key((task_id,)))
    if known is not None:  # this session has read the row before
        session.expire(known, ["draft"])
