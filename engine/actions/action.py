"""The face of an automatic step, and what it is given to work with."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import rules
from engine.flow import Step
from engine.office import Office
from engine.people import Addressee, Person
from engine.procedures import Bundle
from engine.store import EngineError, Session


class ActionUnknown(EngineError):
    """The automatic step {action} does not exist in this version of Loket."""

    code = "actions.unknown"


class GateClosed(EngineError):
    """The permit cannot be issued yet: {why}."""

    code = "actions.gate_closed"


class Acted(Protocol):
    """What an action may know and change of a case (the case row of engine.cases has this shape)."""

    id: str
    number: str | None
    procedure_key: str
    version_id: str
    applicant_id: str
    submitted_at: datetime | None
    complete_since: datetime | None
    due_at: datetime | None


class History(Protocol):
    """What was done and what is open in a case; each is looked up only when it is asked for.

    `fired` tells which table rows gave a decision's newest value; `sent_by` which officer has sent a form last (None: nobody); `officers`
    are (step, person) in the order in which they were done, without the applicant's; `waiting` are the steps of people that are open, and
    messages and moments that are awaited.
    """

    def fired(self, decision: str) -> list[dict[str, Any]]: ...
    def sent_by(self, form: str) -> str | None: ...
    @property
    def officers(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def waiting(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Work:
    """One automatic step of one case at one moment. `charged`: the steps that have charged the case so far; who charges says so here."""

    session: Session
    office: Office
    case: Any
    bundle: Bundle
    step: Step
    facts: Mapping[str, Any]
    context: Mapping[str, Any]
    applicant: Person | Addressee
    history: History
    at: datetime
    charged: list[str]

    def header(self, name: str, default: Any = None) -> Any:
        """A field of the step: text as it is, or the value of a FEEL expression when it begins with `=`."""
        text = self.step.headers.get(name)
        if text is None:
            return default
        if not text.strip().startswith("="):
            return text
        feel, calendar = text.strip()[1:], self.office.calendar  # today is the office's day, not Greenwich's
        written = " ".join(feel.split())
        functions = {name: function for name, function in calendar.functions(self.at).items() if name in written}
        return rules.evaluate(feel, self._read_by(feel, functions), now=calendar.local(self.at), functions=functions)

    def _read_by(self, feel: str, functions: Mapping[str, Any]) -> dict[str, Any]:
        """What an expression reads of the facts and the context: the facts are unpacked only as far as somebody asks for them."""
        try:
            names = {path.partition(".")[0] for path in rules.compile(feel, names=functions).fields}
        except rules.RuleError:
            return {**self.context, **self.facts}
        known = ((name, source[name]) for source in (self.context, self.facts) for name in names if name in source)
        return dict(known)


class Action(Protocol):
    """A module in this folder."""

    NAME: str
    TITLE: Mapping[str, str]
    FIELDS: Mapping[str, str]
    LABELS: Mapping[str, Mapping[str, str]]
    WRITES: Mapping[str, Any]
    LATER: bool

    def prepare(self, work: Work) -> Any:
        """What takes long and changes nothing (a letter set in type). Only called when LATER."""
        ...

    def run(self, work: Work, prepared: Any = None) -> dict[str, Any]:
        """Do it inside the caller's unit; the answer is kept under the step's id."""
        ...


@cache
def actions() -> Mapping[str, Any]:
    """All automatic steps by name."""
    found = {}
    for each in pkgutil.iter_modules([str(Path(__file__).parent)]):
        module = importlib.import_module(f"engine.actions.{each.name}")
        if hasattr(module, "NAME"):
            found[module.NAME] = module
    return found


def find(name: str | None) -> Any:
    """The action of this name. Raises ActionUnknown."""
    try:
        return actions()[name or ""]
    except KeyError:
        raise ActionUnknown(action=name) from None
