"""What one move of one case works with: its facts, the caller's world, and the notes of what happened.

The facts are kept plain, as they are stored, and made into values only when an expression reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import rules

from .errors import BadExpression, NoTime
from .model import Decision, Env, Process
from .steps import CYCLE


class Facts(Mapping[str, Any]):
    """The facts by name, as values (Decimal, date …). A name is converted from its stored form when it is first read."""

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self.plain = dict(plain)
        self._values: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            self._values[name] = rules.from_plain(self.plain[name])
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.plain)

    def __len__(self) -> int:
        return len(self.plain)

    def __repr__(self) -> str:
        return f"Facts({dict(self)!r})"

    def write(self, name: str, value: Any) -> None:
        """Keep a value (plain or not) under its name; the last one counts."""
        self.plain[name] = rules.plain(value)
        self._values.pop(name, None)

    def copy(self) -> Facts:
        return Facts(self.plain)


class Scene:
    """Facts, world and notes of one move."""

    def __init__(self, process: Process, facts: Facts, env: Env | None, passed: dict[str, None] | None = None) -> None:
        self.process = process
        self.facts = facts
        self._env = env
        self.decided: list[Decision] = []
        self.done: list[str] = []
        self.steps_passed: dict[str, None] = passed if passed is not None else {}
        self.ended: str | None = None

    @property
    def env(self) -> Env:
        if self._env is None:
            raise RuntimeError("a snapshot moves nothing and needs no world")
        return self._env

    def name(self, step: str) -> str:
        """What a person calls a step."""
        known = self.process.steps.get(step)
        return known.name if known else step

    def evaluate(self, text: str) -> Any:
        """The value of a FEEL text. Raises BadExpression when it cannot be read or asks for too much."""
        try:
            expression = rules.compile(text, names=tuple(sorted(self.env.functions)))
            return expression.evaluate(self._reading(expression), now=self.env.now, functions=self.env.functions)
        except rules.RuleError as wrong:
            raise BadExpression(text=text, reason=str(wrong)) from wrong

    def holds(self, text: str) -> bool:
        """Whether the condition is true; null, and what is no boolean, is not."""
        return self.evaluate(text.strip().removeprefix("=")) is True

    def _reading(self, expression: rules.Expression) -> dict[str, Any]:
        """Only what the expression reads, so that a large application is not unpacked for one condition."""
        names = {path.partition(".")[0] for path in expression.fields}
        return {
            **{name: self.env.context[name] for name in names if name in self.env.context},
            **{name: self.facts[name] for name in names if name in self.facts},
        }

    def decide(self, step_id: str) -> None:
        step = self.process.steps[step_id]
        decided = self.env.decide(step.decision or "", {**self.env.context, **self.facts})
        self.facts.write(step.result or "", decided.value)
        self.decided.append(Decision(step, step.decision or "", decided.value, tuple(decided.fired)))

    def assign(self, step_id: str) -> None:
        step = self.process.steps[step_id]
        self.facts.write(step.result or "", self.evaluate(step.expression or "null"))

    def passed(self, step_id: str, task: Any) -> None:
        """Note that a step is done, and write what it hands on."""
        step = self.process.steps.get(step_id)
        if step is None:
            return
        self.steps_passed[step_id] = None
        self.done.append(str(task.id))
        for name, text in step.outputs:
            self.facts.write(name, self.evaluate(text))
        if step.kind == "end" and step.inside == self.process.key:
            self.ended = step_id

    def due(self, step_id: str) -> datetime:
        """When the timer rings, in UTC. Raises NoTime when its expression gives neither a moment, a day nor a duration."""
        step = self.process.steps[step_id]
        kind, text = step.when or ("timeDuration", "")
        value = self._time(kind, text)
        moment = moment_of(value, self.env.now)
        if moment is None:
            raise NoTime(step=step.id, name=step.name, value=value)
        return moment

    def again(self, step_id: str, notes: dict[str, Any]) -> dict[str, Any] | None:
        """The notes of a timer for the next time it rings, later than now; None when it has rung often enough."""
        kind, text = self.process.steps[step_id].when or ("", "")
        found = CYCLE.match(text) if kind == "timeCycle" else None
        if found is None:
            return None
        left = notes.get("left", int(found[1]) if found[1] else None)
        due = datetime.fromisoformat(notes["due"])
        while due <= self.env.now and (later := moment_of(self._time(kind, text), due)) and later > due:
            due = later
        more = {"due": due.isoformat(), **({} if left is None else {"left": left - 1})}
        return more if due > self.env.now and (left is None or left > 1) else None

    def _time(self, kind: str, text: str) -> Any:
        if text.startswith("="):
            return self.evaluate(text.removeprefix("="))
        if kind == "timeCycle":
            return rules.evaluate("duration(text)", {"text": text.rpartition("/")[2]})
        make = "duration" if kind == "timeDuration" else "date and time" if "T" in text else "date"
        return rules.evaluate(f"{make}(text)", {"text": text}, now=self.env.now)

    def is_due(self, at: str) -> bool:
        return datetime.fromisoformat(at) <= self.env.now


def moment_of(value: Any, now: datetime) -> datetime | None:
    """The UTC moment that a FEEL value means: a moment, the beginning of a day in the zone of `now`, or a duration from `now`."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=now.tzinfo)
    elif isinstance(value, date):
        moment = datetime.combine(value, time(), now.tzinfo)
    elif isinstance(value, timedelta):
        moment = now + value
    else:
        later = rules.evaluate("start + wait", {"start": now, "wait": value}, now=now)
        if not isinstance(later, datetime):
            return None
        moment = later
    return moment.astimezone(UTC)
