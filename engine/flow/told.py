"""Steps and events of which a drawing does not say how or when: they are done by hand, or wait until somebody says that it has happened."""

from __future__ import annotations

import copy
import itertools
import re

from lxml import etree

from . import times
from .notes import Notes
from .pools import by_hand
from .source import BPMN, EVENTS, ZEEBE, Element, bpmn, called, children, local, namespace

_AUTOMATIC = {
    "serviceTask": ("taskDefinition", "type"),
    "sendTask": ("taskDefinition", "type"),
    "businessRuleTask": ("calledDecision", "decisionId"),
}
_NAMED = {"messageEventDefinition": "message", "signalEventDefinition": "signal"}
_LAST = frozenset({"terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition", "linkEventDefinition"})
_CONSTANT = re.compile(r'=\s*"([^"]+)"\Z')  # a name may be worked out elsewhere; here it is one
_CODED = {"errorEventDefinition": "error", "escalationEventDefinition": "escalation"}


def steps(process: Element, root: Element, notes: Notes) -> None:
    """Everything in one process."""
    _links(process)
    for each in list(process.iter(f"{{{BPMN}}}*")):
        _task(each, root, notes)
        _repeated(each, notes)
        if local(each) in EVENTS:
            _event(each, root, notes)


_LINKS = {"endEvent": "intermediateThrowEvent", "startEvent": "intermediateCatchEvent"}


def _links(process: Element) -> None:
    """A link joins two events of one name; some tools name the other end by its id, or draw the two as an end and a start."""
    marks = list(process.iter(bpmn("linkEventDefinition")))
    known = {each.get("id"): each for each in marks}
    for mark in marks:
        tag = _LINKS.get(local(mark.getparent()))
        if tag and any(each is not mark and each.get("name") == mark.get("name") for each in marks):
            mark.getparent().tag = bpmn(tag)
        for reference in children(mark, "source", "target"):
            other = known.get((reference.text or "").strip())
            if other is not None:
                caught, thrown = (mark, other) if local(reference) == "source" else (other, mark)
                name = caught.get("name") or thrown.get("name") or called(caught.getparent())
                caught.set("name", name)
                thrown.set("name", name)


def _task(task: Element, root: Element, notes: Notes) -> None:
    name = local(task)
    element, attribute = _AUTOMATIC.get(name, ("", ""))
    if element and not any(each.get(attribute) for each in task.iter(f"{{{ZEEBE}}}{element}")):
        by_hand(task, notes)
    elif name == "scriptTask" and not any((each.text or "").strip() for each in children(task, "script")):
        if next(task.iter(f"{{{ZEEBE}}}script"), None) is None:
            by_hand(task, notes)
        else:
            task.attrib.pop("scriptFormat", None)
    elif name == "receiveTask" and not _names(task, root, "message"):
        _name(task, task, root, "message")


