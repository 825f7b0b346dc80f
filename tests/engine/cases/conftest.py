"""After every unit of every test of this room, what a case has at hand is what its rows say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from engine.cases.hand import AtHand, gathered
from engine.cases.tables import Case
from engine.store import Session

COUNTED = ("test_cost", "test_inbox")  # they count statements; these would be counted too


@pytest.fixture(autouse=True)
def what_is_at_hand_is_true(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Gives the cases that were looked at; a case whose `at_hand` is None knows that it does not know."""
    looked_at: list[str] = []

    def committed(session: Session) -> None:
        if isinstance(session, Session) and isinstance(session.bind, Engine) and session._writing:
            with Session(session.bind) as later:
                if session.bind.dialect.name == "postgresql":  # others may commit meanwhile: all is read as it was at one moment
                    later.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                looked_at.extend(wrong_ones(later))

    if request.module.__name__.rpartition(".")[2] in COUNTED:
        yield looked_at
        return
    event.listen(Session, "after_commit", committed)
    yield looked_at
    event.remove(Session, "after_commit", committed)


def wrong_ones(session: Session) -> list[str]:
    """The two oldest and newest cases, if they say that they know; AssertionError at the first whose rows say otherwise."""
    ids = {each for order in (Case.id, Case.id.desc()) for each in session.scalars(select(Case.id).order_by(order).limit(2))}
    known = [case for case in session.scalars(select(Case).where(Case.id.in_(ids))) if case.at_hand is not None]
    for case in known:
        assert told(AtHand(**case.at_hand)) == told(gathered(session, case.id))
    return [case.id for case in known]


def told(hand: AtHand) -> dict[str, Any]:
    """In an order of its own: who did what first in one moment makes no difference."""
    return {
        "did": {step: sorted(people) for step, people in hand.did.items()},
        "stood": sorted(hand.stood),
        "stands": hand.stands,
        "timers": sorted(hand.timers),
        "seated": sorted(hand.seated),
        "charged": sorted(hand.charged),
    }
