"""The words of this floor: English in the sources, other languages in the .po files beside this one, read at first use.

Kept free of Flask so that a form can speak in a job, in a story or on the command line.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Words = Mapping[str, str]

HERE = Path(__file__).parent


def N_(text: str) -> str:  # noqa: N802  the usual name, which the extraction of messages looks for
    """Mark a text for the catalogues without translating it now."""
    return text


@cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """The translations into `lang`; a language without a file gives the English texts."""
    source = HERE / f"{lang}.po"
    if not lang.isalpha() or not source.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def say(text: str, lang: str, /, **facts: object) -> str:
    """`text` (English, the key of the catalogue) in `lang`, with `{facts}` filled in."""
    words = catalogue(lang).gettext(text)
    return words.format_map(_Facts(facts)) if facts else words


class _Facts(dict[str, object]):
    """A fact that is missing leaves a gap, not a failure: a sentence is shown when something is wrong already."""

    def __missing__(self, key: str) -> str:
        return "…"


def pick(words: Words | None, lang: str) -> str:
    """The text of a form in `lang`, else in Indonesian; an absent text is empty."""
    if not words:
        return ""
    return words.get(lang) or words.get("id") or ""
