"""The demonstration: people at every desk, applications in every state, made by the verbs and made once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine import cases, people
from engine.cases import Case
from engine.store import Store
from loket.cast import APPLICANTS, PASSWORD, PLAYS, STAFF
from loket.demo import accounts, fill
from loket.hands import Hands
from loket.settings import Settings

MOMENTS = {
    "an afternoon in June": datetime(2026, 6, 2, 8, 0, tzinfo=UTC),
    "a Sunday": datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
    "the first hour of a year": datetime(2026, 12, 31, 17, 30, tzinfo=UTC),
    "after the long leave of Lebaran": datetime(2026, 3, 25, 1, 30, tzinfo=UTC),
    "years from now": datetime(2029, 2, 28, 4, 0, tzinfo=UTC),
}


@pytest.fixture(params=MOMENTS.values(), ids=MOMENTS.keys())
def hands(request: pytest.FixtureRequest, settings: Settings, store: Store) -> Hands:
    """An office at some moment: the demonstration must work on whatever day somebody looks at it."""
    return Hands(settings, store, lambda: request.param)


@pytest.mark.sql
def test_the_office_is_filled_once_on_any_day(hands: Hands) -> None:
    told: list[str] = []
    fill(hands, say=told.append)
    with hands.store.reading() as session:
        found = session.scalars(select(Case)).all()
        open_steps = {task.step for case in found for task in cases.tasks_of(session, case) if task.is_open}
        inboxes = {one.desk: len(cases.inbox(session, people.by_login(session, one.login)).rows) for one in STAFF}
    assert len(found) == len(PLAYS)
    assert {case.outcome for case in found} >= {None, "issued", "refused", "withdrawn", "lapsed"}
    assert open_steps >= {"application", "verify", "revise", "survey", "road_check", "pay", "confirm", "initial", "approve"}
    assert all(number for desk, number in inboxes.items() if desk != people.ADMINISTRATOR), inboxes
    assert all(case.opened_at <= hands.now() for case in found)
    fill(hands, say=told.append)
    with hands.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == len(PLAYS)


def test_every_account_of_the_sign_in_page_signs_in(settings: Settings, store: Store) -> None:
    hands = Hands(settings, store)
    fill(hands, say=lambda _: None)
    with store.unit() as session:
        for one in accounts():
            assert people.check_password(session, one.login, PASSWORD, at=hands.now()).active


def test_the_sign_in_page_of_a_real_office_names_no_accounts(settings: Settings, store: Store) -> None:
    assert Hands(settings, store).demo_accounts == ()


def test_applicants_are_told_apart() -> None:
    assert len({one.nik for one in APPLICANTS}) == len({one.phone for one in APPLICANTS}) == len(APPLICANTS)


def test_no_story_is_played_that_does_not_exist() -> None:
    from loket.demo import WORKFLOWS

    stories = {(path.parts[-3], path.stem) for path in Path(WORKFLOWS).glob("*/stories/*.toml")}
    assert {(play.permit, play.story) for play in PLAYS} <= stories
