"""One difference, and its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.procedures.sayings.differing import SENTENCES

Words = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """One thing that differs: `place` is the file, `facts` are texts, numbers, or words in both languages."""

    place: str
    code: str
    facts: Mapping[str, object]

    def sentence(self, lang: str) -> str:
        """It in the reader's language."""
        return said(self, lang)


def said(difference: Difference, lang: str) -> str:
    """One sentence."""
    text = SENTENCES[difference.code].get(lang) or SENTENCES[difference.code]["en"]
    told = text.format(**{name: _shown(value, lang) for name, value in difference.facts.items()})
    return told[:1].upper() + told[1:]


def _shown(value: object, lang: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(lang) or value.get("id") or "")
    if isinstance(value, int) and not isinstance(value, bool):
        return number(str(value), lang)
    return str(value)


def number(text: str, lang: str) -> str:
    """A whole or decimal number with the reader's marks: 13.225,5 and 13,225.5."""
    whole, _, part = text.lstrip("-").partition(".")
    sign = "-" if text.startswith("-") else ""
    grouped = f"{int(whole):,}"
    grouped, mark = (grouped.replace(",", "."), ",") if lang == "id" else (grouped, ".")
    return sign + grouped + (mark + part if part else "")


def both(indonesian: str, english: str) -> Words:
    """Words in both languages."""
    return {"id": indonesian, "en": english}


def quoted(words: Mapping[str, str]) -> Words:
    """Words in quotation marks."""
    return {lang: f"“{words.get(lang) or words.get('id', '')}”" for lang in ("id", "en")}


NONE = both("tidak ada", "none")
ALWAYS = both("selalu", "always")
