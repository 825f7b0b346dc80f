"""A group of questions asked once for each of several things: rows, added and removed with buttons that need no JavaScript."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.jsonschema import object_of
from forms.kind import Asked, Bad, Good, Json, Kind, Property, Raw, tidy
from forms.schema import build, load, sift, worked_out
from forms.shown import tidied
from forms.view import View
from forms.words import N_

MOST = 20
FRESH = [{"key": "nama", "kind": "text", "label": {"id": "Nama", "en": "Name"}, "noun": {"id": "nama", "en": "the name"}}]


def inner(shape: str, kinds: str) -> Property:
    """The property of the questions inside; `kinds` says which may stand there (docs/forms.md)."""
    return Property(
        "fields",
        {"id": "Pertanyaan di dalamnya", "en": "The questions in it"},
        "questions",
        {"$ref": f"#/$defs/{shape}"},
        default=FRESH,
        required=True,
        part="question",
        details={"kinds": kinds},
    )


class Rows(ma.fields.Field[list[dict[str, Any]]]):
    """A list of rows, each checked by a schema of its own."""

    def __init__(self, field: Field, asked: Asked) -> None:
        super().__init__()
        self.field, self.asked = field, asked

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            raise ma.ValidationError(Fault("type"))
        least, most = self.field.options.get("min", 0), self.field.options.get("max", MOST)
        if not least <= len(value) <= most:
            raise ma.ValidationError(Fault("group.few", min=least) if len(value) < least else Fault("group.many", max=most))
        found = [self.row(number, row) for number, row in enumerate(value)]
        wrong = {number: faults for number, (_, faults) in enumerate(found) if faults}
        if wrong:
            raise ma.ValidationError(wrong)
        return [row for row, _ in found]

    def row(self, number: int, raw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """(the values, the faults) of one row."""
        if not isinstance(raw, dict):
            return {}, {next(one.key for one in self.field.fields): [Fault("type")]}
        rows = self.asked.facts.get(self.asked.form, {}).get(self.field.key) or []
        prefix = f"{self.asked.path}.{number}."
        asked = replace(self.asked, facts={**self.asked.facts, "row": rows[number] if number < len(rows) else {}})
        clean, hidden = sift(self.field.fields, raw, asked, prefix)
        values, faults = load(build(self.field.fields, asked, prefix=prefix), clean)
        return {**values, **worked_out(self.field.fields, asked.facts["row"], asked, prefix)}, {**faults, **hidden}


class Group(Kind):
    word = "group"
    title = {"id": "Kelompok berulang", "en": "Repeating group"}
    about = {"id": "Pertanyaan yang sama untuk beberapa hal.", "en": "The same questions for several things."}
    icon = "M4 4h11v11H4zM9 15v5h11V9h-5"
    shelf = "layout"
    template = "group"
    nests = False
    browser = "group"
    compact: ClassVar[bool] = False  # the labels of its questions are heads of columns
    buttons = True
    properties: ClassVar[tuple[Property, ...]] = (
        prop.count("min", {"id": "Paling sedikit", "en": "Fewest"}, most=100),
        prop.count("max", {"id": "Paling banyak", "en": "Most"}, least=1, most=100, default=MOST),
        inner("inner_questions", "nests"),
    )
    says = {
        "required": N_("Add {noun}."),
        "group.few": N_("Add {noun}: at least {min} are needed."),
        "group.many": N_("Remove some of {noun}: at most {max} are allowed."),
    }
    _name = {"key": "street", "kind": "text", "label": {"id": "Jalan", "en": "Street"}, "noun": {"id": "jalan", "en": "the street"}}
    _why = {
        "key": "why",
        "kind": "text",
        "label": {"id": "Mengapa", "en": "Why"},
        "noun": {"id": "alasan", "en": "why"},
        "show_when": 'row.street = "Jalan Tol"',
    }
    good: ClassVar[tuple[Good, ...]] = (
        Good([{"street": "Jalan Veteran"}], [{"street": "Jalan Veteran"}], {"fields": [_name]}),
        Good(
            [{"street": "Jalan A"}, {"street": " "}, {"street": "Jalan B"}],
            [{"street": "Jalan A"}, {"street": "Jalan B"}],
            {"fields": [_name]},
        ),
        Good([{"street": "Jalan Tol", "why": "ada"}], [{"street": "Jalan Tol", "why": "ada"}], {"fields": [_name, _why], "min": 1}),
        Good([{"street": "Jalan A", "why": ""}], [{"street": "Jalan A"}], {"fields": [_name, _why]}),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        Bad([], "required", {"fields": [_name]}),
        Bad([{"street": ""}], "required", {"fields": [_name]}),
        Bad([{"street": "x" * 9}], "text.long", {"fields": [{**_name, "max_length": 5}]}, "0.street"),
        Bad([{"street": "Jalan Tol"}], "required", {"fields": [_name, _why]}, "0.why"),
        Bad([{"street": "Jalan A", "why": "tidak ada"}], "hidden", {"fields": [_name, _why]}, "0.why"),
        Bad([{"street": "Jalan A", "fee": "0"}], "undeclared", {"fields": [_name]}, "0.fee"),
        Bad([{"street": "Jalan A"}], "group.few", {"fields": [_name], "min": 2}),
        Bad([{"street": "a"}, {"street": "b"}], "group.many", {"fields": [_name], "max": 1}),
        Bad("Jalan A", "type", {"fields": [_name]}),
        Bad(["Jalan A"], "type", {"fields": [_name]}, "0.street"),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        if field.options.get("min", 0) > field.options.get("max", MOST):
            yield "min", "form.limits", {"min": field.options["min"], "max": field.options.get("max", MOST)}

    def scope(self, field: Field) -> Any:
        return ["list", {one.key: one.kind.scope(one) for one in field.fields if one.kind.answered}]

    def tidy(self, raw: Raw, field: Field) -> Raw:
        """Rows in one shape each. Rows without an answer stay until the check: a row just added is one."""
        if isinstance(raw, list):
            return [tidied(field.fields, row) if isinstance(row, dict) else row for row in raw] or None
        return tidy(raw)

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Rows(field, asked)

    def raw(self, value: Any, field: Field) -> Raw:
        known = {one.key: one for one in field.fields}
        kept = {key for key, one in known.items() if not one.kind.computed}
        return [{key: known[key].kind.raw(one, known[key]) for key, one in row.items() if key in kept} for row in value]

    def text(self, value: Any, field: Field, lang: str) -> str:
        return "; ".join(
            ", ".join(one.kind.text(row[one.key], one, lang) for one in field.fields if row.get(one.key) is not None) for row in value
        )

    def json_schema(self, field: Field, lang: str) -> Json:
        limits = {"minItems": max(1, field.options.get("min", 1)), "maxItems": field.options.get("max", MOST)}
        return {"type": "array", "items": object_of(field.fields, lang), **limits}

    def ask(self, view: View) -> Mapping[str, Any]:
        least = max(view.field.options.get("min", 0), 1 if view.required else 0)
        posted = view.raw if isinstance(view.raw, list) else []
        rows = [row if isinstance(row, dict) else {} for row in posted] + [{}] * (least - len(posted))
        assert view.nested is not None
        drawn = [
            [view.nested(one, f"{view.path}.{number}.{one.key}", row.get(one.key), compact=self.compact) for one in view.field.fields]
            for number, row in enumerate(rows)
        ]
        noun = view.pick(view.field.noun)
        return {
            "fieldset": view.fieldset,
            "notes": view.notes,
            "noun": noun,
            "Noun": noun[:1].upper() + noun[1:],
            "rows": drawn,
            "heads": [view.pick(one.label) for one in view.field.fields],
            "more": len(rows) < view.field.options.get("max", MOST),
            "fewer": len(rows) > view.field.options.get("min", 0),
        }
