"""From signing up to the receipt."""

from __future__ import annotations

from collections.abc import Callable

from engine import cases
from engine.store import Store
from tests.portal.conftest import Visitor


def test_somebody_new_signs_up_on_the_way_and_comes_back_to_the_application(visitor: Callable[[], Visitor]) -> None:
    who = visitor()
    who.open("/apply/reklame")
    assert "/sign-in" in who.where
    assert "next=" in who.where
    who.open(who.where.replace("/sign-in", "/sign-up"))
    who.sign_up()
    assert who.where == "/apply/reklame"


def test_an_application_with_two_files_is_sent_and_receipted(joko: Visitor, app_store: Store) -> None:
    case = joko.apply()
    assert "REKLAME-2026-00001" in joko.text
    with app_store.reading() as session:
        found = session.get(cases.Case, case)
        assert found is not None and found.submitted_at is not None
        status = cases.status_of(session, found)
        assert [each.step for each in status.waiting] == ["verify"]
