"""Which texts of this floor need translating: those marked with `N_` or said with `say` in Python, and `view.say` in templates."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
FLOOR = HERE.parent
_SAID = re.compile(r'view\.say\("([^"]+)"')


def texts() -> dict[str, set[str]]:
    """Every English text with the files it stands in."""
    found: dict[str, set[str]] = {}
    for file in sorted(FLOOR.rglob("*.py")):
        for _, message, _, _ in extract_from_file("python", file, keywords={"N_": None, "say": None}):
            found.setdefault(str(message), set()).add(str(file.relative_to(FLOOR)))
    for file in sorted(FLOOR.rglob("*.html")):
        for message in _SAID.findall(file.read_text("utf-8")):
            found.setdefault(message, set()).add(str(file.relative_to(FLOOR)))
    return found


def update() -> None:
    """Write id.po and en.po anew, with the translations they have."""
    for lang in ("id", "en"):
        file = HERE / f"{lang}.po"
        old = read_po(file.open("rb"), locale=lang) if file.is_file() else Catalog()
        new = Catalog(locale=lang, project="Loket", charset="utf-8", fuzzy=False)
        new.mime_headers = [("Language", lang), ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8")]
        new.header_comment = f"# The words of the forms: {lang}."
        for text, places in sorted(texts().items()):
            known = old.get(text)
            new.add(text, str(known.string) if known and known.string else "", locations=[(place, 0) for place in sorted(places)])
        with file.open("wb") as out:
            write_po(out, new, width=120, include_lineno=False, omit_header=False)
