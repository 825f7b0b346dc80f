"""One table by itself: what it says for given values of what it reads, without the decisions that it requires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rules.dmn import model as m
from rules.dmn.decisions import Decisions
from rules.dmn.patch import table_in
from rules.errors import DecisionError
from rules.feel.values import Value


def alone(model: m.Model, id: str, table: m.Table | None = None) -> Decisions:
    """A table of the model as the only decision, named `id`; knowledge models stay. `table`: another one in its place. What the table
    reads (`reads`) is what must be given to it. Raises DecisionError when there is no table of this id."""
    element = next((one for one in model.elements if one.id == id), None)
    table = table or (table_in(element) if element else None)
    if table is None or not isinstance(element, m.Decision | m.Knowledge):
        raise DecisionError("dmn.no_decision", f"there is no table {id!r} in this file", place=id, known=[])
    decision = m.Decision(id=id, name=element.name, knowledge=element.knowledge, logic=table)
    rest = tuple(one for one in model.elements if isinstance(one, m.Knowledge) and one.id != id)
    return Decisions(replace(model, elements=(decision, *rest)))


def nested(values: Mapping[str, Value]) -> dict[str, Value]:
    """Values by dotted path as the context they stand for: `{"a.b": 1}` gives `{"a": {"b": 1}}`. A path that is cut off by a value
    that is no context wins over the longer one."""
    made: dict[str, Value] = {}
    for path, value in sorted(values.items()):
        *way, last = path.split(".")
        here = made
        for part in way:
            inner = here.setdefault(part, {})
            if not isinstance(inner, dict):
                break
            here = inner
        else:
            here[last] = value
    return made
