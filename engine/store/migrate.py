"""Bringing a database to the tables of this version, with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

MIGRATIONS = Path(__file__).with_name("migrations")


def _config(engine: Engine | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    return config


def head() -> str:
    """The number of the newest migration, e.g. "0001"."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def migrate(engine: Engine) -> None:
    """Upgrade the database to `head`; does nothing when it is there already."""
    command.upgrade(_config(engine), "head")


def pending(engine: Engine) -> bool:
    """Whether `migrate` would do something."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() != head()
