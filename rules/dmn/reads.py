"""What a decision reads from its context."""

from __future__ import annotations

from collections.abc import Iterator

from rules.dmn import model as m
from rules.dmn.graph import Graph
from rules.dmn.names import boxes_in, texts_in
from rules.errors import RuleError


def reads_of(graph: Graph, element: m.Element, seen: frozenset[str] = frozenset()) -> set[str]:
    """The dotted paths that come from outside: not from other decisions, nor from names the logic gives itself."""
    if element.id in seen:
        return set()
    seen = seen | {element.id}
    if isinstance(element, m.InputData):
        return {element.name}
    if isinstance(element, m.Service):
        return _of_service(graph, element)
    found: set[str] = set()
    inner: set[str] = set(_given(element.logic))
    for _, required, path in graph.requirements(element):
        if isinstance(required, m.InputData) and not path:
            continue
        inner.add(path.partition(".")[0] or required.name)
        found |= reads_of(graph.imported[path] if path else graph, required, seen)
    return found | {path for path in _own(graph, element) if path.partition(".")[0] not in inner and path != "?"}


def _of_service(graph: Graph, service: m.Service) -> set[str]:
    references = (*service.input_data, *service.input_decisions)
    return {found[1].name for reference in references if (found := graph.model.find(reference))}


def _own(graph: Graph, element: m.Decision | m.Knowledge) -> Iterator[str]:
    known = graph.known(element).union(graph.logics.members, ("?",))
    for text, cell in texts_in(element.logic):
        try:
            yield from graph.logics.feel(text, known, cell=cell).fields if text else ()
        except RuleError:
            continue


def _given(box: m.Boxed | None) -> Iterator[str]:
    """The names that a boxed expression gives to its own parts."""
    if isinstance(box, m.Context):
        yield from (entry.variable.name for entry in box.entries if entry.variable)
    elif isinstance(box, m.FunctionDefinition):
        yield from (one.name for one in box.parameters)
    elif isinstance(box, m.Iteration):
        yield from (box.variable, "partial")
    elif isinstance(box, m.Filter):
        yield "item"
    for part in boxes_in(box):
        yield from _given(part)
