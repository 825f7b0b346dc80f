"""What one move of one case works with: its facts, the caller's world, and the notes of what happened.

The facts are kept plain, as they are stored, and made into values only when an expression reads them.
"""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import rules

from .errors import BadExpression, NoKey, NoTime
from .meanings import CYCLE
from .model import Decision, Env, Process, Sent, Step

# What the specification of one instance of a step is called, and of what waits for the start of a sub-process beside.
EACH = ".each"
LISTENER = ".on"


class Facts(Mapping[str, Any]):
    """The facts by name, as values (Decimal, date …). A name is converted from its stored form when it is first read.

    Those of one instance of a step lie over the `outer` ones: what is written there stays there, unless it `hands_on`.
    """

    def __init__(self, plain: Mapping[str, Any], outer: Facts | None = None, *, hands_on: bool = False) -> None:
        self.plain = dict(plain)
        self.outer = outer
        self._hands_on = hands_on
        self._values: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self.plain and self.outer is not None:
            return self.outer[name]
        if name not in self._values:
            self._values[name] = rules.from_plain(self.plain[name])
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self.plain or (self.outer is not None and name in self.outer)

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self.outer or ()), **self.plain})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def only(self, paths: Iterable[str]) -> dict[str, Any]:
        """What these paths read (`application.kelas`): of a form's answers only those; a large one is not unpacked for a condition."""
        read: dict[str, dict[str, Any] | None] = {}
        for path in paths:
            name, _, member = path.partition(".")
            known = read.setdefault(name, {})
            if member and known is not None and type(plain := self._plain_of(name)) is dict and "$" not in plain:
                inner = member.partition(".")[0]
                known.update({inner: rules.from_plain(plain[inner])} if inner in plain else {})
            else:
                read[name] = None
        return {name: self[name] if known is None else known for name, known in read.items() if name in self}

    def _plain_of(self, name: str) -> Any:
        return self.plain.get(name) if name in self.plain or self.outer is None else self.outer._plain_of(name)

    def local(self) -> dict[str, Any]:
        """What is not a fact of the whole case."""
        return {} if self.outer is None else {**self.outer.local(), **{name: self[name] for name in self.plain}}

    def __repr__(self) -> str:
        return f"Facts({dict(self)!r})"

    def write(self, name: str, value: Any) -> None:
        """Keep a value (plain or not) under its name; the last one counts."""
        self.write_plain(name, rules.plain(value))

    def write_plain(self, name: str, value: Any) -> None:
        """Keep a value that is in its stored form."""
        if self._hands_on and self.outer is not None:
            self.outer.write_plain(name, value)
            return
        self.plain[name] = value
        self._values.pop(name, None)

    def over(self, plain: Mapping[str, Any]) -> Facts:
        """These facts with others over them."""
        return Facts(plain, self)


