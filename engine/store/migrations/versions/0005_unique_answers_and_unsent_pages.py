"""Fingerprints of answers that must be unique, and pages sent after a session had ended."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_value",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("procedure_key", sa.String(length=60), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_register_value_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_value")),
    )
    op.create_index(op.f("ix_register_value_case_id"), "register_value", ["case_id"], unique=False)
    op.create_index("ix_register_value_mark", "register_value", ["procedure_key", "question", "mark"], unique=False)
    op.create_table(
        "unsent_page",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("pairs", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsent_page")),
    )
    op.create_index(op.f("ix_unsent_page_made_at"), "unsent_page", ["made_at"], unique=False)
