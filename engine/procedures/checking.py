"""Holding a bundle against every rule in `checks/`. A rule is one file there, found by being there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast
from weakref import WeakKeyDictionary

from engine.flow import Process, Step
from rules import Finding

from .bundle import Bundle
from .names import CONTEXT
from .naming import Names, Words, both, where
from .routes import Routes
from .sentences import teach
from .telling import told
from .tokens import Explored, explore

DIAGRAM = "process.bpmn"
_SHOWN = 4


@dataclass(frozen=True, eq=False)
class Alone:
    """A diagram without a folder around it: what of a bundle there is then."""

    process: Process
    forms: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[str, Any] = field(default_factory=dict)
    letters: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    about: None = None

    @cached_property
    def explored(self) -> Explored:
        """Every way a case can take through the diagram."""
        return explore(self.process)


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

    @property
    def permit_steps(self) -> list[Step]:
        """The automatic steps that issue the permit itself."""
        letter = self.bundle.about.letters.get("issued") if self.bundle.about else None
        return [step for step in self.of_kind("service") if step.action == "issue" and letter and step.headers.get("letter") == letter]

    @cached_property
    def names(self) -> Mapping[str, Any]:
        """Every name that expressions may read, with its type; of a form that is missing (which its step tells) anything."""
        missing = {step.form: "any" for step in self.of_kind("user") if step.form and step.form not in self.bundle.forms}
        known = {name: kind for name, kind, _ in written(self)}
        return {**CONTEXT, **missing, **known}

    def given(self, step: Step) -> dict[str, Any]:
        """The names that exist only while a step is done, which lie over the facts of the case: its inputs, its member of a list, and
        the same of the sub-processes it lies in."""
        own = [name for name, _ in step.inputs]
        if step.loop and step.loop.collection:
            own += [*LOOP_NAMES, *([step.loop.element] if step.loop.element else [])]
        return {**self.given_around(step), **dict.fromkeys(own, "any")}

    def given_around(self, step: Step) -> dict[str, Any]:
        """The same of the sub-processes alone that a step lies in, and of every step that calls the part it lies in."""
        host = self.bundle.process.steps.get(step.host or "")
        around = [each for each in self.steps if each.kind == "part" and each.part == step.inside]
        found = {name: kind for each in around for name, kind in self.given(each).items()}
        return {**found, **self.given(host)} if host is not None else found

    @property
    def explored(self) -> Explored:
        """Every way through the diagram; walked once for a bundle."""
        return self.bundle.explored

    @property
    def is_sound(self) -> bool:
        """Whether every way through the diagram comes to an end: only then is it worth saying what is missing on one of them."""
        return not self.explored.stuck and not self.explored.twice

    @cached_property
    def routes(self) -> Routes:
        """What is certain before each step."""
        return Routes(self.bundle.process, self.explored)

    @cached_property
    def called(self) -> Names:
        """What steps and ways are called."""
        return Names(self.bundle.process, self.bundle.texts)

    def where(self, place: str) -> Words | None:
        """A place in words."""
        return where(place, self.bundle.files, self.called)

    def at(self, step: Step, code: str, **facts: object) -> Finding:
        """A finding about a step; `step` is what it is called."""
        return Finding(f"{DIAGRAM}#{step.id}", code, {"id": step.id, "name": step.name, "step": self.called.step(step.id), **facts})

    def path(self, passed: Iterable[str]) -> Words:
        """The way a case has come, in words: `“Apply”, then “Result?”: “Complete”`; its last part when it is long."""
        parts: list[Words] = []
        for ident in passed:
            part = self._passed(ident)
            if part and (not parts or parts[-1] != part):
                parts.append(part)
        if not parts:
            return both("awal perkara", "the start of the case")
        shown = parts[-_SHOWN:]
        dots = "… " if len(parts) > _SHOWN else ""
        return both(dots + ", lalu ".join(each["id"] for each in shown), dots + ", then ".join(each["en"] for each in shown))

    def _passed(self, ident: str) -> Words | None:
        """People's steps, events on a boundary and named choices: what a clerk sees of a case's way."""
        step = self.bundle.process.steps.get(ident)
        if step is not None:
            is_shown = step.kind in {"user", "receive", "timer"} or step.host
            return self.called.step(ident) if is_shown else None
        link = self.called.links.get(ident)
        if link is None or not link.name:
            return None
        asked = self.called.step(link.source)
        return both(f"{asked['id']} dengan “{link.name}”", f"{asked['en']} with “{link.name}”")


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
        elif step.kind in {"service", "receive"} or (step.kind == "start" and step.message):
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
        teach(module.SENTENCES, getattr(module, "WARNINGS", ()))
        found[each.name] = module.check
    return found


def check(bundle: Bundle, *, actions: Mapping[str, Any] | Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Everything the rules have against a bundle, by place; the same thing at several places is told once. Looked for once per bundle.

    `actions`: the automatic steps that exist, by name with the shape of what they write (`{"number": "string"}`) or names alone;
    without it, action names are not checked and what they write may be anything.
    """
    known = actions if actions is None or isinstance(actions, Mapping) else dict.fromkeys(actions, "any")
    findings, asked = _found.setdefault(bundle, {}), repr(known and sorted(known.items()))
    if asked not in findings:
        seen = Seen(bundle, known)
        findings[asked] = told((finding for rule in rules_of_the_house().values() for finding in rule(seen)), bundle.files, seen.called)
    return findings[asked]


_found: WeakKeyDictionary[Bundle, dict[str, tuple[Finding, ...]]] = WeakKeyDictionary()


_OF_A_DIAGRAM = ("is_reachable", "cannot_get_stuck", "has_otherwise", "has_real_timers", "hears_what_is_sent", "reads_what_was_asked")


def check_diagram(process: Process) -> tuple[Finding, ...]:
    """What the rules have against a diagram alone, of whatever tool: what they can say without forms, tables and letters."""
    seen = Seen(cast(Bundle, Alone(process)), None)
    return told((finding for name in _OF_A_DIAGRAM for finding in rules_of_the_house()[name](seen)), {}, seen.called)
