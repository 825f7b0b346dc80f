"""Diagrams of other tools, made into ones that run here: what has one clear meaning is written out, everything else is left to be refused.

Whatever is changed is told as a note, so that whoever takes the diagram over sees what is still to be said (by whom, when, by which rule).
A procedure that is published is read by `load` alone, which guesses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from rules import Finding

from . import drawn, pools, source, told, uncaught, unsaid, untangle
from .errors import BadProcess
from .load import load
from .notes import Notes
from .source import BPMN, ZEEBE, Element, bpmn, children, local, namespace

_REFERENCES = frozenset(
    {
        "messageRef", "signalRef", "errorRef", "escalationRef", "calledElement", "processRef", "bpmnElement", "sourceRef", "targetRef",
        "default", "attachedToRef", "activityRef", "processId",
    }
)  # fmt: skip
_TEXT_REFERENCES = frozenset({"flowNodeRef", "incoming", "outgoing", "eventDefinitionRef", "source", "target"})
_GOOD_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
_RESERVED = re.compile(r"(Start|End)\Z")
_OURS = frozenset({ZEEBE})
_XML = ("{http://www.w3.org/2001/XMLSchema-instance}", "{http://www.w3.org/XML/1998/namespace}")
# What Camunda 8 knows and this office does otherwise: it is left out, and told.
_LEFT_OUT = frozenset({"taskSchedule", "priorityDefinition", "userTaskForm", "executionListeners", "taskListeners", "linkedResources"})
_WORKED_OUT = {("formDefinition", "formId"), ("assignmentDefinition", "candidateGroups"), ("taskDefinition", "type"),
    ("calledDecision", "decisionId"), ("calledElement", "processId")}  # fmt: skip  # a name here; one that is worked out cannot be checked
_LEFT_OUT_ATTRIBUTES = {"assignmentDefinition": {"assignee", "candidateUsers"}, "formDefinition": {"formKey", "externalReference"}}


@dataclass(frozen=True)
class Adopted:
    """A diagram that `load` reads, and what had to be changed for that."""

    bpmn: bytes
    notes: tuple[Finding, ...] = ()


def adopt(data: bytes, *, file: str = "process.bpmn", parts: Mapping[str, bytes] | None = None, functions: Collection[str] = ()) -> Adopted:
    """The diagram as one that runs here; unchanged, when it is one already. `functions`: names that its expressions may call.

    Raises BadProcess with what cannot be run, by element.
    """
    try:
        process = load(data, file=file, parts=parts, functions=functions)
    except BadProcess as first:
        root, wrong = source.read(data.strip(), file)
        if root is None:
            raise BadProcess(wrong) from first
        return _adopted(root, file, parts, functions)
    root, notes = source.read(data, file)[0], Notes(file)
    return _loaded(root, notes, parts, functions) if unsaid.settle(process, root, notes, functions) else Adopted(data)


def _adopted(root: Element, file: str, parts: Mapping[str, bytes] | None, functions: Collection[str]) -> Adopted:
    notes = Notes(file)
    _identify(root)
    _refer(root)
    _strip(root, notes)
    pools.choose(root, notes)
    for process in children(root, "process"):
        pools.call(process, root, notes)
        told.steps(process, root, notes)
        for scope in [process, *process.iter(bpmn("subProcess"))]:
            untangle.scope(scope, notes)
    drawn.tidy(root, notes)
    return _loaded(root, notes, parts, functions)


def _loaded(root: Element, notes: Notes, parts: Mapping[str, bytes] | None, functions: Collection[str]) -> Adopted:
    """Errors and escalations that nothing throws or catches, and facts that nothing writes, can be seen only when everything else can be
    read."""
    for _ in range(4):
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        try:
            process = load(data, file=notes.file, parts=parts, functions=functions)
        except BadProcess as bad:
            if not uncaught.settle(root, bad.findings, notes):
                raise
        else:
            if not unsaid.settle(process, root, notes, functions):
                break
    return Adopted(data, tuple(notes))


def _identify(root: Element) -> None:
    """Every element that is drawn has an id that can be used, wherever it is referred to."""
    taken = {each.get("id") for each in root.iter() if isinstance(each.tag, str) and each.get("id")}
    renamed: dict[str, str] = {}
    for each in root.iter(f"{{{BPMN}}}*"):
        ident = each.get("id")
        if ident is None and local(each) in source.NODES | {"process", "sequenceFlow", "transaction", "adHocSubProcess", "complexGateway"}:
            each.set("id", _free(local(each), taken))
        elif ident is not None and (not _GOOD_ID.match(ident) or _RESERVED.match(ident)):
            renamed.setdefault(ident, _free(re.sub(r"[^A-Za-z0-9_.\-]", "_", f"_{ident}"), taken))
            each.set("id", renamed[ident])
    for each in root.iter() if renamed else ():
        for key, value in each.attrib.items() if isinstance(each.tag, str) else ():
            if key in _REFERENCES and value in renamed:
                each.set(key, renamed[value])
        if local(each) in _TEXT_REFERENCES and (each.text or "").strip() in renamed:
            each.text = renamed[each.text.strip()]


def _free(name: str, taken: set[str | None]) -> str:
    ident = next(each for number in range(1, 100_000) if (each := f"{name}_{number}") not in taken)
    taken.add(ident)
    return ident


def _refer(root: Element) -> None:
    """References may carry the prefix of a namespace (`tns:Message_1`)."""
    known = {each.get("id") for each in root.iter() if isinstance(each.tag, str)}
    for each in root.iter():
        if not isinstance(each.tag, str):
            continue
        for key in _REFERENCES & set(each.attrib):
            value = each.get(key, "")
            if value not in known and value.rpartition(":")[2] in known:
                each.set(key, value.rpartition(":")[2])
        if local(each) in _TEXT_REFERENCES:
            text = (each.text or "").strip()
            each.text = text if text in known else text.rpartition(":")[2]


def _strip(root: Element, notes: Notes) -> None:
    """What other tools keep in the file for themselves."""
    for element in root.iter(f"{{{BPMN}}}*"):
        foreign = [key for key in element.attrib if key.startswith("{") and not key.startswith((*_XML, f"{{{ZEEBE}}}"))]
        gone = {key.rpartition("}")[2] for key in foreign if _means(key)}
        for key in foreign:
            del element.attrib[key]
        for box in children(element, "extensionElements"):
            gone |= _emptied(box)
        if gone:
            notes.add("import.left_out", element, what=", ".join(sorted(gone)))


def _emptied(box: Element) -> set[str]:
    gone = set()
    for each in list(box):
        name, space = local(each), namespace(each)
        if space not in _OURS or name in _LEFT_OUT:
            box.remove(each)
            if _means(space) or name in _LEFT_OUT:
                gone.add(name)
        worked_out = {key for key, value in each.attrib.items() if (name, key) in _WORKED_OUT and value.strip().startswith("=")}
        for key in _LEFT_OUT_ATTRIBUTES.get(name, set()) & set(each.attrib) | worked_out:
            del each.attrib[key]
            gone.add(key)
    return gone


def _means(space: str) -> bool:
    """Whether another engine would do something because of it."""
    return any(engine in space.lower() for engine in source.OTHER_ENGINES)
