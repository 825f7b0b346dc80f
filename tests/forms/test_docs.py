"""docs/forms.md says what is so: its example is a form, and every kind, option and data attribute is told."""

from __future__ import annotations

import re
from pathlib import Path

import forms

HOUSE = Path(forms.__file__).parent.parent
DOCS = (HOUSE / "docs" / "forms.md").read_text("utf-8")


def test_the_example_is_a_form() -> None:
    example = re.search(r"```json\n(.*?)```", DOCS, re.DOTALL)
    assert example is not None
    assert forms.read(example[1].encode()).key == "application"


def test_every_kind_and_option_is_told() -> None:
    for word, kind in forms.kinds().items():
        rows = [line for line in DOCS.splitlines() if line.startswith("|") and f"`{word}`" in line.split("|")[1]]
        assert rows, f"docs/forms.md does not tell of the kind {word}"
        missing = [name for name in kind.options if not any(f"`{name}`" in row for row in rows)]
        assert missing == [], f"docs/forms.md does not tell of options of {word}"


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
