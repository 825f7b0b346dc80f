"""A Model as DMN 1.3 XML. Reading what is written gives the same model again; the diagram is handed through as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from rules.dmn import model as m

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def write_decisions(model: m.Model) -> bytes:
    """The model as a DMN file, UTF-8."""
    root = etree.Element("definitions", nsmap={None: NAMESPACE})
    _set(root, id=model.id, name=model.name, namespace=model.namespace)
    for name, imported in model.imports:
        _add(root, "import", name=name, namespace=imported.namespace, importType=NAMESPACE)
    for item in model.types:
        _item(root, "itemDefinition", item)
    for element in model.elements:
        _ELEMENTS[type(element)](root, element)
    if model.diagram:
        root.append(etree.fromstring(model.diagram, etree.XMLParser(resolve_entities=False, no_network=True)))
    etree.indent(root, "  ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


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
    element = _add(root, "inputData", id=data.id, name=data.name)
    _add(element, "variable", name=data.name, typeRef=data.type_ref)


def _requirements(element: Any, model_element: m.Decision | m.Knowledge, inputs: Iterable[str]) -> None:
    for reference in getattr(model_element, "requires", ()):
        kind = "requiredInput" if reference in inputs else "requiredDecision"
        _add(_add(element, "informationRequirement"), kind, href=_href(reference))
    for reference in model_element.knowledge:
        _add(_add(element, "knowledgeRequirement"), "requiredKnowledge", href=_href(reference))


def _decision(root: Any, decision: m.Decision) -> None:
    element = _add(root, "decision", id=decision.id, name=decision.name)
    if decision.description:
        etree.SubElement(element, "description").text = decision.description
    _add(element, "variable", name=decision.name, typeRef=decision.type_ref)
    inputs = {one.get("id") for one in root if one.tag == "inputData"}
    _requirements(element, decision, inputs)
    _boxed(element, decision.logic)


def _knowledge(root: Any, knowledge: m.Knowledge) -> None:
    element = _add(root, "businessKnowledgeModel", id=knowledge.id, name=knowledge.name)
    _add(element, "variable", name=knowledge.name, typeRef=knowledge.type_ref)
    _function(element, knowledge.logic, "encapsulatedLogic")
    _requirements(element, knowledge, ())


def _service(root: Any, service: m.Service) -> None:
    element = _add(root, "decisionService", id=service.id, name=service.name)
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
    m.Decision: _decision,
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
    if rule.description:
        etree.SubElement(element, "description").text = rule.description
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
