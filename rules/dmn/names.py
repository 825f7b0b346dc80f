"""The names a model gives, and the parts of its boxed expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.dmn import model as m
from rules.dmn.types import names_of
from rules.errors import RuleError
from rules.feel.ast import walk
from rules.feel.parser import parse
from rules.feel.text import odd_names


def all_names(model: m.Model) -> set[str]:
    """All names in a model and its imports that are no plain identifiers: any of them may stand after a dot."""
    found: set[str] = set()
    for path, one in model.models():
        found.update(odd_names([*path.split("."), *names_of(one.types), *(element.name for element in one.elements)]))
        for element in one.elements:
            logic = getattr(element, "logic", None)
            found.update(odd_names(boxed_names(logic)))
            found.update(odd_names(name for text, cell in texts_in(logic) if "{" in text for name in _keys(text, cell, found)))
    return found


def _keys(text: str, cell: bool, known: set[str]) -> list[str]:
    """The keys of contexts that a FEEL text makes."""
    try:
        node = parse(text, known, cell=cell)
    except RuleError:
        return []
    return [key for one in walk(node) if one[0] == "ctx" for key, _ in one[1]]


def boxed_names(box: m.Boxed | None) -> Iterator[str]:
    """The names that boxed contexts, relations and tables give to their parts."""
    if isinstance(box, m.Context):
        yield from (entry.variable.name for entry in box.entries if entry.variable)
    elif isinstance(box, m.Relation):
        yield from (column.name for column in box.columns)
    elif isinstance(box, m.Table):
        yield from (output.name for output in box.outputs)
    for part in boxes_in(box):
        yield from boxed_names(part)


def boxes_in(box: m.Boxed | None) -> Iterator[m.Boxed]:
    """The boxed expressions directly inside one."""
    parts: Iterable[m.Boxed | None] = ()
    if isinstance(box, m.Context):
        parts = [entry.value for entry in box.entries]
    elif isinstance(box, m.Invocation):
        parts = [box.function, *(value for _, value in box.bindings)]
    elif isinstance(box, m.FunctionDefinition):
        parts = [box.body]
    elif isinstance(box, m.Relation):
        parts = [cell for row in box.rows for cell in row]
    elif isinstance(box, m.ListOf):
        parts = box.items
    elif isinstance(box, m.Conditional):
        parts = [box.condition, box.yes, box.no]
    elif isinstance(box, m.Iteration):
        parts = [box.source, box.body]
    elif isinstance(box, m.Filter):
        parts = [box.source, box.match]
    yield from (part for part in parts if part is not None)


def tables_in(box: m.Boxed | None) -> Iterator[m.Table]:
    """The decision tables within a boxed expression."""
    if isinstance(box, m.Table):
        yield box
    for part in boxes_in(box):
        yield from tables_in(part)


def texts_in(box: m.Boxed | None) -> Iterator[tuple[str, bool]]:
    """The FEEL texts within a boxed expression, and whether each is a cell of tests."""
    if isinstance(box, m.Literal):
        yield box.text, False
    elif isinstance(box, m.Table):
        yield from ((column.text, False) for column in box.inputs)
        yield from ((column.allowed, True) for column in box.inputs)
        yield from ((text, True) for rule in box.rules for text in rule.inputs)
        yield from ((text, False) for rule in box.rules for text in rule.outputs)
        yield from ((output.default, False) for output in box.outputs)
    for part in boxes_in(box):
        yield from texts_in(part)
