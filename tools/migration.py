"""Write the next migration from what the tables in the code have and the database of the last migration has not.

`python tools/migration.py "keep the visitors' slots"` writes `…/migrations/versions/0007_keep_the_visitors_slots.py`: read it, mend what
a machine cannot know (data to move, triggers), and commit it with the change of the tables.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from engine.store import Base, Keyring, Store, head, migrate
from engine.store.base import Moment
from engine.tables import metadata

VERSIONS = Path(__file__).resolve().parents[1] / "engine" / "store" / "migrations" / "versions"
FILE = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
    {body}
'''


def main(arguments: list[str]) -> int:
    """Write the file; 1 when there is nothing to migrate."""
    if len(arguments) != 1 or not arguments[0].strip():
        print('What changes? python tools/migration.py "keep the visitors\' slots"', file=sys.stderr)
        return 2
    body = difference()
    if body is None:
        print("The migrations make just these tables; there is nothing to write.")
        return 1
    path = write(arguments[0].strip().rstrip("."), body)
    print(f"Written: {path}. Read it before you commit it.")
    return 0


def difference() -> str | None:
    """The upgrade as Python, or None."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/now.sqlite", Keyring.read(Keyring.make()))
        if head():
            migrate(store.engine)
        with store.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": metadata})
            made = produce_migrations(context, metadata)
        store.close()
    if made.upgrade_ops is None or made.upgrade_ops.is_empty():
        return None
    return render_python_code(made.upgrade_ops, render_item=plain, render_as_batch=bool(head()))


def plain(kind: str, thing: Any, _context: Any) -> str | bool:
    """Our own column types as what they are in the database: a migration must read the same when the code has moved on."""
    if kind != "type" or type(thing).__module__ != Base.__module__:
        return False
    return "sa.DateTime(timezone=True)" if isinstance(thing, Moment) else "sa.LargeBinary()"


def write(title: str, body: str) -> Path:
    """The file with the next number."""
    before = head()
    number = f"{int(before or 0) + 1:04}"
    words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    text = FILE.format(title=title, number=number, before=f'"{before}"' if before else None, body=body)
    VERSIONS.mkdir(exist_ok=True)
    path = VERSIONS / f"{number}_{words}.py"
    path.write_text("\n".join(line.rstrip() for line in text.splitlines() if "### " not in line) + "\n")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