def _repeated(step: Element, notes: Notes) -> None:
    """A mark that does not say how often means nothing yet: the step is done once."""
    for mark in children(step, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"):
        said = [each for each in children(mark, "loopCardinality", "loopCondition") if (each.text or "").strip()]
        if not said and not mark.get("loopMaximum") and next(mark.iter(f"{{{ZEEBE}}}loopCharacteristics"), None) is None:
            notes.add("import.once", step)
            step.remove(mark)


def definitions(event: Element) -> list[Element]:
    """What an event means, as it is drawn."""
    return [each for each in event if namespace(each) == BPMN and local(each).endswith("EventDefinition")]


def _event(event: Element, root: Element, notes: Notes) -> None:
    for reference in children(event, "eventDefinitionRef"):
        shared = next((each for each in root if each.get("id") == (reference.text or "").strip()), None)
        event.remove(reference)
        if shared is not None:
            event.append(copy.deepcopy(shared))
            event[-1].attrib.pop("id", None)
    found = definitions(event)
    beside = event.getparent().get("triggeredByEvent") == "true"
    if local(event) == "startEvent" and not beside:
        plain(event, found, "import.start", notes)
    elif local(event) in {"endEvent", "intermediateThrowEvent"}:
        for each in found:
            _thrown(event, each, root)
        if len(found) > 1:
            _one_by_one(event, found, root)
    elif not found and local(event) == "intermediateCatchEvent":
        notes.add("import.milestone", event)
        event.tag = bpmn("intermediateThrowEvent")
    elif len(found) > 1:
        tell(event, root, notes)
    elif found:
        _caught(event, found[0], root, notes)


def plain(event: Element, meanings: list[Element], code: str, notes: Notes) -> None:
    """An event that means nothing any more."""
    for each in meanings:
        notes.add(code, event, element=local(each))
        event.remove(each)


def _one_by_one(event: Element, several: list[Element], root: Element) -> None:
    """An event that throws several things throws one after another; what ends everything comes last."""
    taken = {each.get("id") for each in root.iter() if isinstance(each.tag, str)}
    last = next((each for each in several if local(each) in _LAST), several[-1])
    for definition in (each for each in several if each is not last):
        ident = next(each for number in itertools.count(1) if (each := f"{event.get('id')}_{number}") not in taken)
        taken.add(ident)
        scope = event.getparent()
        for flow in children(scope, "sequenceFlow"):
            if flow.get("targetRef") == event.get("id"):
                flow.set("targetRef", ident)
        before = etree.SubElement(scope, bpmn("intermediateThrowEvent"), {"id": ident, "name": called(event)})
        before.append(definition)
        etree.SubElement(scope, bpmn("sequenceFlow"), {"id": f"{ident}_on", "sourceRef": ident, "targetRef": event.get("id", "")})


def _thrown(event: Element, definition: Element, root: Element) -> None:
    kind = _NAMED.get(local(definition)) or _CODED.get(local(definition))
    if kind and not _names(definition, root, kind):
        _name(event, definition, root, kind)
    elif local(definition) == "linkEventDefinition" and not definition.get("name"):
        definition.set("name", called(event))


def _caught(event: Element, definition: Element, root: Element, notes: Notes) -> None:
    name = local(definition)
    if name in _NAMED and not _names(definition, root, _NAMED[name]):
        _name(event, definition, root, _NAMED[name])
    elif name in _CODED and not _names(definition, root, _CODED[name]):
        definition.attrib.pop(f"{_CODED[name]}Ref", None)
    elif name == "linkEventDefinition" and not definition.get("name"):
        definition.set("name", called(event))
    elif name == "timerEventDefinition":
        if not times.rewritten(event, definition):
            tell(event, root, notes)
    elif name == "conditionalEventDefinition" and not _says(definition):
        tell(event, root, notes)


def _says(definition: Element) -> bool:
    return any((each.text or "").strip() for each in children(definition, "condition"))


def tell(event: Element, root: Element, notes: Notes, name: str | None = None) -> None:
    """The event happens when somebody says so: it waits for a message of this name, or of its own."""
    notes.add("import.told", event, said=", ".join(_said(each, root) for each in definitions(event)))
    for each in definitions(event):
        event.remove(each)
    definition = etree.SubElement(event, bpmn("messageEventDefinition"))
    _name(event, definition, root, "message", name)


def _said(definition: Element, root: Element) -> str:
    """What an event says about when it happens: its text, the name or code that it refers to, or only of which kind it is."""
    texts = [(each.text or "").strip() for each in definition.iter() if (each.text or "").strip()]
    refers = {value for key, value in definition.attrib.items() if key.endswith("Ref")}
    called_so = [each.get(key) for each in root if each.get("id") in refers for key in ("name", "errorCode", "escalationCode")]
    return str(next((text for text in (" ".join(texts), *called_so) if text), local(definition)))


def _names(element: Element, root: Element, kind: str) -> bool:
    """Whether it refers to a message, signal, error or escalation that has a name or a code."""
    known = {each.get("id"): each for each in children(root, kind)}
    found = known.get(element.get(f"{kind}Ref"))
    if found is None:
        return False
    if name := _CONSTANT.match((found.get("name") or "").strip()):
        found.set("name", name[1])
    named = (found.get("name") or "").strip()
    return bool((named and not named.startswith("=")) or (found.get(f"{kind}Code") or "").strip())


def _name(event: Element, element: Element, root: Element, kind: str, name: str | None = None) -> None:
    """Refer to one that is called so, or like the event."""
    ident = f"{event.get('id')}_{kind}"
    made = etree.Element(bpmn(kind), {"id": ident, "name": name or called(event)})
    if kind in {"error", "escalation"}:
        made.set(f"{kind}Code", called(event))
    root.insert(0, made)
    element.set(f"{kind}Ref", ident)
