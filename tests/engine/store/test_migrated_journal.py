"""The migration that made one journal of four tables: every line is there, sealed again in its new place, in the order of its id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import command

from engine import cases, notices, timeline
from engine.store import Keyring, Store, migrate, new_id
from engine.store.base import Moment
from engine.store.migrate import _config

AT, LATER = (datetime(2026, 6, day, 2, 0, tzinfo=UTC) for day in (2, 3))
KEYS = Keyring.read(Keyring.make())
LINES = 501  # one more than is carried over at once


def old_house(store: Store) -> tuple[str, list[str]]:
    """A case as it was kept before: an event, many submissions, a decision, a message that was mailed and one that was not."""
    command.upgrade(_config(store.engine), "0009")
    known = sa.MetaData()
    known.reflect(store.engine)
    for table in known.tables.values():
        for column in table.columns:
            column.type = Moment() if isinstance(column.type, sa.DateTime) else column.type
    person, version, case = new_id(), new_id(), new_id()

    def put(table: str, *rows: dict[str, Any]) -> None:
        connection.execute(known.tables[table].insert(), list(rows))

    def sealed(value: Any, place: str) -> bytes:
        return KEYS.seal(value.encode() if isinstance(value, str) else orjson.dumps(value), place)

    with store.engine.begin() as connection:
        put(
            "person",
            {"id": person, "name": "Sari", "password": "!", "stamp": "", "language": "id", "active": True, "failures": 0, "made_at": AT},
        )
        put("procedure", {"key": "stall"})
        whole = {"fingerprint": "f", "bundle": b"", "published_at": AT, "published_by": person, "note": "", "legal_basis": ""}
        put("version", {"id": version, "procedure_key": "stall", "number": 1, **whole})
        whole = {"version_id": version, "applicant_id": person, "channel": "online", "rev": 3, "state": b"", "opened_at": AT, "pauses": 0}
        put("case_file", {"id": case, "procedure_key": "stall", **whole})
        put("event", {"id": new_id(), "at": AT, "what": "case.opened", "case_id": case, "by": person, "facts": orjson.dumps({"n": 1})})
        sent = [new_id() for _ in range(LINES)]
        of = {"case_id": case, "task_id": "t", "form": "verify", "version_id": version, "by": person, "at": AT}
        put("submission", *({"id": each, **of, "given": sealed({"n": place}, "submission.given")} for place, each in enumerate(sent)))
        made = {"value": sealed({"$": "number", "v": "5"}, "decided.value"), "fired": sealed([{"row": 2}], "decided.fired")}
        put("decided", {"id": new_id(), "case_id": case, "step": "tax", "name": "Tax", **made, "at": AT})
        of = {"case_id": case, "person_id": person, "language": "en", "subject": sealed("Hello", "notice.subject"), "made_at": AT}
        for what, address, at in (("received", "sari@contoh.id", LATER), ("returned", None, None)):
            sealed_to = address and sealed(address, "notice.address")
            put(
                "notice",
                {"id": new_id(), "what": what, **of, "body": sealed("Dear Sari", "notice.body"), "address": sealed_to, "sent_at": at},
            )
    return case, sent


def test_every_line_is_in_the_journal_as_it_was(empty_url: str) -> None:
    store = Store(empty_url, KEYS)
    case, sent = old_house(store)
    migrate(store.engine)
    with store.reading() as session:
        (event,) = timeline.of_case(session, case)
        assert (event.what, event.at, event.facts) == ("case.opened", AT, {"n": 1})
        told = session.scalars(sa.select(cases.Submission).order_by(cases.Submission.id)).all()
        assert [(each.id, each.given, each.form, each.task_id, each.at) for each in told] == [
            (ident, {"n": place}, "verify", "t", AT) for place, ident in enumerate(sorted(sent))
        ]
        (made,) = session.scalars(sa.select(cases.Decided))
        assert (made.step, made.name, made.value, made.fired) == ("tax", "Tax", {"$": "number", "v": "5"}, [{"row": 2}])
        said = [(each.what, each.language, each.subject, each.body, each.address, each.sent_at) for each in notices.of_case(session, case)]
        assert said == [
            ("received", "en", "Hello", "Dear Sari", "sari@contoh.id", LATER),
            ("returned", "en", "Hello", "Dear Sari", None, None),
        ]
        assert len(notices.of_person(session, told[0].by or "")) == 2
    with store.engine.connect() as connection:
        assert {"event", "submission", "decided", "notice"}.isdisjoint(sa.inspect(connection).get_table_names())
    store.close()
