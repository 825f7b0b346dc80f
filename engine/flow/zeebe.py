"""The Zeebe (Camunda 8) extension elements that this room understands, as plain values; all others are findings."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules import Finding

from .source import BPMN, OTHER_ENGINES, ZEEBE, Element, about, children, local, namespace

# element -> attributes that are read; "-" marks attributes that are refused with their way out
_READ = {
    "formDefinition": {"formId", "bindingType", "versionTag"},
    "assignmentDefinition": {"candidateGroups"},
    "taskDefinition": {"type", "retries"},
    "taskHeaders": set(),
    "properties": set(),
    "ioMapping": set(),
    "calledDecision": {"decisionId", "resultVariable", "bindingType", "versionTag"},
    "calledElement": {"processId", "bindingType", "versionTag", "propagateAllChildVariables", "propagateAllParentVariables"},
    "script": {"expression", "resultVariable"},
    "subscription": {"correlationKey"},
    "userTask": set(),
    "versionTag": {"value"},
    "loopCharacteristics": {"inputCollection", "inputElement", "outputCollection", "outputElement"},
}
_AGAIN = "in the designer, choose it and answer “{}” anew"
_DESK = f"{_AGAIN.format('Who does this?')}; who of that desk does it, the duty roster says"
_TAKE_OUT = "in the designer, choose it and take that out under “Only in the file”"
_CURES = {
    "formKey": _AGAIN.format("Which form?"),
    "externalReference": _AGAIN.format("Which form?"),
    "assignee": _DESK,
    "candidateUsers": _DESK,
}


@dataclass
class Zeebe:
    """What the extension elements of one node say."""

    values: dict[str, dict[str, str]] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    outputs: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def get(self, element: str, attribute: str) -> str | None:
        """The attribute of an extension element; None when it is missing or empty."""
        return self.values.get(element, {}).get(attribute, "").strip() or None


def read(node: Element, file: str) -> Zeebe:
    """The extension elements of one node."""
    found = Zeebe()
    found.findings.extend(_foreign_attributes(node, file))
    for box in children(node, "extensionElements"):
        for element in box:
            _element(found, node, element, file)
    return found


def _element(found: Zeebe, node: Element, element: Element, file: str) -> None:
    name, space = local(element), namespace(element)
    if space != ZEEBE:
        if any(engine in space.lower() for engine in OTHER_ENGINES):
            found.findings.append(about(node, file, "process.foreign", element=name))
        return
    if name not in _READ:
        found.findings.append(about(node, file, "process.zeebe_unknown", element=name))
        return
    found.values[name] = {key: value for key, value in element.attrib.items() if not key.startswith("{")}
    for attribute in found.values[name].keys() - _READ[name]:
        found.findings.append(_attribute(node, file, name, attribute))
    _members(found, node, element, file)


def _members(found: Zeebe, node: Element, element: Element, file: str) -> None:
    for member in element:
        kind = local(member)
        if kind == "property":
            found.properties[member.get("name", "").strip()] = member.get("value", "").strip()
        elif kind == "header":
            found.headers[member.get("key", "").strip()] = member.get("value", "").strip()
        elif kind == "output":
            found.outputs.append((member.get("target", "").strip(), member.get("source", "").strip()))
        elif kind == "input":
            found.inputs.append((member.get("target", "").strip(), member.get("source", "").strip()))


def _attribute(node: Element, file: str, element: str, attribute: str) -> Finding:
    cure = _CURES.get(attribute, _TAKE_OUT)
    return about(node, file, "process.zeebe_attribute", element=element, attribute=attribute, cure=cure)


def _foreign_attributes(node: Element, file: str) -> list[Finding]:
    foreign = [key for key in node.attrib if key.startswith("{") and any(engine in key.lower() for engine in OTHER_ENGINES)]
    return [about(node, file, "process.foreign", element=key.rpartition("}")[2]) for key in foreign]


def is_flow_node(element: Element) -> bool:
    """Whether this is an element that a token could pass through (known here or not)."""
    name = local(element)
    return namespace(element) == BPMN and (
        name.endswith(("Task", "Event", "Gateway")) or name in {"task", "subProcess", "callActivity", "transaction", "adHocSubProcess"}
    )
