"""The plain values that go in and out of this room: what a process is made of, and what a step of a case changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
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
class Loop:
    """How often a step is done. All texts are FEEL without the leading "=".

    Once for each member of `collection` (which stands in every instance under `element`), one after another or all at once; `result`
    of each is collected under `results`; `until`: what ends it early. Or, without a collection, again and again `while_`
    a condition holds, at most `limit` times.
    """

    collection: str | None = None
    element: str | None = None
    results: str | None = None
    result: str | None = None
    until: str | None = None
    sequential: bool = False
    while_: str | None = None
    limit: int | None = None
    test_first: bool = False


@dataclass(frozen=True)
class Step:
    """One node of the diagram.

    `kind` is `user`, `service`, `rule`, `script`, `receive` (a task or an event that waits for a message), `timer`, `signal`, `error`,
    `escalation`, `condition` (events that are caught), `part` (a sub-process or a call activity), `start`, `end`, `pass` (an event
    that is thrown, or has no meaning), `exclusive`, `inclusive`, `parallel` or `race` (an event-based gateway).
    `event` is the meaning of an event, whatever its kind: `message`, `timer`, `signal`, `error`, `escalation`, `condition`, `link`,
    `terminate`, `compensation`; `message` is the name of that message or signal, or the code of the error or escalation (None: any).
    `inside` is the id of the process or sub-process around it; `host` is the step that a boundary event hangs on. `outputs` are
    pairs (name, FEEL text) written when the step is done. `when` is the kind of time and its text, for a timer. `terminates`: an end
    that stops all other branches. `beside`: a sub-process that an event starts; its start event has `event` and `interrupting`.
    `inputs` are pairs (name, FEEL text) that only this step sees; `key` is the FEEL text that tells this catcher of a message from
    others of the same name. `undoes`: the step whose doing this one undoes; no flow leads to it, a `compensation` event starts it.
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
    event: str | None = None
    beside: bool = False
    loop: Loop | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    undoes: str | None = None

    @property
    def waits(self) -> bool:
        """Whether someone or something outside has to complete it."""
        return self.kind in WAITING_KINDS or self.comes_later

    @property
    def comes_later(self) -> bool:
        """An asynchronous continuation: the case is kept before this table is asked, and goes on with it by itself."""
        return self.kind == "rule" and self.properties.get(ASYNC_BEFORE) == "true"


WAITING_KINDS = frozenset({"user", "service", "receive"})
AUTOMATIC = frozenset({"service", "rule"})  # what the house does by itself, at once or as an errand
ASYNC_BEFORE = "async_before"


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
    undone: Mapping[str, str]
    spec: Any = field(repr=False, compare=False)
    parts: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Opened:
    """A task that waits to be completed.

    `local`: what only it sees (inputs; its member, when its step is done for each of several). `key`: which message it waits for, of
    several of one name.
    """

    task: str
    step: Step
    local: Mapping[str, Any] = field(default_factory=dict, compare=False)
    key: str | None = None


@dataclass(frozen=True)
class Sent:
    """What the process sent out: a message or a signal."""

    step: Step
    kind: str
    name: str


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
    """What one move changed. `timers` are all timers that run after it; `ended` is the id of the end event that closed the case.

    `kept` is the new state, or makes it when it is first asked for; `alive` is the case itself, if one can go on from here.
    """

    kept: bytes | Callable[[], bytes]
    opened: tuple[Opened, ...]
    done: tuple[str, ...]
    dropped: tuple[str, ...]
    timers: tuple[Due, ...]
    decided: tuple[Decision, ...]
    ended: str | None
    facts: Mapping[str, Any]
    sent: tuple[Sent, ...] = ()
    alive: Any = field(default=None, repr=False, compare=False)

    @cached_property
    def state(self) -> bytes:
        """The new state. RuntimeError when the case has gone on from here before anybody asked."""
        return self.kept if isinstance(self.kept, bytes) else self.kept()


@dataclass(frozen=True)
class Snapshot:
    """How a case stands. `passed` are the ids of the steps that were completed at least once, in order of their first time."""

    facts: Mapping[str, Any]
    open: tuple[Opened, ...]
    timers: tuple[Due, ...]
    passed: tuple[str, ...]
    ended: str | None

    def seen_by(self, task: str) -> dict[str, Any]:
        """The facts as a task sees them: those of the case, and over them what only this task sees."""
        return {**self.facts, **next((each.local for each in self.open if each.task == task), {})}
