"""Files as other programs write them: each part becomes something or is named in the report, and what comes out can be answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import forms
from forms.importing import CannotImport, Imported, import_form
from forms.reader import LARGEST, read

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
WHOLE = Path(__file__).parent / "elsewhere"


def taken_over(document: Any) -> Imported:
    made = import_form(json.dumps(document).encode(), name="elsewhere")
    read(made.data)
    return made


def told(made: Imported) -> dict[str, set[str]]:
    """The codes of the report by place."""
    found: dict[str, set[str]] = {}
    for note in made.notes:
        found.setdefault(note.place, set()).add(note.code)
    return found


def facts(made: Imported, place: str, code: str) -> str:
    return " ".join(str(value) for note in made.notes if (note.place, note.code) == (place, code) for value in note.facts.values())


def components(given: Any, place: str = "components") -> Iterator[str]:
    for number, one in enumerate(given if isinstance(given, list) else []):
        yield f"{place}/{number}"
        if isinstance(one, dict):
            yield from components(one.get("components"), f"{place}/{number}/components")


def members(schema: Any, place: str = "#") -> Iterator[str]:
    """The places of all members of a schema that are described where they stand."""
    if not isinstance(schema, dict):
        return
    for name, inner in schema.get("properties", {}).items():
        yield f"{place}/properties/{name}"
        yield from members(inner, f"{place}/properties/{name}")
    if isinstance(schema.get("items"), dict) and schema["items"].get("type") == "object":
        yield from members(schema["items"], f"{place}/items")


def test_every_component_of_a_camunda_form_is_kept_or_named_and_so_is_what_it_says() -> None:
    document = json.loads((WHOLE / "all_types.form").read_text("utf-8"))
    made = taken_over(document)
    report = told(made)
    assert [place for place in components(document["components"]) if place not in report] == []
    lost = {place: facts(made, place, "member") for place in report}
    assert lost["#"] == "typeForm"
    assert lost["components/2"] == "placeholder"
    assert lost["components/3"] == "validate.minLength, validate.pattern"
    assert lost["components/5"] == "timeLabel, timeSerializingFormat, use24h"
    assert lost["components/13/components/1"] == "defaultRepetitions"
    assert "required" in facts(made, "components/2", "option_lost")
    assert {"columns"} <= report["#"]
    assert "html_parts" in report["components/19"]
    assert "section_empty" in report["components/12"]
    assert "section_flat" in report["components/13/components/1/components/1"]
    assert [page.title["id"] for page in made.form.pages] == ["Elsewhere", "Grup", "Elsewhere"]
    html = made.form.find("hai")
    assert html is not None
    assert html.options["text"]["id"] == "satu dua denah peta (https://contoh.id/peta)"


def test_the_pages_of_a_form_with_several_pages_are_pages() -> None:
    name = {"type": "textfield", "key": "a", "label": "Nama", "validate": {"required": True}}
    size = {"type": "number", "key": "b", "label": "Luas"}
    pages = [
        {"type": "page", "label": "Satu", "components": [name]},
        {"type": "page", "label": "Dua", "conditional": {"hide": '=a = "x"'}, "components": [size]},
    ]
    made = taken_over({"id": "f", "components": [{"type": "multipage", "showSubmit": True, "components": pages}]})
    assert [(one.title["id"], one.show_when) for one in made.form.pages] == [("Satu", None), ("Dua", 'f.a != "x"')]
    assert facts(made, "components/0", "member") == "showSubmit"
    assert made.form.check({"a": "y", "b": "3"}, at=AT).values["b"] == 3
    saved = taken_over({"schema": {"components": [{"type": "multipage", "components": pages}]}, "data": {"a": "x"}})  # of a playground
    assert [one.key for one in saved.form.questions()] == ["a", "b"]
    assert facts(saved, "#", "member") == "data"


def test_every_member_of_a_schema_is_kept_or_named_and_so_is_every_keyword_of_it() -> None:
    document = json.loads((WHOLE / "all_keywords.schema.json").read_text("utf-8"))
    made = taken_over(document)
    report = told(made)
    assert [place for place in members(document) if place not in report] == []
    assert facts(made, "#", "keyword") == "propertyNames, minProperties, not"
    assert facts(made, "#/properties/umur", "keyword") == "minimum, maximum, format"
    assert facts(made, "#/properties/email", "keyword") == "maxLength, pattern"
    assert facts(made, "#/properties/tags", "keyword") == "uniqueItems, contains"
    assert facts(made, "#/properties/pair", "keyword") == "items, minItems"
    assert facts(made, "#/properties/nama", "narrowed") == "minLength"
    assert facts(made, "#/properties/bool", "default") == "true"
    first = made.form.pages[0].fields[0]
    assert (first.kind.word, first.label["id"]) == ("information", "Pesanan barang untuk kantor")
    tree = made.form.find("tp_q")
    assert tree is not None, "of a text or an object, the object is asked: it says more"


def test_a_file_that_only_points_to_another_is_no_form() -> None:
    far = {"$ref": "https://example.org/person.schema.json"}
    for document in (far, {"$schema": "x", "title": "T", **far}, {"type": "object", "allOf": [far]}, {"$ref": "other.json#/definitions/a"}):
        with pytest.raises(CannotImport) as caught:
            taken_over(document)
        assert caught.value.code == "import.elsewhere"
        assert "json" in caught.value.sentence("id")
    with pytest.raises(CannotImport) as caught:
        taken_over({"$schema": "x", "definitions": {"a": {"type": "object", "properties": {"b": {"type": "string"}}}}})
    assert caught.value.code == "import.definitions"


def test_the_hints_of_react_jsonschema_form_are_laid_in_or_named() -> None:
    person = {"type": "object", "properties": {"name": {"type": "string"}, "note": {"type": "string"}}}
    schema = {
        "type": "object",
        "definitions": {"person": person},
        "properties": {
            "age": {"type": "integer"},
            "owner": {"$ref": "#/definitions/person"},
            "witness": {"$ref": "#/definitions/person"},
            "token": {"type": "string"},
            "phone": {"type": "string"},
        },
        "dependencies": {"age": {"properties": {"guardian": {"type": "string"}}}},
    }
    drawn = {
        "ui:order": ["phone", "*", "age"],
        "age": {"ui:title": "Your age", "ui:help": "In years", "ui:widget": "updown"},
        "owner": {"note": {"ui:widget": "textarea", "ui:options": {"rows": 5}}, "name": {"ui:placeholder": "Siti"}},
        "token": {"ui:widget": "hidden"},
        "phone": {"ui:options": {"inputType": "tel"}, "ui:readonly": True},
        "guardian": {"ui:title": "Guardian of the child"},
        "gone": {"ui:title": "?"},
    }
    made = taken_over({"schema": schema, "uiSchema": drawn, "formData": {"age": 3}})
    asked = {path: (one.kind.word, one.label["en"]) for path, one in made.form.fields()}
    assert asked == {
        "phone": ("phone", "Phone"),
        "owner_name": ("text", "Name"),
        "owner_note": ("textarea", "Note"),
        "witness_name": ("text", "Name"),
        "witness_note": ("text", "Note"),
        "age": ("number", "Your age"),
        "guardian": ("text", "Guardian of the child"),
    }
    report = told(made)
    assert "readonly" in report["#/properties/phone"]
    assert "read_only" in report["#/properties/token"]
    assert facts(made, "#/properties/owner/properties/name", "drawn") == "ui:placeholder"
    assert facts(made, "#", "drawn_unknown") == "gone"
    assert facts(made, "#", "member") == "formData"


def test_the_layout_of_json_forms_gives_labels_order_and_conditions() -> None:
    schema = {
        "type": "object",
        "properties": {"kind": {"enum": ["board", "cloth"]}, "lit": {"type": "boolean"}, "watt": {"type": "number"}},
    }
    rule = {"effect": "HIDE", "condition": {"scope": "#/properties/lit", "schema": {"const": False}}}
    greyed = {"effect": "ENABLE", "condition": {"type": "LEAF", "scope": "#/properties/kind", "expectedValue": "board"}}
    elements = [
        {"type": "Control", "scope": "#/properties/lit", "label": "Is it lit?"},
        {"type": "Group", "label": "Power", "rule": rule, "elements": [{"type": "Control", "scope": "#/properties/watt", "rule": greyed}]},
        {"type": "Label", "text": "Thank you"},
        {"type": "Control", "scope": "#/properties/none"},
    ]
    first = [{"type": "Control", "scope": "#/properties/kind", "options": {"format": "radio"}}]
    made = taken_over({"schema": schema, "uischema": {"type": "VerticalLayout", "elements": first + elements}})
    watt = made.form.find("watt")
    assert watt is not None
    assert watt.show_when == 'elsewhere.lit = true and elsewhere.kind = "board"'
    assert [one.label["en"] for one in made.form.questions()] == ["Kind", "Is it lit?", "Watt"]
    report = told(made)
    assert "drawn_title" in report["uischema/elements/2"]
    assert "drawn" in report["uischema/elements/3"]
    assert "drawn_unknown" in report["uischema/elements/4"]
    assert "drawn_greyed" in report["uischema/elements/2/elements/0"]
    assert facts(made, "#/properties/kind", "drawn") == "options.format"


def test_a_file_that_would_become_too_large_a_form_loses_its_largest_questions_by_name() -> None:
    large = {"enum": [f"choice number {number} of a very long list of choices {'x' * 40}" for number in range(300)]}
    made = taken_over({"type": "object", "properties": {"name": {"type": "string"}, **{f"list_{n}": large for n in range(20)}}})
    assert len(made.data) <= LARGEST
    gone = [note.place for note in made.notes if note.code == "too_large"]
    assert 0 < len(gone) < 20
    assert made.form.find("name") is not None
    assert len(list(made.form.questions())) + len(gone) == 21


def test_choices_that_stand_in_several_definitions_are_one_list() -> None:
    lists = {"warm": {"enum": ["red", "orange"]}, "cold": {"title": "Cold", "enum": ["blue"]}}
    colour = {"oneOf": [{"$ref": "#/definitions/warm"}, {"$ref": "#/definitions/cold"}]}
    made = taken_over({"definitions": lists, "properties": {"colour": colour}})
    asked = made.form.find("colour")
    assert asked is not None
    assert [one["value"] for one in asked.options["choices"]] == ["red", "orange", "blue"]


def test_what_comes_out_can_be_drawn_and_its_empty_answers_are_judged() -> None:
    for file in sorted(WHOLE.iterdir()):
        form = import_form(file.read_bytes(), name=file.stem).form
        for page in form.pages:
            for lang in ("id", "en"):
                assert forms.render(form, page.key, raw={}, lang=lang, at=AT)
        with pytest.raises(forms.Invalid):
            form.check({}, at=AT)
