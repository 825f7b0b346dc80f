"""The migration that made one row per submission out of one row per value: nothing that was answered is lost, nothing is invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import command

from engine import cases
from engine.store import Keyring, Session, Store, migrate, new_id
from engine.store.base import Moment
from engine.store.migrate import _config

FIRST, SECOND, THIRD = (datetime(2026, 6, day, 2, 0, tzinfo=UTC) for day in (2, 3, 4))
KEYS = Keyring.read(Keyring.make())


def old_case(store: Store) -> tuple[str, str, str]:
    """A case as it was kept before: verify was sent three times; the second changed a value, the third only took one away."""
    command.upgrade(_config(store.engine), "0002")
    known = sa.MetaData()
    known.reflect(store.engine)
    for table in known.tables.values():
        for column in table.columns:
            column.type = Moment() if isinstance(column.type, sa.DateTime) else column.type
    person, version, case, task = new_id(), new_id(), new_id(), "t" * 36

    def put(table: str, **values: Any) -> None:
        connection.execute(known.tables[table].insert(), values)

    with store.engine.begin() as connection:
        put("person", id=person, name="Sari", password="!", stamp="", language="id", active=True, failures=0, made_at=FIRST)
        put("procedure", key="stall")
        of = {"procedure_key": "stall"}
        put("version", id=version, **of, number=1, fingerprint="f", bundle=b"", published_at=FIRST, published_by=person, note="")
        whole = {"version_id": version, "applicant_id": person, "channel": "online", "rev": 3, "state": b"", "opened_at": FIRST}
        put("case_file", id=case, **of, **whole)
        whole = {"case_id": case, "step": "verify", "kind": "user", "form": "verify", "clock": "office", "opened_at": FIRST}
        put("task", id=task, **whole)
        put("task", id="d" * 36, **whole, due_at=SECOND, done_at=THIRD, done_by=person)
        for desk in ("kabid", "verifikator"):
            put("seat", task_id=task, desk=desk, due_at=FIRST)
        told = {"case_id": case, "form": "verify", "version_id": version, "by": person}
        for field, value, at, until in (("result", "no", FIRST, SECOND), ("note", "x", FIRST, THIRD), ("result", "yes", SECOND, None)):
            sealed = KEYS.seal(f'"{value}"'.encode(), "answer.value")
            put("answer", id=new_id(), task_id=f"{at.day}", field=field, value=sealed, at=at, replaced_at=until, **told)
    return case, task, person


def test_every_value_is_still_told_with_who_when_and_until_when(empty_url: str) -> None:
    store = Store(empty_url, KEYS)
    case, _, person = old_case(store)
    migrate(store.engine)
    with store.reading() as session:
        sent = session.scalars(sa.select(cases.Submission).order_by(cases.Submission.id)).all()
        assert [(row.at, row.given) for row in sent] == [
            (FIRST, {"result": "no", "note": "x"}),
            (SECOND, {"note": "x", "result": "yes"}),
            (THIRD, {"result": "yes"}),
        ]
        assert [(row.task_id, row.by) for row in sent] == [("2", person), ("3", person), ("d" * 36, person)]
        told = {(each.field, each.value): (each.by, each.at, each.replaced_at) for each in cases.given_in(session, case)}
    store.close()
    assert told == {
        ("result", "no"): (person, FIRST, SECOND),
        ("note", "x"): (person, FIRST, THIRD),
        ("result", "yes"): (person, SECOND, None),
    }


def test_an_open_task_keeps_its_desks_and_its_turn(empty_url: str) -> None:
    store = Store(empty_url, KEYS)
    _, task, _ = old_case(store)
    migrate(store.engine)
    with store.reading() as session:
        kept = session.get_one(cases.Task, task)
        assert (kept.desk, kept.turn_at) == ("kabid", FIRST)
        assert [(seat.desk, seat.turn_at) for seat in seats(session)] == [("verifikator", FIRST)]
        assert session.get_one(cases.Task, "d" * 36).turn_at == SECOND
    store.close()


def seats(session: Session) -> list[cases.Seat]:
    return list(session.scalars(sa.select(cases.Seat)))
