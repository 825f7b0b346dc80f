"""Camunda's forms (form-js, schema versions 1 to 20): components in a tree, one language, conditions that say when to hide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from forms.importing.conditions import literal, parsed
from forms.importing.formjs_kinds import KINDS, Asking, Made
from forms.importing.keys import key_of
from forms.importing.notes import Notes
from forms.importing.options import plain
from forms.importing.tree import Condition, Part, Path, Question, Read, Section, said_there
from forms.importing.watched import Watched
from forms.importing.wording import LONGEST, both, from_html, from_markdown, human

MOST, DEEPEST = 1000, 30
GONE = {
    "image": "image",
    "iframe": "iframe",
    "documentPreview": "preview",
    "table": "table",
    "button": "button",
    "spacer": "layout",
    "separator": "layout",
}
SILENT = ("id", "type", "layout", "showOutline", "verticalAlignment", "properties")
WORDS, GROUPS = ("text", "html"), ("group", "dynamiclist", "page")
KNOWN = (*WORDS, *GROUPS, "multipage", *KINDS)
ABOUT_THE_FILE = (
    "$schema",
    "type",
    "schemaVersion",
    "exporter",
    "executionPlatform",
    "executionPlatformVersion",
    "versionTag",
    "generated",
)


_PARTS = re.compile(r"<\s*(script|style|iframe|object|embed|svg|form|input|select|button|video|audio)\b", re.IGNORECASE)


def is_form_js(document: Mapping[str, Any]) -> bool:
    """Whether a document is a form of form-js."""
    return isinstance(document.get("components"), list)


def read_form_js(document: Mapping[str, Any], notes: Notes, language: str) -> Read:
    """The form as a tree. Everything that is not understood is in the notes."""
    reading = _Reading(notes, language)
    parts = tuple(reading.parts(document["components"], "components", (), 0))
    for member in sorted(set(document) - {*ABOUT_THE_FILE, "components", "id", "name"}):
        notes.dropped("#", member, "member", member=member)
    name = document.get("name") if isinstance(document.get("name"), str) else ""
    key = document["id"] if isinstance(document.get("id"), str) else ""
    return Read(key, both(name, language) if name and name.strip() else None, parts)


class _Reading:
    def __init__(self, notes: Notes, language: str) -> None:
        self.notes, self.language = notes, language
        self.left = MOST

    def parts(self, components: Any, place: str, path: Path, depth: int, *, rows: bool = False) -> Iterator[Part]:
        for number, one in enumerate(components if isinstance(components, list) else []):
            here = f"{place}/{number}"
            self.left -= 1
            if self.left < 0:
                self.notes.dropped(here, "", "too_many", max=MOST)
                return
            if not isinstance(one, Mapping):
                self.notes.dropped(here, "", "no_component")
            elif depth > DEEPEST:
                self.notes.dropped(here, _name(one), "too_deep")
            else:
                watched = Watched(one)
                yield from self.part(watched, here, path, depth, rows)
                if one.get("type") in KNOWN:
                    self.unread(watched, here)

    def part(self, one: Mapping[str, Any], place: str, path: Path, depth: int, rows: bool) -> Iterator[Part]:
        kind = one.get("type")
        if kind in WORDS:
            yield from self.words(one, place)
        elif kind in GROUPS:
            yield from self.nested(one, place, path, depth, rows)
        elif kind == "multipage":
            self.notes.kept_as(place, _name(one), "multipage")
            yield from self.parts(one.get("components"), f"{place}/components", path, depth + 1, rows=rows)
        elif isinstance(kind, str) and kind in GONE:
            self.notes.dropped(place, _name(one), GONE[kind])
        elif isinstance(kind, str) and kind in KINDS:
            yield from self.question(one, place, path, KINDS[kind])
        else:
            self.notes.dropped(place, _name(one), "type_unknown", type=str(kind)[:60])
            if isinstance(one.get("components"), list):
                yield from self.nested(one, place, path, depth, rows)

    def words(self, one: Mapping[str, Any], place: str) -> Iterator[Part]:
        given = one.get("text") if one.get("type") == "text" else one.get("content")
        said = self.said(given, place, _name(one))
        heading, text = from_markdown(said) if one.get("type") == "text" else ("", from_html(said))
        if not heading and not text:
            self.notes.dropped(place, _name(one), "nothing_said")
            return
        if one.get("type") == "html" and _PARTS.search(said):
            self.notes.dropped(place, _name(one), "html_parts")
        if "{{" in said:
            self.notes.changed(place, _name(one), "template")
        label, rest = (heading, text) if heading else _split(text)
        self.notes.kept(place, label[:60], "information")
        if len(rest) > LONGEST:
            self.notes.dropped(place, label[:60], "text_cut", max=LONGEST)
        options = {"text": both(rest, self.language)} if rest else {}
        yield Question(place, (), "information", both(label[:300], self.language), options=options, show=self.show(one, place))

    def nested(self, one: Mapping[str, Any], place: str, path: Path, depth: int, rows: bool) -> Iterator[Part]:
        repeats = one.get("isRepeating") is True or one.get("type") == "dynamiclist"
        under = tuple(_path(one.get("path")))
        label = self.said(one.get("label"), place, _name(one))
        title = both(label, self.language) if label.strip() else None
        about = self.said(one.get("description"), place, _name(one))
        help = both(about, self.language) if about.strip() else None
        if not repeats:
            inside = tuple(self.parts(one.get("components"), f"{place}/components", (*path, *under), depth + 1, rows=rows))
            yield Section(place, title, inside, self.show(one, place), help)
            return
        if rows:
            yield self.one_box(one, place, (*path, *under), title, depth)
            return
        inner = tuple(_questions(self.parts(one.get("components"), f"{place}/components", (), depth + 1, rows=True), self.notes))
        if not any(each.kind != "information" for each in inner):
            self.notes.dropped(place, _name(one), "list_empty")
            return
        self.notes.kept(place, _name(one), "group")
        if one.get("allowAddRemove") is False:
            self.notes.changed(place, _name(one), "list_fixed")
        path = (*path, *(under or (_name(one) or "list",)))
        title = title or both(human(path[-1]), self.language)
        yield Question(place, path, "group", title, help=help, required=False, show=self.show(one, place), fields=inner)

    def one_box(self, one: Mapping[str, Any], place: str, path: Path, title: Mapping[str, str] | None, depth: int) -> Question:
        """A list inside a list: asked as lines of text. The report names what was asked in its lines."""
        aside = _Reading(Notes(), self.language)
        inner = tuple(_questions(aside.parts(one.get("components"), f"{place}/components", (), depth + 1, rows=True), self.notes))
        self.notes.changed(place, _name(one), "list_in_list", names=", ".join(each.name for each in inner))
        for each in inner:
            self.notes.dropped(each.place, each.name, "in_list")
        label = title or both(human((path or ("list",))[-1]), self.language)
        return Question(place, path or ("list",), "textarea", label, required=False, show=self.show(one, place))

    def question(self, one: Mapping[str, Any], place: str, path: Path, make: Callable[[Asking], Made | None]) -> Iterator[Part]:
        key = one.get("key") if isinstance(one.get("key"), str) else ""
        label = self.said(one.get("label"), place, _name(one)).strip() or self.said(one.get("dateLabel") or one.get("timeLabel"), place, "")
        if not str(key).strip():
            self.notes.changed(place, _name(one), "no_key")
            own: Path = (key_of(label or str(one.get("id") or one.get("type"))),)
        else:
            own = tuple(_path(key)) or (str(key),)
        name = label or human(own[-1])
        asking = Asking(one, place, name, self.language, self.notes, self.said)
        made = make(asking)
        if made is None:
            return
        self.notes.kept(place, name, made.kind)
        self.unsaid(one, place, name, made)
        help = self.said(one.get("description"), place, name)
        heading, help = from_markdown(help)
        validate = one.get("validate")
        required = validate.get("required") if isinstance(validate, Mapping) else False
        if required not in (None, "", True, False, "true", "false"):
            self.notes.dropped(place, name, "option_lost", option="required", text=str(required))
        yield Question(
            place,
            (*path, *own),
            made.kind,
            both(name, self.language),
            help=both(f"{heading}\n{help}".strip(), self.language) if heading or help else None,
            required=required is True or required == "true",
            options=made.options,
            show=self.show(one, place),
            values=made.values,
            part=made.part,
            trees=made.trees,
        )

    def unread(self, one: Watched, place: str) -> None:
        """Report what nothing here asked for."""
        left = list(one.unread(SILENT))
        columns = one.given.get("layout", {}).get("columns") if isinstance(one.given.get("layout"), Mapping) else None
        if isinstance(columns, int) and 0 < columns < 16:
            self.notes.dropped("#", "", "columns")
        if left:
            self.notes.dropped(place, _name(one), "member", member=", ".join(left))

    def unsaid(self, one: Mapping[str, Any], place: str, name: str, made: Made) -> None:
        """Report what our format has no word for."""
        for member, code in (("readonly", "readonly"), ("disabled", "readonly")):
            if one.get(member):
                self.notes.changed(place, name, code)
                break
        unticked = made.kind == "declaration" and one.get("defaultValue") is False  # says nothing: that is how it begins here too
        if one.get("defaultValue") not in (None, "", [], {}) and not unticked:
            self.notes.dropped(place, name, "default", value=plain(one["defaultValue"]))
        if one.get("properties"):
            self.notes.dropped(place, name, "properties")

    def show(self, one: Mapping[str, Any], place: str) -> tuple[Condition, ...]:
        """When it is asked. A condition that form-js itself never ran is reported and left out."""
        conditional = one.get("conditional")
        hide = conditional.get("hide") if isinstance(conditional, Mapping) else None
        if hide in (None, "", False):
            return ()
        if hide is True:
            return (Condition(["true"], "true", hides=True),)
        tree = parsed(hide[1:]) if isinstance(hide, str) and hide.strip().startswith("=") else None
        tree = parsed(hide.strip()[1:]) if tree is None and isinstance(hide, str) and hide.strip().startswith("=") else tree
        if tree is None:
            self.notes.dropped(place, _name(one), "show_not_feel", text=str(hide))
            return ()
        return (Condition(tree, str(hide), hides=True),)

    def said(self, given: Any, place: str, name: str) -> str:
        """A text, which may be a FEEL text without names."""
        if not isinstance(given, str):
            return ""
        if not given.strip().startswith("="):
            return given
        value = literal(given.strip()[1:])
        if not isinstance(value, str):
            self.notes.dropped(place, name, "text_worked_out", text=given)
            return ""
        return value


def _questions(parts: Iterator[Part], notes: Notes) -> Iterator[Question]:
    """The questions in a repeating group: sections in it open up."""
    for part in parts:
        if isinstance(part, Question):
            yield part
        else:
            notes.changed(part.place, said_there(part.title or {}), "section_flat")
            for one in _questions(iter(part.parts), notes):
                yield Question(**{**vars(one), "show": (*part.show, *one.show)})


def _split(text: str) -> tuple[str, str]:
    """(a line for the label, the rest) of a text without a heading."""
    first, _, rest = text.partition("\n")
    if len(first) <= 200:
        return first, rest.strip()
    cut = first.rfind(" ", 0, 100)
    return first[: cut if cut > 20 else 100] + " …", text


def _path(key: Any) -> list[str]:
    return [part for part in key.split(".") if part.strip()][:8] if isinstance(key, str) else []


def _name(one: Mapping[str, Any]) -> str:
    """What the report calls a component."""
    return next((str(one[key])[:60] for key in ("label", "key", "path", "id", "type") if isinstance(one.get(key), str) and one[key]), "")
