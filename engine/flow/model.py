"""The plain values that go in and out of this room: what a process is made of, and what a step of a case changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class Decided(Protocol):
    """What the caller's `decide` answers; `rules.Decided` is one."""

    @property
    def value(self) -> Any: ...
    @property
    def fired(self) -> tuple[Any, ...]: ...


def _nothing_to_decide(decision: str, context: Mapping[str, object]) -> Decided:
    raise LookupError(f"no decisions were handed in, and {decision!r} is asked for")


@dataclass(frozen=True)
class Env:
    """What a move may know of the world.

    `now` is aware; its time zone is that of `today()` and of timers that name a day. `context` is what expressions may read
    besides the facts (`case`, `applicant`, `permit`). `functions` are FEEL functions by name (the calendar's `working days`).
    `decide` answers a decision by id.
    """

    now: datetime
    context: Mapping[str, object] = field(default_factory=dict)
    functions: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    decide: Callable[[str, Mapping[str, object]], Decided] = _nothing_to_decide

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError(f"Env.now needs a time zone: {self.now!r}")


@dataclass(frozen=True)
class Step:
    """One node of the diagram.

    `kind` is `user`, `service`, `rule`, `script`, `receive` (a task or an event that waits for a message), `timer`, `part` (a
    sub-process or a call activity), `start`, `end`, `pass` (an event without meaning), `exclusive` or `parallel`.
    `inside` is the id of the process or sub-process around it; `host` is the step that a boundary event hangs on. `outputs` are
    pairs (name, FEEL text) written when the step is done. `when` is the kind of time and its text, for a timer. `terminates`: an end
    that stops all other branches.
    """

    id: str
    name: str
    kind: str
    inside: str
    form: str | None = None
    desks: tuple[str, ...] = ()
    action: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    decision: str | None = None
    result: str | None = None
    expression: str | None = None
    message: str | None = None
    when: tuple[str, str] | None = None
    part: str | None = None
    host: str | None = None
    interrupting: bool = True
    terminates: bool = False
    outputs: tuple[tuple[str, str], ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether someone or something outside has to complete it."""
        return self.kind in WAITING_KINDS


WAITING_KINDS = frozenset({"user", "service", "receive"})


@dataclass(frozen=True)
class Link:
    """A sequence flow; `condition` is FEEL text without the leading "="."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None
    otherwise: bool = False


@dataclass(frozen=True)
class Process:
    """A diagram that has been read. Made by `load` only; many cases share one, in any number of threads; nothing changes it."""

    key: str
    name: str
    steps: Mapping[str, Step]
    links: tuple[Link, ...]
    order: tuple[str, ...]
    decisions: frozenset[str]
    messages: frozenset[str]
    spec: Any = field(repr=False, compare=False)
    parts: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Opened:
    """A task that waits to be completed."""

    task: str
    step: Step


@dataclass(frozen=True)
class Due:
    """A timer that runs: `at` is aware UTC, computed once when the timer was entered."""

    task: str
    step: Step
    at: datetime


@dataclass(frozen=True)
class Decision:
    """A decision that was taken by a table: the rows that fired are what the applicant may ask about."""

    step: Step
    name: str
    value: Any
    fired: tuple[Any, ...]


@dataclass(frozen=True)
class Moved:
    """What one move changed. `timers` are all timers that run after it; `ended` is the id of the end event that closed the case."""

    state: bytes
    opened: tuple[Opened, ...]
    done: tuple[str, ...]
    dropped: tuple[str, ...]
    timers: tuple[Due, ...]
    decided: tuple[Decision, ...]
    ended: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Snapshot:
    """How a case stands. `passed` are the ids of the steps that were completed at least once, in order of their first time."""

    facts: Mapping[str, Any]
    open: tuple[Opened, ...]
    timers: tuple[Due, ...]
    passed: tuple[str, ...]
    ended: str | None
