"""The list of what waits: read from its indexes without a sort, however long it is; every task once, in the order of its date."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, text

from engine import cases, people
from engine.cases.read import page_statement
from engine.people import Person
from engine.store import Session, Store, new_id
from tests.engine.cases.counting import counted
from tests.engine.cases.scene import TUESDAY, new_person
from tests.engine.cases.small import stall_case

OPEN_TASKS = 20_000
DESKS = 20
THREE = ("desk2", "desk5", "desk7")


@pytest.fixture
def long_inbox(store: Store, tmp_path: Path) -> Store:
    """Generated rows: one case with very many open tasks over several desks, some at a second one, some taken."""
    scene = stall_case(store, tmp_path)
    with store.unit() as session:
        for desk in range(DESKS):
            people.ensure_desk(session, f"desk{desk}", {"id": f"desk{desk}"})
        whole = {"case_id": scene.case, "step": "verify", "kind": "user", "clock": "office", "opened_at": TUESDAY}
        for place in range(OPEN_TASKS):
            due = TUESDAY + timedelta(minutes=place * 7919 % 500_000)
            row = {"id": f"{place:036}", "desk": f"desk{place % DESKS}", "turn_at": due, "due_at": due, **whole}
            session.insert(cases.Task, {**row, "assignee": f"somebody{place % 50}" if place % 3 else None})
        for place in range(0, OPEN_TASKS, 4):
            due = TUESDAY + timedelta(minutes=place * 7919 % 500_000)
            session.insert(cases.Seat, {"task_id": f"{place:036}", "desk": f"desk{(place + 1) % DESKS}", "turn_at": due})
    tidy(store)
    return store


def tidy(store: Store) -> None:
    """What PostgreSQL does by itself after a while: know how the values are spread and which pages everybody sees."""
    postgres = store.engine.dialect.name == "postgresql"
    with store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT") if postgres else None
        connection.execute(text("VACUUM ANALYZE" if postgres else "ANALYZE"))


def plan(session: Session, statement: Any, values: dict[str, Any]) -> str:
    """How the database means to run a statement with these values."""
    dialect = session.get_bind().dialect
    compiled = statement.compile(dialect=dialect)
    processors = compiled._bind_processors
    known = compiled.construct_params(values)
    bound = {key: processors[key](value) if key in processors else value for key, value in known.items()}
    if dialect.name == "sqlite":
        asked = "EXPLAIN QUERY PLAN " + str(compiled), tuple(bound[key] for key in compiled.positiontup)
    else:
        asked = "EXPLAIN " + str(compiled), bound
    return "\n".join(str(row[-1]) for row in session.connection().exec_driver_sql(*asked).all())


@pytest.mark.parametrize("page", ["first", "later"])
def test_a_page_of_three_desks_or_mine_is_read_from_indexes_without_a_sort(long_inbox: Store, page: str) -> None:
    later = {"start_at": TUESDAY + timedelta(days=100), "start_id": ""} if page == "later" else {}
    values = {"desk_0": THREE[0], "desk_1": THREE[1], "desk_2": THREE[2], "who": "somebody7", "most": 104, "each": 26, **later}
    with long_inbox.reading() as session:
        told = plan(session, page_statement(session.get_bind().dialect.name, 3, taken=True, later=bool(later)), values)
    print(told)
    for index in ("ix_task_desk_open", "ix_seat_inbox", "ix_task_assignee_open"):
        assert index in told
    for wrong in ("USE TEMP B-TREE", "Sort  (", "SCAN task", "SCAN seat", "Seq Scan"):
        assert wrong not in told


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
    many = [f"{each:036}" for each in range(40)]  # these sit at all three desks, and the person has taken them
    with long_inbox.unit() as session:
        who = new_person(session, "tiga", THREE).id
        session.execute(delete(cases.Seat).where(cases.Seat.task_id.in_(many)))
        for task in many:
            session.get_one(cases.Task, task).desk = THREE[0]
            session.get_one(cases.Task, task).turn_at = TUESDAY - timedelta(days=1)
            session.get_one(cases.Task, task).assignee = who
            session.insert(cases.Seat, *({"task_id": task, "desk": desk, "turn_at": TUESDAY - timedelta(days=1)} for desk in THREE[1:]))
    seen: list[cases.Line] = []
    after: str | None = None
    with long_inbox.reading() as session:
        person = session.get_one(Person, who)
        for _ in range(4):
            page = cases.inbox(session, person, after=after)
            assert len(page.rows) == 25
            seen += page.rows
            after = page.after
    assert [line.task for line in seen[:40]] == many
    assert len({line.task for line in seen}) == 100
    assert [line.due_at for line in seen[40:]] == sorted(line.due_at for line in seen[40:])
    assert {line.taker for line in seen[:40]} == {"Tiga"}


def test_taken_steps_are_paged_through_also_those_without_a_date(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    with store.unit() as session:
        who = new_person(session, "wati", ("verifikator",)).id
        for each in range(60):
            due = None if each % 3 else TUESDAY + timedelta(days=each)
            task = cases.Task(id=new_id(), case_id=scene.case, step="verify", kind="user", opened_at=TUESDAY, due_at=due, assignee=who)
            task.turn_at = due or TUESDAY
            session.add(task)
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


def test_what_one_has_taken_is_listed_although_it_sits_at_none_of_ones_desks(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    scene.do("sari", "application", {"area": "1"})
    with store.unit() as session:
        session.get_one(cases.Task, scene.task("verify")).assignee = scene.cast["rudi"]
    with store.reading() as session:
        rudi = scene.person(session, "rudi")
        (line,) = cases.inbox(session, rudi).rows
        assert (line.step, line.desk, line.taker) == ("verify", "", "Rudi")
        assert cases.inbox(session, rudi, desk="kabid").rows == []
