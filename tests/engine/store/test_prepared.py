"""Statements that go straight to the driver: in one transaction with the ORM, with the same values, and with SQLAlchemy's errors."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import bindparam, event, select, update
from sqlalchemy.exc import IntegrityError

from engine import cases, notices, timeline
from engine.documents import numbers
from engine.notices import Notice
from engine.people import Addressee
from engine.store import Conflict, Over, Prepared, Session, Store, new_id, table_of
from tests.engine.cases.scene import new_person

NOTICE, TASK = table_of(Notice), table_of(cases.Task)
SAID = Prepared(select(NOTICE.c.id, NOTICE.c.sealed, NOTICE.c.address, NOTICE.c.at).where(NOTICE.c.id == bindparam("which")))
SENT = Prepared(update(NOTICE).where(NOTICE.c.id == bindparam("which"), NOTICE.c.what == "hello").values(sent_at=bindparam("now")))


def tell(session: Session, now: datetime) -> str:
    to = Addressee(new_id(), "Sari", "id", "sari@example.org")
    return notices.tell(session, case=new_id(), to=to, what="hello", subject="Rahasia", body="…", at=now)


def said(store: Store) -> list[Notice]:
    with store.reading() as session:
        return list(session.scalars(select(Notice)))


def test_a_prepared_statement_reads_and_writes_what_the_orm_does(store: Store, now: datetime) -> None:
    with store.unit() as session:
        which = tell(session, now)
        assert session.ask(SAID, which=which) == [(which, {"subject": "Rahasia", "body": "…"}, "sari@example.org", now)]
        assert session.wire.do(SENT, {"which": which, "now": now}) == 1
        assert session.get_one(Notice, which).sent_at == now
        with pytest.raises(ValueError, match="time zone"):
            session.wire.do(SENT, {"which": which, "now": now.replace(tzinfo=None)})
    assert [(each.subject, each.made_at, each.sent_at) for each in said(store)] == [("Rahasia", now, now)]


@pytest.mark.parametrize("orm_first", [True, False])
def test_prepared_statements_and_the_orm_are_one_transaction_in_any_order(store: Store, now: datetime, orm_first: bool) -> None:
    def work(session: Session) -> None:
        if orm_first:
            new_person(session, "sari")
        numbers.next_number(session, "book", 2026, at=now)
        new_person(session, "budi")
        timeline.tell(session, "done", by=None, at=now)

    def fail() -> None:
        with store.unit() as session:
            work(session)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.unit() as session:
        assert numbers.next_number(session, "book", 2026, at=now) == 1
        assert timeline.recent(session).rows == []
    with store.unit() as session:
        work(session)
    with store.reading() as session:
        assert [each.what for each in timeline.recent(session).rows] == ["done"]
    with store.unit() as session:
        assert numbers.next_number(session, "book", 2026, at=now) == 3


def test_a_savepoint_takes_back_what_was_prepared_inside_it(store: Store, now: datetime) -> None:
    with store.unit() as session:
        assert numbers.next_number(session, "book", 2026, at=now) == 1
        with pytest.raises(RuntimeError), session.begin_nested():  # noqa: PT012 - the last line is what breaks the savepoint
            numbers.next_number(session, "book", 2026, at=now)
            raise RuntimeError
        assert numbers.next_number(session, "book", 2026, at=now) == 2


def test_what_the_database_refuses_is_raised_as_by_sqlalchemy_and_tells_no_values(store: Store, now: datetime) -> None:
    def twice(session: Session) -> None:
        row = {"id": new_id(), "case_id": "none", "step": "s", "kind": "user", "form": "secret", "clock": "office", "opened_at": now}
        session.insert(cases.Task, {**row, "turn_at": now})
        session.flush()

    with pytest.raises(IntegrityError) as refused, store.unit() as session:
        twice(session)
    assert "secret" not in str(refused.value)
    with store.unit() as session:
        tell(session, now)
    assert len(said(store)) == 1


def test_listeners_hear_prepared_statements(store: Store, now: datetime) -> None:
    heard: list[str] = []

    def listener(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    event.listen(store.engine, "before_cursor_execute", listener)
    with store.unit() as session:
        tell(session, now)
    event.remove(store.engine, "before_cursor_execute", listener)
    assert [each.split('"')[1] for each in heard if each.startswith("INSERT")] == ["journal", "outbox"]


def test_a_statement_with_any_number_of_values_is_refused(store: Store) -> None:
    with store.reading() as session, pytest.raises(ValueError, match="fixed number"):
        session.ask(Prepared(select(NOTICE.c.id).where(NOTICE.c.id.in_(bindparam("some", expanding=True)))), some=["a"])


def test_a_row_that_cannot_be_taken_over_makes_the_unit_fail(store: Store, now: datetime) -> None:
    over = Over(columns=("sent_at",), still=("sent_at", "kept_at"))

    def send(session: Session, which: str) -> None:
        row = {"id": which, "kind": "notice", "what": "", "at": now, "facts": {}, "sealed": None, "address": None}
        session.insert(Notice, {**row, "sent_at": now}, over=over)

    with store.unit() as session:
        which = tell(session, now)
    with store.unit() as session:
        send(session, which)
    with pytest.raises(Conflict), store.unit() as session:
        send(session, which)
    assert [(each.subject, each.sent_at) for each in said(store)] == [("Rahasia", now)]
