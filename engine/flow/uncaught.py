"""Errors and escalations that nothing throws or catches: they wait until they are told, stop the case, or change nothing."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from rules import Finding

from .notes import Notes
from .pools import target
from .source import BPMN, Element, bpmn, children, local
from .told import definitions, plain, tell


def settle(root: Element, findings: Iterable[Finding], notes: Notes) -> bool:
    """Put right errors and escalations that nothing throws or catches, when nothing else is wrong; whether there were any."""
    wrong = list(findings)
    if not all(each.code in {"process.never_thrown", "process.not_caught"} for each in wrong):
        return False
    nodes = {each.get("id"): each for each in root.iter(f"{{{BPMN}}}*")}
    for each in wrong:
        _put_right(nodes[str(each.facts["id"])], each.code, root, notes)
    return True


def _put_right(event: Element, code: str, root: Element, notes: Notes) -> None:
    """What nothing throws is told; an error nobody catches ends the case; an escalation nobody catches changes nothing."""
    if code == "process.never_thrown":
        tell(event, root, notes)
        return
    (definition,) = definitions(event)
    if local(definition) == "escalationEventDefinition":
        plain(event, [definition], "import.milestone", notes)
        return
    notes.add("import.stops", event)
    main = _main(root)
    if event.getparent() is main:
        definition.tag = bpmn("terminateEventDefinition")
        definition.attrib.pop("errorRef", None)
    elif not any(each.get("id", "").startswith(_STOP) and _starts(each, definition.get("errorRef")) for each in main):
        _stop_at(main, definition)


_STOP = "Stopped_by_an_error_"


def _starts(beside: Element, error: str | None) -> bool:
    return any(each.get("errorRef") == error for each in beside.iter(bpmn("errorEventDefinition")))


def _main(root: Element) -> Element:
    called = {target(each) for each in root.iter(bpmn("callActivity"))}
    return next(each for each in children(root, "process") if each.get("id") not in called)


def _stop_at(main: Element, definition: Element) -> None:
    """A sub-process beside everything else that the error starts, and that ends at once: with it the case is over."""
    ident = f"{_STOP}{sum(1 for each in main if each.get('id', '').startswith(_STOP)) + 1}"
    beside = etree.SubElement(main, bpmn("subProcess"), {"id": ident, "triggeredByEvent": "true"})
    start = etree.SubElement(beside, bpmn("startEvent"), {"id": f"{ident}_start"})
    etree.SubElement(start, bpmn("errorEventDefinition"), {"errorRef": definition.get("errorRef", "")})
    etree.SubElement(beside, bpmn("endEvent"), {"id": f"{ident}_end"})
    ends = {"sourceRef": f"{ident}_start", "targetRef": f"{ident}_end"}
    etree.SubElement(beside, bpmn("sequenceFlow"), {"id": f"{ident}_on", **ends})
