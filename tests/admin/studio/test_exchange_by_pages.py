"""A draft goes from one office to another by the pages of the studio and is the same there: identical fingerprint, every kind of file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from engine import procedures
from engine.people import Person
from engine.store import Store, migrate
from tests.admin.studio.test_trials import said
from tests.engine.cases.small import with_every_kind_of_file
from tests.fixtures.databases import KEY, KEYS, SECRET
from tests.fixtures.visitors import Visitor, _person

STUDIO = "/admin/studio"


@pytest.fixture
def elsewhere(tmp_path: Path, clock) -> Iterator[tuple[Visitor, Store]]:
    """Another office with an administrator of its own, signed in; and its store."""
    from loket.app import create_app
    from loket.settings import read_settings

    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    store = Store(url, KEYS)
    migrate(store.engine)
    _person(store, clock(), "Dewi", "administrator", email="dewi@example.org")
    app = create_app(read_settings({}, home=str(tmp_path / "elsewhere"), database=url, key=KEY, secret=SECRET, log="quiet"), now=clock)
    app.testing, app.test_client_class = True, Visitor
    dewi = app.test_client()
    assert isinstance(dewi, Visitor)
    assert dewi.sign_in("dewi@example.org").status_code == 303
    dewi.get("/?lang=en")
    yield dewi, store
    app.extensions["loket"].store.close()
    store.close()


def test_a_draft_exported_here_and_taken_in_and_published_there_has_the_same_fingerprint(
    boss: Visitor, app_store: Store, rina: Person, now: datetime, elsewhere: tuple[Visitor, Store]
) -> None:
    files = with_every_kind_of_file()
    with app_store.unit() as db:
        procedures.begin_draft(db, "stall", files=files, by=rina.id, at=now)
    sent = boss.get(f"{STUDIO}/stall/export").data
    assert boss.send(f"{STUDIO}/stall/publish", {"note": "mulai"}, page=f"{STUDIO}/stall/publish").status_code == 303
    dewi, there = elsewhere
    shown = dewi.send(f"{STUDIO}/import", {"pack": (io.BytesIO(sent), "stall.zip")}, page=f"{STUDIO}/import").location
    page = said(dewi.get(shown).text)
    assert procedures.fingerprint(files) in page and all(name in page for name in files), "everything that comes in is named"
    assert dewi.send(shown, {}, page=shown).status_code == 303
    assert dewi.get(f"{STUDIO}/stall/export").data == sent, "the same bytes go out again"
    assert dewi.send(f"{STUDIO}/stall/publish", {"note": "dari kantor lain"}, page=f"{STUDIO}/stall/publish").status_code == 303
    with app_store.reading() as here, there.reading() as db:
        marks = {procedures.current(each, "stall").fingerprint for each in (here, db)}  # type: ignore[union-attr]
    assert marks == {procedures.fingerprint(files)}

    changed = {**files, "README.md": b"# Ours\n", "texts/en.toml": files["texts/en.toml"] + b"# ours\n"}
    with there.unit() as db:
        dewis = procedures.begin_draft(db, "stall", files=changed, by=rina.id, at=now)
    again = dewi.send(f"{STUDIO}/import", {"pack": (io.BytesIO(sent), "stall.zip")}, page=f"{STUDIO}/import").location
    assert dewi.send(again, {"of.README.md": "ours", "of.texts/en.toml": "theirs"}, page=again).status_code == 303
    with there.reading() as db:
        assert procedures.draft_files(db, "stall") == {**files, "README.md": b"# Ours\n"}
        assert procedures.draft_of(db, "stall").id == dewis.id, "into the draft that is open"
