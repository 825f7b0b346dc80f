"""One unit, one commit; sealed values; moments; ids; errands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from engine import people, timeline
from engine.store import Keyring, KeyUnknown, Session, Store, enqueue, new_id


def sign_up(session: Session, now: datetime, phone: str = "0812 3456 7890") -> people.Person:
    return people.sign_up(session, name="Siti Aminah", phone=phone, email=None, password="kopi-tubruk-enak", at=now)


def test_what_is_done_in_a_unit_is_kept_and_what_fails_leaves_nothing(store: Store, now: datetime) -> None:
    with store.unit() as session:
        kept = sign_up(session, now).id
    with pytest.raises(RuntimeError), store.unit() as session:  # noqa: PT012 - the second line is what breaks the unit
        lost = sign_up(session, now, "0813 1111 2222").id
        raise RuntimeError("half-way")
    with store.reading() as session:
        assert people.by_id(session, kept).name == "Siti Aminah"
        assert session.get(people.Person, lost) is None


def test_what_was_kept_back_in_a_savepoint_goes_when_the_savepoint_does(store: Store, now: datetime) -> None:
    with store.unit() as session:
        timeline.tell(session, "before", by=None, at=now)
        with pytest.raises(RuntimeError), session.begin_nested():  # noqa: PT012 - the last line is what breaks the savepoint
            timeline.tell(session, "inside", by=None, at=now)
            raise RuntimeError("half-way")
        timeline.tell(session, "after", by=None, at=now)
    with store.reading() as session:
        assert [each.what for each in reversed(timeline.recent(session).rows)] == ["before", "after"]


def test_what_is_changed_while_reading_is_thrown_away(store: Store, now: datetime) -> None:
    with store.unit() as session:
        ident = sign_up(session, now).id
    with store.reading() as session:
        people.by_id(session, ident).name = "Somebody else"
        session.flush()
    with store.reading() as session:
        assert people.by_id(session, ident).name == "Siti Aminah"


def test_a_phone_number_is_not_readable_in_the_database(store: Store, now: datetime) -> None:
    with store.unit() as session:
        sign_up(session, now)
    with store.reading() as session:
        row = session.execute(text("select phone, phone_index, phone_end from person")).one()
    assert all(b"81234567890" not in (bytes(value) if not isinstance(value, str) else value.encode()) for value in row)


def test_a_sealed_value_opens_only_in_its_own_column_and_with_its_own_key() -> None:
    first, second = Keyring.make(), Keyring.make()
    sealed = Keyring.read(first).seal(b"3314011708900001", "answer.value")
    assert Keyring.read(first).open(sealed, "answer.value") == b"3314011708900001"
    with pytest.raises(KeyUnknown):
        Keyring.read(first).open(sealed, "person.phone")
    with pytest.raises(KeyUnknown):
        Keyring.read(second).open(sealed, "answer.value")


def test_a_key_can_be_changed_without_losing_what_the_old_one_sealed() -> None:
    old, new = Keyring.make(), Keyring.make()
    sealed = Keyring.read(old).seal(b"x", "a.b")
    both = Keyring.read(f"{new} {old}")
    assert both.open(sealed, "a.b") == b"x"
    assert both.blind("+62812", "person.phone") == Keyring.read(old).blind("+62812", "person.phone")


@pytest.mark.parametrize("text", ["", "abc", "c2hvcnQ="])
def test_a_wrong_key_is_refused_with_the_cure(text: str) -> None:
    with pytest.raises(ValueError, match="openssl rand"):
        Keyring.read(text or "=")


def test_ids_sort_in_the_order_of_making_even_within_a_millisecond() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_moments_come_back_aware_and_in_utc(store: Store, now: datetime) -> None:
    jakarta = timezone(timedelta(hours=7))
    with store.unit() as session:
        timeline.tell(session, "test.told", by=None, at=now.astimezone(jakarta))
    with store.reading() as session:
        event = timeline.recent(session).rows[0]
    assert event.at == now
    assert event.at.tzinfo is UTC


def test_a_naive_moment_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="needs a time zone"), store.unit() as session:
        timeline.tell(session, "test.told", by=None, at=datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("change", ["UPDATE journal SET what = 'nothing'", "DELETE FROM journal"])
def test_the_database_itself_refuses_to_change_history(store: Store, now: datetime, change: str) -> None:
    with store.unit() as session:
        timeline.tell(session, "test.told", by=None, at=now)
    with pytest.raises(Exception, match="append-only"), store.unit() as session:
        session.execute(text(change))
    with store.reading() as session:
        assert [event.what for event in timeline.recent(session).rows] == ["test.told"]


def test_an_errand_asked_for_twice_is_one_errand(store: Store, now: datetime) -> None:
    with store.unit() as session:
        first = enqueue(session, "send_notice", {"notice": "1"}, key="notice:1", at=now)
        session.flush()
        second = enqueue(session, "send_notice", {"notice": "1"}, key="notice:1", at=now)
        assert first == second


def test_the_bell_rings_after_the_commit_and_not_after_a_failure(store: Store, now: datetime) -> None:
    store.bell.clear()
    with pytest.raises(RuntimeError), store.unit():
        raise RuntimeError
    assert not store.bell.is_set()
    with store.unit() as session:
        timeline.tell(session, "test.told", by=None, at=now)
    assert store.bell.is_set()


def test_a_long_list_is_read_page_by_page_without_gaps(store: Store, now: datetime) -> None:
    with store.unit() as session:
        for number in range(12):
            timeline.tell(session, "test.told", by=None, at=now, number=number)
    seen, after = [], None
    with store.reading() as session:
        while True:
            page = timeline.recent(session, after=after, size=5)
            seen += [event.facts["number"] for event in page.rows]
            after = page.after
            if after is None:
                break
    assert seen == list(range(11, -1, -1))
