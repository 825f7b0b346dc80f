"""A form that uses every kind, and the moment at which the tests stand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

import forms
from forms import Form


def words(text: str) -> dict[str, str]:
    return {"id": text, "en": text}


def question(key: str, kind: str, **options: Any) -> dict[str, Any]:
    noun = {} if kind == "information" else {"noun": {"id": key.replace("_", " "), "en": f"the {key.replace('_', ' ')}"}}
    return {"key": key, "kind": kind, "label": words(key.replace("_", " ").capitalize()), **noun, **options}


def options(*values: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": words(value.capitalize())} for value in values]


def document() -> dict[str, Any]:
    person = [
        question("name", "text", max_length=100, autocomplete="name"),
        question("nik", "nik"),
        question("npwp", "npwp", required=False),
        question("phone", "phone"),
        question("email", "email", required=False),
        question("home", "region", level="district"),
        question("ktp", "file"),
    ]
    site = [
        question("kind", "choice", choices=options("banner", "billboard", "video")),
        question("area", "number", decimals=2, min=0.1, show_when='application.kind != "video"'),
        question("value", "rupiah", required_when="application.area > 50", required=False),
        question(
            "points",
            "group",
            max=3,
            show_when='application.kind != "video"',
            fields=[
                question("road_class", "select", choices=options("one", "two")),
                question("reason", "textarea", max_length=200, show_when='row.road_class = "one"'),
                question("photo", "file", required=False),
            ],
        ),
        question("start", "date", min="today()"),
        question(
            "finish", "date", rules=[{"check": "application.finish > application.start", "say": words("Selesai harus setelah mulai.")}]
        ),
        question("note", "information", text=words("Paragraf satu.\n\nParagraf dua.")),
        question("lit", "yes_no"),
        question("sides", "choices", choices=options("north", "south"), show_when="application.lit"),
        question("photos", "files", max=3, required=False),
    ]
    end = [question("agree", "declaration", text=words("Data di atas benar."), version="1")]
    pages = [
        ("who", person, None),
        ("site", site, None),
        ("extra", [question("why", "textarea")], "application.area > 100"),
        ("end", end, None),
    ]
    made = [{"key": key, "title": words(key), "fields": fields, **({"show_when": show} if show else {})} for key, fields, show in pages]
    return {"format": "loket-form/1", "key": "application", "title": words("Reklame"), "pages": made}


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def doc() -> dict[str, Any]:
    return document()


@pytest.fixture(scope="session")
def form() -> Form:
    return forms.read(json.dumps(document()).encode())


@pytest.fixture
def raw() -> dict[str, Any]:
    """Answers that pass."""
    return {
        "name": "Siti Rahma",
        "nik": "3525015708900002",
        "phone": "0812 3456 7890",
        "home": {"province": "35", "regency": "35.25", "district": "35.25.01"},
        "ktp": "ktp-1",
        "kind": "billboard",
        "area": "12,5",
        "points": [{"road_class": "one", "reason": "Ramai"}, {"road_class": "two"}],
        "start": {"day": "1", "month": "12", "year": "2026"},
        "finish": "2026-12-31",
        "lit": "no",
        "agree": {"agreed": "yes", "version": "1"},
    }


@pytest.fixture
def kept() -> dict[str, forms.FileRef]:
    return {name: forms.FileRef(name, f"{name}.jpg", "image/jpeg", 9, "0" * 64) for name in ("ktp-1", "ktp-2")}
