"""The contestants of `bench.engine`: each takes cases of the reklame permit (a billboard, eight completions) to its end.

`loket` completes tasks through `engine.cases`, and asks the table that comes later: what that costs counts with the completions. `floor`
writes the rows that Loket has written at the same step, sealed columns included, through plain SQLAlchemy Core with one look at the task
and one commit, and knows no process. Nothing of the engine's own way to the database is in it (no session, no prepared statements, no
task closed in the statement that opens the next), so that what makes the engine faster does not move the floor. It lays the files that
such a row names into the cabinet, too, under their fingerprint: a row of a file without the file is none. `stock` is SpiffWorkflow as it
comes: the same diagram with Python conditions, its own serializer, the whole workflow as JSON in one column.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from engine import cases, documents
from engine.cases.hand import _READ as READ
from engine.store import Base, Keyring, Session, Store, migrate, new_id, table_of, unit
from tests.engine.cases.scene import TUESDAY, Scene, billboard

WAY = (("sari", "application"), ("budi", "verify"), ("tuti", "survey"), ("agus", "road_check"), ("", "tax"), ("sari", "pay"),
       ("nina", "confirm"), ("rudi", "initial"), ("dewi", "approve"))  # fmt: skip  # "": by itself, after the commit of the step before
COMPLETIONS = sum(bool(who) for who, _ in WAY)
WAITS = {"survey": 1, "pay": 1}
Case = Callable[[], float]


def office(folder: Path) -> Scene:
    """Everybody at their desk, the permit published."""
    store = Store(f"sqlite:///{folder}/bench.sqlite", Keyring.read(Keyring.make()))
    migrate(store.engine)
    return billboard(store, folder)


def prepared(scene: Scene, who: str, step: str) -> tuple[str, Callable[[Session], object]]:
    """The open task of a step and the verb that does it. What the door brings is known before: the person, the checked answers."""
    scene.now += timedelta(days=WAITS.get(step, 0))
    task = scene.task(step)
    if not who:
        return task, lambda session: cases.ask_table(session, scene.office, task, at=scene.now)
    told = scene.deeds[step]
    answers = scene.check(who, task, told.answers, told.files)
    with scene.store.reading() as session:
        person = scene.person(session, who)
    return task, lambda session: cases.complete(session, scene.office, task, answers, by=person, at=scene.now)


def loket(folder: Path) -> Case:
    """Through the engine."""
    scene = office(folder)

    def case() -> float:
        scene.now = TUESDAY  # the story's dates are those of that week
        scene.open("sari")
        took = 0.0
        for who, step in WAY:
            _, verb = prepared(scene, who, step)
            began = process_time()
            with scene.store.unit() as session:
                verb(session)
            took += process_time() - began
        return took / COMPLETIONS

    return case


Rows = dict[Table, dict[tuple[Any, ...], dict[str, Any]]]
Inserts = list[tuple[Table, list[dict[str, Any]]]]
Updates = list[tuple[Table, dict[str, Any], dict[str, Any]]]


def rows_of(store: Store) -> Rows:
    """Everything the database holds, opened."""
    found: Rows = {}
    with store.reading() as session:
        for table in Base.metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            rows = [dict(row) for row in session.connection().execute(select(table)).mappings()]
            found[table] = {tuple(row[key] for key in keys): row for row in rows}
    return found


def floor(folder: Path) -> Case:
    """The same rows without an engine: what each step has inserted and changed is taken down once, and written again for new cases."""
    scene = office(folder)
    script: list[tuple[str, Inserts, Updates]] = []
    for who, step in WAY:
        task, verb = prepared(scene, who, step)
        before = rows_of(scene.store)
        with scene.store.unit() as session:
            verb(session)
        script.append((task, *changed(before, rows_of(scene.store))))
    opened = rows_of(scene.store)
    (begun,) = opened[table_of(cases.Case)].values()
    application = opened[table_of(cases.Task)][(script[0][0],)]
    files = {step: contents(scene, inserts) for step, inserts, _ in script}
    statements: dict[tuple[Table, tuple[str, ...]], Any] = {}
    put = {table: insert(table).inline() for table in Base.metadata.sorted_tables}

    def change(table: Table, keys: tuple[str, ...], names: tuple[str, ...]) -> Any:
        made = update(table).where(*(table.c[key] == bindparam(f"key_{key}") for key in keys))
        return made.values({name: bindparam(f"new_{name}") for name in names})

    def begin(new: Renamed) -> None:
        with transaction(scene.store) as connection:
            connection.execute(put[table_of(cases.Case)], [{**new.row(begun), "state": b"{}"}])
            blank = {"done_at": None, "done_by": None, "draft": None}
            connection.execute(put[table_of(cases.Task)], [{**new.row(application), **blank}])

    def complete(new: Renamed, task: str, inserts: Inserts, updates: Updates) -> None:
        with transaction(scene.store) as connection:
            assert connection.execute(READ.statement, {"the_task": new.of(task)}).first() is not None
            for table, key, values in updates:
                names = tuple(values)
                if (table, names) not in statements:
                    statements[table, names] = change(table, tuple(key), names)
                bound = {f"key_{name}": new.of(value) for name, value in key.items()}
                connection.execute(statements[table, names], {**bound, **{f"new_{name}": new.of(value) for name, value in values.items()}})
            for table, rows in inserts:
                connection.execute(put[table], fresh := [new.row(row) for row in rows])
                for row, content in zip(fresh, files[task] if table is documents.StoredFile.__table__ else (), strict=False):
                    assert hashlib.sha256(content).hexdigest() == row["sha256"]
                    scene.office.cabinet.put(row["place"], content)

    def case() -> float:
        new = Renamed()
        begin(new)
        took = 0.0
        for task, inserts, updates in script:
            began = process_time()
            complete(new, task, inserts, updates)
            took += process_time() - began
        return took / COMPLETIONS

    return case


@contextmanager
def transaction(store: Store) -> Iterator[Connection]:
    """One that writes, as SQLAlchemy Core begins it."""
    unit._next.writing = True  # SQLite's writers queue up, the floor's too
    with store.engine.begin() as connection:
        yield connection


def contents(scene: Scene, inserts: Inserts) -> list[bytes]:
    """What lies in the cabinet for the rows of files, in their order."""
    kept = [row for table, rows in inserts if table is documents.StoredFile.__table__ for row in rows]
    return [scene.office.cabinet.get(row["place"]) or b"" for row in kept]


class Renamed:
    """The ids of a new case in the places of those that were taken down; what must be unique is made so."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._tail = new_id()[-10:]

    def of(self, value: Any) -> Any:
        """A new id for an old one, the value itself otherwise."""
        return self._known.get(value, value) if type(value) is str else value

    def row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row of the new case."""
        if isinstance(ident := row.get("id"), str) and ident not in self._known:
            self._known[ident] = str(uuid4()) if len(ident) == 36 else new_id()
        made = {name: self.of(value) for name, value in row.items()}
        for name in ("number", "place", "key"):
            if name in made and made[name] is not None:
                made[name] = f"{str(made[name])[:40]}{self._tail}"
        return made


def changed(before: Rows, after: Rows) -> tuple[Inserts, Updates]:
    """(rows that are new, by table; keys and new values of those that were changed)."""
    inserts: Inserts = []
    updates: Updates = []
    for table, rows in after.items():
        fresh = [row for key, row in rows.items() if key not in before[table]]
        if fresh:
            inserts.append((table, fresh))
        for key, row in rows.items():
            old = before[table].get(key)
            if old is not None and old != row:
                names = [column.name for column in table.primary_key]
                values = {name: value for name, value in row.items() if old[name] != value and name != "number"}
                updates.append((table, dict(zip(names, key, strict=True)), values))
    return inserts, updates


def stock(folder: Path) -> Case:
    """SpiffWorkflow as it comes."""
    from bench import stock_spiff  # the only contestant that needs it

    return stock_spiff.case_in(folder)


CONTESTANTS: dict[str, Callable[[Path], Case]] = {"loket": loket, "floor": floor, "floor again": floor, "stock SpiffWorkflow": stock}


def main(name: str) -> None:
    """Answer each line with what a completion took; the first (`ready`) when everything is warm."""
    with tempfile.TemporaryDirectory() as folder:
        case = CONTESTANTS[name](Path(folder))
        for _ in sys.stdin:
            print(json.dumps(case()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
