"""The sentence for a fault, in the reader's language. The kinds bring their own; what all share is here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from forms.errors import FieldError
from forms.fields.date import shown
from forms.fields.number import written
from forms.form import Form
from forms.words import N_, pick, say

COMMON = {
    "required": N_("Enter {noun}."),
    "type": N_("{Noun} is not in a form we can read. Enter it again."),
    "hidden": N_("{Noun} is not asked with these answers. We removed the answer; check the questions above and continue."),
    "undeclared": N_("The page sent “{path}”, which this form does not ask. Reload the page and try again."),
    "locked": N_("{Noun} cannot be changed now. Only the marked answers can be corrected."),
    "rule": N_("Check {noun}."),
    "unique": N_("{Noun} is in another application already. Check it, or ask the office."),
    "unique.row": N_("{Noun} is the same as in row {row}. Enter each one once."),
    "name": N_("The page sent something we cannot read ({name}). Reload the page and try again."),
    "size": N_("The page sent more than we can read at once. Shorten the answers and try again."),
    "wrong": N_("Check {noun} and enter it again."),
}


def sentence(form: Form, error: FieldError, lang: str) -> str:
    """What is wrong and how to cure it, with the noun of the question; never fails, whatever the code."""
    own = error.facts.get("say")
    if isinstance(own, Mapping):
        return pick(own, lang)
    field = form.find(error.path)
    noun = pick(field.noun, lang) if field else say(N_("this form"), lang)
    template = (field.kind.says if field else {}).get(error.code) or COMMON.get(error.code) or COMMON["wrong"]
    facts = {"name": "", **{name: _told(value, lang) for name, value in error.facts.items()}}
    return say(template, lang, **{**facts, "noun": noun, "Noun": noun[:1].upper() + noun[1:], "path": error.path[:60]})


def _told(value: object, lang: str) -> str:
    """A fact as people read it."""
    if isinstance(value, date):
        return shown(value, lang)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return written(Decimal(str(value)), lang)
