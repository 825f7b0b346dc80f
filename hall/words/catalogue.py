"""Reading a catalogue, also one that a merge has left with a text in it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po


def read(po: Path) -> Catalog:
    """A catalogue. After a merge a text may stand in it twice (both sides are kept): the one with a translation counts."""
    kept: dict[str, str] = {}
    for entry in entries(po.read_text(encoding="utf-8")):
        key, _, translation = entry.partition("\nmsgstr")
        key = key[key.find("msgid") :]
        if key not in kept or re.search(r'"[^"\n]', translation):
            kept[key] = entry
    return read_po(BytesIO("\n".join(kept.values()).encode()), locale=po.parent.parent.name)


def entries(text: str) -> Iterator[str]:
    """The entries of a catalogue's text, however they are spaced."""
    lines: list[str] = []
    translated = False
    for line in text.splitlines():
        if translated and line.startswith(("#", "msgid ", "msgctxt ")):
            yield "\n".join(lines) + "\n"
            lines, translated = [], False
        translated = translated or line.startswith("msgstr")
        lines.append(line)
    if translated:
        yield "\n".join(lines) + "\n"
