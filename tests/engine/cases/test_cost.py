"""What the commonest things cost the database: statements are counted, and plans are looked at on a long inbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from engine import cases, people
from engine.cases.read import _desk_leg
from engine.people import Person
from engine.store import Session, Store, new_id
from tests.engine.cases.scene import TUESDAY, new_person, small_ads
from tests.engine.cases.small import stall_case

OPEN_TASKS = 20_000
DESKS = 20
MOST_FOR_VERIFY = 32


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile, without BEGIN and COMMIT."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "SAVEPOINT")):
            said.append(re.sub(r"\s+", " ", statement)[:110])

    event.listen(store.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(store.engine, "before_cursor_execute", listen)


def test_completing_the_verify_step_of_reklame_takes_few_statements(store: Store, tmp_path: Path) -> None:
    """It writes answers, closes a task, accepts, decides the tax, charges, tells the applicant and opens the payment."""
    scene = small_ads(store, tmp_path).play(("joko", "application"))
    task, answers = scene.task("verify"), scene.check("budi", scene.task("verify"), {"result": "complete"})
    with counted(store) as said, store.unit() as session:
        cases.complete(session, scene.office, task, answers, by=scene.person(session, "budi"), at=scene.now)
    print(f"\ncompleting verify: {len(said)} statements")
    print("\n".join(said))
    assert len(said) <= MOST_FOR_VERIFY, "\n".join(said)


@pytest.fixture
def long_inbox(store: Store, tmp_path: Path) -> Store:
    """Generated rows: one case with very many open tasks over several desks."""
    scene = stall_case(store, tmp_path)
    steps = [(f"{each:036}", f"desk{each % DESKS}", TUESDAY + timedelta(minutes=each * 7919 % 500_000)) for each in range(OPEN_TASKS)]
    with store.unit() as session:
        for desk in range(DESKS):
            people.ensure_desk(session, f"desk{desk}", {"id": f"desk{desk}"})
        whole = {"case_id": scene.case, "step": "verify", "kind": "user", "clock": "office", "opened_at": TUESDAY}
        session.execute(cases.Task.__table__.insert(), [{"id": ident, "due_at": due, **whole} for ident, _, due in steps])
        session.execute(cases.Seat.__table__.insert(), [{"task_id": ident, "desk": desk, "due_at": due} for ident, desk, due in steps])
    with store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT") if store.engine.dialect.name == "postgresql" else None
        connection.execute(text("ANALYZE"))
    return store


def plan(session: Session, person: Person, desk: str, after: str | None) -> str:
    """How the database means to find one page of one desk."""
    query = _desk_leg(desk, person, after, 25)
    compiled = query.compile(session.get_bind())
    said = str(compiled)
    explain = "EXPLAIN QUERY PLAN " if session.get_bind().dialect.name == "sqlite" else "EXPLAIN "
    processors = compiled._bind_processors
    bound = {key: processors[key](value) if key in processors else value for key, value in compiled.params.items()}
    if session.get_bind().dialect.name == "sqlite":
        rows = session.connection().exec_driver_sql(explain + said, tuple(bound[key] for key in compiled.positiontup)).all()
    else:
        rows = session.connection().exec_driver_sql(explain + said, bound).all()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("page", ["first", "later"])
def test_a_page_of_a_long_inbox_is_read_from_its_index_without_a_sort(long_inbox: Store, page: str) -> None:
    with long_inbox.unit() as session:
        person = new_person(session, "wati", ("desk3",))
    with long_inbox.reading() as session:
        person = session.get_one(Person, person.id)
        after = cases.inbox(session, person).after if page == "later" else None
        told = plan(session, person, "desk3", after)
    print(told)
    assert "ix_seat_inbox" in told
    assert "USE TEMP B-TREE" not in told
    assert "Sort" not in told
    assert "SCAN seat" not in told
    assert "Seq Scan" not in told


def test_an_inbox_page_takes_as_many_statements_however_many_desks_and_tasks(long_inbox: Store) -> None:
    with long_inbox.unit() as session:
        one = new_person(session, "satu", ("desk1",)).id
        all_of_them = new_person(session, "semua", tuple(f"desk{each}" for each in range(DESKS))).id
    counts = []
    for who in (one, all_of_them):
        with long_inbox.reading() as session:
            person = session.get_one(Person, who)
            assert person.desks
            with counted(long_inbox) as said:
                assert len(cases.inbox(session, person).rows) == 25
            counts.append(len(said))
    assert counts == [2, 2]


def test_every_task_of_several_desks_comes_once_in_the_order_of_its_date(long_inbox: Store) -> None:
    desks = ("desk2", "desk5", "desk7")
    with long_inbox.unit() as session:
        who = new_person(session, "tiga", desks).id
        many = [f"{each:036}" for each in range(40)]  # these sit at all three desks
        session.execute(cases.Seat.__table__.delete().where(cases.Seat.task_id.in_(many)))
        session.execute(
            cases.Seat.__table__.insert(), [{"task_id": each, "desk": desk, "due_at": TUESDAY} for each in many for desk in desks]
        )
    seen: list[str] = []
    after: str | None = None
    with long_inbox.reading() as session:
        person = session.get_one(Person, who)
        for _ in range(4):
            page = cases.inbox(session, person, after=after)
            assert len(page.rows) == 25
            seen += [line.task for line in page.rows]
            after = page.after
    assert seen[:40] == many
    assert len(set(seen)) == 100


def test_taken_steps_are_paged_through_also_those_without_a_date(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    with store.unit() as session:
        who = new_person(session, "wati", ("verifikator",)).id
        for each in range(60):
            due = None if each % 3 else TUESDAY + timedelta(days=each)
            session.add(
                cases.Task(id=new_id(), case_id=scene.case, step="verify", kind="user", opened_at=TUESDAY, due_at=due, assignee=who)
            )
    seen: list[str] = []
    after: str | None = None
    with store.reading() as session:
        person = session.get_one(Person, who)
        while True:
            page = cases.inbox(session, person, mine=True, after=after)
            seen += [line.task for line in page.rows]
            if (after := page.after) is None:
                break
    assert len(seen) == len(set(seen)) == 60
