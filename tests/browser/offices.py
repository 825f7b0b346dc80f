"""A running office with two administrators, and a small form to work on in the builder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from engine import procedures
from engine.store import Store
from tests.fixtures.browser import Served
from tests.fixtures.databases import KEYS
from tests.fixtures.visitors import _person

WORDS = {"id": "Izin kios", "en": "Kiosk permit"}


def asked(key: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    words = {"id": label, "en": f"{label} (en)"}
    return {"key": key, "kind": kind, "label": words, "noun": {lang: text.lower() for lang, text in words.items()}, **more}


def small() -> dict[str, Any]:
    """A form with a page, and one with a condition."""
    choices = [{"value": one, "label": {"id": one.capitalize(), "en": one.capitalize()}} for one in ("papan", "kain")]
    rule = {"check": "application.tinggi > 1", "say": {"id": "Terlalu rendah.", "en": "Too low."}, "level": "warning"}
    kind, height = asked("jenis", "choice", "Jenis", choices=choices), asked("tinggi", "number", "Tinggi", rules=[rule])
    first = [kind, height, asked("nama", "text", "Nama")]
    rows = [asked("isi", "text", "Isi"), asked("jumlah", "number", "Jumlah")]
    second = [asked("barang", "group", "Barang", fields=rows), {"include": "kuasa"}]
    pages = [
        {"key": "satu", "title": {"id": "Satu", "en": "One"}, "fields": first},
        {"key": "dua", "title": {"id": "Dua", "en": "Two"}, "show_when": 'application.jenis = "papan"', "fields": second},
    ]
    return {"format": "loket-form/1", "key": "application", "title": WORDS, "pages": pages}


class Office:
    """A running office with two administrators, and drafts to work on."""

    def __init__(self, served: Served) -> None:
        self.url, self.store, self.made = served.url, Store(served.database, KEYS), 0
        self.rina, self.budi = (
            _person(self.store, datetime.now(UTC), name, "administrator", email=f"{name.lower()}@example.org") for name in ("Rina", "Budi")
        )

    def draft(self, form: Any, **more: Any) -> str:
        """An open draft with this form, and others by their key; the draft's key."""
        self.made += 1
        key = f"kios_{self.made}"
        with self.store.unit() as db:
            procedures.new_procedure(db, key, WORDS, by=self.rina.id, at=datetime.now(UTC))
            files = {f"forms/{name}.json": json.dumps(tree).encode() for name, tree in {"application": form, **more}.items()}
            procedures.write_draft(db, key, dict(files), by=self.rina.id, at=datetime.now(UTC))
        return key

    def form(self, key: str, name: str = "application") -> Any:
        """A form of a draft as it is saved."""
        with self.store.reading() as db:
            return json.loads(procedures.draft_file(db, key, f"forms/{name}.json")[0])

    def keys(self, key: str, page: int = 0) -> list[str]:
        """The keys of the questions of a page, as saved."""
        return [each.get("key", each.get("include")) for each in self.form(key)["pages"][page]["fields"]]