class Scene:
    """Facts, world and notes of one move."""

    def __init__(self, process: Process, facts: Facts, env: Env | None, passed: dict[str, None] | None = None) -> None:
        self.process = process
        self.facts = facts
        self._env = env
        self._names: tuple[str, ...] | None = None
        self.decided: list[Decision] = []
        self.sent: list[Sent] = []
        self.done: list[str] = []
        self.steps_passed: dict[str, None] = passed if passed is not None else {}
        self.ended: str | None = None

    def go_on(self, env: Env) -> None:
        """One more move of the same case: nothing has happened in it yet."""
        self._env, self._names = env, None
        self.decided, self.sent, self.done = [], [], []

    @property
    def env(self) -> Env:
        if self._env is None:
            raise RuntimeError("a snapshot moves nothing and needs no world")
        return self._env

    def step(self, spec: str) -> Step | None:
        """The step that a specification runs: an instance runs the step it is an instance of, a listener the start it listens for."""
        return self.process.steps.get(spec.removesuffix(EACH).removesuffix(LISTENER))

    def name(self, spec: str) -> str:
        """What a person calls a step."""
        known = self.step(spec)
        return known.name if known else spec

    def evaluate(self, text: str, facts: Mapping[str, Any]) -> Any:
        """The value of a FEEL text. Raises BadExpression when it cannot be read or asks for too much."""
        env = self.env
        if self._names is None:
            self._names = tuple(sorted(env.functions))
        try:
            expression = rules.compile(text, names=self._names)
            written = " ".join(text.split())
            called = {name: function for name, function in env.functions.items() if name in written}
            return expression.evaluate(self._reading(expression, facts), now=env.now, functions=called)
        except rules.RuleError as wrong:
            raise BadExpression(text=text, reason=str(wrong)) from wrong

    def holds(self, text: str, facts: Mapping[str, Any]) -> bool:
        """Whether the condition is true; null, and what is no boolean, is not."""
        return self.evaluate(text.strip().removeprefix("="), facts) is True

    def _reading(self, expression: rules.Expression, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Only what the expression reads, so that a large application is not unpacked for one condition."""
        names = {path.partition(".")[0] for path in expression.fields}
        known = facts.only(expression.fields) if isinstance(facts, Facts) else {name: facts[name] for name in names if name in facts}
        return {**{name: self.env.context[name] for name in names if name in self.env.context}, **known}

    def inputs(self, step: Step, facts: Facts) -> dict[str, Any]:
        """What only this step sees, in its stored form; an input may read those before it."""
        given = Facts({}, facts)
        for name, text in step.inputs:
            given.write(name, self.evaluate(text, given))
        return given.plain

    def key(self, step: Step, facts: Mapping[str, Any]) -> str:
        """What tells a catcher from others of the same name. Raises NoKey when its expression comes to null."""
        key = key_of(self.evaluate(step.key or "null", facts))
        if key is None:
            raise NoKey(step=step.id, name=step.name)
        return key

    def decide(self, step: Step, facts: Facts) -> None:
        decided = self.env.decide(step.decision or "", ChainMap(facts, self.env.context))  # type: ignore[arg-type]  # it is only read
        facts.write(step.result or "", decided.value)
        self.decided.append(Decision(step, step.decision or "", decided.value, tuple(decided.fired)))

    def assign(self, step: Step, facts: Facts) -> None:
        facts.write(step.result or "", self.evaluate(step.expression or "null", facts))

    def passed(self, step: Step, task: str, facts: Facts) -> None:
        """Note that a step is done, and write what it hands on."""
        self.steps_passed[step.id] = None
        self.done.append(task)
        for name, text in step.outputs:
            facts.write(name, self.evaluate(text, facts))
        if step.kind == "end" and self.closes(step):
            self.ended = step.id

    def closes(self, step: Step) -> bool:
        """Whether an end event is one of the case itself: in the process, or in a sub-process that an event starts beside it."""
        inside = self.process.steps.get(step.inside)
        return self.closes(inside) if inside is not None and inside.beside else step.inside == self.process.key

    def plain(self, value: Any) -> Any:
        """The stored form of a value."""
        return rules.plain(value)

    def due(self, step: Step, facts: Mapping[str, Any]) -> datetime:
        """When the timer rings, in UTC. Raises NoTime when its expression gives neither a moment, a day nor a duration."""
        kind, text = step.when or ("timeDuration", "")
        value = self._time(kind, text, facts)
        moment = moment_of(value, self.env.now)
        if moment is None:
            raise NoTime(step=step.id, name=step.name, value=value)
        return moment

    def again(self, step: Step, notes: dict[str, Any], facts: Mapping[str, Any]) -> dict[str, Any] | None:
        """The notes of a timer for the next time it rings, later than now; None when it has rung often enough."""
        kind, text = step.when or ("", "")
        found = CYCLE.match(text) if kind == "timeCycle" else None
        if found is None:
            return None
        left = notes.get("left", int(found[1]) if found[1] else None)
        due = datetime.fromisoformat(notes["due"])
        while due <= self.env.now and (later := moment_of(self._time(kind, text, facts), due)) and later > due:
            due = later
        more = {"due": due.isoformat(), **({} if left is None else {"left": left - 1})}
        return more if due > self.env.now and (left is None or left > 1) else None

    def _time(self, kind: str, text: str, facts: Mapping[str, Any]) -> Any:
        if kind == "timeCycle":
            kind, text = "timeDuration", text.partition("/")[2]
        if text.startswith("="):
            return self.evaluate(text.removeprefix("="), facts)
        make = "duration" if kind == "timeDuration" else "date and time" if "T" in text else "date"
        return rules.evaluate(f"{make}(text)", {"text": text}, now=self.env.now)

    def is_due(self, at: str) -> bool:
        return datetime.fromisoformat(at) <= self.env.now


def key_of(value: object) -> str | None:
    """A correlation key as it is kept and compared: 7 and "7" are the same one. None for null."""
    plain = rules.plain(value)
    if isinstance(plain, dict) and set(plain) == {"$", "v"}:
        plain = plain["v"]
    return None if plain is None else plain if isinstance(plain, str) else json.dumps(plain, sort_keys=True)


def moment_of(value: Any, now: datetime) -> datetime | None:
    """The UTC moment that a FEEL value means: a moment, the beginning of a day in the zone of `now`, or a duration from `now`."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=now.tzinfo)
    elif isinstance(value, date):
        moment = datetime.combine(value, time(), now.tzinfo)
    elif isinstance(value, timedelta):
        moment = now.astimezone(UTC) + value  # on a clock with summer time, adding to local time would lose or win an hour
    else:
        later = rules.evaluate("start + wait", {"start": now, "wait": value}, now=now)
        if not isinstance(later, datetime):
            return None
        moment = later
    return moment.astimezone(UTC)
