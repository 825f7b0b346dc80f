"""What people call a message: its letter's subject, which is what stands over it on the applicant's page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .house import house_letter

_SUBJECT = re.compile(r"subject:(.*)", re.IGNORECASE)
_NUMBER = re.compile(r"\{\{\s*case\.number\s*\}\}")
_TAG = re.compile(r"\{%.*?%\}")
_FIELD = re.compile(r"\{\{.*?\}\}")


def name_of(what: str, letters: Mapping[str, Mapping[str, str]], lang: str, *, number: str = "") -> str:
    """The subject of the notice `what` in a language: by the procedure's letter of that name, else by the house's; else `what` itself.

    Nothing is filled in but the number of the application: what else a letter says of one case stands as “…”.
    """
    found = _SUBJECT.match(_letter(what, letters, lang))
    if found is None:
        return what
    said = _FIELD.sub("…", _TAG.sub("", _NUMBER.sub(number or "…", found[1])))
    return " ".join(said.split()) or what


def _letter(what: str, letters: Mapping[str, Mapping[str, str]], lang: str) -> str:
    for name in (f"notice-{what}", f"notice-{what.replace('_', '-')}"):
        if name in letters:
            return letters[name].get(lang) or letters[name].get("id", "")
    try:
        return house_letter(what, lang) if re.fullmatch(r"[a-z_]+", what) else ""
    except FileNotFoundError:
        return ""
