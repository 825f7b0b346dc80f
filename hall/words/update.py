"""Brings the catalogues in step with the code: `python -m hall.words.update` (`make words`).

Finds every marked text in hall, portal and admin, adds the new ones to each `.po`, drops the gone, and says what is untranslated.
With `--check` nothing is written; the exit status is 1 when a catalogue is out of step or a text has no Indonesian.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

from .catalogue import read

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FLOORS = ("hall", "portal", "admin")
# a header that changes at every run, or says nothing, only makes two people's changes collide
IDLE_HEADERS = (b'"Report-Msgid', b'"POT-Creation', b'"PO-Revision', b'"Last-Translator', b'"Generated-By')
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None}


def found(root: Path = ROOT) -> Catalog:
    """A catalogue of every marked text in the code."""
    with (HERE / "babel.cfg").open(encoding="utf-8") as lines:
        methods, options = parse_mapping_cfg(lines)
    catalogue = Catalog(project="Loket", charset="utf-8", fuzzy=False)
    for _file, _line, text, comments, context in extract_from_dir(
        root, methods, options, KEYWORDS, comment_tags=("words:",), directory_filter=wanted, strip_comment_tags=True
    ):
        # no places: a text that moves must not change a catalogue
        catalogue.add(text, None, auto_comments=comments, context=context)
    return catalogue


def wanted(folder: str) -> bool:
    """Only the floors that speak: everything else is not searched."""
    path = Path(folder).resolve()
    inside = path.relative_to(ROOT).parts if path.is_relative_to(ROOT) else ()
    return not inside or (inside[0] in FLOORS and "__pycache__" not in inside)


def files() -> list[Path]:
    """The catalogues' files, by language."""
    return sorted(HERE.glob("*/LC_MESSAGES/messages.po"))


def in_step(po: Path, template: Catalog) -> bytes:
    """The catalogue as it should be: texts added and dropped, translations kept."""
    catalogue = read(po)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True, update_creation_date=False)
    catalogue.obsolete.clear()
    out = BytesIO()
    write_po(out, catalogue, sort_output=True, width=140, no_location=True, ignore_obsolete=True)
    return b"".join(line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(IDLE_HEADERS))


def untranslated(po: Path) -> list[str]:
    """The texts of a catalogue that have no translation yet (English needs none)."""
    catalogue = read(po)
    return [name(message) for message in catalogue if message.id and (not message.string or message.fuzzy or not all(strings(message)))]


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a message, one per plural form."""
    return message.string if isinstance(message.string, tuple) else (str(message.string),)


def name(message: Message) -> str:
    """The text as it stands in the code."""
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def main(arguments: list[str]) -> int:
    """Write the catalogues, or only look (`--check`); the number of complaints as exit status 0 or 1."""
    template, only_look, complaints = found(), "--check" in arguments, 0
    for po in files():
        fresh = in_step(po, template)
        if only_look and fresh != po.read_bytes():
            complaints += 1
            print(f"{po.relative_to(ROOT)} is out of step: run 'make words'.")  # noqa: T201
        elif not only_look:
            po.write_bytes(fresh)
        missing = [] if po.parent.parent.name == "en" else untranslated(po)
        complaints += len(missing)
        for text in missing:
            print(f"{po.relative_to(ROOT)}: no translation of {text!r}")  # noqa: T201
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
