"""A Model as DMN 1.3 XML (1.5 where it needs to be). Reading what is written gives the same model again; the diagram is handed
through as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from rules.dmn import model as m
from rules.dmn.names import boxes_in

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
# What 1.3 has no element for is written as 1.5.
NAMESPACE_15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def write_decisions(model: m.Model) -> bytes:
    """The model as a DMN file, UTF-8."""
    root = etree.Element("definitions", nsmap={None: NAMESPACE_15 if _is_newer(model) else NAMESPACE})
    _set(root, id=model.id, name=model.name, namespace=model.namespace)
    _described(root, model.description)
    for name, imported in model.imports:
        _add(root, "import", name=name, namespace=imported.namespace, importType=NAMESPACE)
    for item in model.types:
        _item(root, "itemDefinition", item)
    for element in model.elements:
        if isinstance(element, m.Decision):
            _decision(root, element, model)
        else:
            _ELEMENTS[type(element)](root, element)
    if model.diagram:
        root.append(etree.fromstring(model.diagram, etree.XMLParser(resolve_entities=False, no_network=True)))
    etree.indent(root, "  ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _is_newer(model: m.Model) -> bool:
    newer = (m.Conditional, m.Iteration, m.Filter)
    boxes = [getattr(element, "logic", None) for element in model.elements]
    while boxes:
        box = boxes.pop()
        if isinstance(box, newer):
            return True
        boxes.extend(boxes_in(box))
    return any(item.constraint for item in model.types)


def _described(element: Any, description: str) -> None:
    if description:
        etree.SubElement(element, "description").text = description


def _set(element: Any, **attributes: str | None) -> None:
    for key, value in attributes.items():
        if value:
            element.set(key, value)


def _add(parent: Any, tag: str, **attributes: str | None) -> Any:
    element = etree.SubElement(parent, tag)
    _set(element, **attributes)
    return element


def _text(parent: Any, tag: str, text: str, **attributes: str | None) -> Any:
    """An element with its text in a `text` child, as FEEL stands in DMN."""
    element = _add(parent, tag, **attributes)
    etree.SubElement(element, "text").text = text
    return element


def _item(parent: Any, tag: str, item: m.ItemType) -> None:
    element = _add(parent, tag, id=item.id, name=item.name, isCollection="true" if item.collection else None)
    if item.type_ref:
        etree.SubElement(element, "typeRef").text = item.type_ref
    if item.allowed:
        _text(element, "allowedValues", item.allowed)
    if item.constraint:
        _text(element, "typeConstraint", item.constraint)
    for member in item.members:
        _item(element, "itemComponent", member)
    if item.function:
        _add(element, "functionItem")


def _href(reference: str) -> str:
    return reference if "#" in reference else f"#{reference}"


def _variable(parent: Any, tag: str, variable: m.Variable) -> None:
    _add(parent, tag, id=variable.id, name=variable.name, typeRef=variable.type_ref)


def _input_data(root: Any, data: m.InputData) -> None:
    element = _named(root, "inputData", data)
    _add(element, "variable", name=data.name, typeRef=data.type_ref)


def _named(root: Any, tag: str, one: m.Element) -> Any:
    element = _add(root, tag, id=one.id, name=one.name, label=one.label)
    _described(element, one.description)
    return element


def _requirement(element: Any, tag: str, kind: str, reference: str, edges: tuple[tuple[str, str], ...]) -> None:
    _add(_add(element, tag, id=dict(edges).get(reference)), kind, href=_href(reference))


def _decision(root: Any, decision: m.Decision, model: m.Model) -> None:
    element = _named(root, "decision", decision)
    _add(element, "variable", name=decision.name, typeRef=decision.type_ref)
    for reference in decision.requires:
        found = model.find(reference)
        kind = "requiredInput" if found and isinstance(found[1], m.InputData) else "requiredDecision"
        _requirement(element, "informationRequirement", kind, reference, decision.edges)
    for reference in decision.knowledge:
        _requirement(element, "knowledgeRequirement", "requiredKnowledge", reference, decision.edges)
    _boxed(element, decision.logic)


def _knowledge(root: Any, knowledge: m.Knowledge) -> None:
    element = _named(root, "businessKnowledgeModel", knowledge)
    _add(element, "variable", name=knowledge.name, typeRef=knowledge.type_ref)
    _function(element, knowledge.logic, "encapsulatedLogic")
    for reference in knowledge.knowledge:
        _requirement(element, "knowledgeRequirement", "requiredKnowledge", reference, knowledge.edges)


def _service(root: Any, service: m.Service) -> None:
    element = _named(root, "decisionService", service)
    _add(element, "variable", name=service.name, typeRef=service.type_ref)
    for tag, references in (
        ("outputDecision", service.outputs),
        ("encapsulatedDecision", service.encapsulated),
        ("inputDecision", service.input_decisions),
        ("inputData", service.input_data),
    ):
        for reference in references:
            _add(element, tag, href=_href(reference))


_ELEMENTS: dict[type, Callable[[Any, Any], None]] = {
    m.InputData: _input_data,
    m.Knowledge: _knowledge,
    m.Service: _service,
}


def _boxed(parent: Any, box: m.Boxed | None, tag: str = "") -> None:
    """A boxed expression, within an element of its own when `tag` names one."""
    if box is not None:
        _BOXED[type(box)](etree.SubElement(parent, tag) if tag else parent, box)


def _literal(parent: Any, box: m.Literal) -> None:
    _text(parent, "literalExpression", box.text, id=box.id, typeRef=box.type_ref)


def _context(parent: Any, box: m.Context) -> None:
    element = _add(parent, "context", id=box.id, typeRef=box.type_ref)
    for entry in box.entries:
        inner = _add(element, "contextEntry")
        if entry.variable:
            _variable(inner, "variable", entry.variable)
        _boxed(inner, entry.value)


def _invocation(parent: Any, box: m.Invocation) -> None:
    element = _add(parent, "invocation", id=box.id, typeRef=box.type_ref)
    _boxed(element, box.function)
    for variable, value in box.bindings:
        inner = _add(element, "binding")
        _variable(inner, "parameter", variable)
        _boxed(inner, value)


def _function(parent: Any, box: m.FunctionDefinition, tag: str = "functionDefinition") -> None:
    element = _add(parent, tag, id=box.id, typeRef=box.type_ref, kind=None if box.kind == "FEEL" else box.kind)
    for parameter in box.parameters:
        _variable(element, "formalParameter", parameter)
    _boxed(element, box.body)


def _relation(parent: Any, box: m.Relation) -> None:
    element = _add(parent, "relation", id=box.id, typeRef=box.type_ref)
    for column in box.columns:
        _variable(element, "column", column)
    for row in box.rows:
        inner = _add(element, "row")
        for cell in row:
            _boxed(inner, cell)


def _list(parent: Any, box: m.ListOf) -> None:
    element = _add(parent, "list", id=box.id, typeRef=box.type_ref)
    for item in box.items:
        _boxed(element, item)


def _conditional(parent: Any, box: m.Conditional) -> None:
    element = _add(parent, "conditional", id=box.id, typeRef=box.type_ref)
    for tag, part in (("if", box.condition), ("then", box.yes), ("else", box.no)):
        _boxed(element, part, tag)


def _iteration(parent: Any, box: m.Iteration) -> None:
    element = _add(parent, box.kind, id=box.id, typeRef=box.type_ref, iteratorVariable=box.variable)
    _boxed(element, box.source, "in")
    _boxed(element, box.body, "return" if box.kind == "for" else "satisfies")


def _filter(parent: Any, box: m.Filter) -> None:
    element = _add(parent, "filter", id=box.id, typeRef=box.type_ref)
    _boxed(element, box.source, "in")
    _boxed(element, box.match, "match")


def _table(parent: Any, box: m.Table) -> None:
    hit = None if box.hit == "UNIQUE" else box.hit
    element = _add(parent, "decisionTable", id=box.id, typeRef=box.type_ref, hitPolicy=hit, aggregation=box.aggregation)
    for column in box.inputs:
        inner = _add(element, "input", id=column.id, label=column.label)
        _text(inner, "inputExpression", column.text, typeRef=column.type_ref)
        if column.allowed:
            _text(inner, "inputValues", column.allowed)
    for output in box.outputs:
        inner = _add(element, "output", id=output.id, name=output.name, label=output.label, typeRef=output.type_ref)
        if output.allowed:
            _text(inner, "outputValues", output.allowed)
        if output.default:
            _text(inner, "defaultOutputEntry", output.default)
    for name in box.annotation_names:
        _add(element, "annotation", name=name)
    for rule in box.rules:
        _rule(element, rule)


def _rule(parent: Any, rule: m.Rule) -> None:
    element = _add(parent, "rule", id=rule.id)
    _described(element, rule.description)
    for tag, texts in (("inputEntry", rule.inputs), ("outputEntry", rule.outputs), ("annotationEntry", rule.annotations)):
        for text in texts:
            _text(element, tag, text)


_BOXED: dict[type, Callable[[Any, Any], None]] = {
    m.Literal: _literal,
    m.Table: _table,
    m.Context: _context,
    m.Invocation: _invocation,
    m.FunctionDefinition: _function,
    m.Relation: _relation,
    m.ListOf: _list,
    m.Conditional: _conditional,
    m.Iteration: _iteration,
    m.Filter: _filter,
}
