"""Alembic's environment: one engine, handed in by `engine.store.migrate`."""

from alembic import context
from sqlalchemy import Engine

from engine.store.base import Base


def run() -> None:
    """Run the migrations inside one transaction of the engine that was handed in."""
    engine: Engine = context.config.attributes["engine"]
    with engine.begin() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=connection.dialect.name == "sqlite")
        context.run_migrations()


run()
