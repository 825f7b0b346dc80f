"""Words of the house in both languages at once, for what the studio hands to its scripts."""

from __future__ import annotations

from flask_babel import force_locale, gettext

from hall.language import LANGUAGES


def both(text: str) -> dict[str, str]:
    """A text of the catalogue (marked with N_) in every language."""
    made: dict[str, str] = {}
    for lang in LANGUAGES:
        with force_locale(lang):
            made[lang] = gettext(text)
    return made
