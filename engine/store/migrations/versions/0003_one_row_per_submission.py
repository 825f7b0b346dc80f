"""One row per submission instead of one per value; a task knows its first desk and its turn; a case has at hand what its steps ask.

What was answered is kept whole: for every moment at which values of a form were given or taken away there is a submission now.
"""

import secrets
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL AND dropped_at IS NULL")
MOMENT = sa.DateTime(timezone=True)
INDEXES = ("ix_task_case_id", "ix_task_assignee_open", "ix_task_case_open")
DIGITS = str.maketrans("0123456789ABCDEFGHJKMNPQRSTVWXYZ", "0123456789abcdefghijklmnopqrstuv")
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

ANSWER = sa.table(
    "answer",
    *(sa.column(name, sa.String) for name in ("id", "case_id", "task_id", "form", "field", "version_id", "by")),
    sa.column("value", sa.LargeBinary),
    sa.column("at", MOMENT),
    sa.column("replaced_at", MOMENT),
)
TASK = sa.table("task", *(sa.column(name, sa.String) for name in ("id", "case_id", "form", "done_by")), sa.column("done_at", MOMENT))


def upgrade() -> None:
    op.add_column("case_file", sa.Column("at_hand", sa.LargeBinary(), nullable=True))
    submissions()
    tasks()


def submissions() -> None:
    made = op.create_table(
        "submission",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=False),
        sa.Column("version_id", sa.String(length=26), nullable=False),
        sa.Column("given", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_submission_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index("ix_submission_case", "submission", ["case_id", "form", "id"], unique=False)
    bind = op.get_bind()
    for case in list(bind.scalars(sa.select(ANSWER.c.case_id).distinct())):
        rows = bind.execute(sa.select(ANSWER).where(ANSWER.c.case_id == case).order_by(ANSWER.c.form, ANSWER.c.id)).all()
        for form, values in groupby(rows, key=lambda row: row.form):
            op.bulk_insert(made, list(sent(bind, case, form, list(values))))
    op.drop_table("answer")


def sent(bind: sa.Connection, case: str, form: str, rows: list[Any]) -> Iterator[dict[str, Any]]:
    """The submissions of one form of a case: what held after each moment at which something changed."""
    keys: Any = bind.dialect.loket_keys  # type: ignore[attr-defined]
    last = rows[0].id
    for moment in sorted({row.at for row in rows} | {row.replaced_at for row in rows if row.replaced_at is not None}):
        fresh = [row for row in rows if row.at == moment]
        held = [row for row in rows if row.at <= moment and (row.replaced_at is None or row.replaced_at > moment)]
        given = {row.field: orjson.loads(keys.open(bytes(row.value), "answer.value")) for row in held}
        if fresh:
            last, task, by = fresh[0].id, fresh[0].task_id, fresh[0].by
        else:  # only taken away: the task that was done at this moment tells who did it
            where = (TASK.c.case_id == case, TASK.c.form == form, TASK.c.done_at == moment)
            task, by = bind.execute(sa.select(TASK.c.id, TASK.c.done_by).where(*where)).first() or ("", None)
            last = next_id(last)
        row = {"id": last, "case_id": case, "task_id": task, "form": form, "version_id": (fresh or held or rows)[-1].version_id}
        yield {**row, "given": keys.seal(orjson.dumps(given), "submission.given"), "by": by, "at": moment}


def next_id(before: str) -> str:
    """An id that sorts right after another."""
    number, letters = int(before.translate(DIGITS), 32) + 1 + secrets.randbits(40), ""
    for _ in range(26):
        number, rest = divmod(number, 32)
        letters = LETTERS[rest] + letters
    return letters


def tasks() -> None:
    bind = op.get_bind()
    op.add_column("task", sa.Column("desk", sa.String(length=60), nullable=True))
    op.add_column("task", sa.Column("turn_at", MOMENT, nullable=True))
    op.execute("UPDATE task SET turn_at = coalesce(due_at, opened_at), desk = (SELECT min(desk) FROM seat WHERE seat.task_id = task.id)")
    op.execute("DELETE FROM seat WHERE EXISTS (SELECT 1 FROM task WHERE task.id = seat.task_id AND task.desk = seat.desk)")
    kept = bind.execute(sa.text("SELECT task_id, desk FROM seat")).all()
    op.drop_index("ix_seat_inbox", "seat")
    op.drop_table("seat")  # SQLite makes the table of tasks anew below, and nothing may point to it meanwhile
    for name in INDEXES:
        op.drop_index(name, "task")
    with op.batch_alter_table("task") as batch:
        batch.alter_column("turn_at", existing_type=MOMENT, nullable=False)
    op.create_index("ix_task_case_id", "task", ["case_id"], unique=False)
    op.create_index("ix_task_case_open", "task", ["case_id", "step"], sqlite_where=OPEN, postgresql_where=OPEN)
    for column in ("assignee", "desk"):
        op.create_index(f"ix_task_{column}_open", "task", [column, "turn_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "seat",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("desk", sa.String(length=60), nullable=False),
        sa.Column("turn_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_seat_task_id")),
        sa.PrimaryKeyConstraint("task_id", "desk", name=op.f("pk_seat")),
    )
    op.create_index("ix_seat_inbox", "seat", ["desk", "turn_at", "task_id"], unique=False)
    for task, desk in kept:
        again = sa.text("INSERT INTO seat (task_id, desk, turn_at) SELECT id, :desk, turn_at FROM task WHERE id = :task")
        bind.execute(again, {"task": task, "desk": desk})
