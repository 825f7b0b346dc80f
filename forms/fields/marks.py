"""Marks by an officer on the answers of another form, each with a reason: what the applicant is asked to correct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import marshmallow as ma

from forms.errors import Fault
from forms.kind import Asked, Bad, Good, Json, Kind, Property, Raw, tidy
from forms.property import KEY
from forms.summary import Row, summary
from forms.view import View
from forms.words import N_, say

if TYPE_CHECKING:
    from forms.form import Field

LONGEST = 1000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Marks(ma.fields.Field[list[dict[str, str]]]):
    """[{"field": key, "reason": text}]: known keys of the other form, each once, each with a reason."""

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__()
        self.known = known

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[dict[str, str]]:
        if not isinstance(value, list) or not all(isinstance(one, dict) and set(one) <= {"field", "reason"} for one in value):
            raise ma.ValidationError(Fault("type"))
        wrong: dict[str, list[Fault]] = {}
        found: dict[str, dict[str, str]] = {}
        for one in value:
            key, reason = one.get("field"), one.get("reason")
            if not isinstance(key, str) or key not in self.known:
                raise ma.ValidationError(Fault("marks.unknown"))
            fault = self.reason(reason) or (Fault("marks.twice") if key in found else None)
            if fault:
                wrong[key] = [fault]
            found[key] = {"field": key, "reason": reason}
        if wrong:
            raise ma.ValidationError(wrong)
        return list(found.values())

    def reason(self, reason: Any) -> Fault | None:
        """What is wrong with a reason."""
        if reason is None:
            return Fault("marks.reason")
        return Fault("marks.long", max=LONGEST) if not isinstance(reason, str) or len(reason) > LONGEST else None


class Marking(Kind):
    word = "marks"
    prefilled = False
    title = {"id": "Tandai jawaban", "en": "Mark answers"}
    about = {"id": "Petugas menandai jawaban yang perlu diperbaiki.", "en": "An officer marks the answers that need correction."}
    icon = "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4"
    shelf = "evidence"
    template = "marks"
    nests = False
    feel = ["list", {"field": "string", "reason": "string"}]
    browser = "marks"
    properties = (
        Property(
            "of",
            {"id": "Formulir yang ditandai", "en": "The form whose answers are marked"},
            "form",
            KEY,
            required=True,
            default="application",
        ),
    )
    says = {
        "required": N_("Mark at least one answer: {noun}."),
        "marks.reason": N_("Write why this answer needs correction."),
        "marks.long": N_("A reason may have at most {max} characters."),
        "marks.twice": N_("Mark an answer once only."),
        "marks.unknown": N_("Mark answers of the list only. Reload the page and try again."),
    }
    _of = {"of": "application"}
    good = (
        Good({"ktp": {"tick": "yes", "reason": "Buram"}}, [{"field": "ktp", "reason": "Buram"}], _of),
        Good({"ktp": {"tick": "yes", "reason": "Buram"}, "area": {"reason": ""}}, [{"field": "ktp", "reason": "Buram"}], _of),
        Good({"area": {"reason": "Lain dari denah"}}, [{"field": "area", "reason": "Lain dari denah"}], _of),
        Good([{"field": "ktp", "reason": "Buram"}], [{"field": "ktp", "reason": "Buram"}], _of),
    )
    bad = (
        Bad({"ktp": {"reason": " "}}, "required", _of),
        Bad({"ktp": {"tick": "yes", "reason": ""}}, "marks.reason", _of, "ktp"),
        Bad([{"field": "fee", "reason": "x"}], "marks.unknown", _of),
        Bad([{"field": "ktp", "reason": "x"}, {"field": "ktp", "reason": "y"}], "marks.twice", _of, "ktp"),
        Bad([{"field": "ktp", "reason": "x" * 1001}], "marks.long", _of, "ktp"),
        Bad("ktp", "type", _of),
        Bad({"ktp": "yes"}, "type", _of),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        """Boxes become the list; a reason without a tick marks too, a box with neither does not."""
        clean = tidy(raw)
        if not isinstance(clean, dict) or not all(isinstance(one, dict) and set(one) <= {"tick", "reason"} for one in clean.values()):
            return clean
        return [{"field": key, **({"reason": one["reason"]} if "reason" in one else {})} for key, one in clean.items()] or None

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        other = field.options["of"]
        answers = asked.facts.get(other)
        known = {one.key for one in asked.beside[other].questions() if one.kind.answered} if other in asked.beside else set()
        return Marks(frozenset(known or (answers if isinstance(answers, Mapping) else ())))

    def text(self, value: Any, field: Field, lang: str) -> str:
        return say(N_("{count} marked"), lang, count=len(value)) + ": " + "; ".join(f"{one['field']} – {one['reason']}" for one in value)

    def json_schema(self, field: Field, lang: str) -> Json:
        reason = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        mark = {"field": {"type": "string", "pattern": f"^{_KEY.pattern}$"}, "reason": reason}
        return {
            "type": "array",
            "items": {"type": "object", "required": ["field", "reason"], "properties": mark, "additionalProperties": False},
        }

    def ask(self, view: View) -> Mapping[str, Any]:
        marked = (
            {one.get("field"): one.get("reason", "") for one in view.raw if isinstance(one, dict)} if isinstance(view.raw, list) else {}
        )
        return {
            "fieldset": view.fieldset,
            "notes": view.notes,
            "items": [self.item(view, key, rows, marked) for key, rows in self.rows(view).items()],
        }

    def rows(self, view: View) -> dict[str, list[Row]]:
        """The answers of the other form by question."""
        found: dict[str, list[Row]] = {}
        if view.field.options["of"] in view.beside:
            form, values = view.beside[view.field.options["of"]]
            for section in summary(form, values, lang=view.lang, context={}, desks=view.desks):
                for row in section.rows:
                    found.setdefault(row.path.split(".")[0], []).append(row)
        return found

    def item(self, view: View, key: str, rows: list[Row], marked: Mapping[Any, Any]) -> dict[str, Any]:
        """A tick and a reason for one answer."""
        error = view.errors.get(f"{view.path}.{key}")
        said = {"errorMessage": {"text": error, "visuallyHiddenText": view.say("Error")}} if error else {}
        text = "; ".join(row.text if len(rows) == 1 else f"{row.label}: {row.text}" for row in rows)
        label = rows[0].label if len(rows) == 1 else view.pick(view.beside[view.field.options["of"]][0].find(key).label)  # type: ignore[union-attr]
        reason = {
            "id": f"{view.id}.{key}.reason",
            "name": f"{view.path}.{key}.reason",
            "rows": 2,
            "label": {"text": view.say(N_("What needs to be corrected in “{label}”"), label=label)},
            "value": str(marked.get(key) or ""),
            **said,
        }
        box = {
            "idPrefix": f"{view.id}.{key}",
            "name": f"{view.path}.{key}.tick",
            "items": [{"value": "yes", "text": label, "hint": {"text": text}, "checked": key in marked}],
        }
        return {"box": box, "reason": reason, "files": [file for row in rows for file in row.files]}
