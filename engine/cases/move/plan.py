"""The plan of a move: every open case of the older versions, whether it can go, why not, and what changes for it. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine import people, procedures
from engine.cases.context import env_for
from engine.cases.tables import OPEN, Case, Task
from engine.office import Office
from engine.procedures import Version
from engine.store import NotFound, Session

from .fits import Passage, Reason, Verdict

AT_ONCE = 200
MOST = 1000


@dataclass(frozen=True)
class Planned:
    """One open case: its number (None: a draft), the number of its version, `reasons` against the move, `notes` on what changes."""

    case: str
    number: str | None
    version: int
    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...]

    @property
    def can(self) -> bool:
        """Whether it can move."""
        return not self.reasons


@dataclass(frozen=True)
class Plan:
    """`total` open cases of older versions, of which the first `len(lines)` were looked at."""

    version: Version
    total: int
    lines: tuple[Planned, ...]

    @property
    def can(self) -> int:
        """How many of those looked at can move."""
        return sum(line.can for line in self.lines)

    @property
    def reasons(self) -> tuple[tuple[Reason, int], ...]:
        """Every reason with how many cases it keeps, the commonest first."""
        return _counted(reason for line in self.lines for reason in line.reasons)

    @property
    def notes(self) -> tuple[tuple[Reason, int], ...]:
        """Every change with how many cases that can move it concerns."""
        return _counted(note for line in self.lines if line.can for note in line.notes)


def _counted(reasons: Iterable[Reason]) -> tuple[tuple[Reason, int], ...]:
    found: dict[str, tuple[Reason, int]] = {}
    for reason in reasons:
        key = repr(reason.plain)
        found[key] = (reason, found.get(key, (reason, 0))[1] + 1)
    return tuple(sorted(found.values(), key=lambda each: -each[1]))


def plan_move(
    session: Session,
    office: Office,
    procedure: str,
    to_version: str,
    *,
    at: datetime,
    names: Mapping[str, str] | None = None,
    most: int = MOST,
) -> Plan:
    """Look at the open cases of the other versions, the oldest first, at most so many. Raises NotFound for a version of something else."""
    version = version_of(session, procedure, to_version)
    passages = Passages(session, version.id, names or {})
    numbers = {each.id: each.number for each in procedures.versions(session, procedure)}
    total = session.scalar(select(func.count()).select_from(Case).where(*candidates(procedure, version.id))) or 0
    lines = []
    for case, tasks in _cases(session, procedure, version.id, most):
        verdict = passages.judge(session, office, case, tasks, at)
        lines.append(Planned(case.id, case.number, numbers[case.version_id], verdict.reasons, verdict.notes))
    return Plan(version, total, tuple(lines))


def version_of(session: Session, procedure: str, version: str) -> Version:
    """The version of this procedure. Raises NotFound."""
    found = session.get(Version, version)
    if found is None or found.procedure_key != procedure:
        raise NotFound(what="version")
    return found


def candidates(procedure: str, version: str):  # type: ignore[no-untyped-def]
    """The conditions for an open case of this procedure on another version."""
    others = select(Version.id).where(Version.procedure_key == procedure, Version.id != version)
    return (Case.ended_at.is_(None), Case.version_id.in_(others))


def _cases(session: Session, procedure: str, version: str, most: int) -> Iterator[tuple[Case, list[Task]]]:
    after, seen = "", 0
    while seen < most:
        size = min(AT_ONCE, most - seen)
        query = select(Case).where(*candidates(procedure, version), Case.id > after).order_by(Case.id).limit(size)
        rows = session.scalars(query).all()
        tasks: dict[str, list[Task]] = {}
        for task in session.scalars(select(Task).where(Task.case_id.in_([row.id for row in rows]), OPEN)):
            tasks.setdefault(task.case_id, []).append(task)
        yield from ((row, tasks.get(row.id, [])) for row in rows)
        seen += len(rows)
        if len(rows) < size:
            return
        after = rows[-1].id


class Passages:
    """The ways from each older version to one."""

    def __init__(self, session: Session, version: str, names: Mapping[str, str]) -> None:
        self.new, self.names = procedures.bundle_of(session, version), names
        self._known: dict[str, Passage] = {}

    def of(self, session: Session, version: str) -> Passage:
        """The way from one version."""
        if version not in self._known:
            self._known[version] = Passage(procedures.bundle_of(session, version), self.new, self.names)
        return self._known[version]

    def judge(self, session: Session, office: Office, case: Case, tasks: list[Task], at: datetime) -> Verdict:
        """Whether this case can go."""
        applicant = people.by_id(session, case.applicant_id)
        return self.of(session, case.version_id).judge(case.state, tasks, env_for(office, self.new, case, applicant, at))
