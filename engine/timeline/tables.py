"""Events, kept for ever as they were written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, Moment, Plain, new_id


class Event(Base):
    """Something that happened: `what` is a stable dotted word (`case.submitted`), `facts` what a sentence needs (ids, keys, numbers;
    no personal data)."""

    __tablename__ = "event"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(Moment)
    what: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[str | None] = mapped_column(String(26))
    by: Mapped[str | None] = mapped_column(String(26))
    facts: Mapped[dict[str, Any]] = mapped_column(Plain)


Index("ix_event_case", Event.case_id, Event.id)

SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER event_no_{verb} BEFORE {verb} ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES_GUARDS = (
    (
        "CREATE OR REPLACE FUNCTION event_refuse() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'events are append-only'; END $$ LANGUAGE plpgsql"
    ),
    "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()",
)

for _text in SQLITE_GUARDS:
    event.listen(Event.__table__, "after_create", DDL(_text).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
for _text in POSTGRES_GUARDS:
    event.listen(Event.__table__, "after_create", DDL(_text.replace("%", "%%")).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
