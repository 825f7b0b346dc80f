"""Drafts of procedures, and every state of their files."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "procedure_draft",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("procedure_key", sa.String(length=60), nullable=False),
        sa.Column("base_version_id", sa.String(length=26), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("began_by", sa.String(length=26), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=26), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(length=26), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(["base_version_id"], ["version.id"], name=op.f("fk_procedure_draft_base_version_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_procedure_draft_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_draft")),
    )
    op.create_index("uq_procedure_draft_open", "procedure_draft", ["procedure_key"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "draft_file",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("draft_id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=True),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["procedure_draft.id"], name=op.f("fk_draft_file_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_file")),
        sa.UniqueConstraint("draft_id", "name", "rev", name=op.f("uq_draft_file_draft_id_name_rev")),
    )
    for text in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(text)


SQLITE = tuple(
    f"CREATE TRIGGER draft_file_no_{verb} BEFORE {verb} ON draft_file BEGIN SELECT RAISE(ABORT, 'states of a draft are append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES = (
    (
        "CREATE OR REPLACE FUNCTION draft_file_refuse() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'states of a draft are append-only'; END $$ LANGUAGE plpgsql"
    ),
    "CREATE TRIGGER draft_file_append_only BEFORE UPDATE OR DELETE ON draft_file FOR EACH STATEMENT EXECUTE FUNCTION draft_file_refuse()",
)
