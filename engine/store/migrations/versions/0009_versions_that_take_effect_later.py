"""On what legal basis a version was published, and which version takes effect later."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("version", sa.Column("legal_basis", sa.String(300), nullable=False, server_default=""))
    op.add_column("procedure", sa.Column("next_from", sa.DateTime(timezone=True), nullable=True))
    op.add_column("procedure", sa.Column("next_by", sa.String(26), nullable=True))
    op.add_column("procedure", sa.Column("next_version_id", sa.String(26), nullable=True))
