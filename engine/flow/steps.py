"""One node of the diagram -> one `Step`, with everything that is wrong with the node itself."""

from __future__ import annotations

import json

from rules import Finding

from . import meanings, zeebe
from .meanings import Names
from .model import Step
from .repeated import loop_of
from .source import Element, about, called, children, feel, local

_KINDS = {
    "userTask": "user",
    "serviceTask": "service",
    "sendTask": "service",
    "businessRuleTask": "rule",
    "scriptTask": "script",
    "receiveTask": "receive",
    "callActivity": "part",
    "subProcess": "part",
    "startEvent": "start",
    "endEvent": "end",
    "task": "user",
    "manualTask": "user",
    "intermediateThrowEvent": "pass",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "race",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
}
_QUANTITIES = ("startQuantity", "completionQuantity")
_AGAIN = "in the designer, choose it and answer “{}” anew"
# What must be a plain word, and what to do in the designer where it is none.
PLAIN_WORDS = (
    ("formDefinition", "formId", _AGAIN.format("Which form?")),
    ("assignmentDefinition", "candidateGroups", _AGAIN.format("Who does this?")),
    ("taskDefinition", "type", _AGAIN.format("What happens?")),
    ("calledDecision", "decisionId", _AGAIN.format("Which decision table?")),
    ("calledDecision", "resultVariable", _AGAIN.format("Which decision table?")),
    ("calledElement", "processId", "take it out and draw the steps that are meant"),
    ("script", "resultVariable", "take it out and put a “Decision table” in its place"),
)


def read(node: Element, *, inside: str, file: str, lanes: dict[str, str], names: Names) -> tuple[Step, list[Finding]]:
    """The step and its findings. `lanes` gives the lane of a node's id, `names` what events refer to."""
    extra = zeebe.read(node, file)
    meaning = meanings.read(node, names, file)
    kind = _kind(node, meaning.event)
    loop, wrong = loop_of(node, extra, file)
    result = extra.get("calledDecision", "resultVariable") or extra.get("script", "resultVariable")
    decision = extra.get("calledDecision", "decisionId")
    step = Step(
        id=node.get("id"),
        name=called(node),
        kind=kind,
        inside=inside,
        form=extra.get("formDefinition", "formId"),
        desks=_desks(node, extra, lanes, inside) if kind == "user" else (),
        action=extra.get("taskDefinition", "type"),
        headers=extra.headers,
        decision=decision,
        result=result or decision,
        expression=feel(extra.get("script", "expression")) or meaning.condition,
        message=meaning.name,
        when=meaning.when,
        part=node.get("id") if local(node) == "subProcess" else extra.get("calledElement", "processId"),
        host=node.get("attachedToRef") if local(node) == "boundaryEvent" else None,
        interrupting=_interrupting(node),
        terminates=any(local(each) == "terminateEventDefinition" for each in node),
        outputs=tuple((target, feel(source) or "null") for target, source in extra.outputs),
        properties=extra.properties,
        event=meaning.event,
        beside=meanings.is_beside(node),
        loop=loop,
        inputs=tuple((target, _given(text)) for target, text in extra.inputs),
        key=meaning.key,
    )
    return step, extra.findings + meaning.findings + wrong + _content(node, step, extra, file)


def _given(text: str) -> str:
    """An input is FEEL, or, without "=", a text that stands for itself."""
    return feel(text) or "null" if text.startswith("=") else json.dumps(text, ensure_ascii=False)


def _desks(node: Element, extra: zeebe.Zeebe, lanes: dict[str, str], inside: str) -> tuple[str, ...]:
    named = extra.get("assignmentDefinition", "candidateGroups")
    if named:
        return tuple(dict.fromkeys(desk.strip() for desk in named.split(",") if desk.strip()))
    lane = lanes.get(node.get("id")) or lanes.get(inside)
    return (lane,) if lane else ()


_CAUGHT = {"message": "receive", **{event: event for event in ("timer", "signal", "error", "escalation", "condition")}}


def _kind(node: Element, event: str | None) -> str:
    if local(node) in {"intermediateCatchEvent", "boundaryEvent", "receiveTask"}:
        return _CAUGHT.get(event or "", "pass")
    return _KINDS.get(local(node), "pass")


def _interrupting(node: Element) -> bool:
    return "false" not in {node.get("cancelActivity"), node.get("isInterrupting")}


def _is_more(quantity: str | None) -> bool:
    """Whether a step takes, or gives, more than one token: nobody sees that in the drawing."""
    return (quantity or "").isdigit() and int(quantity or "") > 1


def _content(node: Element, step: Step, extra: zeebe.Zeebe, file: str) -> list[Finding]:
    """What this kind of node must have, and must not."""
    found = [
        about(node, file, "process.expression_not_allowed", attribute=attribute, cure=cure)
        for element, attribute, cure in PLAIN_WORDS
        if (extra.get(element, attribute) or "").startswith("=")
    ]
    if any((each.text or "").strip() for each in children(node, "script")) or node.get("scriptFormat"):
        found.append(about(node, file, "process.code"))
    found += [about(node, file, "process.unsupported", element=name) for name in _QUANTITIES if _is_more(node.get(name))]
    if node.get("eventGatewayType") == "Parallel":
        found.append(about(node, file, "process.unsupported", element="eventGatewayType"))
    missing = {
        "rule": (step.decision, "process.no_decision"),
        "script": (step.expression and step.result, "process.no_expression"),
        "service": (step.action, "process.no_action"),
    }.get(step.kind)
    if missing and not missing[0] and not any(each.code == "process.code" for each in found):
        found.append(about(node, file, missing[1]))
    return found
