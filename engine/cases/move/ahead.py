"""What lies ahead of a case in a version: the steps it can still come to, and the names that these read and write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import rules
from engine import procedures, texts
from engine.calendar import FUNCTION_NAMES
from engine.flow import Process, Step
from engine.procedures import Bundle


def steps_ahead(process: Process, at: Iterable[str]) -> frozenset[str]:
    """Everything that can be done from these steps on, they included: along the flows, in and out of sub-processes, by events."""
    seen, todo = set[str](), [each for each in at if each in process.steps]
    while todo:
        ident = todo.pop()
        if ident not in seen:
            seen.add(ident)
            todo += _next(process, process.steps[ident])
    return frozenset(seen)


def _next(process: Process, step: Step) -> Iterator[str]:
    yield from (link.target for link in process.links if link.source == step.id)
    for each in process.steps.values():
        if each.host == step.id or (step.kind == "part" and each.inside == (step.part or step.id)):
            yield each.id
        if each.kind == "part" and step.inside == (each.part or each.id):
            yield each.id  # the sub-process around it: what follows when it is over
        if each.beside and each.inside == step.inside:
            yield each.id


def paths_read(bundle: Bundle, ahead: frozenset[str]) -> frozenset[str]:
    """The dotted names that these steps, the flows out of them, their forms, tables and letters read, and the sheet of the procedure."""
    found = set[str]()
    for ident in ahead:
        step = bundle.process.steps[ident]
        for text in _expressions(bundle, step):
            found |= _fields(text)
        if step.decision in bundle.decisions:
            found |= bundle.decisions[str(step.decision)].reads(str(step.decision))
        for name in (step.headers.get("letter"), f"notice-{step.headers.get('notice')}"):
            for text in bundle.letters.get(name or "", {}).values():
                found |= {path.removeprefix("shown.") for path in texts.read(text).paths}
    return frozenset(found)


def _expressions(bundle: Bundle, step: Step) -> Iterator[str]:
    yield from (link.condition for link in bundle.process.links if link.source == step.id and link.condition)
    yield from procedures.texts_of(step)
    if step.form in bundle.forms:
        yield from (text for _, text, _ in bundle.forms[str(step.form)].expressions())
    if step.action == "issue" and bundle.about.validity:
        yield from (text for text in (bundle.about.validity.from_, bundle.about.validity.until) if text)


def _fields(text: str) -> frozenset[str]:
    try:
        return rules.compile(text.strip(), names=FUNCTION_NAMES).fields
    except rules.RuleError:
        return frozenset()  # the checks before publishing have said so


def names_written(bundle: Bundle, steps: Iterable[str]) -> frozenset[str]:
    """The names that these steps write."""
    found = set[str]()
    for ident in steps:
        step = bundle.process.steps[ident]
        found |= {ident, *(name for name, _ in step.outputs)}
        found |= {name for name in (step.form, step.result, step.loop.results if step.loop else None) if name}
    return frozenset(found)
