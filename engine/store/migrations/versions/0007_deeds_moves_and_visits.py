"""Suspended cases, the reasons of deeds, messages that arrived, and cases that were moved to another version;
browsers that are signed in, and links to e-mail addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("case_file", sa.Column("suspended_until", MOMENT, nullable=True))
    op.add_column("case_file", sa.Column("pauses", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("case_file", sa.Column("last_state", sa.LargeBinary(), nullable=True))
    op.add_column("person", sa.Column("email_proved_at", MOMENT, nullable=True))
    op.create_table(
        "visit",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_visit_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
    )
    op.create_index("ix_visit_person_id", "visit", ["person_id"])
    op.create_table(
        "link",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("person_id", sa.String(26), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_link_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
    )
    op.create_index("ix_link_person_id", "link", ["person_id"])
    op.add_column("timer", sa.Column("made_at", MOMENT, nullable=True))
    op.create_table(
        "remark",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(26), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_remark_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
    )
    op.create_index("ix_remark_case_id", "remark", ["case_id"])
    op.create_table(
        "pause",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("over_at", MOMENT, nullable=True),
        sa.Column("remark_id", sa.String(26), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_pause_case_id"),
        sa.ForeignKeyConstraint(["remark_id"], ["remark.id"], name="fk_pause_remark_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
    )
    op.create_index("ix_pause_case_id", "pause", ["case_id"])
    op.create_table(
        "received",
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("message", sa.String(80), nullable=False),
        sa.Column("by", sa.String(26), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_received_case_id"),
        sa.PrimaryKeyConstraint("key", name="pk_received"),
    )
    op.create_index("ix_received_case_id", "received", ["case_id"])
    op.create_table(
        "move",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("procedure_key", sa.String(60), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("names", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("by", sa.String(26), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("over_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_move_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_move"),
    )
    op.create_index("ix_move_procedure_key", "move", ["procedure_key"])
    op.create_table(
        "move_line",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("move_id", sa.String(26), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("reasons", sa.LargeBinary(), nullable=False),
        sa.Column("version_id", sa.String(26), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_move_line_case_id"),
        sa.ForeignKeyConstraint(["move_id"], ["move.id"], name="fk_move_line_move_id"),
        sa.PrimaryKeyConstraint("id", name="pk_move_line"),
        sa.UniqueConstraint("move_id", "case_id", name="uq_move_line_move_id_case_id"),
    )
    op.create_index("ix_move_line_case_id", "move_line", ["case_id"])
    op.create_index("ix_move_line_verdict", "move_line", ["move_id", "verdict", "case_id"])
