"""Migrations stand in a row, and make exactly the tables the code has."""

from __future__ import annotations

import re

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.store import Keyring, Store, migrate, pending
from engine.tables import metadata
from tests.house.sources import ROOT

MIGRATIONS = ROOT / "engine" / "store" / "migrations"


def test_migrations_stand_in_one_row() -> None:
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))
    numbers = [f"{number:04}" for number in range(1, len(names) + 1)]
    assert [name[:4] for name in names] == numbers, "Migrations are numbered 0001_words.py, 0002_words.py … without a gap."
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", name) for name in names), names
    rows = {script.revision: script.down_revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    expected = dict(zip(numbers, [None, *numbers[:-1]], strict=True))
    assert rows == expected, "Each migration follows the one before it: set `revision` and `down_revision` to the numbers."


def test_migrations_make_the_tables_that_the_code_has(empty_url: str) -> None:
    store = Store(empty_url, Keyring.read(Keyring.make()))
    migrate(store.engine)
    assert not pending(store.engine)
    with store.engine.connect() as connection:
        different = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    store.close()
    assert not different, 'A table was changed without a migration; run make migration WORDS="what changes":\n' + "\n".join(
        map(str, different)
    )
