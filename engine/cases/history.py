"""What an automatic step may ask about the case it works on; each is looked up when it is asked for, and only once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import select

from engine import flow
from engine.procedures import Bundle
from engine.store import Session

from .hand import CaseInHand
from .tables import OPEN, Case, Decided, Task, Timer


@dataclass(frozen=True)
class History:
    """See `engine.actions.History`. `decided`: what this unit itself has decided; `doing`: (step, person) of what is being completed."""

    session: Session
    case: Case | CaseInHand
    bundle: Bundle
    decided: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    doing: tuple[str, str] | None = None

    def fired(self, decision: str) -> list[dict[str, Any]]:
        """The table rows that gave a decision's newest value."""
        return self.decided[decision] if decision in self.decided else self._fired.get(decision, [])

    @cached_property
    def _fired(self) -> dict[str, list[dict[str, Any]]]:
        rows = self.session.scalars(select(Decided).where(Decided.case_id == self.case.id).order_by(Decided.id))
        return {row.name: row.fired for row in rows}

    def sent_by(self, form: str) -> str | None:
        """The officer who has sent this form last."""
        steps = self.bundle.process.steps
        if self.doing is not None and steps[self.doing[0]].form == form and self.doing[1] != self.case.applicant_id:
            return self.doing[1]
        return next((person for step, person in reversed(self.officers) if steps[step].form == form), None)

    @cached_property
    def officers(self) -> tuple[tuple[str, str], ...]:
        """Who did which step for the office, in the order of doing; what was done at one moment, in the order of the diagram."""
        places = {step: place for place, step in enumerate(self.bundle.process.order)}
        mine = (Task.case_id == self.case.id, Task.done_by.is_not(None), Task.done_by != self.case.applicant_id)
        rows = self.session.execute(select(Task.step, Task.done_by, Task.done_at).where(*mine)).all()
        return tuple((step, str(person)) for step, person, _ in sorted(rows, key=lambda row: (row[2], places.get(row[0], 0))))

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """Steps of people that are open, and messages or moments that are awaited before more steps; not what hangs on another step."""
        tasks = select(Task.step).where(Task.case_id == self.case.id, OPEN, Task.kind.not_in(flow.AUTOMATIC))
        timers = select(Timer.step).where(Timer.case_id == self.case.id, Timer.over_at.is_(None))
        steps = self.bundle.process.steps
        return tuple(sorted(step for query in (tasks, timers) for step in self.session.scalars(query) if steps[step].host is None))
