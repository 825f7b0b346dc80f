"""One answer of a long choice table: a drop-down that one can type into, or, for very long tables, search and choose.

Both work without JavaScript. The table is a file of the procedure, `lists/<name>.csv` (forms/lists.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from forms.errors import Fault
from forms.fields.choice import VALUE
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Property, Raw
from forms.lists import Entry
from forms.view import View
from forms.words import N_, pick

IN_ONE_LIST = 300
MOST_FOUND = 20
NAME: Json = {"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_-]{0,79}$"}


def folded(text: str) -> str:
    """The letters alone: small, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def found(entries: tuple[Entry, ...], search: str, lang: str) -> tuple[Entry, ...]:
    """The entries with every word of the search in their value or label; those that begin with it come first."""
    words = folded(search)[:100].split()
    told = [(one, f"{one.value} {folded(pick(one.label, lang))}".casefold()) for one in entries]
    hits = [(one, text) for one, text in told if words and all(word in text for word in words)]
    first = [one for one, text in hits if any(part.startswith(words[0]) for part in text.split()[:2])]
    return tuple(dict.fromkeys([*first, *(one for one, _ in hits)]))


class Listed(ma.fields.Field[str]):
    """A value of the table."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        super().__init__()
        self.values = {one.value for one in entries}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, dict) and set(value) == {"search"}:
            raise ma.ValidationError(Fault("lookup.choose"))
        if not isinstance(value, str) or value not in self.values:
            raise ma.ValidationError(Fault("choice.unknown"))
        return value


class Lookup(Kind):
    word = "lookup"
    title = {"id": "Cari di daftar", "en": "Searchable list"}
    about = {"id": "Satu jawaban dari tabel pilihan yang panjang.", "en": "One answer of a long choice table."}
    icon = "M10 4a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l6 6"
    shelf = "choice"
    template = "lookup"
    buttons = True
    properties = (
        Property(
            "list",
            {"id": "Tabel pilihan", "en": "Choice table"},
            "list",
            NAME,
            {"id": "Berkas di folder lists/ izin ini.", "en": "A file in the folder lists/ of this permit."},
            default="contoh",
            required=True,
        ),
    )
    says = {
        "required": N_("Select {noun}."),
        "choice.unknown": N_("Select {noun} from the list."),
        "lookup.choose": N_("Choose {noun} from what was found, or search for another word."),
    }
    _list = {"list": "contoh"}
    good = (
        Good("tebu", "tebu", _list),
        Good({"value": "padi", "search": "pa"}, "padi", _list),
        Good({"value": "padi"}, "padi", _list),
    )
    bad = (
        Bad("", "required", _list),
        Bad({"search": " ", "value": ""}, "required", _list),
        Bad({"search": "pa"}, "lookup.choose", _list),
        Bad("jagung", "choice.unknown", _list),
        Bad({"value": "jagung", "search": "ja"}, "choice.unknown", _list),
        Bad({"find": "x"}, "choice.unknown", _list),
        Bad(["padi"], "choice.unknown", _list),
        Bad(7, "choice.unknown", _list),
    )

    def tidy(self, raw: Raw, field: Field) -> Raw:
        clean = super().tidy(raw, field)
        if isinstance(clean, dict) and set(clean) <= {"value", "search"} and isinstance(clean.get("value"), str):
            return clean["value"]
        return clean

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Listed(field.entries)

    def text(self, value: Any, field: Field, lang: str) -> str:
        return next((pick(one.label, lang) for one in field.entries if one.value == value), value)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "enum": [one.value for one in field.entries]} if field.entries else VALUE

    def anchor(self, path: str) -> str:
        return f"f-{path}"

    def ask(self, view: View) -> Mapping[str, Any]:
        value = view.raw if isinstance(view.raw, str) else ""
        if len(view.field.entries) <= IN_ONE_LIST:
            first = {"value": "", "text": view.say(N_("Select one"))}
            items = [{"value": one.value, "text": view.pick(one.label)} for one in view.field.entries]
            attributes = {
                "data-island": "combobox",
                "data-none": view.say(N_("Nothing found")),
                "data-found": view.say(N_("{count} found"), count="%"),
            }
            return {"select": {**view.common, "value": value, "items": [first, *items], "attributes": attributes}}
        return self.search(view, value)

    def search(self, view: View, value: str) -> dict[str, Any]:
        """A box to search with, and what was found as radio buttons; what was chosen stays among them."""
        typed = view.part("search")[:100]
        hits = found(view.field.entries, typed, view.lang)
        chosen = tuple(one for one in view.field.entries if one.value == value)
        items = [{"value": one.value, "text": view.pick(one.label)} for one in dict.fromkeys([*chosen, *hits[:MOST_FOUND]])]
        told = view.say(N_("{count} found; the first {most} are shown"), count=len(hits), most=MOST_FOUND) if len(hits) > MOST_FOUND else ""
        box = {
            "id": view.id,
            "name": f"{view.path}.search",
            "label": {"text": view.say(N_("Search by a part of the name"))},
            "value": typed,
            "autocomplete": "off",
        }
        radios = {
            "idPrefix": f"{view.id}.value",
            "name": f"{view.path}.value",
            "value": value,
            "items": items,
            "fieldset": {"legend": {"text": view.say(N_("What was found"))}},
        }
        none = view.say("Nothing found") if typed and not hits else told
        return {"fieldset": view.fieldset, "notes": view.notes, "box": box, "radios": radios if items else None, "told": none}
