"""From what was read to a document of ours: keys, pages, nouns, and the conditions in our names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import rules
from forms.fields import kinds
from forms.formatschema import FORMAT
from forms.importing.conditions import Names, joined
from forms.importing.keys import key_of, once
from forms.importing.notes import Notes
from forms.importing.tree import Condition, Part, Path, Question, Read, Section, said_there
from forms.importing.wording import noun

A_PAGE, PAGES = 200, 50
HEADING = "heading"


@dataclass(frozen=True)
class Sheet:
    """A page to be: its title, its questions in order with the conditions of the sections around them."""

    title: Mapping[str, str]
    place: str
    asked: tuple[Question, ...]
    show: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Laid:
    """The document, and for each place in it (`#/pages/0/fields/3`) what the file calls it: (place there, name)."""

    document: dict[str, Any]
    origins: dict[str, tuple[str, str]] = field(default_factory=dict)


def laid_out(read: Read, key: str, title: Mapping[str, str], notes: Notes) -> Laid:
    """The whole form. Sections on top become pages; without any, one page asks everything."""
    sheets = tuple(_limited(_sheets(read.parts, title, notes), notes))
    names, keys = _named(sheets, key, notes)
    writing = _Writing(names, keys, notes)
    pages = [writing.page(sheet) for sheet in sheets]
    return Laid({"format": FORMAT, "key": key, "title": dict(title), "pages": pages}, writing.origins)


def _sheets(parts: tuple[Part, ...], title: Mapping[str, str], notes: Notes) -> Iterator[Sheet]:
    loose: list[Question] = []
    for part in parts:
        if isinstance(part, Question):
            loose.append(part)
            continue
        inside = (*_said(part), *_flat(part.parts, (), notes))
        if not inside:
            notes.dropped(part.place, said_there(part.title or {}), "section_empty")
            continue
        if loose and not part.show and all(one.kind == "information" for one in loose):
            inside, loose = (*loose, *inside), []  # a page of its own for a few words in front would be one too many
        if loose:
            yield Sheet(title, "", tuple(loose))
            loose = []
        notes.kept_as(part.place, said_there(part.title or title), "page")
        yield Sheet(part.title or title, part.place, inside, part.show)
    if loose:
        yield Sheet(title, "", tuple(loose))


def _said(part: Section) -> Iterator[Question]:
    """What a section says about itself, as a text to read."""
    if part.help:
        yield Question(part.place, (), "information", part.title or part.help, options={"text": dict(part.help)})


def _flat(parts: tuple[Part, ...], show: tuple[Condition, ...], notes: Notes) -> Iterator[Question]:
    """The questions of sections inside a page, one after the other, below a heading where there is such a kind."""
    for part in parts:
        if isinstance(part, Question):
            yield _under(part, show)
            continue
        inside = [*_said(part), *_flat(part.parts, (*show, *part.show), notes)]
        if inside and part.title:
            notes.kept_as(part.place, said_there(part.title), "heading")
            yield Question(part.place, (), HEADING, part.title, show=(*show, *part.show))
        elif inside:
            notes.changed(part.place, "", "section_flat")
        else:
            notes.dropped(part.place, said_there(part.title or {}), "section_empty")
        yield from (one if one.place != part.place else _under(one, (*show, *part.show)) for one in inside)


def _under(one: Question, show: tuple[Condition, ...]) -> Question:
    return Question(**{**vars(one), "show": (*show, *one.show)}) if show else one


def _limited(sheets: Iterator[Sheet], notes: Notes) -> Iterator[Sheet]:
    """At most so many pages with so many questions each."""
    number = 0
    for sheet in sheets:
        for begin in range(0, len(sheet.asked), A_PAGE):
            number += 1
            if number > PAGES:
                notes.dropped(sheet.place or "#", said_there(sheet.title), "too_many", max=PAGES)
                return
            yield Sheet(sheet.title, sheet.place, sheet.asked[begin : begin + A_PAGE], sheet.show)


def _named(sheets: tuple[Sheet, ...], form: str, notes: Notes) -> tuple[Names, dict[int, str]]:
    """A key for every question (by its identity), and where the names of the file are found now."""
    taken: set[str] = set()
    keys: dict[int, str] = {}
    root: dict[Path, tuple[str, Question]] = {}
    rows: dict[str, dict[Path, tuple[str, Question]]] = {}
    for one in (one for sheet in sheets for one in sheet.asked):
        key = _key(one, taken, root, notes)
        keys[id(one)] = key
        inside: set[str] = set()
        for inner in one.fields:
            keys[id(inner)] = _key(inner, inside, rows.setdefault(key, {}), notes)
    return Names(form, root, rows), keys


def _key(one: Question, taken: set[str], known: dict[Path, tuple[str, Question]], notes: Notes) -> str:
    wanted = key_of("_".join(one.path) if one.path else one.name)
    key = once(wanted, taken)
    if key != wanted and one.path:
        notes.changed(one.place, one.name, "key_twice", key=key, before=".".join(one.path))
    elif one.path and key != ".".join(one.path):
        notes.changed(one.place, one.name, "key", key=key, before=".".join(one.path))
    if one.path:
        known.setdefault(one.path, (key, one))
    return key


class _Writing:
    """The document being written."""

    def __init__(self, names: Names, keys: Mapping[int, str], notes: Notes) -> None:
        self.names, self.keys, self.notes = names, keys, notes
        self.pages: set[str] = set()
        self.origins: dict[str, tuple[str, str]] = {}

    def page(self, sheet: Sheet) -> dict[str, Any]:
        place = f"#/pages/{len(self.pages)}"
        name = said_there(sheet.title)
        self.origins[place] = (sheet.place or "#", name)
        page: dict[str, Any] = {"key": once(key_of(name, "page"), self.pages), "title": dict(sheet.title)}
        if show := self.condition(sheet.show, sheet.place, name, None, "show_lost"):
            page["show_when"] = show
        page["fields"] = [self.question(one, f"{place}/fields/{number}", None) for number, one in enumerate(sheet.asked)]
        return page

    def question(self, one: Question, place: str, group: str | None) -> dict[str, Any]:
        self.origins[place] = (one.place, one.name)
        kind = kinds()[one.kind]
        made: dict[str, Any] = {"key": self.keys[id(one)], "kind": one.kind, "label": dict(one.label)}
        if kind.answered:
            made["noun"] = noun(one.label)
        if one.help:
            made["help"] = dict(one.help)
        if kind.answered and not kind.computed and not one.required:
            made["required"] = False
        made |= one.options
        for name, condition in one.trees.items():
            if text := self.condition((condition,), one.place, one.name, group, "option_lost", option=name):
                made[name] = text
        if needed := self.condition(one.required_when, one.place, one.name, group, "required_lost", join="or"):
            made["required_when"] = needed
        if show := self.condition(one.show, one.place, one.name, group, "show_lost"):
            made["show_when"] = show
        made |= self.checks(one, group)
        if one.fields:
            made["fields"] = [self.question(inner, f"{place}/fields/{n}", made["key"]) for n, inner in enumerate(one.fields)]
        return made

    def checks(self, one: Question, group: str | None) -> dict[str, Any]:
        """The rules of the question that can be said in our names."""
        found = []
        for condition, say in one.rules:
            if text := self.condition((condition,), one.place, one.name, group, "rule_lost"):
                found.append({"check": text, "say": dict(say)})
        return {"rules": found} if found else {}

    def condition(
        self, conditions: tuple[Condition, ...], place: str, name: str, group: str | None, lost: str, join: str = "and", **facts: str
    ) -> str | None:
        """The conditions as one text; each that reads what this form does not ask is reported."""
        trees = []
        for one in {(each.text, each.hides): each for each in conditions}.values():
            tree = self.names.resolved(one, group)
            if tree is None:
                self.notes.dropped(place or "#", name, lost, text=one.text, **facts)
            elif tree not in trees:
                trees.append(tree)
        whole = joined(trees, join)
        return rules.text_of_tree(whole) if whole is not None else None
