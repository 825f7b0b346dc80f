"""From bytes to XML elements, safely: no entities, no document types, no network; and the names of BPMN's elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from rules import Finding

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OTHER_ENGINES = ("camunda.org/schema/1.0", "spiffworkflow", "activiti.org", "flowable.org", "jboss.org", "drools.org")
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
_LIMIT = 4_000_000

Element = Any

# What may be drawn and means nothing to the run: it is taken out before the library sees the diagram.
_DRAWN_ONLY = frozenset(
    {
        "documentation", "extensionElements", "dataObject", "dataObjectReference", "dataStoreReference", "dataStore", "textAnnotation",
        "association", "group", "category", "ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property",
        "laneSet", "collaboration", "monitoring", "auditing", "itemDefinition", "script", "correlationProperty", "correlationSubscription",
        "resourceRole", "performer", "potentialOwner", "humanPerformer", "rendering", "interface", "partnerEntity", "partnerRole",
    }
)  # fmt: skip
# What is read into steps, and would only be read otherwise by the library; events too, but for the end of everything.
_READ_BY_US = frozenset({"categoryValueRef", "incoming", "outgoing", "message", "signal", "error", "escalation"})
# Flow nodes that this room runs. Everything else that is a flow node is refused.
TASKS = frozenset(
    {
        "userTask", "manualTask", "task", "serviceTask", "sendTask", "businessRuleTask", "scriptTask", "receiveTask",
        "callActivity", "subProcess",
    }
)  # fmt: skip
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
NODES = TASKS | EVENTS | GATEWAYS


def bpmn(name: str) -> str:
    """The full tag of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def local(element: Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: Element) -> str:
    return (etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """The direct BPMN children with one of these names, in the order of the file."""
    return [child for child in element if namespace(child) == BPMN and local(child) in names]


def called(element: Element) -> str:
    """How a person would call it: its name, or its id."""
    return " ".join(element.get("name", "").split()) or str(element.get("id", ""))


def about(node: Element, file: str, code: str, /, **facts: object) -> Finding:
    """A finding that names an element, by id and name."""
    ident = node.get("id", "")
    return Finding(f"{file}#{ident}" if ident else file, code, {"id": ident, "name": called(node), **facts})


def read(data: bytes, file: str) -> tuple[Element | None, tuple[Finding, ...]]:
    """The root element, or None and what is wrong with the file."""
    if len(data) > _LIMIT:
        return None, (Finding(file, "process.too_large", {"size": len(data), "limit": _LIMIT}),)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        return None, (Finding(file, "process.not_xml", {"reason": _said(str(wrong))}),)
    if root.getroottree().docinfo.doctype:
        return None, (Finding(file, "process.doctype", {}),)
    if root.tag != bpmn("definitions"):
        return None, (Finding(file, "process.not_bpmn", {"element": local(root)}),)
    return root, ()


def idents(data: bytes) -> frozenset[str]:
    """The ids of all elements of a file; none, when it cannot be read."""
    root, _ = read(data.strip(), "")
    return frozenset(each.get("id", "") for each in root.iter() if isinstance(each.tag, str)) if root is not None else frozenset()


def _said(reason: str) -> str:
    """What the parser says, without its advice for programmers."""
    return re.sub(r", use XML_PARSE_HUGE option|\s*\(<string>, line \d+\)", "", reason)


def scopes(process: Element) -> Iterator[Element]:
    """The process and every sub-process in it, outermost first."""
    yield process
    for child in children(process, "subProcess"):
        yield from scopes(child)


def for_library(root: Element) -> Element:
    """A copy with nothing in it but what the library shall run. Without positions its gateways keep the order of the file."""
    copy = etree.fromstring(etree.tostring(root))
    for element in list(copy.iter()):
        known = namespace(element) == BPMN and local(element) not in _DRAWN_ONLY
        if not known and element.getparent() is not None:
            element.getparent().remove(element)
    for mark in [each for each in copy.iter(bpmn("boundaryEvent")) if children(each, "compensateEventDefinition")]:
        mark.getparent().remove(mark)
    for scope in [each for each in copy.iter() if local(each) in {"process", "subProcess"}]:
        _draw_links(scope)
    for element in list(copy.iter()):
        name = local(element)
        if name in _READ_BY_US or (name.endswith("EventDefinition") and name != "terminateEventDefinition"):
            element.getparent().remove(element)
    return copy


def link_events(scope: Element, tag: str) -> list[tuple[Element, str]]:
    """The link events of one (sub-)process that are thrown or caught, each with the name of its link."""
    return [
        (node, definition.get("name", "").strip())
        for node in children(scope, tag)
        for definition in children(node, "linkEventDefinition")
        if definition.get("name", "").strip()
    ]


def _draw_links(scope: Element) -> None:
    """Draw the flows that links stand for."""
    targets = {name: node.get("id") for node, name in link_events(scope, "intermediateCatchEvent")}
    for node, name in link_events(scope, "intermediateThrowEvent"):
        attributes = {"id": f"{node.get('id')}.link", "sourceRef": node.get("id"), "targetRef": targets[name]}
        etree.SubElement(scope, bpmn("sequenceFlow"), attributes)


def feel(text: str | None) -> str | None:
    """The FEEL text without the leading "="; None for nothing."""
    return text.strip().removeprefix("=").strip() if text else None
