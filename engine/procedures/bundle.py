"""Everything a procedure is made of, read: immutable, shared by all cases that began with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import rules
from engine.flow import Facts, Process
from forms import Form

from . import derived
from .about import Procedure
from .derived import PublicStep, Requirement
from .names import FUNCTIONS
from .pack import fingerprint, pack
from .table_tests import TableTest
from .tokens import Explored, explore


@dataclass(frozen=True, eq=False)
class Bundle:
    """A procedure: made by `read_folder` and `read_files` only.

    `forms` by key; `decisions` by decision id (one DMN file may have several); `letters` by name and language; `texts` by language;
    `stories` by name; `models` and `tests` (the rows that try its tables) by the name of the DMN file. `places` are the files' places of
    the decisions and forms, for findings.
    """

    files: Mapping[str, bytes] = field(repr=False)
    about: Procedure
    process: Process
    forms: Mapping[str, Form]
    decisions: Mapping[str, rules.Decisions]
    letters: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, Mapping[str, Any]]
    stories: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, str] = field(repr=False)
    models: Mapping[str, rules.Decisions] = field(repr=False)
    tests: Mapping[str, tuple[TableTest, ...]]

    @property
    def key(self) -> str:
        """The key of the procedure; the same for all its versions."""
        return self.about.key

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of all names and contents."""
        return fingerprint(self.files)

    @cached_property
    def explored(self) -> Explored:
        """Every way a case can take through the diagram; walked once."""
        return explore(self.process)

    def packed(self) -> bytes:
        """The bundle as the bytes that are stored and exchanged."""
        return pack(self.files)

    @property
    def days(self) -> int:
        """Working days promised for the whole case."""
        return self.about.time.days

    def days_for(self, facts: Mapping[str, Any]) -> int:
        """Working days for a case with these facts: the first of `days_when` that holds, or `days`.

        A condition that cannot be read does not hold: publishing refuses it, a draft may still have it.
        """
        for condition, days in self._days_when:
            with suppress(rules.RuleError):
                if condition.holds(facts.only(condition.fields) if isinstance(facts, Facts) else dict(facts)):
                    return days
        return self.days

    @cached_property
    def _days_when(self) -> list[tuple[rules.Expression, int]]:
        """The conditions that can be read."""
        read = []
        for each in self.about.time.days_when:
            with suppress(rules.RuleError):
                condition = rules.compile(each.when, names=FUNCTIONS)
                read.append((condition, each.days))
        return read

    def decide(
        self,
        decision: str,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., Any]] | None = None,
    ) -> rules.Decided:
        """Make a decision of the bundle. Raises rules.DecisionError when there is none of this id."""
        found = self.decisions.get(decision)
        if found is None:
            raise rules.DecisionError("dmn.no_decision", f"there is no decision {decision!r} in {self.key}", place=decision)
        return found.decide(decision, context, now=now, functions=functions)

    def letter(self, name: str, lang: str) -> str:
        """The text of a letter in a language, or in Indonesian. Raises KeyError when there is no such letter."""
        texts = self.letters[name]
        return texts.get(lang) or texts["id"]

    def text(self, kind: str, key: str, lang: str, default: str = "") -> str:
        """A word from `texts/` (`steps`, `status`, `desks`, `fees`), in a language, or in Indonesian, or the default."""
        for each in (lang, "id"):
            found = self.texts.get(each, {}).get(kind, {}).get(key)
            if found:
                return str(found)
        return default or key

    def awaits(self, message: str, lang: str) -> str:
        """What the step is called that waits for a message, or "" when none does, or it has no name."""
        step = next((each for each in self.process.steps.values() if each.message == message and each.kind == "receive"), None)
        return self.step_name(step.id, lang) if step else ""

    def step_name(self, ident: str, lang: str) -> str:
        """What a step is called: in Indonesian as the diagram does, in English by `[names]`, else as the public reads it; perhaps ""."""
        step = self.process.steps[ident]
        drawn = step.name if step.name != ident else ""
        if lang == "id":
            return drawn
        own = self.texts.get(lang, {})
        public = step.properties.get("public", "")
        return str(own.get("names", {}).get(ident) or (own.get("steps", {}).get(public) if public else "") or drawn)

    @property
    def application(self) -> Form | None:
        """The form of the applicant's first step."""
        return derived.application(self)

    def requirements(self, lang: str) -> tuple[Requirement, ...]:
        """The papers an applicant has to bring, as the public page shows them."""
        return derived.requirements(self, lang)

    def steps(self, lang: str) -> tuple[PublicStep, ...]:
        """The steps as the public page shows them."""
        return derived.steps(self, lang)
