"""Flows that a drawing leaves to the reader: where it begins and ends, who goes several ways at once, and which way a choice takes."""

from __future__ import annotations

import re

from lxml import etree

from .notes import Notes
from .source import GATEWAYS, NODES, Element, bpmn, called, children, local
from .zeebe import is_flow_node

_CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway"})


class _Scope:
    """One process or sub-process being rewritten."""

    def __init__(self, element: Element, notes: Notes) -> None:
        self.element, self.notes = element, notes
        self.nodes = [each for each in element if is_flow_node(each)]
        idents = {each.get("id") for each in self.nodes}
        self.flows = [each for each in children(element, "sequenceFlow") if {each.get("sourceRef"), each.get("targetRef")} <= idents]
        self._taken = {each.get("id") for each in element.getroottree().getroot().iter() if isinstance(each.tag, str)}
        self._out: dict[str, list[Element]] = {}
        self._into: dict[str, list[Element]] = {}
        for flow in self.flows:
            self._out.setdefault(flow.get("sourceRef", ""), []).append(flow)
            self._into.setdefault(flow.get("targetRef", ""), []).append(flow)

    def out(self, node: Element) -> list[Element]:
        return self.ways(node.get("id", ""))

    def ways(self, ident: str) -> list[Element]:
        return self._out.get(ident, [])

    def into(self, node: Element) -> list[Element]:
        return self._into.get(node.get("id", ""), [])

    def take_over(self, node: Element, other: Element) -> None:
        """What leads out of a node leads out of another one instead."""
        ways = self._out.pop(node.get("id", ""), [])
        for flow in ways:
            flow.set("sourceRef", other.get("id"))
        self._out[other.get("id", "")] = ways

    def redirect(self, flow: Element, target: Element) -> None:
        self._into[flow.get("targetRef", "")].remove(flow)
        flow.set("targetRef", target.get("id"))
        self._into.setdefault(target.get("id", ""), []).append(flow)

    def add(self, tag: str, near: Element, what: str) -> Element:
        """A new node, drawn near another."""
        made = etree.SubElement(self.element, bpmn(tag), {"id": self._free(f"{near.get('id')}_{what}")})
        self.nodes.append(made)
        return made

    def _free(self, ident: str) -> str:
        while ident in self._taken:
            ident += "_"
        self._taken.add(ident)
        return ident

    def flow(self, source: Element, target: Element) -> Element:
        ends = {"sourceRef": source.get("id", ""), "targetRef": target.get("id", "")}
        flow = etree.SubElement(self.element, bpmn("sequenceFlow"), {"id": self._free("_to_".join(ends.values())), **ends})
        self.flows.append(flow)
        self._out.setdefault(ends["sourceRef"], []).append(flow)
        self._into.setdefault(ends["targetRef"], []).append(flow)
        return flow


def scope(element: Element, notes: Notes) -> None:
    """Write out what the flows of one (sub-)process mean."""
    here = _Scope(element, notes)
    for flow in here.flows:
        _condition(flow)
    _double_flows(here)
    _begin(here)
    _end(here)
    for node in list(here.nodes):
        _gateway(here, node)
        _fork(here, node)
    for node in here.nodes:
        if local(node) in _CHOICES:
            _choice(here, node)


def _condition(flow: Element) -> None:
    """An empty condition is none; `true` and `false` mean the same in every language; FEEL begins with "=" here."""
    speaks_feel = "feel" in (flow.getroottree().getroot().get("expressionLanguage") or "").lower()
    for each in children(flow, "conditionExpression"):
        text = (each.text or "").strip()
        if not text:
            flow.remove(each)
        elif text in {"true", "false"} or ((speaks_feel or "feel" in (each.get("language") or "").lower()) and not text.startswith("=")):
            each.text = f"= {text}"


def _text(flow: Element) -> str:
    return next(((each.text or "").strip() for each in children(flow, "conditionExpression")), "")


def _say(flow: Element, text: str) -> None:
    for each in children(flow, "conditionExpression"):
        flow.remove(each)
    if text:
        etree.SubElement(flow, bpmn("conditionExpression")).text = text


def _double_flows(here: _Scope) -> None:
    """Of two flows from one node to another, the second leads over a gateway of its own."""
    seen: set[tuple[str | None, str | None]] = set()
    nodes = {each.get("id"): each for each in here.nodes}
    for flow in list(here.flows):
        pair = flow.get("sourceRef"), flow.get("targetRef")
        if pair in seen and pair[1] in nodes:
            step = here.add("exclusiveGateway", flow, "way")
            here.redirect(flow, step)
            here.flow(step, nodes[pair[1]])
        seen.add(pair)


def _is_begun(here: _Scope, node: Element) -> bool:
    """Whether something else than a flow brings a token here."""
    links = [each for each in children(node, "linkEventDefinition") if local(node) == "intermediateCatchEvent"]
    return bool(
        here.into(node)
        or links
        or local(node) in {"startEvent", "boundaryEvent"}
        or node.get("isForCompensation") == "true"
        or node.get("triggeredByEvent") == "true"
    )


