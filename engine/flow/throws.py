"""Errors and escalations over the whole diagram: each that is thrown is caught, and each that is caught can be thrown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules import Finding

from .model import Step

_PASSED_ON = frozenset({"error", "escalation"})


def check(steps: Mapping[str, Step], files: Mapping[str, str]) -> Iterator[Finding]:
    """`files`: the file of each process or sub-process."""
    throwing = [step for step in steps.values() if step.event in _PASSED_ON and step.kind in {"pass", "end"}]
    for step in throwing:
        if not _is_caught(steps, step, step.inside, frozenset()):
            yield _about(step, files, "process.not_caught", code=step.message)
    for step in steps.values():
        catches = step.event in _PASSED_ON and (step.host or step.kind == "start")
        if catches and not any(_fits(step, each) and _is_within(steps, each.inside, _reach(steps, step)) for each in throwing):
            host = steps.get(step.host or "")
            yield _about(step, files, "process.never_thrown", code=step.message or step.event, host=host.name if host else step.inside)


def _about(step: Step, files: Mapping[str, str], code: str, /, **facts: object) -> Finding:
    return Finding(f"{files.get(step.inside, 'process.bpmn')}#{step.id}", code, {"id": step.id, "name": step.name, **facts})


def _fits(catch: Step, thrown: Step) -> bool:
    return catch.event == thrown.event and catch.message in {None, thrown.message}


def _is_caught(steps: Mapping[str, Step], thrown: Step, scope: str, seen: frozenset[str]) -> bool:
    beside = (step for step in steps.values() if step.beside and step.inside == scope and step.id not in seen)
    starts = (step for each in beside for step in steps.values() if step.kind == "start" and step.inside == each.id)
    if any(_fits(start, thrown) for start in starts):
        return True
    hosts = [step for step in steps.values() if step.part == scope and step.id not in seen]
    return bool(hosts) and all(
        any(_fits(step, thrown) for step in steps.values() if step.host == host.id)
        or _is_caught(steps, thrown, host.inside, seen | {host.id})
        for host in hosts
    )


def _reach(steps: Mapping[str, Step], catch: Step) -> str:
    """The (sub-)process out of which this event catches."""
    if catch.host:
        host = steps.get(catch.host)
        return (host.part if host else None) or catch.host
    beside = steps.get(catch.inside)
    return beside.inside if beside else catch.inside


def _is_within(steps: Mapping[str, Step], scope: str, outer: str, seen: frozenset[str] = frozenset()) -> bool:
    if scope == outer:
        return True
    hosts = [step for step in steps.values() if step.part == scope and step.inside not in seen]
    return any(_is_within(steps, host.inside, outer, seen | {scope}) for host in hosts)
