"""docs/forms.md says what is so: its example is a form, and every kind, option and data attribute is told."""

from __future__ import annotations

import re
from pathlib import Path

import forms
from forms.common import common

HOUSE = Path(forms.__file__).parent.parent
DOCS = (HOUSE / "docs" / "forms.md").read_text("utf-8")


def test_the_example_is_a_form() -> None:
    example = re.search(r"```json\n(.*?)```", DOCS, re.DOTALL)
    assert example is not None
    assert forms.read(example[1].encode()).key == "application"


def test_the_page_of_the_kinds_is_made_from_the_kinds() -> None:
    written = (HOUSE / "docs" / "field-kinds.md").read_text("utf-8")
    assert written == forms.kinds_page(), "A kind changed: `loket kinds > docs/field-kinds.md`."


def test_every_editor_is_told() -> None:
    table = DOCS.split("| `editor` |")[1]
    told = set(re.findall(r"`(\w+)`", "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("|"))))
    used = {one.editor for kind in forms.kinds().values() for one in (*common(kind), *kind.properties)}
    assert used <= told


def test_every_data_attribute_is_told() -> None:
    sources = [
        path.read_text("utf-8")
        for folder in ("templates", "fields")
        for path in (HOUSE / "forms" / folder).rglob("*.*")
        if path.suffix != ".pyc"
    ]
    used = {name for text in sources for name in re.findall(r"\bdata-[a-z-]+\b", text)}
    assert sorted(name for name in used if f"`{name}" not in DOCS) == []


def test_every_way_of_reading_a_value_is_told() -> None:
    table = DOCS.split("| `data-value` | FEEL value |")[1]
    assert {kind.browser for kind in forms.kinds().values()} <= set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