def _begin(here: _Scope) -> None:
    """Without a start, what no flow leads to is begun at once; of several starts, the plain one counts, or somebody says which."""
    starts = [each for each in here.nodes if local(each) == "startEvent"]
    sources = [each for each in here.nodes if not _is_begun(here, each)]
    if len(starts) == 1 or here.element.get("triggeredByEvent") == "true":
        for each in sources:
            here.notes.add("import.unreachable", each)
        return
    if not starts and sources:
        begin = here.add("startEvent", here.element, "start")
        if len(sources) > 1:
            begin = _through(here, begin, "parallelGateway")
        for each in sources:
            here.flow(begin, each)
        here.notes.add("import.begin", here.element)
    elif len(starts) > 1:
        begin = _through(here, here.add("startEvent", here.element, "start"), "exclusiveGateway")
        begin.set("name", "; ".join(called(each) for each in starts))
        for each in starts:
            each.tag = bpmn("intermediateThrowEvent")
            each.attrib.pop("isInterrupting", None)
            here.flow(begin, each).set("name", called(each))
        here.notes.add("import.starts", here.element, count=len(starts))


def _through(here: _Scope, node: Element, tag: str) -> Element:
    gateway = here.add(tag, node, "ways")
    here.flow(node, gateway)
    return gateway


def _end(here: _Scope) -> None:
    """What leads nowhere ends its branch."""
    for each in [each for each in here.nodes if local(each) in NODES and not here.out(each) and not _is_over(each)]:
        here.flow(each, here.add("endEvent", each, "end"))


def _is_over(node: Element) -> bool:
    thrown = local(node) == "intermediateThrowEvent" and children(node, "linkEventDefinition")
    mark = local(node) == "boundaryEvent" and children(node, "compensateEventDefinition")
    apart = node.get("isForCompensation") == "true" or node.get("triggeredByEvent") == "true"
    return bool(local(node) == "endEvent" or thrown or mark or apart)


def _gateway(here: _Scope, node: Element) -> None:
    """Gateways that mean another one: an event-based one with one way or that waits for all, a complex one that only splits."""
    name, ways = local(node), here.out(node)
    if name == "eventBasedGateway" and node.attrib.pop("eventGatewayType", None) == "Parallel":
        node.tag = bpmn("parallelGateway")
    elif name == "eventBasedGateway" and len(ways) < 2:
        node.tag = bpmn("exclusiveGateway")
    if name == "complexGateway" and len(here.into(node)) < 2 and not children(node, "activationCondition"):
        node.tag = bpmn("inclusiveGateway")
    if local(node) in {"parallelGateway", "eventBasedGateway"}:
        for flow in ways:
            _say(flow, "")
        node.attrib.pop("default", None)
    if node.get("default") not in {flow.get("id") for flow in ways}:
        node.attrib.pop("default", None)
    for flow in ways:
        if flow.get("id") == node.get("default"):
            _say(flow, "")


def _fork(here: _Scope, node: Element) -> None:
    """Several flows out of a step are taken all, or, where they have conditions, all that hold."""
    ways = list(here.out(node))
    if local(node) in GATEWAYS | {"complexGateway", "endEvent"} or not ways:
        return
    conditioned = any(_text(flow) for flow in ways) or node.get("default")
    if len(ways) < 2 and not conditioned:
        return
    default = node.attrib.pop("default", None)
    if len(ways) < 2:
        if not _text(ways[0]):
            return
        gateway = here.add("exclusiveGateway", node, "ways")
    else:
        gateway = here.add("inclusiveGateway" if conditioned else "parallelGateway", node, "ways")
        here.notes.add("import.fork", node, count=len(ways))
    here.take_over(node, gateway)
    for flow in ways:
        if conditioned and len(ways) > 1 and not _text(flow) and flow.get("id") != default:
            _say(flow, "= true")
    if default and len(ways) > 1:
        gateway.set("default", default)
    here.flow(node, gateway)


def _choice(here: _Scope, node: Element) -> None:
    """A way without a condition is the otherwise; when there are several, an answer that has the gateway's id says which."""
    ways = here.out(node)
    open_ways = [flow for flow in ways if not _text(flow) and flow.get("id") != node.get("default")]
    if len(ways) < 2 or not open_ways:
        return
    if not node.get("default"):
        otherwise = next((flow for flow in reversed(open_ways) if _leads_on(here, node, flow)), open_ways[-1])
        node.set("default", otherwise.get("id"))
        open_ways.remove(otherwise)
    if not open_ways:
        return
    name = re.sub(r"\W", "_", node.get("id", ""))
    for flow in open_ways:
        _say(flow, f'= {name} = "{_label(here, flow)}"')
    here.notes.add("import.choice", node, answer=name)


def _label(here: _Scope, flow: Element) -> str:
    target = next((each for each in here.nodes if each.get("id") == flow.get("targetRef")), flow)
    label = " ".join((flow.get("name") or "").split()) or called(target)
    return label.replace("\\", "").replace('"', "'")


def _leads_on(here: _Scope, node: Element, flow: Element) -> bool:
    """Whether this way comes to an end without coming back to the gateway."""
    ends = {each.get("id") for each in here.nodes if local(each) == "endEvent"}
    seen, todo = {node.get("id")}, [flow.get("targetRef")]
    while todo:
        ident = todo.pop()
        if ident in ends:
            return True
        if ident not in seen:
            seen.add(ident)
            todo.extend(each.get("targetRef") for each in here.ways(ident or ""))
    return False
