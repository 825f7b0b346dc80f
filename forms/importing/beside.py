"""What stands beside a JSON Schema to draw it: the `uiSchema` of react-jsonschema-form and the `uischema` of JSON Forms.

Texts, order, and conditions are laid into a copy of the schema; everything else is reported by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from forms.importing.conditions import joined, opposite
from forms.importing.notes import Notes
from forms.importing.refs import Pointed
from forms.importing.schema_tests import condition_of, literal_tree, tree_of
from forms.importing.tree import Condition, Path, Tree

DEEPEST = 20
FORMATS = {"textarea": "textarea", "password": "password", "email": "email", "uri": "uri", "date": "date", "datetime": "date-time"}
FORMATS |= {"alt-date": "date", "alt-datetime": "date-time", "time": "time", "file": "data-url", "tel": "phone"}
SHOWS = {"SHOW": False, "ENABLE": False, "HIDE": True, "DISABLE": True}
COMBINED = ("allOf", "oneOf", "anyOf")
BRANCHES = ("then", "else")


@dataclass
class Beside:
    """The schema with what stood beside it laid in, and when its members are asked, by where they stand in the data."""

    schema: dict[str, Any]
    shown: dict[Path, tuple[Condition, ...]] = field(default_factory=dict)


def laid_beside(schema: Mapping[str, Any], drawn: Any, notes: Notes) -> Beside:
    """Both together. `drawn`: whichever of the two formats; anything else is reported as a whole."""
    made = Beside(deepcopy(dict(schema)))
    if not isinstance(drawn, Mapping) or not drawn:
        return made
    laying = _Laying(made, Pointed(made.schema, notes), notes)
    if isinstance(drawn.get("type"), str) and ("elements" in drawn or "scope" in drawn):
        laying.element(drawn, "uischema", (), 0)
        laying.in_order()
    else:
        laying.hints(made.schema, drawn, "#", 0)
    return made


class _Laying:
    def __init__(self, made: Beside, pointed: Pointed, notes: Notes) -> None:
        self.made, self.pointed, self.notes = made, pointed, notes
        self.seen: list[str] = []

    # react-jsonschema-form: a tree like that of the data

    def hints(self, node: dict[str, Any], drawn: Mapping[str, Any], place: str, depth: int) -> None:
        """Lay the hints about one schema into it, then those about its members."""
        options = drawn.get("ui:options")
        said = {name.removeprefix("ui:"): value for name, value in drawn.items() if name.startswith("ui:") and name != "ui:options"}
        said |= options if isinstance(options, Mapping) else {}
        self._texts(node, said, place)
        self._sort(node, said)
        lost = [name for name, value in said.items() if value not in (None, "", False)]
        if lost:
            self.notes.dropped(place, "", "drawn", option=", ".join(f"ui:{name}" for name in lost))
        for name, inner in drawn.items():
            if not name.startswith("ui:") and isinstance(inner, Mapping) and depth < DEEPEST:
                self._member(node, name, inner, place, depth)

    def _texts(self, node: dict[str, Any], said: dict[str, Any], place: str) -> None:
        if isinstance(said.get("title"), str):
            node["title"] = said.pop("title")
        words = [said.pop(name) for name in ("description", "help") if isinstance(said.get(name), str)]
        if words:
            node["description"] = "\n".join(words)
        for name in ("readonly", "disabled"):
            if said.pop(name, None) is True:
                self.notes.changed(place, "", "readonly")
        names = said.get("enumNames")
        if isinstance(names, list) and "enumNames" not in node:
            node["enumNames"] = said.pop("enumNames")

    def _sort(self, node: dict[str, Any], said: dict[str, Any]) -> None:
        """The order of the members, and what kind of box was meant."""
        if isinstance(order := said.get("order"), list) and isinstance(node.get("properties"), dict):
            node["properties"] = _ordered(node["properties"], [str(one) for one in order])
            del said["order"]
        word = next((str(said[key]) for key in ("widget", "inputType") if isinstance(said.get(key), str) and said[key] in FORMATS), None)
        if word is not None and "format" not in node and "enum" not in node:
            node["format"] = FORMATS[word]
            said.pop("inputType", None)
            said.pop("widget", None)
        if said.get("widget") == "hidden":
            node["readOnly"] = True

    def _member(self, node: dict[str, Any], name: str, drawn: Mapping[str, Any], place: str, depth: int) -> None:
        self._opened(node)
        if name in ("items", "additionalItems") and isinstance(node.get(name), dict):
            self.hints(node[name], drawn, f"{place}/{name}", depth + 1)
            return
        owners = list(_owners(node, name))
        for one in owners:
            self.hints(one["properties"][name], drawn, f"{place}/properties/{name}", depth + 1)
        if not owners:
            self.notes.dropped(place, name, "drawn_unknown", option=name)

    def _opened(self, node: dict[str, Any]) -> None:
        """A reference in place of its target: what is said about one use of it is not said about the others."""
        for _ in range(DEEPEST):
            target = self.pointed.target(node["$ref"]) if isinstance(node.get("$ref"), str) else None
            if not isinstance(target, Mapping):
                return
            del node["$ref"]
            for key, value in deepcopy(dict(target)).items():
                node.setdefault(key, value)

    # JSON Forms: a layout of controls that point into the schema

    def element(self, one: Any, place: str, around: tuple[Condition, ...], depth: int) -> None:
        """Lay a control into the schema, or go through the elements of a layout; a rule of a layout counts for all in it."""
        if not isinstance(one, Mapping) or depth > DEEPEST:
            return
        around = (*around, *self._rule(one, place))
        steps = _steps(one.get("scope"))
        if steps:
            self._control(one, steps, place, around)
        elif one.get("type") == "Label":
            self.notes.dropped(place, str(one.get("text", ""))[:60], "drawn", option="Label")
        elif isinstance(one.get("label"), str) and one["label"].strip():
            self.notes.dropped(place, one["label"], "drawn_title")
        elif one.get("type") not in ("VerticalLayout", "HorizontalLayout", "Categorization", "Group", "Category"):
            self.notes.dropped(place, "", "drawn", option=str(one.get("type"))[:60])
        inside = one.get("elements")
        for number, inner in enumerate(inside if isinstance(inside, list) else []):
            self.element(inner, f"{place}/elements/{number}", around, depth + 1)

    def _control(self, one: Mapping[str, Any], steps: list[str], place: str, around: tuple[Condition, ...]) -> None:
        node, path = self._at(steps)
        where = "#/" + "/".join(steps)
        if node is None:
            self.notes.dropped(place, "", "drawn_unknown", option=where)
            return
        self.seen.append(path[0] if path else "")
        if around and path:
            self.made.shown[path] = around
        label = one.get("label")
        if isinstance(label, str) and label.strip():
            node["title"] = label
        options = dict(one["options"]) if isinstance(one.get("options"), Mapping) else {}
        if options.pop("multi", None) is True:
            node.setdefault("format", "textarea")
        if options.pop("readonly", None) is True or options.pop("readOnly", None) is True:
            self.notes.changed(where, path[-1] if path else "", "readonly")
        lost = [f"options.{name}" for name, value in options.items() if value not in (None, "", False)]
        if lost:
            self.notes.dropped(where, path[-1] if path else "", "drawn", option=", ".join(lost))

    def _at(self, steps: list[str]) -> tuple[dict[str, Any] | None, Path]:
        """The schema at a pointer, and where its answer stands in the data."""
        node: Any = self.made.schema
        path: list[str] = []
        for number, step in enumerate(steps):
            if isinstance(node, dict):
                self._opened(node)
            node = node.get(step) if isinstance(node, dict) else None
            if number and steps[number - 1] == "properties":
                path.append(step)
        return (node if isinstance(node, dict) else None), tuple(path)

    def _rule(self, one: Mapping[str, Any], place: str) -> tuple[Condition, ...]:
        rule = one.get("rule")
        if not isinstance(rule, Mapping):
            return ()
        tree, effect = _test(rule.get("condition"), 0), str(rule.get("effect", "")).upper()
        if tree is None or effect not in SHOWS:
            self.notes.dropped(place, str(one.get("label") or one.get("scope") or ""), "show_hard", text=str(dict(rule)))
            return ()
        if effect in ("ENABLE", "DISABLE"):
            self.notes.changed(place, str(one.get("label") or one.get("scope") or ""), "drawn_greyed")
        return (Condition(opposite(tree) if SHOWS[effect] else tree, str(rule.get("condition"))),)

    def in_order(self) -> None:
        """The members on top in the order of the controls."""
        if isinstance(self.made.schema.get("properties"), dict):
            self.made.schema["properties"] = _ordered(self.made.schema["properties"], self.seen)


def _test(condition: Any, depth: int) -> Tree | None:
    """A condition of JSON Forms as a tree in the names of the data."""
    if not isinstance(condition, Mapping) or depth > DEEPEST:
        return None
    given = condition.get("conditions")
    if isinstance(given, list) and given:
        inner = [_test(one, depth + 1) for one in given]
        known = [one for one in inner if one is not None]
        return joined(known, "or" if condition.get("type") == "OR" else "and") if len(known) == len(inner) else None
    path = tuple(step for step in _steps(condition.get("scope")) if step != "properties")
    if not path:
        return None
    if "expectedValue" in condition:
        value = literal_tree(condition["expectedValue"])
        return None if value is None else ["=", tree_of(path), value]
    return condition_of(condition.get("schema"), path)


def _steps(scope: Any) -> list[str]:
    if not isinstance(scope, str) or not scope.startswith("#/"):
        return []
    return [step.replace("~1", "/").replace("~0", "~") for step in scope[2:].split("/")][:40]


def _ordered(members: Mapping[str, Any], order: list[str]) -> dict[str, Any]:
    """The members in an order; those that are not in it stand where `*` does, or last."""
    first = order[: order.index("*")] if "*" in order else order
    last = order[order.index("*") + 1 :] if "*" in order else []
    rest = [name for name in members if name not in first and name not in last]
    return {name: members[name] for name in (*dict.fromkeys(first), *rest, *dict.fromkeys(last)) if name in members}


def _owners(node: Any, name: str, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The schemas in a schema that describe a member: on top, and behind its conditions."""
    if not isinstance(node, dict) or depth > 6:
        return
    if isinstance(node.get("properties"), dict) and isinstance(node["properties"].get(name), dict):
        yield node
    inner = [one for key in COMBINED if isinstance(node.get(key), list) for one in node[key]]
    inner += [node[key] for key in BRANCHES if key in node]
    inner += [one for key in ("dependencies", "dependentSchemas") if isinstance(node.get(key), dict) for one in node[key].values()]
    for one in inner:
        yield from _owners(one, name, depth + 1)
