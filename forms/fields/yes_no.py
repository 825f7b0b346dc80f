"""Yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind
from forms.view import View
from forms.words import N_, say

MEANS = {"yes": True, "no": False, "ya": True, "tidak": False, "true": True, "false": False}
WORDS = {True: N_("Yes"), False: N_("No")}


class Truth(ma.fields.Field[bool]):
    """A bool from `yes`, `no` or a JSON truth value; nothing else."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        found = value if isinstance(value, bool) else MEANS.get(value.lower()) if isinstance(value, str) else None
        if found is None:
            raise ma.ValidationError(Fault("type"))
        return found


class YesNo(Kind):
    word = "yes_no"
    stencil = "ticks"
    title = {"id": "Ya atau tidak", "en": "Yes or no"}
    about = {"id": "Pertanyaan dengan dua jawaban.", "en": "A question with two answers."}
    icon = "M4 13l5 5L20 6"
    shelf = "choice"
    cell = True
    template = "radios"
    feel = "boolean"
    browser = "boolean"
    says = {"required": N_("Select yes or no: {noun}.")}
    good = (Good("yes", True), Good("no", False), Good("Ya", True), Good(False, False), Good("true", True))
    bad = (Bad("", "required"), Bad("mungkin", "type"), Bad(1, "type"), Bad(["yes", "no"], "type"), Bad({"yes": "yes"}, "type"))

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Truth()

    def text(self, value: Any, field: Field, lang: str) -> str:
        return say(WORDS[bool(value)], lang)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "boolean"}

    def typed(self, view: View) -> str:
        """Which of the two is ticked: `yes`, `no` or neither."""
        chosen = MEANS.get(view.raw.lower()) if isinstance(view.raw, str) else view.raw
        return "yes" if chosen is True else "no" if chosen is False else ""

    def ask(self, view: View) -> Mapping[str, Any]:
        items = [{"value": word, "text": view.say(WORDS[value])} for word, value in (("yes", True), ("no", False))]
        return {
            "idPrefix": view.id,
            "name": view.path,
            "classes": "govuk-radios--inline",
            "fieldset": view.fieldset,
            "items": items,
            "value": self.typed(view),
            **view.notes,
        }
