"""The members of an object, also those that stand behind a condition: `if`, `dependentRequired`, `dependentSchemas`, `oneOf`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import rules
from forms.importing.conditions import NULL, joined, opposite
from forms.importing.notes import Notes
from forms.importing.refs import Pointed
from forms.importing.schema_tests import condition_of, literal_tree, tree_of
from forms.importing.schema_words import title
from forms.importing.tree import Condition, Path, Tree
from forms.importing.wording import human

MOST_VARIANTS, DEEPEST = 30, 10
WHICH = "which"
Trail = frozenset[str]


@dataclass(frozen=True)
class Member:
    """One member: its schema, whether it must be there, when it is asked, when it must be answered."""

    schema: Any
    required: bool = False
    show: tuple[Condition, ...] = ()
    required_when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Gathered:
    """All members of an object in order."""

    members: dict[str, Member] = field(default_factory=dict)


def gathered(schema: Mapping[str, Any], place: str, path: Path, trail: Trail, pointed: Pointed, notes: Notes, language: str) -> Gathered:
    """The members of an object schema. `path`: where the object stands in the data."""
    gathering = _Gathering(place, path, trail, pointed, notes, language)
    gathering.take(schema, None, "", 0)
    return gathering.finished()


@dataclass
class _Found:
    """A member while it is gathered. `shown`: None as soon as it is asked without a condition."""

    schema: Any
    shown: list[Tree] | None
    required: bool = False
    needed: list[tuple[Tree, str]] = field(default_factory=list)


class _Gathering:
    def __init__(self, place: str, path: Path, trail: Trail, pointed: Pointed, notes: Notes, language: str) -> None:
        self.place, self.path, self.trail, self.pointed, self.notes, self.language = place, path, trail, pointed, notes, language
        self.found: dict[str, _Found] = {}
        self.wanted: list[tuple[str, Tree | None, str]] = []

    def take(self, schema: Any, when: Tree | None, text: str, depth: int) -> None:
        """The members of a schema that counts `when` (None: always)."""
        whole, _ = self.pointed.plain(schema, self.place, "", self.trail)
        if not isinstance(whole, Mapping) or depth > DEEPEST:
            return
        for name, inner in _mapping(whole.get("properties")).items():
            self.member(str(name), inner, when)
        for name in _listed(whole.get("required")):
            if isinstance(name, str):
                self.wanted.append((name, when, text))
        self.depend(whole, when, depth)
        if "if" in whole:
            self.if_then(whole, when, depth)
        for keyword in ("oneOf", "anyOf"):
            if isinstance(whole.get(keyword), list):
                self.variants(keyword, whole[keyword], when, depth)
        for inner in _listed(whole.get("allOf")):
            self.take(inner, when, text, depth + 1)

    def member(self, name: str, schema: Any, when: Tree | None) -> None:
        known = self.found.get(name)
        if known is None:
            self.found[name] = _Found(schema, None if when is None else [when])
        elif when is None:
            known.schema, known.shown = {"allOf": [schema, known.schema]}, None
        else:
            if known.shown is not None:
                known.shown.append(when)
            if narrower := _narrower(schema, known.schema):
                self.notes.dropped(f"{self.place}/properties/{name}", name, "narrowed", keyword=", ".join(narrower))

    def depend(self, whole: Mapping[str, Any], when: Tree | None, depth: int) -> None:
        for keyword in ("dependentRequired", "dependentSchemas", "dependencies"):
            for name, needs in _mapping(whole.get(keyword)).items():
                filled: Tree = ["!=", tree_of((*self.path, str(name))), NULL]
                both_trees = joined([when, filled]) if when is not None else filled
                if isinstance(needs, list | str):
                    for one in [needs] if isinstance(needs, str) else needs:
                        self.wanted.append((str(one), both_trees, f"{keyword}: {name}"))
                elif isinstance(needs, Mapping):
                    self.take(needs, both_trees, f"{keyword}: {name}", depth + 1)

    def if_then(self, whole: Mapping[str, Any], when: Tree | None, depth: int) -> None:
        test, _ = self.pointed.plain(whole["if"], self.place, "", self.trail)
        found = condition_of(test, self.path)
        text = f"if {str(test)[:150]}"
        if found is None:
            self.notes.dropped(self.place, "if", "show_hard", text=str(test))
            for branch in ("then", "else"):  # asked always, needed never: nobody is kept from answering
                for name, inner in _mapping(_mapping(whole.get(branch)).get("properties")).items():
                    self.member(str(name), inner, when if name not in self.found else ["true"])
            return
        self.notes.changed(self.place, "if", "if_then")
        for branch, tree in (("then", found), ("else", opposite(found))):
            if branch in whole:
                self.take(whole[branch], joined([when, tree]) if when is not None else tree, text, depth + 1)

    def variants(self, keyword: str, given: list[Any], when: Tree | None, depth: int) -> None:
        """Several shapes: told apart by a member that has another value in each, or by a question that is added."""
        shapes = [self.pointed.plain(one, self.place, keyword, self.trail)[0] for one in given[:MOST_VARIANTS]]
        shapes = [one for one in shapes if isinstance(one, Mapping)]
        if not any(_mapping(one.get("properties")) for one in shapes):
            if shapes:
                self.notes.dropped(self.place, keyword, "keyword", keyword=keyword)
            return
        telling = self.telling(shapes)
        if telling is None:
            self.asked_which(keyword, shapes, when, depth)
            return
        values = [value for one in shapes for value in _values(one["properties"][telling])]
        if telling not in self.found:
            self.member(telling, {**_mapping(shapes[0]["properties"][telling]), "enum": list(dict.fromkeys(values)), "const": None}, when)
            self.found[telling].schema.pop("const")
            self.wanted.append((telling, when, keyword))
        for one in shapes:
            tree = condition_of({"enum": _values(one["properties"][telling])}, (*self.path, telling))
            rest = {**one, "properties": {name: inner for name, inner in one["properties"].items() if name != telling}}
            self.take(rest, joined([each for each in (when, tree) if each is not None]), keyword, depth + 1)

    def telling(self, shapes: list[Mapping[str, Any]]) -> str | None:
        """The member whose value says which shape it is: each shape has other values of it."""
        first = _mapping(shapes[0].get("properties"))
        for name in first:
            seen: list[Any] = []
            for one in shapes:
                values = _values(_mapping(one.get("properties")).get(name))
                if not values or any(value in seen for value in values) or any(literal_tree(value) is None for value in values):
                    break
                seen += values
            else:
                return str(name)
        return None

    def asked_which(self, keyword: str, shapes: list[Mapping[str, Any]], when: Tree | None, depth: int) -> None:
        """A question of ours, which of the shapes."""
        name = WHICH
        while name in self.found:
            name += "_"
        self.notes.changed(self.place, keyword, "variants")
        named = [{"const": f"{number}", **_titles(one, number, self.language)} for number, one in enumerate(shapes, 1)]
        asked = {"title": {"id": "Yang mana?", "en": "Which one?"}, "oneOf": named}
        self.member(name, asked, when)
        self.wanted.append((name, when, keyword))
        for number, one in enumerate(shapes, 1):
            tree: Tree = ["=", tree_of((*self.path, name)), ["str", f"{number}"]]
            self.take(one, joined([when, tree]) if when is not None else tree, keyword, depth + 1)

    def finished(self) -> Gathered:
        for name, when, text in self.wanted:
            known = self.found.get(name)
            if known is None:
                self.notes.dropped(f"{self.place}/required", name, "needless")
            elif when is None or (known.shown is not None and all(one == when for one in known.shown)):
                known.required = True
            else:
                known.needed.append((when, text))
        members = {}
        for name, one in self.found.items():
            shown = one.shown if one.shown is None else joined(_each_once(one.shown), "or")
            show = () if shown is None or _always(one.shown) else (Condition(shown, rules.text_of_tree(shown)),)
            needed = tuple(Condition(tree, rules.text_of_tree(tree)) for tree, _ in one.needed)
            members[name] = Member(one.schema, one.required or _draft_3(one.schema), show, needed)
        return Gathered(members)


def _always(shown: list[Tree] | None) -> bool:
    """Whether one of two conditions holds in any case: in `then` and in `else` alike."""
    return shown is not None and any(opposite(one) in shown or one == ["true"] for one in shown)


def _each_once(trees: list[Tree]) -> list[Tree]:
    found: list[Tree] = []
    for tree in trees:
        if tree not in found:
            found.append(tree)
    return found


def _draft_3(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("required") is True


def _narrower(schema: Any, known: Any) -> list[str]:
    """What a schema behind a condition asks of a member besides what was asked of it before."""
    before = known if isinstance(known, Mapping) else {}
    return [key for key, value in schema.items() if before.get(key) != value] if isinstance(schema, Mapping) else []


def _values(schema: Any) -> list[Any]:
    if not isinstance(schema, Mapping):
        return []
    if "const" in schema:
        return [schema["const"]] if not isinstance(schema["const"], dict | list) else []
    given = schema.get("enum")
    return [one for one in given if not isinstance(one, dict | list)] if isinstance(given, list) else []


def _titles(schema: Mapping[str, Any], number: int, language: str) -> dict[str, Any]:
    names = ", ".join(human(str(name)) for name in list(_mapping(schema.get("properties")))[:3])
    return {"title": title(schema, names or str(number), language)}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
