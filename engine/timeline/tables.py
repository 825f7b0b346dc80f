"""The journal: what happened, what was sent in, what tables decided, what people were told, in one table, kept as it was written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, Moment, Plain, Sealed, new_id


class Entry(Base):
    """One line of the journal. Each kind of line is a class of its own, in the room that writes it.

    `what` is the line's own word: what happened, the form, the decision, the message. `facts` are in the clear (ids, keys, numbers; no
    personal data), `sealed` is not; `person_id` and `address` are of lines to somebody, and `sent_at`, `kept_at` are the only columns that
    ever change (`kind` notice).
    """

    __tablename__ = "journal"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(String(80))
    case_id: Mapped[str | None] = mapped_column(String(26))
    by: Mapped[str | None] = mapped_column(String(26))
    at: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[dict[str, Any]] = mapped_column(Plain)
    sealed: Mapped[Any] = mapped_column(Sealed("journal.sealed", "plain"), nullable=True)
    person_id: Mapped[str | None] = mapped_column(String(26))
    address: Mapped[str | None] = mapped_column(Sealed("journal.address"))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    kept_at: Mapped[datetime | None] = mapped_column(Moment)

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}


class Event(Entry):
    """Something that happened: `what` is a stable dotted word (`case.submitted`), `facts` what a sentence needs."""

    __mapper_args__ = {"polymorphic_identity": "event"}


Index("ix_journal_case", Entry.case_id, Entry.kind, Entry.id)
Index("ix_journal_kind", Entry.kind, Entry.id)
MINE = Entry.person_id.is_not(None)
Index("ix_journal_person", Entry.person_id, Entry.id, sqlite_where=MINE, postgresql_where=MINE)

GUARDED = {"UPDATE": "OLD.kind <> 'notice'", "DELETE": "OLD.kind = 'event'"}  # answers of a draft that is thrown away go with it
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER journal_no_{verb} BEFORE {verb} ON journal WHEN {when} BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    for verb, when in GUARDED.items()
)
POSTGRES_GUARDS = (
    (
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$ LANGUAGE plpgsql"
    ),
    *(
        f"CREATE TRIGGER journal_no_{verb} BEFORE {verb} ON journal FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION journal_refuse()"
        for verb, when in GUARDED.items()
    ),
)

for _text in SQLITE_GUARDS:
    event.listen(Entry.__table__, "after_create", DDL(_text).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
for _text in POSTGRES_GUARDS:
    event.listen(Entry.__table__, "after_create", DDL(_text.replace("%", "%%")).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
