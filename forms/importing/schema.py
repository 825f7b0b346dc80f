"""Plain JSON Schema, draft 4 to 2020-12: objects become sections, lists repeating groups or choices, `if` a condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from forms.importing.errors import far_away
from forms.importing.notes import Notes
from forms.importing.options import count, plain
from forms.importing.refs import Pointed
from forms.importing.schema_kinds import Leaf, choices_of, has_null, leaf
from forms.importing.schema_lists import fit, is_file, one_list
from forms.importing.schema_members import Gathered, Member, gathered
from forms.importing.schema_optional import if_any
from forms.importing.schema_unsaid import unsaid
from forms.importing.schema_words import description, title
from forms.importing.tree import Condition, Part, Path, Question, Read, Section

MOST, DEEPEST = 1000, 8
ROOTS = ("properties", "$ref", "allOf", "oneOf", "anyOf", "if", "items", "enum", "patternProperties", "dependentSchemas")
SORTS = ("object", "array", "string", "number", "integer", "boolean", "null")
HINTS = (
    ("object", ("properties", "required", "patternProperties", "dependentSchemas", "dependentRequired", "if")),
    ("array", ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains")),
    ("string", ("minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType")),
    ("number", ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum")),
)
NESTED = (("object", "properties"), ("array", "items"))
SAYS_NOTHING = {"$schema", "$id", "id", "$defs", "definitions", "$comment", "title", "description"}


def is_schema(document: Mapping[str, Any]) -> bool:
    """Whether a document looks like a JSON Schema."""
    sort = document.get("type")
    typed = sort in SORTS or (isinstance(sort, list) and bool(sort))
    return "$schema" in document or typed or any(key in document for key in ROOTS)


def read_schema(
    document: Mapping[str, Any], notes: Notes, language: str, shown: Mapping[Path, tuple[Condition, ...]] | None = None
) -> Read:
    """The schema as a tree of questions. Everything that is not understood is in the notes. `shown`: conditions from beside the schema."""
    reading = _Reading(Pointed(document, notes), notes, language, shown or {})
    root, trail = reading.pointed.plain(document, "#", "", frozenset({"#"}))
    key = str(document.get("$id") or document.get("id") or "").rstrip("/#").rpartition("/")[2].removesuffix(".json").removesuffix(".schema")
    if not isinstance(root, Mapping) or not set(root) - SAYS_NOTHING:
        return Read(key, None, ())
    root, _, trail = reading.without_null(root, "#", "", trail)
    if root is None:
        return Read(key, None, ())
    named = title(root, "", language) if root.get("title") or root.get("x-title") or root.get("x-translations") else None
    if reading.pointed.far and not set(root) - {*SAYS_NOTHING, "type", "$ref"}:
        raise far_away(reading.pointed.far[0])
    if reading.sort(root, "#", "") == "object":
        return Read(key, named, (*reading.said(root), *reading.object(root, "#", (), trail)))
    member = Member(root, required=True)
    return Read(key, named, tuple(reading.member("answer", member, "#", (), trail, rows=False)))


class _Reading:
    def __init__(self, pointed: Pointed, notes: Notes, language: str, shown: Mapping[Path, tuple[Condition, ...]]) -> None:
        self.pointed, self.notes, self.language, self.shown = pointed, notes, language, shown
        self.left = MOST

    def object(self, schema: Mapping[str, Any], place: str, path: Path, trail: frozenset[str], *, rows: bool = False) -> Iterator[Part]:
        """The members of an object in their order."""
        unsaid(schema, "section", place, path[-1] if path else "", self.notes)
        found: Gathered = gathered(schema, place, path, trail, self.pointed, self.notes, self.language)
        for name, member in found.members.items():
            self.left -= 1
            if self.left < 0:
                self.notes.dropped(f"{place}/properties/{name}", name, "too_many", max=MOST)
                return
            yield from self.member(name, member, f"{place}/properties/{name}", path, trail, rows=rows)

    def said(self, root: Mapping[str, Any]) -> Iterator[Part]:
        """What the whole says about itself, as a text in front."""
        if about := description(root, self.language):
            label = title(root, "", self.language) if root.get("title") else about
            self.notes.kept("#", label[self.language][:60], "information")
            yield Question("#", (), "information", label, options={"text": about} if label is not about else {})

    def member(self, name: str, member: Member, place: str, path: Path, trail: frozenset[str], *, rows: bool) -> Iterator[Part]:
        schema, trail = self.pointed.plain(member.schema, place, name, trail)
        if schema is None:
            return
        if schema is False or not isinstance(schema, Mapping | bool):
            self.notes.dropped(place, name, "never")
            return
        if len(path) >= DEEPEST:
            self.notes.dropped(place, name, "too_deep")
            return
        known, optional, trail = self.without_null(schema if isinstance(schema, Mapping) else {}, place, name, trail)
        if known is None:
            return
        schema = known
        sort, here = self.sort(schema, place, name), (*path, name)
        show = (*member.show, *(() if rows else self.shown.get(here, ())))
        member = replace(member, schema=schema, required=member.required and not optional, show=show)
        if schema.get("readOnly") is True:
            self.notes.dropped(place, name, "read_only")
        elif sort == "null":
            self.notes.dropped(place, name, "type_null")
        elif sort == "object":
            yield from self.section(name, member, place, here, trail, rows=rows)
        elif sort == "array":
            yield from self.list(name, member, place, here, trail, rows=rows)
        else:
            yield from self.leaf(name, member, place, here, sort)

    def without_null(
        self, schema: Mapping[str, Any], place: str, name: str, trail: frozenset[str]
    ) -> tuple[Mapping[str, Any] | None, bool, frozenset[str]]:
        """(the schema without the shape "nothing", whether there was one, the trail)."""
        optional = schema.get("nullable") is True or has_null(schema)
        for key in ("anyOf", "oneOf"):
            given = schema.get(key)
            if not isinstance(given, list) or choices_of(schema) is not None:
                continue
            rest = [one for one in given if not (isinstance(one, Mapping) and one.get("type") == "null")]
            optional = optional or len(rest) < len(given)
            if len(rest) == 1 and len(given) > 1:
                whole = {"allOf": [{k: v for k, v in schema.items() if k != key}, rest[0]]}
                found, trail = self.pointed.plain(whole, place, name, trail)
                return (found if isinstance(found, Mapping) else None), optional, trail
            schema = {**schema, key: one_list(rest, partial(self.pointed.plain, place=place, name=name, trail=trail))}
        sorts = schema.get("type")
        if isinstance(sorts, list) and "null" in sorts:
            optional, rest_sorts = True, [one for one in sorts if one != "null"]
            schema = {**schema, "type": rest_sorts[0] if len(rest_sorts) == 1 else rest_sorts or "null"}
        return schema, optional, trail

    def sort(self, schema: Mapping[str, Any], place: str, name: str) -> str:
        """The type of the answer: as said, or as the other keywords let one think."""
        given = schema.get("type")
        if isinstance(given, str) and given in SORTS:
            return given
        if isinstance(given, list):
            known = [one for one in given if isinstance(one, str) and one in SORTS]
            simple = "number" if set(known) == {"integer", "number"} else known[0] if len(known) == 1 else "string"
            simple = next(
                (sort for sort, hint in (("object", "properties"), ("array", "items")) if sort in known and hint in schema), simple
            )
            if len(known) > 1:
                self.notes.changed(place, name, "types", types=", ".join(known), type=simple)
            return simple
        if choices_of(schema) is not None or "const" in schema:
            return "string"
        found = next((sort for sort, hints in HINTS if any(hint in schema for hint in hints)), None)
        if found is None:
            found = self._of_variants(schema, place, name)
        return found

    def _of_variants(self, schema: Mapping[str, Any], place: str, name: str) -> str:
        for key in ("oneOf", "anyOf"):
            given = schema.get(key)
            if isinstance(given, list) and given:
                sorts = [self.sort(one, place, name) for one in given[:20] if isinstance(one, Mapping) and "$ref" not in one]
                if any("$ref" in one for one in given if isinstance(one, Mapping)) or "object" in sorts:
                    return "object"
                if len(set(sorts)) == 1:
                    return sorts[0]
                self.notes.changed(place, name, "types", types=", ".join(sorted(set(sorts))), type="string")
                return "string"
        self.notes.changed(place, name, "anything")
        return "string"

    def section(self, name: str, member: Member, place: str, here: Path, trail: frozenset[str], *, rows: bool) -> Iterator[Part]:
        """An object: its members as a section; in a row of a repeating group they stand for themselves."""
        parts = tuple(self.object(member.schema, place, here, trail, rows=rows))
        if not member.required:
            parts = tuple(if_any(parts))
        if not parts:
            self.notes.dropped(place, name, "nothing_said")
        elif rows:
            self.notes.changed(place, name, "section_flat")
            for part in parts:
                yield replace(part, show=(*member.show, *part.show))
        else:
            label = title(member.schema, name, self.language)
            yield Section(place, label, parts, member.show, description(member.schema, self.language))

    def list(self, name: str, member: Member, place: str, here: Path, trail: frozenset[str], *, rows: bool) -> Iterator[Part]:
        """A list: choices, files, or a repeating group."""
        schema = member.schema
        given = schema.get("items")
        places = schema.get("prefixItems") if isinstance(schema.get("prefixItems"), list) else given if isinstance(given, list) else None
        if places is not None:
            self.notes.changed(place, name, "tuple")
            unsaid(schema, "tuple", place, name, self.notes)
            members: dict[str, Any] = {str(number): one for number, one in enumerate(places[:50], 1)}
            made = {"title": schema.get("title", name), "properties": members, "required": list(members)}
            yield from self.section(name, replace(member, schema=made), place, here, trail, rows=rows)
            return
        items, trail = self.pointed.plain(given if given is not None else {}, f"{place}/items", name, trail)
        if not isinstance(items, Mapping | bool) or items is False:
            return
        items = {} if items is True else items
        limits = {
            ours: n for ours, theirs in (("min", "minItems"), ("max", "maxItems")) if (n := count(schema.get(theirs), 100)) is not None
        }
        required = member.required and limits.get("min", 0) > 0
        yield from self._list(name, replace(member, required=required), place, here, trail, items, limits, rows)

    def _list(
        self,
        name: str,
        member: Member,
        place: str,
        here: Path,
        trail: frozenset[str],
        items: Mapping[str, Any],
        limits: dict[str, int],
        rows: bool,
    ) -> Iterator[Part]:
        sort = self.sort(items, f"{place}/items", name)
        one = Leaf(
            {**items, "title": member.schema.get("title", items.get("title", name))}, sort, place, name, here, self.language, self.notes
        )
        made = leaf(one) if choices_of(items) is not None or (sort == "string" and is_file(items)) else None
        if made is not None and made.kind in ("choice", "select"):
            yield self.asked(name, member, place, here, "choices", {**made.options, **fit(limits, len(made.values))}, made.values)
        elif made is not None and made.kind == "file":
            yield self.asked(name, member, place, here, "files", {**made.options, **fit(limits, 20)}, {})
        elif rows:
            inner = ", ".join(map(str, items.get("properties", {}))) if isinstance(items.get("properties"), Mapping) else sort
            self.notes.changed(place, name, "list_in_list", names=inner)
            yield self.asked(name, member, place, here, "textarea", {}, {}, "group")
        else:
            yield from self.rows(name, member, place, here, trail, items, sort, fit(limits, 100))

    def rows(
        self,
        name: str,
        member: Member,
        place: str,
        here: Path,
        trail: frozenset[str],
        items: Mapping[str, Any],
        sort: str,
        limits: dict[str, int],
    ) -> Iterator[Part]:
        inside = f"{place}/items"
        if sort == "object":
            parts = tuple(self.object(items, inside, (), trail, rows=True))
        else:
            label = items.get("title") or member.schema.get("title") or name
            parts = tuple(self.member("value", Member({**items, "title": label}, required=True), inside, (), trail, rows=True))
        fields = tuple(one for one in parts if isinstance(one, Question))
        if not fields:
            self.notes.dropped(place, name, "list_empty")
            return
        yield replace(self.asked(name, member, place, here, "group", limits, {}), fields=fields)

    def leaf(self, name: str, member: Member, place: str, here: Path, sort: str) -> Iterator[Part]:
        one = Leaf(member.schema, sort, place, name, here, self.language, self.notes)
        made = leaf(one)
        if made is None:
            return
        asked = self.asked(name, member, place, here, made.kind, dict(made.options), made.values)
        yield replace(asked, part=made.part, rules=made.rules)

    def asked(
        self,
        name: str,
        member: Member,
        place: str,
        here: Path,
        kind: str,
        options: Mapping[str, Any],
        values: Mapping[str, str],
        carried_as: str = "",
    ) -> Question:
        label = title(member.schema, name, self.language)
        self.notes.kept(place, label[self.language], kind)
        unsaid(member.schema, carried_as or kind, place, name, self.notes)
        if member.schema.get("default") not in (None, "", [], {}):
            self.notes.dropped(place, name, "default", value=plain(member.schema["default"]))
        return Question(
            place,
            here,
            kind,
            label,
            help=description(member.schema, self.language) if kind != "declaration" else None,
            required=member.required,
            options=options,
            show=member.show,
            required_when=() if member.required else member.required_when,
            values=values,
        )
