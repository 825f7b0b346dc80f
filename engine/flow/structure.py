"""What is wrong with how the nodes are connected: everything that the library would do silently wrong, or not do at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rules import Finding

from . import cures
from .model import Link, Step
from .source import Element, about, called, children, feel, link_events, local

_SPLITS = frozenset({"exclusive", "inclusive", "parallel", "race"})
_CONDITIONED = frozenset({"exclusive", "inclusive"})
# What can be behind an event-based gateway: something that happens.
_HAPPENS = frozenset({"receive", "timer", "signal", "condition"})
# A boundary event only ever happens on something that stays open.
_HOSTS = frozenset({"user", "service", "receive", "part"})


def links(scope: Element, file: str) -> tuple[list[Link], list[Finding]]:
    """The sequence flows of one process or sub-process, in the order of the file."""
    defaults = {node.get("default") for node in scope if node.get("default")}
    found: list[Link] = []
    wrong: list[Finding] = []
    for flow in children(scope, "sequenceFlow"):
        texts = [(each.text or "").strip() for each in children(flow, "conditionExpression")]
        text = texts[0] if texts else ""
        if text and not text.startswith("="):
            wrong.append(about(flow, file, "process.condition_not_feel", like=cures.like(text)))
        ident, otherwise = flow.get("id", ""), flow.get("id") in defaults
        link = Link(ident, flow.get("sourceRef", ""), flow.get("targetRef", ""), flow.get("name", "").strip(), feel(text), otherwise)
        if link.condition and otherwise:
            wrong.append(about(flow, file, "process.default_condition"))
        found.append(link)
    jumps, wrong_jumps = _jumps(scope, file)
    return found + jumps, wrong + wrong_jumps


def _jumps(scope: Element, file: str) -> tuple[list[Link], list[Finding]]:
    """Link events, as the flows that they stand for."""
    thrown, caught = (link_events(scope, tag) for tag in ("intermediateThrowEvent", "intermediateCatchEvent"))
    wrong = [about(node, file, "process.link_target", link=name) for node, name in thrown if [n for _, n in caught].count(name) != 1]
    drawn = children(scope, "sequenceFlow")
    joined = {flow.get("sourceRef") for flow in drawn}, {flow.get("targetRef") for flow in drawn}
    for side, events in zip(joined, (thrown, caught), strict=True):
        wrong.extend(about(node, file, "process.link_flow") for node, _ in events if node.get("id") in side)
    if wrong:
        return [], wrong
    targets = {name: node.get("id", "") for node, name in caught}
    return [Link(f"{node.get('id')}.link", node.get("id", ""), targets[name]) for node, name in thrown], []


def check(scope: Element, nodes: dict[str, Element], steps: dict[str, Step], flows: list[Link], file: str) -> Iterator[Finding]:
    """Everything wrong with one process or sub-process. `nodes` and `steps` are those directly in it."""
    kinds = Counter(step.kind for step in steps.values())
    starts = sum(1 for node in nodes.values() if local(node) == "startEvent")
    if starts != 1:
        yield about(scope, file, "process.start", count=starts)
    if not kinds["end"]:
        yield about(scope, file, "process.end")
    yield from _flows(flows, nodes, steps, file)
    out: dict[str, list[Link]] = {}
    for flow in flows:
        if flow.target in nodes:
            out.setdefault(flow.source, []).append(flow)
    for ident, step in steps.items():
        ways = out.get(ident, [])
        yield from _ways_out(nodes[ident], step, ways, file)
        yield from _conditions(nodes[ident], step, ways, file)
        yield from _host(nodes[ident], step, steps, file)
        if step.kind == "race":
            yield from _race(nodes[ident], ways, steps, flows, file)


def _flows(flows: list[Link], nodes: dict[str, Element], steps: dict[str, Step], file: str) -> Iterator[Finding]:
    for (first, second), count in Counter((flow.source, flow.target) for flow in flows if flow.source and flow.target).items():
        if count > 1:
            ends = {
                "source": called(nodes[first]) if first in nodes else first,
                "target": called(nodes[second]) if second in nodes else second,
            }
            yield Finding(f"{file}#{first}", "process.same_flow", ends)
    for flow in flows:
        if flow.source not in nodes or flow.target not in nodes:
            facts = {"id": flow.id, "source": flow.source, "target": flow.target}
            yield Finding(f"{file}#{flow.id}", "process.flow_ends" if flow.source and flow.target else "process.flow_loose", facts)
            continue
        target, source = steps.get(flow.target), steps.get(flow.source)
        if target and target.kind == "start":
            yield about(nodes[flow.target], file, "process.into_start")
        for end in (target, source):
            if end and end.beside:
                yield about(nodes[end.id], file, "process.flow_beside")
        if target and target.host:
            yield about(nodes[flow.target], file, "process.into_boundary")
        if source and source.kind == "end":
            yield about(nodes[flow.source], file, "process.out_of_end")


def _ways_out(node: Element, step: Step, ways: list[Link], file: str) -> Iterator[Finding]:
    is_link = local(node) == "intermediateThrowEvent" and children(node, "linkEventDefinition")
    if not ways and step.kind != "end" and not step.beside and not is_link and node.get("isForCompensation") != "true":
        yield about(node, file, "process.dead_end")
    if len(ways) > 1 and step.kind not in _SPLITS and step.kind != "end":
        yield about(node, file, "process.fork", count=len(ways))


def _conditions(node: Element, step: Step, ways: list[Link], file: str) -> Iterator[Finding]:
    if node.get("default") and node.get("default") not in {flow.id for flow in ways}:
        yield about(node, file, "process.default_unknown", flow=node.get("default"))
    for flow in ways:
        facts = {"id": flow.id, "source": step.name}
        if step.kind not in _CONDITIONED and (flow.condition or flow.otherwise):
            yield Finding(f"{file}#{flow.id}", "process.condition_ignored", facts)
        if step.kind in _CONDITIONED and len(ways) > 1 and not flow.condition and not flow.otherwise:
            yield Finding(f"{file}#{flow.id}", "process.condition_missing", facts)


def _host(node: Element, step: Step, steps: dict[str, Step], file: str) -> Iterator[Finding]:
    if local(node) != "boundaryEvent":
        return
    host = steps.get(step.host or "")
    if host is None and step.host:
        yield about(node, file, "process.no_host", host=step.host)
    elif host is None or host.kind not in _HOSTS or host.host:
        yield about(node, file, "process.bad_host", host=host.name if host else step.host or "?")


def _race(node: Element, ways: list[Link], steps: dict[str, Step], flows: list[Link], file: str) -> Iterator[Finding]:
    """Behind an event-based gateway there are events, at least two, that are reached from there alone."""
    if len(ways) < 2:
        yield about(node, file, "process.race_of_one")
    watched = {step.host for step in steps.values()}
    for flow in ways:
        target = steps.get(flow.target)
        alone = sum(1 for each in flows if each.target == flow.target) == 1
        if target and (target.kind not in _HAPPENS or target.loop or target.id in watched or not alone):
            yield about(node, file, "process.race_target", target=target.name)


def reading_order(start: str | None, steps: dict[str, Step], flows: list[Link]) -> list[str]:
    """Ids in the order in which a person reads the diagram: what comes before stands before (loops back aside), the first way out
    before the second, what hangs on a step after it, and what cannot be reached last."""
    ways: dict[str, list[str]] = {}
    for flow in flows:
        ways.setdefault(flow.source, []).append(flow.target)
    for step in steps.values():
        if step.host:
            ways.setdefault(step.host, []).append(step.id)
    left = _left(start, ways) if start else []
    seen = dict.fromkeys(ident for ident in reversed(left) if ident in steps)
    return [*seen, *(ident for ident in steps if ident not in seen)]


def _left(start: str, ways: dict[str, list[str]]) -> list[str]:
    """The ids in the order in which a depth-first walk, last way out first, is done with them."""
    seen, done = {start}, []
    path = [(start, list(ways.get(start, ())))]
    while path:
        ident, todo = path[-1]
        if not todo:
            done.append(ident)
            path.pop()
        elif (following := todo.pop()) not in seen:
            seen.add(following)
            path.append((following, list(ways.get(following, ()))))
    return done
