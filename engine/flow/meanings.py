"""What an event means: its event definition, with the name, the time or the condition that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rules import Finding

from .source import BPMN, Element, about, children, feel, local, namespace
from .zeebe import read as read_zeebe

CYCLE = re.compile(r"R([0-9]{0,3})/(P[0-9YMWDTHS]{2,20}|=.+)\Z", re.DOTALL)
_CAUGHT = frozenset({"timer", "message", "signal", "conditional"})
_PASSED_ON = frozenset({"error", "escalation"})
# The event definitions that each kind of event may carry.
_MEANINGS: dict[str, frozenset[str]] = {
    "startEvent": frozenset(),
    "endEvent": frozenset({"terminate", "message", "signal", "error", "escalation", "compensate"}),
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "link", "compensate"}),
    "intermediateCatchEvent": _CAUGHT | {"link"},
    "boundaryEvent": _CAUGHT | _PASSED_ON,
    "receiveTask": frozenset({"message"}),
}
_START_BESIDE = _CAUGHT | _PASSED_ON
_MISSING = {"message": "process.no_message", "signal": "process.no_signal", "link": "process.no_link"}


@dataclass
class Names:
    """The names that events refer to by id, of one file."""

    known: dict[str, str]
    keys: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element) -> Names:
        """Messages and signals by their name, errors and escalations by their code."""
        found = {each.get("id", ""): each.get("name", "").strip() for each in children(root, "message", "signal")}
        for each, code in ((each, f"{local(each)}Code") for each in children(root, "error", "escalation")):
            found[each.get("id", "")] = each.get(code, "").strip() or each.get("name", "").strip()
        keys = {each.get("id", ""): read_zeebe(each, "").get("subscription", "correlationKey") or "" for each in children(root, "message")}
        return cls(found, keys)


@dataclass
class Meaning:
    """`event` is None for an event without one; `name` is that of the message or signal, or a code."""

    event: str | None = None
    name: str | None = None
    key: str | None = None
    when: tuple[str, str] | None = None
    condition: str | None = None
    findings: list[Finding] = field(default_factory=list)


def read(node: Element, names: Names, file: str) -> Meaning:
    """What an event, or a receive task, means."""
    definitions = [child for child in node if namespace(child) == BPMN and local(child).endswith("EventDefinition")]
    allowed = _allowed(node)
    found = Meaning()
    for each in definitions:
        if local(each).removesuffix("EventDefinition") not in allowed:
            found.findings.append(about(node, file, "process.unsupported", element=local(each)))
    if len(definitions) > 1:
        found.findings.append(about(node, file, "process.several_events"))
    if found.findings:
        return found
    event = local(definitions[0]).removesuffix("EventDefinition") if definitions else "message" if local(node) == "receiveTask" else None
    _fill(found, event, node, definitions[0] if definitions else node, names, file)
    return found


def _allowed(node: Element) -> frozenset[str]:
    if local(node) == "startEvent" and is_beside(node.getparent()):
        return _START_BESIDE
    return _MEANINGS.get(local(node), frozenset())


def is_beside(scope: Element) -> bool:
    """Whether a sub-process is started by an event, beside the flow around it."""
    return scope is not None and local(scope) == "subProcess" and scope.get("triggeredByEvent") == "true"


def _fill(found: Meaning, event: str | None, node: Element, definition: Element, names: Names, file: str) -> None:
    found.event = {"conditional": "condition", "compensate": "compensation"}.get(event or "", event)
    must_wait = local(node) in {"intermediateCatchEvent", "boundaryEvent"} or (local(node) == "startEvent" and is_beside(node.getparent()))
    if event is None and must_wait:
        found.findings.append(about(node, file, "process.no_event" if local(node) != "startEvent" else "process.no_start_event"))
    elif event == "timer":
        found.when, wrong = _time(node, definition, file)
        found.findings.extend(wrong)
    elif event == "conditional":
        found.condition = next((feel(each.text) for each in children(definition, "condition")), None)
        text = next(((each.text or "").strip() for each in children(definition, "condition")), "")
        if not found.condition:
            found.findings.append(about(node, file, "process.no_condition"))
        elif not text.startswith("="):
            found.findings.append(about(node, file, "process.event_not_feel", text=text))
    elif event == "link":
        found.name = definition.get("name", "").strip()
    elif event == "compensate":
        found.name = definition.get("activityRef") or None
    elif event not in {None, "terminate"}:
        reference = node.get(f"{event}Ref") or definition.get(f"{event}Ref", "")
        found.name = names.known.get(reference) or None
        if names.keys.get(reference) and event == "message" and local(node) not in {"endEvent", "intermediateThrowEvent"}:
            found.key = _key(found, names.keys[reference], node, file)
        if reference and not found.name and event in _PASSED_ON:
            found.findings.append(about(node, file, "process.no_code", event=event))
        if local(node) in {"endEvent", "intermediateThrowEvent"} and event in _PASSED_ON and not reference:
            found.findings.append(about(node, file, "process.no_code", event=event))
    if event in _MISSING and not found.name:
        found.findings.append(about(node, file, _MISSING[event]))


def _key(found: Meaning, text: str, node: Element, file: str) -> str | None:
    """What tells this catcher from others of the same name: FEEL."""
    if not text.startswith("="):
        found.findings.append(about(node, file, "process.event_not_feel", text=text))
    return feel(text)


def _time(node: Element, definition: Element, file: str) -> tuple[tuple[str, str] | None, list[Finding]]:
    times = [(local(each), (each.text or "").strip()) for each in children(definition, "timeDuration", "timeDate", "timeCycle")]
    if any(kind == "timeCycle" and not _may_repeat(node, text) for kind, text in times):
        return None, [about(node, file, "process.unsupported", element="timeCycle")]
    if len(times) != 1 or not times[0][1].removeprefix("=").strip():
        return None, [about(node, file, "process.no_time")]
    return times[0], []


def _may_repeat(node: Element, text: str) -> bool:
    """A timer may ring again and again beside something that stays open: `R3/P7D`, `R/P7D` without end, `R3/= working days(5)`."""
    beside = node.get("cancelActivity") == "false" or (local(node) == "startEvent" and node.get("isInterrupting") == "false")
    return beside and CYCLE.match(text) is not None
