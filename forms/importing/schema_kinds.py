"""What a schema without members of its own becomes: text, number, date, choices, file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.fields import kinds
from forms.importing.notes import Notes
from forms.importing.options import FEW, LONG_TEXT, count, decimals_of, figure, listed, text_options, whole_match
from forms.importing.schema_tests import literal_tree, tree_of
from forms.importing.schema_words import description, said, title
from forms.importing.tree import Condition, Path

MEDIA = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
FILES = ("binary", "data-url", "byte", "base64", "file")
LONG = ("textarea", "multiline", "markdown", "html", "multi-line")
WEB = r"https?://[^\s]+"
SIXTEEN = re.compile(r"\^?(\\d|\[0-9\])\{16\}\$?")
NAMES = ("enumNames", "x-enumNames", "x-enum-titles", "x-enum-varnames", "enumTitles")


@dataclass(frozen=True)
class Leaf:
    """A schema of one answer, and where to report."""

    schema: Mapping[str, Any]
    sort: str  # string, number, integer, boolean
    place: str
    name: str
    path: Path
    language: str
    notes: Notes

    def changed(self, code: str, **facts: object) -> None:
        self.notes.changed(self.place, self.name, code, **facts)

    def dropped(self, code: str, **facts: object) -> None:
        self.notes.dropped(self.place, self.name, code, **facts)


@dataclass(frozen=True)
class Kept:
    """Our kind with its options."""

    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    rules: tuple[tuple[Condition, Mapping[str, str]], ...] = ()


def leaf(one: Leaf) -> Kept | None:
    """The question for a schema; None when there is nothing to ask."""
    found = [(True, {})] if one.schema.get("const") is True else choices_of(one.schema)
    if found is not None:
        return _listed(one, found)
    if "const" in one.schema:
        one.dropped("constant", value=str(one.schema["const"]))
        return None
    if one.sort == "boolean":
        return Kept("yes_no")
    return _number(one) if one.sort in ("number", "integer") else _string(one)


def choices_of(schema: Mapping[str, Any]) -> list[tuple[Any, Any]] | None:
    """(value, schema with its title) of each choice; None when it is no list of choices."""
    for key in ("oneOf", "anyOf"):
        given = schema.get(key)
        if isinstance(given, list) and given and all(isinstance(one, Mapping) and _single(one) for one in given):
            return [(one["const"] if "const" in one else one["enum"][0], one) for one in given]
    given = schema.get("enum")
    if not isinstance(given, list) or not given:
        return None
    names: list[Any] = next((schema[key] for key in NAMES if isinstance(schema.get(key), list)), [])
    return [(value, {"title": names[at]} if at < len(names) and isinstance(names[at], str) else {}) for at, value in enumerate(given)]


def _single(one: Mapping[str, Any]) -> bool:
    return "const" in one or (isinstance(one.get("enum"), list) and len(one["enum"]) == 1)


def has_null(schema: Mapping[str, Any]) -> bool:
    """Whether nothing is one of the choices."""
    return any(value is None for value, _ in choices_of(schema) or [])


def _listed(one: Leaf, found: list[tuple[Any, Any]]) -> Kept | None:
    given = [(value, inner) for value, inner in found if value is not None]
    if [value for value, _ in given] == [True]:
        one.changed("tick")
        return Kept("declaration", {"text": _both(one), "version": "1"}, part="agreed")
    if given and all(isinstance(value, bool) for value, _ in given):
        return Kept("yes_no")
    if any(isinstance(value, dict | list) for value, _ in given):
        one.changed("enum_shape")
        return Kept("textarea")
    pairs: list[tuple[Any, str, Mapping[str, Any]]] = []
    for value, inner in given:
        label, others = said(inner, "title", one.language)
        pairs.append((value, label, others))
    choices = listed(pairs, one.place, one.name, one.notes, one.language)
    if choices is None:
        one.dropped("never")
        return None
    return Kept("choice" if len(choices.values) <= FEW else "select", choices.options, choices.values)


def _both(one: Leaf) -> dict[str, str]:
    return description(one.schema, one.language) or title(one.schema, one.path[-1], one.language)


def _number(one: Leaf) -> Kept:
    schema, whole = one.schema, one.sort == "integer"
    step = schema.get("multipleOf", schema.get("divisibleBy"))
    digits = 0 if whole else decimals_of(step) if step is not None else 7
    options: dict[str, Any] = {"decimals": digits} if digits else {}
    rules: list[tuple[Condition, Mapping[str, str]]] = []
    for name, exclusive, sign, inward in (("minimum", "exclusiveMinimum", ">", 1), ("maximum", "exclusiveMaximum", "<", -1)):
        bound, open_ = figure(schema.get(name)), schema.get(exclusive)
        own = figure(open_) if not isinstance(open_, bool) else bound if open_ else None
        if own is not None and whole and isinstance(own, int):
            bound = own + inward if bound is None or isinstance(open_, bool) else (max if inward > 0 else min)(bound, own + inward)
        elif own is not None:
            one.changed("limit_open")
            rules.append(_rule(one, sign, own))
            bound = None if isinstance(open_, bool) else bound
        if bound is not None:
            options["min" if inward > 0 else "max"] = bound
    step_size = figure(step)
    if step_size and step_size > 0 and f"{step_size:f}".strip("0.") != "1":
        one.changed("multiple", value=str(step))
        say = {"id": f"Harus kelipatan {step}.", "en": f"Must be a multiple of {step}."}
        tree = ["=", ["call", ["var", "modulo"], [tree_of(one.path), literal_tree(step_size)]], ["num", "0"]]
        rules.append((Condition(tree, f"multipleOf {step}"), say))
    return Kept("number", options, rules=tuple(rules))


def _rule(one: Leaf, sign: str, bound: int | float) -> tuple[Condition, Mapping[str, str]]:
    words = {">": ("lebih dari", "more than"), "<": ("kurang dari", "less than")}[sign]
    say = {"id": f"Harus {words[0]} {bound}.", "en": f"Must be {words[1]} {bound}."}
    return Condition([sign, tree_of(one.path), literal_tree(bound)], f"{sign} {bound}"), say


def _string(one: Leaf) -> Kept | None:
    schema, form = one.schema, one.schema.get("format")
    form = form.lower() if isinstance(form, str) else ""
    if form == "password" or schema.get("writeOnly") is True:
        one.dropped("write_only")
        return None
    if form in FILES or schema.get("contentEncoding") == "base64" or ("contentMediaType" in schema and not form):
        return Kept("file", _file_types(one))
    if form in ("date", "date-time", "datetime", "time"):
        return _moment(one, form)
    if form in ("email", "idn-email"):
        return Kept("email")
    if form in ("phone", "tel", "telephone"):
        return Kept("phone")
    if SIXTEEN.fullmatch(str(schema.get("pattern", ""))) and (one.path[-1].lower() == "nik" or one.path[-1].lower().endswith("_nik")):
        return Kept("nik")
    least, most = count(schema.get("minLength"), 1000), count(schema.get("maxLength"), 20_000)
    if form in LONG or (most or 0) > LONG_TEXT:
        if "pattern" in schema:
            one.dropped("option_lost", option="pattern", text=str(schema["pattern"]))
        return Kept("textarea", text_options(least, most))
    options = text_options(least, most)
    pattern = whole_match(schema["pattern"]) if isinstance(schema.get("pattern"), str) else None
    if pattern:
        options["pattern"] = pattern
    elif schema.get("pattern") not in (None, ""):
        one.dropped("pattern", pattern=str(schema["pattern"]))
    if form in ("uri", "url", "iri", "uri-reference") and "pattern" not in options:
        say = {"id": "Tulis alamat lengkap, misalnya https://contoh.id.", "en": "Write the whole address, such as https://example.org."}
        options |= {"pattern": WEB, "pattern_say": say, "autocomplete": "url"}
    elif form:
        one.dropped("format", format=form)
    return Kept("text", options)


def _file_types(one: Leaf) -> dict[str, Any]:
    media = one.schema.get("contentMediaType")
    if not isinstance(media, str):
        return {}
    if media not in MEDIA:
        one.dropped("file_types", types=media)
    return {"types": [MEDIA[media]]} if media in MEDIA else {}


def _moment(one: Leaf, form: str) -> Kept:
    if form == "date":
        limits = {ours: one.schema.get(theirs) for ours, theirs in (("min", "formatMinimum"), ("max", "formatMaximum"))}
        return Kept("date", {name: value for name, value in limits.items() if isinstance(value, str)})
    wanted = ("time",) if form == "time" else ("datetime", "date_time", "moment")
    kind = next((each for each in wanted if each in kinds()), None)
    if kind is not None:
        return Kept(kind)
    one.changed("moment_text", type=form)
    clock = r"([01]?[0-9]|2[0-3])[:.][0-5][0-9]"
    example = "08:30" if form == "time" else "2026-08-17 08:30"
    pattern = clock if form == "time" else rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ T]{clock}"
    say = {"id": f"Tulis seperti {example}.", "en": f"Write it like {example}."}
    return Kept("text", {"pattern": pattern, "pattern_say": say, "max_length": 20})
