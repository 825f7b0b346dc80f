"""Differences of the forms: pages and questions, the same by their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from engine.procedures.bundle import Bundle
from engine.procedures.plain_words import condition
from forms import Field, Form, Page, catalogue

from .difference import ALWAYS, NONE, Difference, Words, both, quoted

_TOLD = frozenset({"choices"})


def forms(old: Bundle, new: Bundle) -> Iterator[Difference]:
    """Everything that differs in the forms."""
    for key, form in new.forms.items():
        place = new.places.get(f"form {key}", f"forms/{key}.json")
        if key not in old.forms:
            yield Difference(place, "form.added", {"form": quoted(form.title), "count": sum(1 for _ in form.fields())})
        else:
            yield from _form(place, old.forms[key], form)
    for key, form in old.forms.items():
        if key not in new.forms:
            yield Difference(f"forms/{key}.json", "form.removed", {"form": quoted(form.title)})


def _form(place: str, was: Form, form: Form) -> Iterator[Difference]:
    title = quoted(form.title)
    if dict(was.title) != dict(form.title):
        yield Difference(place, "form.renamed", {"old": quoted(was.title), "new": title})
    yield from _pages(place, was, form, title)
    before, now = dict(was.fields()), dict(form.fields())
    homes, homes_now = _homes(was), _homes(form)
    for path, field in now.items():
        if path not in before:
            must = field.required and field.required_when is None and field.show_when is None and field.kind.answered
            yield Difference(place, "question.added_must" if must else "question.added", {"form": title, "question": quoted(field.label)})
        else:
            moved = homes[path].key != homes_now[path].key
            yield from _question(place, (was, form), before[path], field, homes_now[path] if moved else None)
    for path, field in before.items():
        if path not in now:
            yield Difference(place, "question.removed", {"form": title, "question": quoted(field.label)})
    yield from _order(place, was, form, title)


def _homes(form: Form) -> dict[str, Page]:
    """The page of every question by its path."""
    tops = {one.key: page for page in form.pages for one in page.fields}
    return {path: tops[path.partition(".")[0]] for path, _ in form.fields()}


def _pages(place: str, was: Form, form: Form, title: Words) -> Iterator[Difference]:
    before, now = {page.key: page for page in was.pages}, {page.key: page for page in form.pages}
    for key, page in now.items():
        if key not in before:
            yield Difference(place, "page.added", {"form": title, "page": quoted(page.title)})
            continue
        if dict(before[key].title) != dict(page.title):
            yield Difference(place, "page.renamed", {"form": title, "old": quoted(before[key].title), "new": quoted(page.title)})
        if before[key].show_when != page.show_when:
            facts = {"old": _said(before[key].show_when, was), "new": _said(page.show_when, form)}
            yield Difference(place, "page.condition", {"form": title, "page": quoted(page.title), **facts})
    for key, page in before.items():
        if key not in now:
            yield Difference(place, "page.removed", {"form": title, "page": quoted(page.title)})
    stayed, stay = [key for key in before if key in now], [key for key in now if key in before]
    if stayed != stay:
        yield Difference(place, "page.moved", {"form": title, "old": _titles(stayed, before), "new": _titles(stay, now)})


def _titles(keys: list[str], pages: Mapping[str, Page]) -> Words:
    return {lang: ", ".join(pages[key].title.get(lang) or pages[key].title["id"] for key in keys) for lang in ("id", "en")}


def _order(place: str, was: Form, form: Form, title: Words) -> Iterator[Difference]:
    before = {page.key: [one.key for one in page.fields] for page in was.pages}
    for page in form.pages:
        now = [one.key for one in page.fields]
        both_have = set(now) & set(before.get(page.key, ()))
        if [key for key in now if key in both_have] != [key for key in before.get(page.key, ()) if key in both_have]:
            yield Difference(place, "question.order", {"form": title, "page": quoted(page.title)})


def _said(text: str | None, form: Form) -> object:
    """When it is asked, in words."""
    return condition(text, {form.key: form}) if text else ALWAYS


def _question(place: str, forms: tuple[Form, Form], was: Field, field: Field, page: Page | None) -> Iterator[Difference]:
    form = quoted(forms[1].title)
    known: dict[str, object] = {"form": form, "question": quoted(field.label)}
    if dict(was.label) != dict(field.label):
        yield Difference(place, "question.renamed", {"form": form, "old": quoted(was.label), "new": quoted(field.label)})
    if was.kind.word != field.kind.word:
        yield Difference(place, "question.kind", {**known, "old": dict(was.kind.title), "new": dict(field.kind.title)})
    if page is not None:
        yield Difference(place, "question.moved", {**known, "page": quoted(page.title)})
    if was.required != field.required:
        yield Difference(place, "question.must" if field.required else "question.may", known)
    if was.show_when != field.show_when:
        yield Difference(place, "question.shown", {**known, "old": _said(was.show_when, forms[0]), "new": _said(field.show_when, forms[1])})
    if (was.help or {}) != (field.help or {}):
        facts = {"old": quoted(was.help) if was.help else NONE, "new": quoted(field.help) if field.help else NONE}
        yield Difference(place, "question.help", {**known, **facts})
    yield from _choices(place, known, was, field)
    yield from _settings(place, known, was, field, forms)


def _choices(place: str, known: dict[str, object], was: Field, field: Field) -> Iterator[Difference]:
    before, now = _labels(was), _labels(field)
    for value, label in now.items():
        if value not in before:
            yield Difference(place, "question.choice_added", {**known, "choice": quoted(label)})
        elif before[value] != label:
            yield Difference(place, "question.choice_renamed", {**known, "old": quoted(before[value]), "new": quoted(label)})
    for value, label in before.items():
        if value not in now:
            yield Difference(place, "question.choice_removed", {**known, "choice": quoted(label)})


def _labels(field: Field) -> dict[str, dict[str, str]]:
    choices = field.options.get("choices", ())
    return {str(each["value"]): dict(each["label"]) for each in choices} if isinstance(choices, list | tuple) else {}


def _settings(place: str, known: dict[str, object], was: Field, field: Field, forms: tuple[Form, Form]) -> Iterator[Difference]:
    before, now = _plain(was), _plain(field)
    for key in dict.fromkeys((*before, *now)):
        if before.get(key) == now.get(key):
            continue
        a, b = _told(before.get(key)), _told(now.get(key))
        if key == "required_when":
            a, b = (_said(one.required_when, form) if one.required_when else NONE for one, form in ((was, forms[0]), (field, forms[1])))
        yield Difference(place, "question.setting", {**known, "setting": _title(field, key), "old": a, "new": b})


@cache
def _titles_of(kind: str) -> Mapping[str, Words]:
    """What the properties of a kind of question are called, as the form builder calls them."""
    told = catalogue()
    own = next((each["properties"] for each in told["kinds"] if each["kind"] == kind), ())
    return {each["key"]: each["label"] for each in (*told["common"], *own)}


def _title(field: Field, key: str) -> Words:
    name = key.replace("_", " ")
    return _titles_of(field.kind.word).get(key) or both(name, name)


def _plain(field: Field) -> dict[str, Any]:
    own = {
        "required_when": field.required_when,
        "privacy": field.privacy,
        "seen_by": field.seen_by,
        "unique": field.unique,
        "noun": dict(field.noun),
        "rules": tuple((rule.check, tuple(sorted(rule.say.items()))) for rule in field.rules),
    }
    return {**own, **{key: value for key, value in field.options.items() if key not in _TOLD}}


def _told(value: Any) -> object:
    if value in (None, (), [], {}):
        return NONE
    if isinstance(value, Mapping) and set(value) <= {"id", "en"}:
        return dict(value)
    if isinstance(value, bool):
        return both("ya", "yes") if value else both("tidak", "no")
    if isinstance(value, list | tuple):
        return ", ".join(str(each[0] if isinstance(each, tuple) else each) for each in value)
    return value if isinstance(value, int) else str(value)
