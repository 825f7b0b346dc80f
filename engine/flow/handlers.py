"""Compensation in a drawing: the event on the boundary of a step, the step that undoes it, and the association between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules import Finding

from .model import Link, Step
from .source import Element, about, bpmn, children, local

_UNDONE = frozenset({"user", "service", "receive", "rule", "script", "part"})
COMPENSATION = "compensateEventDefinition"


def is_mark(node: Element) -> bool:
    """Whether this is the boundary event that says by what a step is undone. No token ever waits at it."""
    return local(node) == "boundaryEvent" and bool(children(node, COMPENSATION))


def undone(scope: Element, steps: Mapping[str, Step], flows: list[Link], file: str) -> tuple[dict[str, str], list[Finding]]:
    """The step that undoes, for each step that can be undone; and what is wrong with it."""
    ends = {(each.get("sourceRef"), each.get("targetRef")) for each in scope.getroottree().getroot().iter(bpmn("association"))}
    found: dict[str, str] = {}
    wrong: list[Finding] = []
    for mark in filter(is_mark, scope):
        ident, host = mark.get("id", ""), steps.get(mark.get("attachedToRef", ""))
        handlers = [each for each in steps if (ident, each) in ends or (each, ident) in ends]
        if len(handlers) != 1:
            wrong.append(about(mark, file, "process.undo_nothing"))
        elif host is None or host.kind not in _UNDONE or host.host or host.beside or host.loop or host.id in found:
            wrong.append(about(mark, file, "process.undo_host", host=host.name if host else mark.get("attachedToRef")))
        else:
            found[host.id] = handlers[0]
    nodes = {node.get("id"): node for node in scope}
    for handler in found.values():
        led = any(handler in {flow.source, flow.target} for flow in flows) or any(step.host == handler for step in steps.values())
        if steps[handler].kind not in _UNDONE or led:
            wrong.append(about(nodes[handler], file, "process.undo_handler"))
    for node in scope:
        if node.get("isForCompensation") == "true" and node.get("id") in steps and node.get("id") not in found.values():
            wrong.append(about(node, file, "process.undo_alone"))
    return found, wrong


def marked(steps: dict[str, Step], found: Mapping[str, str]) -> dict[str, Step]:
    """The steps, those that undo others marked as such."""
    back = {handler: host for host, handler in found.items()}
    return {ident: replace(step, undoes=back.get(ident)) for ident, step in steps.items()}


def check(steps: Mapping[str, Step], files: Mapping[str, str]) -> Iterator[Finding]:
    """Over the whole diagram: nothing is undone that is done for each of several members, and what is named can be undone."""
    handled = {step.undoes for step in steps.values() if step.undoes}
    inside = {step.inside for step in steps.values() if step.undoes}
    for step in steps.values():
        place, facts = f"{files.get(step.inside, 'process.bpmn')}#{step.id}", {"id": step.id, "name": step.name}
        if step.undoes and _is_in_several(steps, step.inside, frozenset()):
            yield Finding(place, "process.undo_several", facts)
        if step.event != "compensation" or step.kind not in {"pass", "end"}:
            continue
        if step.message and not (step.message in handled or _holds(steps, step.message, inside)):
            yield Finding(place, "process.undo_unknown", {**facts, "what": step.message})


def _holds(steps: Mapping[str, Step], ident: str, scopes: set[str]) -> bool:
    """Whether this is a sub-process in which something can be undone."""
    step = steps.get(ident)
    if step is None or step.part is None:
        return False
    inner = {each.part for each in steps.values() if each.inside == step.part and each.part}
    return step.part in scopes or any(_holds(steps, each, scopes) for each in inner if each and each != ident)


def _is_in_several(steps: Mapping[str, Step], scope: str, seen: frozenset[str]) -> bool:
    hosts = [step for step in steps.values() if step.part == scope and step.id not in seen]
    return any((step.loop and step.loop.collection) or _is_in_several(steps, step.inside, seen | {step.id}) for step in hosts)
