"""One journal: what happened, what was sent in, what tables decided and what people were told are lines of one table.

Completing a task writes all of these; now it is one statement. What was sealed under its old place is sealed again under the new one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
MINE = sa.text("person_id IS NOT NULL")
AT_ONCE = 500  # lines that are carried over by one statement
Carry = Callable[[Any, "Seals"], Mapping[str, Any]]

GUARDED = {"UPDATE": "OLD.kind <> 'notice'", "DELETE": "OLD.kind = 'event'"}
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


class Seals:
    """The keys of the office, for columns that change their place."""

    def __init__(self, keys: Any) -> None:
        self.keys = keys

    def opened(self, value: bytes, place: str) -> Any:
        """What was sealed there as plain values."""
        return orjson.loads(self.keys.open(bytes(value), place))

    def text(self, value: bytes | None, place: str) -> str:
        """The same for a text."""
        return "" if value is None else str(self.keys.open(bytes(value), place).decode())

    def sealed(self, value: Any) -> bytes:
        """Sealed in the journal."""
        sealed: bytes = self.keys.seal(orjson.dumps(value), "journal.sealed")
        return sealed


def upgrade() -> None:
    journal = op.create_table(
        "journal",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("kept_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    bind = op.get_bind()
    op.execute(
        'INSERT INTO journal (id, kind, what, case_id, "by", at, facts) SELECT id, \'event\', what, case_id, "by", at, facts FROM event'
    )
    seals = Seals(bind.dialect.loket_keys)  # type: ignore[attr-defined]
    for table, carry in CARRIED.items():
        for lines in _in_parts(_rows(bind, table), carry, seals):
            bind.execute(journal.insert(), lines)
    for table in ("event", *CARRIED):
        op.drop_table(table)
    op.create_index("ix_journal_case", "journal", ["case_id", "kind", "id"], unique=False)
    op.create_index("ix_journal_kind", "journal", ["kind", "id"], unique=False)
    op.create_index("ix_journal_person", "journal", ["person_id", "id"], unique=False, sqlite_where=MINE, postgresql_where=MINE)
    for guard in SQLITE_GUARDS if bind.dialect.name == "sqlite" else ("DROP FUNCTION event_refuse", *POSTGRES_GUARDS):
        op.execute(guard)


def _rows(bind: sa.Connection, name: str) -> Iterable[Any]:
    """All rows of an old table, a part at a time in the order of their ids."""
    known = sa.Table(name, sa.MetaData(), autoload_with=bind)
    for column in known.columns:
        column.type = MOMENT if isinstance(column.type, sa.DateTime) else column.type
    last = ""
    while rows := bind.execute(sa.select(known).where(known.c.id > last).order_by(known.c.id).limit(AT_ONCE)).all():
        yield from rows
        last = rows[-1].id


def _in_parts(rows: Iterable[Any], carry: Carry, seals: Seals) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        nothing = dict.fromkeys(("by", "sealed", "person_id", "address", "sent_at", "kept_at"))
        part.append({**nothing, "id": row.id, "case_id": row.case_id, **carry(row, seals)})
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _submission(row: Any, seals: Seals) -> Mapping[str, Any]:
    facts = orjson.dumps({"task": row.task_id, "version": row.version_id})
    sealed = seals.sealed(seals.opened(row.given, "submission.given"))
    return {"kind": "answers", "what": row.form, "facts": facts, "sealed": sealed, "by": row.by, "at": row.at}


def _decided(row: Any, seals: Seals) -> Mapping[str, Any]:
    sealed = seals.sealed({"value": seals.opened(row.value, "decided.value"), "fired": seals.opened(row.fired, "decided.fired")})
    return {"kind": "decision", "what": row.name, "facts": orjson.dumps({"step": row.step}), "sealed": sealed, "at": row.at}


def _notice(row: Any, seals: Seals) -> Mapping[str, Any]:
    sealed = seals.sealed({"subject": seals.text(row.subject, "notice.subject"), "body": seals.text(row.body, "notice.body")})
    address = row.address and seals.keys.seal(seals.text(row.address, "notice.address").encode(), "journal.address")
    line = {"kind": "notice", "what": row.what, "facts": orjson.dumps({"language": row.language}), "sealed": sealed, "at": row.made_at}
    return {**line, "person_id": row.person_id, "address": address, "sent_at": row.sent_at, "kept_at": row.kept_at}


CARRIED: Mapping[str, Carry] = {"submission": _submission, "decided": _decided, "notice": _notice}
