"""The list of what waits, at 100,000 open tasks: a page of three desks or mine, in milliseconds, and how the database finds it.

    python -m bench.inbox [postgresql+psycopg://…]

SQLite in a file of its own, and PostgreSQL at the address (an empty database), or on a server that the tests' fixture starts.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from types import SimpleNamespace
from typing import Any

from sqlalchemy import text

from engine import cases, people, procedures
from engine.cases.read import page_statement
from engine.people import Person
from engine.store import Keyring, Session, Store, migrate, new_id

OPEN, DESKS, PAGES = 100_000, 20, 100
AT = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
THREE = ("desk2", "desk5", "desk7")
GOAL = 2.0  # milliseconds


def fill(store: Store) -> str:
    """Open tasks over twenty desks, every fourth at a second one, two of three taken; gives an officer of three desks."""
    reklame = Path(__file__).resolve().parents[1] / "workflows" / "reklame"
    with store.unit() as session:
        who = Person(name="Officer", password="!", made_at=AT, memberships=[])
        session.add(who)
        session.flush()
        for desk in range(DESKS):
            people.ensure_desk(session, f"desk{desk}", {"id": f"desk{desk}"})
        for desk in THREE:
            people.add_to_desk(session, who, desk, by=None, at=AT)
        version = procedures.publish(session, procedures.read_folder(reklame), by=who.id, at=AT)
        whole = {"procedure_key": "reklame", "version_id": version.id, "applicant_id": who.id, "channel": "online", "rev": 1}
        whole |= {"state": b"{}"}
        made = [new_id() for _ in range(OPEN // 10)]
        session.insert(cases.Case, *({"id": each, **whole, "opened_at": AT, "submitted_at": AT} for each in made))
        for place in range(OPEN):
            due = AT + timedelta(minutes=place * 7919 % 500_000)
            row: dict[str, Any] = {"id": f"{place:036}", "case_id": made[place % len(made)]}
            row |= {"step": "verify", "kind": "user", "clock": "office"}
            taken = (who.id if place % 90 == 0 else f"officer{place % 50}") if place % 3 else None
            row |= {"opened_at": AT, "due_at": due, "turn_at": due, "desk": f"desk{place % DESKS}", "assignee": taken}
            session.insert(cases.Task, row)
            if place % 4 == 0:
                session.insert(cases.Seat, {"task_id": row["id"], "desk": f"desk{(place + 1) % DESKS}", "turn_at": due})
    return who.id


def settle(store: Store) -> None:
    """What a database does by itself in the nights: it learns how the values are spread."""
    postgres = store.engine.dialect.name == "postgresql"
    with store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT") if postgres else None
        connection.execute(text("VACUUM ANALYZE" if postgres else "ANALYZE"))


def plan(session: Session, values: dict[str, Any]) -> str:
    """How the database finds the first page."""
    dialect = session.get_bind().dialect
    compiled = page_statement(dialect.name, 3, taken=True, later=False).compile(dialect=dialect)
    known = compiled.construct_params(values)
    explain = "EXPLAIN QUERY PLAN " if dialect.name == "sqlite" else "EXPLAIN "
    bound: Any = tuple(known[key] for key in compiled.positiontup or ()) if dialect.name == "sqlite" else known
    return "\n".join(str(row[-1]) for row in session.connection().exec_driver_sql(explain + str(compiled), bound).all())


def measure(name: str, store: Store) -> bool:
    """Fill, look, print; whether the goal is met."""
    migrate(store.engine)
    who = fill(store)
    settle(store)
    with store.reading() as session:
        person = session.get_one(Person, who)
        values = {"desk_0": THREE[0], "desk_1": THREE[1], "desk_2": THREE[2], "who": who, "most": 104, "each": 26}
        print(f"\n{name}, {OPEN:,} open tasks\n{plan(session, values)}")
        found = True
        for what, asked in (("three desks or mine", {}), ("one desk", {"desk": THREE[0]})):
            took = [seconds(session, person, asked) * 1000 for _ in range(PAGES)]
            met = median(took) <= GOAL
            found = found and met
            print(f"{what:22} {median(took):7.2f} ms  (goal {GOAL:.0f} ms: {'met' if met else 'MISSED'})")
    return found


def seconds(session: Session, person: Person, asked: dict[str, Any]) -> float:
    """One first page."""
    began = process_time()
    page = cases.inbox(session, person, **asked)
    assert page.rows
    return process_time() - began


def main() -> int:
    keys = Keyring.read(Keyring.make())
    with ExitStack() as after, tempfile.TemporaryDirectory() as folder:
        met = [measure("SQLite", Store(f"sqlite:///{folder}/inbox.sqlite", keys))]
        url = sys.argv[1] if len(sys.argv) > 1 else own_server(after)
        if url:
            store = Store(url, keys)
            after.callback(store.close)
            met.append(measure("PostgreSQL", store))
    return 0 if all(met) else 1


def own_server(after: ExitStack) -> str | None:
    """A PostgreSQL of this run, as the tests start it; None, and a sentence why, when there is none on this machine."""
    from tests.fixtures.postgres import NoPostgres, Server  # the checkout has them; an installed Loket has neither bench nor tests

    try:
        server: Any = Server()
    except NoPostgres as why:
        print(f"PostgreSQL was not measured: {why}")
        server = SimpleNamespace(url=lambda: None, stop=lambda: None)
    after.callback(server.stop)
    found: str | None = server.url()
    return found


if __name__ == "__main__":
    sys.exit(main())
