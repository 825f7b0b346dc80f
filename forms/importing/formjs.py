"""Camunda's forms (form-js, schema versions 1 to 20): components in a tree, one language, conditions that say when to hide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from forms.importing.conditions import literal, parsed
from forms.importing.formjs_kinds import KINDS, Asking, Made
from forms.importing.keys import key_of
from forms.importing.notes import Notes
from forms.importing.tree import Condition, Part, Path, Question, Read, Section
from forms.importing.wording import both, from_html, from_markdown, human

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
SILENT = ("id", "type", "key", "label", "layout", "components")


def is_form_js(document: Mapping[str, Any]) -> bool:
    """Whether a document is a form of form-js."""
    return isinstance(document.get("components"), list)


def read_form_js(document: Mapping[str, Any], notes: Notes, language: str) -> Read:
    """The form as a tree. Everything that is not understood is in the notes."""
    reading = _Reading(notes, language)
    parts = tuple(reading.parts(document["components"], "components", (), 0))
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
                yield from self.part(one, here, path, depth, rows)

    def part(self, one: Mapping[str, Any], place: str, path: Path, depth: int, rows: bool) -> Iterator[Part]:
        kind = one.get("type")
        if kind in ("text", "html"):
            yield from self.words(one, place)
        elif kind in ("group", "dynamiclist"):
            yield from self.nested(one, place, path, depth, rows)
        elif isinstance(kind, str) and kind in GONE:
            self.notes.dropped(place, _name(one), GONE[kind])
        elif isinstance(kind, str) and kind in KINDS:
            yield from self.question(one, place, path, KINDS[kind])
        else:
            self.notes.dropped(place, _name(one), "type_unknown", type=str(kind)[:60])
            yield from self.parts(one.get("components"), f"{place}/components", path, depth + 1, rows=rows)

    def words(self, one: Mapping[str, Any], place: str) -> Iterator[Part]:
        given = one.get("text") if one.get("type") == "text" else one.get("content")
        said = self.said(given, place, _name(one))
        heading, text = from_markdown(said) if one.get("type") == "text" else ("", from_html(said))
        if not heading and not text:
            self.notes.dropped(place, _name(one), "nothing_said")
            return
        if "{{" in said:
            self.notes.changed(place, _name(one), "template")
        label, rest = (heading, text) if heading else _split(text)
        self.notes.kept(place, label[:60], "information")
        options = {"text": both(rest, self.language)} if rest else {}
        yield Question(place, (), "information", both(label[:300], self.language), options=options, show=self.show(one, place))

    def nested(self, one: Mapping[str, Any], place: str, path: Path, depth: int, rows: bool) -> Iterator[Part]:
        repeats = one.get("type") == "dynamiclist" or one.get("isRepeating") is True
        under = tuple(_path(one.get("path")))
        label = self.said(one.get("label"), place, _name(one))
        title = both(label, self.language) if label.strip() else None
        if not repeats:
            inside = tuple(self.parts(one.get("components"), f"{place}/components", (*path, *under), depth + 1, rows=rows))
            yield Section(place, title, inside, self.show(one, place))
            return
        if rows:
            yield self.one_box(one, place, (*path, *under), title)
            return
        inner = tuple(_questions(self.parts(one.get("components"), f"{place}/components", (), depth + 1, rows=True)))
        if not any(each.kind != "information" for each in inner):
            self.notes.dropped(place, _name(one), "list_empty")
            return
        self.notes.kept(place, _name(one), "group")
        if one.get("allowAddRemove") is False:
            self.notes.changed(place, _name(one), "list_fixed")
        path = (*path, *(under or (_name(one) or "list",)))
        yield Question(
            place, path, "group", title or both(human(path[-1]), self.language), required=False, show=self.show(one, place), fields=inner
        )

    def one_box(self, one: Mapping[str, Any], place: str, path: Path, title: Mapping[str, str] | None) -> Question:
        """A list inside a list: asked as lines of text."""
        self.notes.changed(place, _name(one), "list_in_list")
        label = title or both(human((path or ("list",))[-1]), self.language)
        return Question(place, path or ("list",), "textarea", label, required=False, show=self.show(one, place))

    def question(self, one: Mapping[str, Any], place: str, path: Path, make: Callable[[Asking], Made | None]) -> Iterator[Part]:
        key = one.get("key") if isinstance(one.get("key"), str) else ""
        label = self.said(one.get("label"), place, _name(one)) or self.said(one.get("dateLabel") or one.get("timeLabel"), place, "")
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
        self.unsaid(one, place, name)
        help = self.said(one.get("description"), place, name)
        heading, help = from_markdown(help)
        validate = one.get("validate")
        required = validate.get("required") if isinstance(validate, Mapping) else False
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

    def unsaid(self, one: Mapping[str, Any], place: str, name: str) -> None:
        """Report what our format has no word for."""
        for member, code in (("readonly", "readonly"), ("disabled", "readonly")):
            if one.get(member):
                self.notes.changed(place, name, code)
                break
        if one.get("defaultValue") not in (None, "", False, [], {}):
            self.notes.dropped(place, name, "default", value=str(one["defaultValue"]))
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


def _questions(parts: Iterator[Part]) -> Iterator[Question]:
    """The questions in a repeating group: sections in it open up."""
    for part in parts:
        if isinstance(part, Question):
            yield part
        else:
            for one in _questions(iter(part.parts)):
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
