"""When a notice was kept for want of a mail server, and which uploads are named by something that stays for ever."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNSETTLED = sa.text("settled_at IS NULL AND erased_at IS NULL AND purpose = 'answer'")


def upgrade() -> None:
    op.add_column("notice", sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("stored_file", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_stored_file_added_by", "stored_file", ["added_by", "added_at"])
    op.create_index("ix_stored_file_unsettled", "stored_file", ["added_at"], sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
