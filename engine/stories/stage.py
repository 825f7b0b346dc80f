"""The throw-away office that stories are played on, and the files people in stories send."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from engine.calendar import Calendar
from engine.documents import Cabinet, Layout
from engine.fees import Account
from engine.office import Office
from engine.store import Keyring, Store, migrate
from forms import Upload

from .read import BadFile


@contextmanager
def throw_away(calendar: Calendar | None = None) -> Iterator[tuple[Store, Office]]:
    """A fresh SQLite database and cabinet in a temporary folder, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="loket-story-") as folder:
        path = Path(folder) / "story.db"
        path.write_bytes(empty_database())
        store = Store(f"sqlite:///{path}", Keyring.read(Keyring.make()))
        try:
            yield store, office_for(Path(folder), calendar)
        finally:
            store.close()


def office_for(folder: Path, calendar: Calendar | None = None) -> Office:
    """An office with made-up names, files in `folder`, and no mail."""
    return Office(
        name="DPMPTSP Kabupaten Contoh",
        address="https://izin.contoh.go.id",
        calendar=calendar or Calendar.read(zone="Asia/Jakarta"),
        cabinet=Cabinet(str(folder / "files")),
        layout=Layout(office="DPMPTSP Kabupaten Contoh", address="Jalan Contoh No. 1"),
        account=Account(bank="Bank Contoh", number="000-123-456", holder="Kas Daerah Kabupaten Contoh"),
    )


@cache
def empty_database() -> bytes:
    """The bytes of a SQLite database with every table and nothing in it."""
    with tempfile.TemporaryDirectory(prefix="loket-empty-") as folder:
        path = Path(folder) / "empty.db"
        store = Store(f"sqlite:///{path}", Keyring.read(Keyring.make()))
        migrate(store.engine)
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()
        return path.read_bytes()


@cache
def sample(name: str) -> Upload:
    """A real JPEG, PNG or PDF by its ending (`sample.jpg`), 1,200 × 900 pixels, with its name written on it. Raises BadFile."""
    kind = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "pdf": "PDF"}.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise BadFile(file=name, why="write a name that ends with .jpg, .jpeg, .png or .pdf")
    picture = Image.new("RGB", (1200, 900), "#eef3f0")
    ImageDraw.Draw(picture).text((80, 80), name, fill="#0f3d2e")
    data = io.BytesIO()
    picture.save(data, kind)
    return Upload(name, data.getvalue())
