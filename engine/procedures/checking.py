"""Holding a bundle against every rule in `checks/`. A rule is one file there, found by being there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from engine.flow import Step
from rules import Finding

from .bundle import Bundle
from .names import CONTEXT
from .sentences import teach

DIAGRAM = "process.bpmn"


@dataclass(frozen=True, eq=False)
class Seen:
    """What a rule looks at. `actions`: what each automatic step writes, by name; None when nobody said which exist."""

    bundle: Bundle
    actions: Mapping[str, Any] | None

    @property
    def steps(self) -> Iterator[Step]:
        """The steps of the diagram, in reading order."""
        return (self.bundle.process.steps[ident] for ident in self.bundle.process.order)

    def of_kind(self, *kinds: str) -> Iterator[Step]:
        """The steps of these kinds, in reading order."""
        return (step for step in self.steps if step.kind in kinds)

    @cached_property
    def names(self) -> Mapping[str, Any]:
        """Every name that expressions may read, with its type."""
        return {**CONTEXT, **dict.fromkeys(self._of_loops(), "any"), **{name: kind for name, kind, _ in written(self)}}

    def _of_loops(self) -> Iterator[str]:
        """The names that exist while a step is done several times."""
        for step in self.steps:
            if step.loop and step.loop.collection:
                yield from LOOP_NAMES
                yield from ([step.loop.element] if step.loop.element else ())

    def at(self, step: Step, code: str, **facts: object) -> Finding:
        """A finding about a step."""
        return Finding(f"{DIAGRAM}#{step.id}", code, {"id": step.id, "name": step.name, **facts})


def written(seen: Seen) -> Iterator[tuple[str, Any, str]]:
    """Every name that is written, its type, and where: forms under their key, automatic steps under their id, decisions and scripts
    under their result."""
    for key, form in seen.bundle.forms.items():
        yield key, form.scope(), seen.bundle.places[f"form {key}"]
    for step in seen.steps:
        place = f"{DIAGRAM}#{step.id}"
        if step.kind == "rule" and step.result:
            yield step.result, _output(seen.bundle, step.decision or ""), place
        elif step.kind == "script" and step.result:
            yield step.result, "any", place
        elif step.kind in {"service", "receive"}:
            yield step.id, (seen.actions or {}).get(step.action or "", "any"), place
        yield from ((name, "any", place) for name, _ in step.outputs)
        if step.loop and step.loop.results:
            yield step.loop.results, "any", place


def _output(bundle: Bundle, decision: str) -> Any:
    decisions = bundle.decisions.get(decision)
    return "any" if decisions is None else decisions.output_type(decision)


LOOP_NAMES = ("loopCounter", "numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances", "numberOfTerminatedInstances")
Rule = Callable[[Seen], Iterable[Finding]]


@cache
def rules_of_the_house() -> Mapping[str, Rule]:
    """Every rule, by the name of its file."""
    found: dict[str, Rule] = {}
    for each in sorted(pkgutil.iter_modules([str(Path(__file__).parent / "checks")]), key=lambda module: module.name):
        module = importlib.import_module(f"engine.procedures.checks.{each.name}")
        teach(module.SENTENCES)
        found[each.name] = module.check
    return found


def check(bundle: Bundle, *, actions: Mapping[str, Any] | Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Everything the rules have against a bundle, by place.

    `actions`: the automatic steps that exist, by name with the shape of what they write (`{"number": "string"}`) or names alone;
    without it, action names are not checked and what they write may be anything.
    """
    known = actions if actions is None or isinstance(actions, Mapping) else dict.fromkeys(actions, "any")
    seen = Seen(bundle, known)
    found = {
        (finding.place, finding.code, repr(sorted(finding.facts.items(), key=str))): finding
        for rule in rules_of_the_house().values()
        for finding in rule(seen)
    }
    return tuple(found[key] for key in sorted(found))
