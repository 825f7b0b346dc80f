"""The house's own letters: what every office says in the same words unless a procedure brings a letter of that name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "letters"
LANGUAGES = ("id", "en")


@cache
def house_letter(what: str, lang: str) -> str:
    """The Liquid text `letters/<what>.<lang>.md`; in a language there is none for, the Indonesian one. Raises FileNotFoundError."""
    return (FOLDER / f"{what}.{lang if lang in LANGUAGES else 'id'}.md").read_text(encoding="utf-8")
