"""A move as a job: one call, carried out by the worker case by case, to be continued after a crash where it stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

import rules
from engine import flow, timeline
from engine.cases.errors import AnotherMove, NothingToUndo
from engine.cases.may import Ask, require
from engine.cases.tables import Case, Move, MoveLine
from engine.office import Office
from engine.people import Person
from engine.procedures.tables import Procedure
from engine.store import EngineError, NotFound, Page, Session, Store, enqueue, page_of

from .fits import Reason
from .one import bring_back, take_over
from .plan import Passages, candidates, version_of

BATCH = 100  # cases for one errand: seconds, far within its lease


@dataclass(frozen=True)
class Progress:
    """How far a move is: how many cases went which way (`moved`, `refused`, `undone`, `stays`), and how many are left to look at."""

    move: Move
    counts: Mapping[str, int]
    left: int

    @property
    def is_over(self) -> bool:
        """Whether the worker has nothing to do for it."""
        return self.move.state in ("done", "undone")


def move(session: Session, procedure: str, to_version: str, *, names: Mapping[str, str] | None = None, by: Person, at: datetime) -> Move:
    """Move every open case of this procedure to a version; the worker does it after the commit. `names`: {old step: new step}.

    Raises NotAllowed, NotFound, AnotherMove while one runs.
    """
    require("move cases", Ask(by, Case()))
    version = version_of(session, procedure, to_version)
    session.get_one(Procedure, procedure, with_for_update=True)
    if session.scalar(select(Move.id).where(Move.procedure_key == procedure, Move.state.in_(("running", "undoing")))):
        raise AnotherMove()
    going = Move(procedure_key=procedure, version_id=version.id, names=dict(names or {}), state="running", by=by.id, at=at)
    session.add(going)
    session.flush()
    timeline.tell(session, "procedure.cases_moved", by=by.id, at=at, procedure=procedure, version=version.number, move=going.id)
    _again(session, going, "", at)
    return going


def undo_move(session: Session, move_id: str, *, by: Person, at: datetime) -> Move:
    """Put back every case of a move that nobody has worked on since, by the worker as well. Raises NotAllowed, NotFound, NothingToUndo."""
    require("move cases", Ask(by, Case()))
    going = session.get(Move, move_id, with_for_update=True)
    if going is None:
        raise NotFound(what="move")
    if going.state != "done":
        raise NothingToUndo()
    going.state, going.over_at, going.by = "undoing", None, by.id
    timeline.tell(session, "procedure.move_undone", by=by.id, at=at, procedure=going.procedure_key, move=going.id)
    _again(session, going, "", at)
    return going


def carry_on_move(store: Store, office: Office, move_id: str, *, at: datetime) -> None:
    """Take the next cases over (or back), each in a unit of its own; asks for the next errand when more are left than one takes."""
    with store.reading() as session:
        going = session.get_one(Move, move_id)
        passages = Passages(session, going.version_id, going.names)
    for _ in range(BATCH):
        if not _one(store, office, passages, move_id, at):
            return
    with store.unit() as session:
        _again(session, session.get_one(Move, move_id), _last(session, move_id), at)


def _one(store: Store, office: Office, passages: Passages, move_id: str, at: datetime) -> bool:
    """One more case; False when the move is over."""
    with store.unit(ring=False) as session:
        going = session.get_one(Move, move_id, with_for_update=True)
        case = _next(session, going)
        if case is None:
            _finish(session, going, at)
            return False
        try:
            with session.begin_nested():
                _do(session, office, passages, going, case, at)
        except (EngineError, flow.FlowError, rules.RuleError) as wrong:
            _failed(session, going, case, wrong, at)
    return True


def _do(session: Session, office: Office, passages: Passages, going: Move, case: str, at: datetime) -> None:
    if going.state == "running":
        session.add(take_over(session, office, passages, going, case, at=at))
    else:
        bring_back(session, office, _line(session, going, case), by=going.by, at=at)
    session.flush()


def _failed(session: Session, going: Move, case: str, wrong: Exception, at: datetime) -> None:
    """One case that cannot even be looked at does not keep the others."""
    reason = Reason("move.failed", {"why": getattr(wrong, "code", type(wrong).__name__)}).plain
    if going.state == "running":
        was = session.scalar(select(Case.version_id).where(Case.id == case)) or ""
        session.add(MoveLine(move_id=going.id, case_id=case, verdict="refused", reasons=[reason], version_id=was, at=at))
    else:
        line = _line(session, going, case)
        line.verdict, line.reasons = "stays", [reason]
    session.flush()


def _line(session: Session, going: Move, case: str) -> MoveLine:
    return session.scalars(select(MoveLine).where(MoveLine.move_id == going.id, MoveLine.case_id == case)).one()


def _next(session: Session, going: Move) -> str | None:
    if going.state == "running":
        query = select(Case.id).where(*candidates(going.procedure_key, going.version_id), Case.id > _last(session, going.id))
        return session.scalar(query.order_by(Case.id).limit(1))
    if going.state == "undoing":
        moved = select(MoveLine.case_id).where(MoveLine.move_id == going.id, MoveLine.verdict == "moved")
        return session.scalar(moved.order_by(MoveLine.case_id).limit(1))
    return None


def _last(session: Session, move_id: str) -> str:
    return session.scalar(select(func.max(MoveLine.case_id)).where(MoveLine.move_id == move_id)) or ""


def _finish(session: Session, going: Move, at: datetime) -> None:
    if going.state in ("running", "undoing"):
        going.state, going.over_at = {"running": "done", "undoing": "undone"}[going.state], at


def _again(session: Session, going: Move, after: str, at: datetime) -> None:
    left = select(func.count()).select_from(MoveLine).where(MoveLine.move_id == going.id, MoveLine.verdict == "moved")
    key = f"move:{going.id}:{going.state}:{after}:{session.scalar(left)}"
    enqueue(session, "move_cases", {"move": going.id}, key=key, at=at)


def progress_of(session: Session, move_id: str) -> Progress:
    """How far a move is. Raises NotFound."""
    going = session.get(Move, move_id)
    if going is None:
        raise NotFound(what="move")
    rows = session.execute(select(MoveLine.verdict, func.count()).where(MoveLine.move_id == move_id).group_by(MoveLine.verdict))
    counts = {str(verdict): int(number) for verdict, number in rows}
    left = 0
    if going.state == "running":
        ahead = (*candidates(going.procedure_key, going.version_id), Case.id > _last(session, move_id))
        left = session.scalar(select(func.count()).select_from(Case).where(*ahead)) or 0
    elif going.state == "undoing":
        left = counts.get("moved", 0)
    return Progress(going, counts, left)


def lines_of(session: Session, move_id: str, *, verdict: str = "", after: str | None = None, size: int = 25) -> Page[MoveLine]:
    """The cases of a move (those of one verdict), in the order of being looked at."""
    query = select(MoveLine).where(MoveLine.move_id == move_id)
    if verdict:
        query = query.where(MoveLine.verdict == verdict)
    return page_of(session, query, MoveLine.case_id, after=after, size=size, newest_first=False)


def moves_of(session: Session, procedure: str | None = None, *, limit: int = 10) -> Sequence[Move]:
    """The newest moves of a procedure, or of all."""
    query = select(Move) if procedure is None else select(Move).where(Move.procedure_key == procedure)
    return session.scalars(query.order_by(Move.id.desc()).limit(limit)).all()
