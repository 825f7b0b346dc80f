"""An answer is compared with values that its question offers: any other never comes, so that the condition says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import rules
from engine.procedures.checking import DIAGRAM, Seen
from engine.procedures.names import FUNCTIONS
from engine.procedures.naming import Words, both
from engine.procedures.readings import texts_of
from forms import Field, Form
from rules import Finding

SENTENCES = {
    "value.not_offered": {
        "id": "Jawaban pertanyaan {question} dibandingkan dengan “{value}”, padahal yang dapat dipilih hanya {offered}. "
        "Pilih salah satunya di sini, atau tambahkan “{value}” pada pilihan pertanyaan itu. Maksudnya {near}?",
        "en": "The answer to {question} is compared with “{value}”, and the question offers only {offered}. "
        "Choose one of them here, or add “{value}” to the choices of that question. Did you mean {near}?",
    },
}
_SHOWN = 6
_EQUAL = frozenset({"=", "!="})


def check(seen: Seen) -> Iterator[Finding]:
    offered: dict[str, list[Field]] = {}
    for form in seen.bundle.forms.values():
        for path, field in _offering(form):
            offered.setdefault(path, []).append(field)
    for place, text, around in _texts(seen):
        for path, value in _compared(text):
            fields = offered.get(path) or offered.get(f"{around}.{path}") or []
            known = [one for field in fields for one in _values(field)]
            if fields and value not in known:
                yield Finding(place, "value.not_offered", _facts(fields[0], value, known))


def _offering(form: Form) -> Iterator[tuple[str, Field]]:
    """The questions that offer a list of choices; those of a group also as one of its rows calls them (several groups may call one so)."""
    for path, field in form.fields():
        if _values(field):
            yield f"{form.key}.{path}", field
            if "." in path:
                yield f"{form.key}.row.{path.rpartition('.')[2]}", field


def _values(field: Field) -> list[str]:
    choices = field.options.get("choices")
    offered = [str(each["value"]) for each in choices] if isinstance(choices, list | tuple) else []
    return offered + [each.value for each in field.entries]


def _facts(field: Field, value: str, known: list[str]) -> Mapping[str, object]:
    label: Words = both(f"“{field.label.get('id') or field.key}”", f"“{field.label.get('en') or field.label.get('id') or field.key}”")
    shown = [f"“{each}”" for each in known[:_SHOWN]] + (["…"] if len(known) > _SHOWN else [])
    return {"question": label, "value": value, "offered": shown, "near": next(iter(get_close_matches(value, known, 1)), "")}


def _texts(seen: Seen) -> Iterator[tuple[str, str, str]]:
    """Place, FEEL text, and the form whose rows it may read."""
    for link in seen.bundle.process.links:
        if link.condition:
            yield f"{DIAGRAM}#{link.id}", link.condition, ""
    for step in seen.steps:
        yield from ((f"{DIAGRAM}#{step.id}", text, "") for text in texts_of(step))
    for key, form in seen.bundle.forms.items():
        for place, text, _ in form.expressions():
            group, _, rest = place.partition("#")
            where = f"shared/forms/{group}.json#{rest}" if group else f"{seen.bundle.places[f'form {key}']}#{rest}"
            yield where, text, key
    for number, each in enumerate(seen.bundle.about.time.days_when):
        yield f"procedure.toml#/time/days_when/{number}/when", each.when, ""
    yield from _of_tables(seen)


def _of_tables(seen: Seen) -> Iterator[tuple[str, str, str]]:
    """The cells of tables, each as the comparison that it stands for."""
    for decisions in {id(each): each for each in seen.bundle.decisions.values()}.values():
        file = seen.bundle.places[f"decision {decisions.ids[0]}"]
        for element in decisions.model.elements:
            table: Any = getattr(element, "logic", None)
            for number, rule in enumerate(getattr(table, "rules", ()), 1):
                for column, cell in zip(table.inputs, rule.inputs, strict=False):
                    texts = [one for one in rules.cell_of(cell).values if isinstance(one, str)]
                    # what the column itself does not take is told of its row
                    values = [one for one in texts if not column.allowed or _quoted(one) in column.allowed]
                    yield from ((f"{file}#{element.id}#rule {number}", f"{column.text} = {_quoted(one)}", "") for one in values)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _compared(text: str) -> Iterator[tuple[str, str]]:
    """Path and text, of every comparison of one with the other."""
    try:
        todo: list[Any] = [rules.compile(text, names=FUNCTIONS).ast["e"]]
    except rules.RuleError:
        return
    while todo:
        node = todo.pop()
        if node[:1] and isinstance(node[0], str):
            yield from _pairs(node)
        todo += [part for part in node if isinstance(part, list)]


def _pairs(node: list[Any]) -> Iterator[tuple[str, str]]:
    if node[0] in _EQUAL:
        for one, other in ((node[1], node[2]), (node[2], node[1])):
            if other[0] == "str" and (path := _path(one)):
                yield path, other[1]
    elif node[0] == "in" and (path := _path(node[1])):
        tests = [part for _, test in node[2] if isinstance(test, list) for part in (test[1] if test[0] == "list" else [test])]
        yield from ((path, test[1]) for test in tests if test[0] == "str")
    elif node[0] == "call" and node[1] == ["var", "list contains"] and len(node[2]) == 2:
        listed, one = node[2]
        if one[0] == "str" and (path := _path(listed)):
            yield path, one[1]


def _path(node: list[Any]) -> str:
    members: list[str] = []
    while node[0] == ".":
        members.insert(0, str(node[2]))
        node = node[1]
    return ".".join([str(node[1]), *members]) if node[0] == "var" else ""
