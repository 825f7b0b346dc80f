"""A choice table: a CSV file with a header `value,id,en`, one line for each choice. Further columns are for people and not read.

Values are what is kept; they follow the same rule as those of a list of choices in a form, so they can stand in an address and in FEEL.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms.words import Words
from rules import Finding

COLUMNS = ("value", "id", "en")
MOST = 5_000
LONGEST = 200
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


@dataclass(frozen=True, eq=False)
class Entry:
    """One line of a choice table."""

    value: str
    label: Words


def read_list(data: bytes) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """(the entries, what is wrong). Places are `#line 3`; a table with a fault has no entries."""
    try:
        text = data.decode("utf-8-sig")
        lines = [*csv.DictReader(io.StringIO(text, newline=""), strict=True)]
    except (UnicodeDecodeError, csv.Error) as error:
        return (), (Finding("#", "list.csv", {"why": str(error)[:200]}),)
    if not lines or not set(COLUMNS) <= set(lines[0]):
        return (), (Finding("#line 1", "list.columns", {"columns": ", ".join(COLUMNS)}),)
    if len(lines) > MOST:
        return (), (Finding("#", "list.long", {"count": len(lines), "max": MOST}),)
    found = tuple(_faults(lines))
    if found:
        return (), found
    return tuple(Entry(line["value"].strip(), {"id": line["id"].strip(), "en": line["en"].strip()}) for line in lines), ()


def _faults(lines: list[dict[str, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, line in enumerate(lines, 2):
        value = (line["value"] or "").strip()
        if not _VALUE.fullmatch(value):
            yield Finding(f"#line {number}", "list.value", {"value": value[:60]})
        elif value in seen:
            yield Finding(f"#line {number}", "form.twice", {"what": value})
        elif not all(0 < len((line[lang] or "").strip()) <= LONGEST for lang in ("id", "en")):
            yield Finding(f"#line {number}", "list.label", {"max": LONGEST})
        seen.add(value)
