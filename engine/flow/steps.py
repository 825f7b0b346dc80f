"""One node of the diagram -> one `Step`, with everything that is wrong with the node itself."""

from __future__ import annotations

import re

from rules import Finding

from . import zeebe
from .model import Step
from .source import BPMN, Element, about, called, children, local, namespace

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
    "intermediateThrowEvent": "pass",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
}
CYCLE = re.compile(r"R([0-9]{0,3})/(P[0-9YMWDTHS]{2,20})\Z")
# The event definitions that each kind of event may carry.
_MEANINGS: dict[str, frozenset[str]] = {
    "startEvent": frozenset(),
    "endEvent": frozenset({"terminateEventDefinition"}),
    "intermediateThrowEvent": frozenset(),
    "intermediateCatchEvent": frozenset({"timerEventDefinition", "messageEventDefinition"}),
    "boundaryEvent": frozenset({"timerEventDefinition", "messageEventDefinition"}),
}
_PLAIN_WORDS = (
    ("formDefinition", "formId"),
    ("assignmentDefinition", "candidateGroups"),
    ("taskDefinition", "type"),
    ("calledDecision", "decisionId"),
    ("calledDecision", "resultVariable"),
    ("calledElement", "processId"),
    ("script", "resultVariable"),
)


def read(node: Element, *, inside: str, file: str, lanes: dict[str, str], messages: dict[str, str]) -> tuple[Step, list[Finding]]:
    """The step and its findings. `lanes` gives the lane of a node's id, `messages` the name of a message's id."""
    extra = zeebe.read(node, file)
    kind, message, when, wrong = _meaning(node, file, messages)
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
        expression=feel(extra.get("script", "expression")),
        message=message,
        when=when,
        part=node.get("id") if local(node) == "subProcess" else extra.get("calledElement", "processId"),
        host=node.get("attachedToRef"),
        interrupting=node.get("cancelActivity", "true") != "false",
        terminates=any(local(each) == "terminateEventDefinition" for each in node),
        outputs=tuple((target, feel(source) or "null") for target, source in extra.outputs),
        properties=extra.properties,
    )
    return step, extra.findings + wrong + _node(node, file) + _content(node, step, extra, file)


def feel(text: str | None) -> str | None:
    """The FEEL text without the leading "="; None for nothing."""
    return text.strip().removeprefix("=").strip() if text else None


def _desks(node: Element, extra: zeebe.Zeebe, lanes: dict[str, str], inside: str) -> tuple[str, ...]:
    named = extra.get("assignmentDefinition", "candidateGroups")
    if named:
        return tuple(dict.fromkeys(desk.strip() for desk in named.split(",") if desk.strip()))
    lane = lanes.get(node.get("id")) or lanes.get(inside)
    return (lane,) if lane else ()


def _meaning(node: Element, file: str, messages: dict[str, str]) -> tuple[str, str | None, tuple[str, str] | None, list[Finding]]:
    """Kind, message and time of a node; what its event definitions have wrong."""
    name = local(node)
    definitions = [child for child in node if namespace(child) == BPMN and local(child).endswith("EventDefinition")]
    wrong = [
        about(node, file, "process.unsupported", element=local(each))
        for each in definitions
        if local(each) not in _MEANINGS.get(name, {"messageEventDefinition"} if name == "receiveTask" else set())
    ]
    if len(definitions) > 1:
        wrong.append(about(node, file, "process.several_events"))
    meaning = local(definitions[0]) if definitions else ""
    if name == "receiveTask" or meaning == "messageEventDefinition":
        message = messages.get(node.get("messageRef") or (definitions[0].get("messageRef", "") if definitions else ""))
        return "receive", message, None, wrong if message else [*wrong, about(node, file, "process.no_message")]
    if meaning == "timerEventDefinition" and not wrong:
        when, more = _time(node, definitions[0], file)
        return "timer", None, when, wrong + more
    if name in {"intermediateCatchEvent", "boundaryEvent"} and not wrong:
        wrong.append(about(node, file, "process.no_time"))
    return _KINDS.get(name, "pass"), None, None, wrong


def _time(node: Element, definition: Element, file: str) -> tuple[tuple[str, str] | None, list[Finding]]:
    times = [(local(each), (each.text or "").strip()) for each in children(definition, "timeDuration", "timeDate", "timeCycle")]
    if any(kind == "timeCycle" and not _may_repeat(node, text) for kind, text in times):
        return None, [about(node, file, "process.unsupported", element="timeCycle")]
    if len(times) != 1 or not times[0][1].removeprefix("=").strip():
        return None, [about(node, file, "process.no_time")]
    return times[0], []


def _may_repeat(node: Element, text: str) -> bool:
    """A timer may ring again and again beside a step that stays open: `R3/P7D`, or `R/P7D` without end."""
    beside = local(node) == "boundaryEvent" and node.get("cancelActivity") == "false"
    return beside and CYCLE.match(text) is not None


def _node(node: Element, file: str) -> list[Finding]:
    """What no node may have."""
    found = [
        about(node, file, "process.unsupported", element=local(each))
        for each in children(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
    ]
    if node.get("triggeredByEvent") == "true":
        found.append(about(node, file, "process.unsupported", element="eventSubProcess"))
    if node.get("isForCompensation") == "true":
        found.append(about(node, file, "process.unsupported", element="compensateEventDefinition"))
    return found


def _content(node: Element, step: Step, extra: zeebe.Zeebe, file: str) -> list[Finding]:
    """What this kind of node must have, and must not."""
    found = [
        about(node, file, "process.expression_not_allowed", attribute=attribute)
        for element, attribute in _PLAIN_WORDS
        if (extra.get(element, attribute) or "").startswith("=")
    ]
    if any((each.text or "").strip() for each in children(node, "script")) or node.get("scriptFormat"):
        found.append(about(node, file, "process.code"))
    missing = {
        "rule": (step.decision, "process.no_decision"),
        "script": (step.expression and step.result, "process.no_expression"),
        "service": (step.action, "process.no_action"),
    }.get(step.kind)
    if missing and not missing[0]:
        found.append(about(node, file, missing[1]))
    return found
