"""DMN XML (1.2 to 1.5) to a Model. No entities, no document type, no network; what cannot be read is said with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from rules.dmn import model as m
from rules.dmn.read_table import read_table
from rules.dmn.xml import kid, kids, name_of, parse_xml, tag, text_in, unreadable, words_in

_DEPTH = 100
_REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge")
_MODEL = "/DMN/"


def _type_ref(element: Any) -> str:
    return (element.get("typeRef") or "").strip() if element is not None else ""


def _variable(element: Any) -> m.Variable:
    return m.Variable(name_of(element), _type_ref(element), element.get("id") or "")


def _hrefs(element: Any, outer: str, inner: str) -> tuple[str, ...]:
    return tuple(href for one in kids(element, outer) for part in kids(one, inner) if (href := _href(part)))


def _href(element: Any) -> str:
    href = element.get("href") or ""
    return href.removeprefix("#")


def _own_hrefs(element: Any, name: str) -> tuple[str, ...]:
    return tuple(_href(one) for one in kids(element, name))


def read_model(xml: bytes, imports: Mapping[str, bytes] | None = None, within: tuple[str, ...] = ()) -> m.Model:
    """The model of a DMN file. `imports` are the files it may import, by namespace. Raises DecisionError."""
    root = parse_xml(xml)
    if tag(root) != "definitions" or _MODEL not in str(root.tag) + " ".join(map(str, root.nsmap.values())):
        raise unreadable("line 1", "this is no DMN file: its root is not `definitions` of DMN")
    namespace = root.get("namespace") or ""
    diagram = next((etree.tostring(child, encoding="unicode") for child in root if tag(child) == "DMNDI"), "")
    return m.Model(
        name=name_of(root),
        namespace=namespace,
        id=root.get("id") or "",
        types=tuple(read_type(child) for child in kids(root, "itemDefinition")),
        elements=_with_own_ids(_ELEMENTS[tag(child)](child) for child in root if tag(child) in _ELEMENTS),
        imports=_imports(root, imports or {}, (*within, namespace)),
        diagram=diagram,
        description=words_in(root, "description"),
    )


def _with_own_ids(elements: Iterable[m.Element]) -> tuple[m.Element, ...]:
    """An element without an id, or with that of another, gets its name or a number for one: nothing is lost by a sloppy modeller."""
    seen: dict[str, m.Element] = {}
    for element in elements:
        id = element.id or element.name
        while id in seen:
            id += "_2"
        seen[id] = element if id == element.id else replace(element, id=id)
    return tuple(seen.values())


def _imports(root: Any, files: Mapping[str, bytes], within: tuple[str, ...]) -> tuple[tuple[str, m.Model], ...]:
    found = []
    for child in kids(root, "import"):
        namespace = child.get("namespace") or ""
        if _MODEL not in (child.get("importType") or ""):
            continue
        if namespace in within:
            raise unreadable(name_of(child), "models import each other in a circle")
        if namespace not in files:
            raise unreadable(name_of(child), f"the imported model {namespace} is not here")
        found.append((name_of(child), read_model(files[namespace], files, within)))
    return tuple(found)


def read_type(element: Any) -> m.ItemType:
    return m.ItemType(
        name=name_of(element),
        type_ref=words_in(element, "typeRef"),
        collection=element.get("isCollection") == "true",
        members=tuple(read_type(child) for child in kids(element, "itemComponent")),
        allowed=text_in(kid(element, "allowedValues")),
        constraint=text_in(kid(element, "typeConstraint")),
        function=kid(element, "functionItem") is not None,
        id=element.get("id") or "",
    )


def _input_data(element: Any) -> m.InputData:
    return m.InputData(element.get("id") or "", name_of(element), _type_ref(kid(element, "variable")), **_said(element))


def _said(element: Any) -> dict[str, str]:
    """What an element says to people."""
    return {"label": element.get("label") or "", "description": words_in(element, "description")}


def _edges(element: Any) -> tuple[tuple[str, str], ...]:
    """The ids of the requirements of an element, by the reference."""
    requirements = kids(element, "informationRequirement", "knowledgeRequirement")
    return tuple((_href(part), one.get("id")) for one in requirements if one.get("id") for part in kids(one, *_REQUIRED) if _href(part))


def _decision(element: Any) -> m.Decision:
    required = [_href(part) for one in kids(element, "informationRequirement") for part in kids(one, "requiredInput", "requiredDecision")]
    return m.Decision(
        id=element.get("id") or "",
        name=name_of(element),
        type_ref=_type_ref(kid(element, "variable")),
        requires=tuple(required),
        knowledge=_hrefs(element, "knowledgeRequirement", "requiredKnowledge"),
        logic=boxed_in(element),
        edges=_edges(element),
        **_said(element),
    )


def _knowledge(element: Any) -> m.Knowledge:
    logic = kid(element, "encapsulatedLogic")
    function = _function(logic, 0) if logic is not None else m.FunctionDefinition((), None)
    return m.Knowledge(
        id=element.get("id") or "",
        name=name_of(element),
        logic=function,
        type_ref=_type_ref(kid(element, "variable")),
        knowledge=_hrefs(element, "knowledgeRequirement", "requiredKnowledge"),
        edges=_edges(element),
        **_said(element),
    )


def _service(element: Any) -> m.Service:
    return m.Service(
        id=element.get("id") or "",
        name=name_of(element),
        type_ref=_type_ref(kid(element, "variable")),
        outputs=_own_hrefs(element, "outputDecision"),
        encapsulated=_own_hrefs(element, "encapsulatedDecision"),
        input_decisions=_own_hrefs(element, "inputDecision"),
        input_data=_own_hrefs(element, "inputData"),
        **_said(element),
    )


_ELEMENTS: dict[str, Callable[[Any], m.Element]] = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _service,
}


def boxed_in(element: Any, depth: int = 0) -> m.Boxed | None:
    """The boxed expression inside an element."""
    if element is None:
        return None
    if depth > _DEPTH:
        raise unreadable(f"line {element.sourceline}", "boxed expressions are nested too deep")
    child = next((one for one in element if tag(one) in _BOXED), None)
    return _BOXED[tag(child)](child, depth + 1) if child is not None else None


def _common(element: Any) -> dict[str, str]:
    return {"type_ref": _type_ref(element), "id": element.get("id") or ""}


def _literal(element: Any, depth: int) -> m.Literal:
    return m.Literal(text_in(element), **_common(element))


def _context(element: Any, depth: int) -> m.Context:
    entries = []
    for one in kids(element, "contextEntry"):
        variable = kid(one, "variable")
        entries.append(m.Entry(_variable(variable) if variable is not None else None, boxed_in(one, depth)))
    return m.Context(tuple(entries), **_common(element))


def _invocation(element: Any, depth: int) -> m.Invocation:
    bindings = [
        (_variable(kid(one, "parameter")), boxed_in(one, depth)) for one in kids(element, "binding") if kid(one, "parameter") is not None
    ]
    return m.Invocation(boxed_in(element, depth), tuple(bindings), **_common(element))


def _function(element: Any, depth: int) -> m.FunctionDefinition:
    parameters = tuple(map(_variable, kids(element, "formalParameter")))
    return m.FunctionDefinition(parameters, boxed_in(element, depth), element.get("kind") or "FEEL", **_common(element))


def _relation(element: Any, depth: int) -> m.Relation:
    columns = tuple(map(_variable, kids(element, "column")))
    rows = tuple(tuple(_BOXED[tag(cell)](cell, depth + 1) for cell in row if tag(cell) in _BOXED) for row in kids(element, "row"))
    return m.Relation(columns, rows, **_common(element))


def _list(element: Any, depth: int) -> m.ListOf:
    return m.ListOf(tuple(_BOXED[tag(one)](one, depth + 1) for one in element if tag(one) in _BOXED), **_common(element))


def _conditional(element: Any, depth: int) -> m.Conditional:
    condition, yes, no = (boxed_in(kid(element, name), depth) for name in ("if", "then", "else"))
    return m.Conditional(condition, yes, no, **_common(element))


def _iteration(element: Any, depth: int) -> m.Iteration:
    kind = tag(element)
    body = boxed_in(kid(element, "return" if kind == "for" else "satisfies"), depth)
    return m.Iteration(kind, name_of(element, "iteratorVariable"), boxed_in(kid(element, "in"), depth), body, **_common(element))


def _filter(element: Any, depth: int) -> m.Filter:
    return m.Filter(boxed_in(kid(element, "in"), depth), boxed_in(kid(element, "match"), depth), **_common(element))


def _table(element: Any, depth: int) -> m.Table:
    return read_table(element)


_BOXED: dict[str, Callable[[Any, int], m.Boxed]] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": _function,
    "relation": _relation,
    "list": _list,
    "conditional": _conditional,
    "for": _iteration,
    "some": _iteration,
    "every": _iteration,
    "filter": _filter,
}
