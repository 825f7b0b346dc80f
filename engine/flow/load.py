"""Bytes of BPMN -> `Process`, or every finding at once. Nothing in a diagram is ever executed here or later, except FEEL."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules import Finding

from . import handlers, source, structure, texts, throws
from .errors import BadProcess
from .library import build
from .meanings import Names
from .model import Link, Process, Step
from .source import Element, about, children, local
from .steps import read as read_step
from .zeebe import is_flow_node
from .zeebe import read as read_zeebe

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
# The last two are refused by name; what they contain is not looked at twice.
_SCOPES = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})
_DEEPEST = 30  # sub-processes and parts in one another; each is a level of the state, and costs a look at what runs in it
_RESERVED = re.compile(r"(Start|End|.*\.(EndJoin|BoundaryEventSplit|BoundaryEventJoin|each|on|link))\Z")


@dataclass
class _Reading:
    """What has been read so far, over all files."""

    processes: dict[str, tuple[Element, str]] = field(default_factory=dict)
    roots: list[tuple[Element, str]] = field(default_factory=list)
    steps: dict[str, Step] = field(default_factory=dict)
    flows: list[Link] = field(default_factory=list)
    order: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    files: dict[str, str] = field(default_factory=dict)


def load(
    bpmn: bytes, *, parts: Mapping[str, bytes] | None = None, file: str = "process.bpmn", functions: Collection[str] | None = None
) -> Process:
    """Read a diagram. `parts` are further files with the processes that its call activities name, by file name.

    With `functions`, the names that its expressions may call, every expression is read too (a bundle's checks do that, with its forms).

    Raises BadProcess with all findings; each names the element, by id and name, and the way out.
    """
    reading = _Reading()
    main = _file(reading, bpmn, file)
    for name, data in sorted((parts or {}).items()):
        _file(reading, data, name)
    if not reading.findings:
        reading.findings.extend(each for root, name in reading.roots for each in _too_deep(root, name))
    if not reading.findings:
        for each, (process, name) in reading.processes.items():
            _process(reading, each, process, name)
        _parts(reading)
    if not reading.findings:
        reading.findings.extend(_too_deep_with_parts(reading))
    if not reading.findings:
        reading.findings.extend(throws.check(reading.steps, reading.files))
        reading.findings.extend(handlers.check(reading.steps, reading.files))
        reading.findings.extend(texts.check(reading.steps, reading.flows, reading.files, functions) if functions is not None else ())
    key = _main(reading, main, file)
    if reading.findings or key is None:
        raise BadProcess(tuple(reading.findings))
    return _made(reading, key)


def _file(reading: _Reading, data: bytes, file: str) -> list[str]:
    root, wrong = source.read(data, file)
    reading.findings.extend(wrong)
    if root is None:
        return []
    reading.roots.append((root, file))
    keys = []
    nested = (each for each in root.iter(source.bpmn("process")) if each.getparent() is not root)
    reading.findings.extend(about(each, file, "process.misplaced", element="process") for each in nested)
    for process in children(root, "process"):
        key = process.get("id", "")
        if not key:
            reading.findings.append(about(process, file, "process.no_id", element="process"))
        if key in reading.processes:
            reading.findings.append(about(process, file, "process.duplicate_id"))
        keys.append(key)
        reading.processes[key] = (process, file)
    return keys


def _process(reading: _Reading, key: str, process: Element, file: str) -> None:
    if process.get("isExecutable") == "false":
        reading.findings.append(about(process, file, "process.not_executable", key=key))
    reading.findings.extend(read_zeebe(process, file).findings)
    reading.findings.extend(_misplaced(process, file))
    root = process.getparent()
    names = Names.of(root)
    lanes = {
        (ref.text or "").strip(): (lane.get("name") or lane.get("id", "")).strip()
        for lane in process.iter(source.bpmn("lane"))
        for ref in children(lane, "flowNodeRef")
    }
    for scope in source.scopes(process):
        _scope(reading, scope, file, lanes, names)


def _misplaced(process: Element, file: str) -> Iterator[Finding]:
    """Flows and nodes inside something that is no process: the library would see them, nobody else."""
    for element in process.iterdescendants():
        if source.namespace(element) != source.BPMN or not (local(element) == "sequenceFlow" or is_flow_node(element)):
            continue
        if local(element.getparent()) not in _SCOPES:
            yield about(element, file, "process.misplaced", element=local(element))


def _scope(reading: _Reading, scope: Element, file: str, lanes: dict[str, str], names: Names) -> None:
    key = scope.get("id", "")
    reading.files[key] = file
    nodes: dict[str, Element] = {}
    steps: dict[str, Step] = {}
    for node in filter(is_flow_node, scope):
        if not _identified(reading, node, file) or handlers.is_mark(node):
            continue
        nodes[node.get("id")] = node
        if local(node) not in source.NODES:
            reading.findings.append(about(node, file, "process.unsupported", element=local(node)))
            continue
        step, wrong = read_step(node, inside=key, file=file, lanes=lanes, names=names)
        reading.findings.extend(wrong)
        steps[step.id] = step
    for flow in children(scope, "sequenceFlow"):
        _identified(reading, flow, file)
    flows, wrong_flows = structure.links(scope, file)
    reading.findings.extend(wrong_flows)
    undone, wrong_marks = handlers.undone(scope, steps, flows, file)
    reading.findings.extend(wrong_marks)
    steps = handlers.marked(steps, undone)
    known = {ident: node for ident, node in nodes.items() if ident in steps}
    reading.findings.extend(structure.check(scope, nodes, steps, flows, file) if len(known) == len(nodes) else ())
    start = next((ident for ident, node in nodes.items() if local(node) == "startEvent"), None)
    reading.order[key] = structure.reading_order(start, steps, flows)
    reading.steps.update(steps)
    reading.flows.extend(flows)


def _identified(reading: _Reading, node: Element, file: str) -> bool:
    ident = node.get("id", "")
    reading.ids[ident] += 1
    code = None
    if not ident:
        code = "process.no_id"
    elif not _ID.match(ident):
        code = "process.bad_id"
    elif _RESERVED.match(ident):
        code = "process.reserved_id"
    elif reading.ids[ident] > 1 or ident in reading.processes:
        code = "process.duplicate_id"
    if code:
        reading.findings.append(about(node, file, code, element=local(node)))
    return bool(ident)


def _calls(reading: _Reading, key: str) -> list[Step]:
    """The call activities anywhere in one process, its sub-processes included."""
    inside = {scope.get("id") for scope in source.scopes(reading.processes[key][0])}
    return [step for step in reading.steps.values() if step.inside in inside and step.kind == "part" and step.part != step.id]


def _parts(reading: _Reading) -> None:
    """Call activities must find their process, and never themselves."""
    for key, (_, file) in reading.processes.items():
        for step in _calls(reading, key):
            if step.part not in reading.processes:
                facts = {"id": step.id, "name": step.name, "part": step.part or "?"}
                reading.findings.append(Finding(f"{file}#{step.id}", "process.no_part", facts))
            elif _reaches(reading, step.part, key, set()):
                facts = {"id": step.id, "name": step.name, "part": step.part}
                reading.findings.append(Finding(f"{file}#{step.id}", "process.part_calls_itself", facts))


def _too_deep(root: Element, file: str) -> Iterator[Finding]:
    """Sub-processes that lie in too many others."""
    todo = [(each, 0) for each in children(root, "process")]
    while todo:
        scope, depth = todo.pop()
        if depth > _DEEPEST:
            yield about(scope, file, "process.too_deep", limit=_DEEPEST)
        else:
            todo += [(each, depth + 1) for each in children(scope, *(_SCOPES - {"process"}))]


def _too_deep_with_parts(reading: _Reading) -> Iterator[Finding]:
    """Call activities by which too many sub-processes and parts run in one another; no part calls itself."""
    inside: dict[str, list[Step]] = {}
    for step in reading.steps.values():
        if step.kind == "part":
            inside.setdefault(step.inside, []).append(step)
    calls = {each.part for steps in inside.values() for each in steps}
    level, depth = [key for key in reading.processes if key not in calls], 0
    while level:
        depth += 1
        steps = {each.id: each for scope in level for each in inside.get(scope, ())}
        if depth > _DEEPEST and steps:
            step = next(iter(steps.values()))
            facts = {"id": step.id, "name": step.name, "limit": _DEEPEST}
            yield Finding(f"{reading.files[step.inside]}#{step.id}", "process.too_deep", facts)
            return
        level = list(dict.fromkeys(each.part or "" for each in steps.values()))


def _reaches(reading: _Reading, key: str, goal: str, seen: set[str]) -> bool:
    if key == goal:
        return True
    if key in seen or key not in reading.processes:
        return False
    seen.add(key)
    return any(_reaches(reading, step.part or "", goal, seen) for step in _calls(reading, key))


def _main(reading: _Reading, keys: list[str], file: str) -> str | None:
    """The process of the main file that no other one calls."""
    called = {step.part for step in reading.steps.values() if step.kind == "part"}
    free = [key for key in keys if key not in called]
    if len(free) == 1:
        return free[0]
    if not reading.findings:
        code = "process.several" if free else "process.none"
        reading.findings.append(Finding(file, code, {"keys": ", ".join(free)}))
    return None


def _ordered(reading: _Reading, scope: str) -> list[str]:
    out: list[str] = []
    for ident in reading.order.get(scope, ()):
        out.append(ident)
        step = reading.steps[ident]
        if step.part:
            out.extend(each for each in _ordered(reading, step.part) if each not in out)
    return out


def _made(reading: _Reading, key: str) -> Process:
    spec, parts = _built(reading, key)
    order = tuple(dict.fromkeys(_ordered(reading, key)))
    steps = {ident: reading.steps[ident] for ident in order}
    return Process(
        key=key,
        name=source.called(reading.processes[key][0]),
        steps=steps,
        links=tuple(flow for flow in reading.flows if flow.source in steps),
        order=order,
        decisions=frozenset(step.decision for step in steps.values() if step.decision),
        messages=frozenset(step.message for step in steps.values() if step.message),
        undone={step.undoes: step.id for step in steps.values() if step.undoes},
        spec=spec,
        parts=parts,
    )


def _built(reading: _Reading, key: str) -> tuple[Any, dict[str, Any]]:
    return build([(source.for_library(root), name) for root, name in reading.roots], key, reading.steps, reading.processes[key][1])
