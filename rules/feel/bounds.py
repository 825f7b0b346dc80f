"""What one expression may use: text, nesting, work, memory and processor time. Texts come from administrators, so each bound is hard.

Steps are the bound that counts: whatever works charges them in proportion to its work. Time is there for what a machine cannot do in good
time; it never refuses an expression of few steps, and what the garbage collector takes of a large process is not the expression's.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import local
from time import thread_time

from rules.errors import FeelLimit, RuleError


@dataclass(frozen=True)
class Bounds:
    """`text` in characters, `nesting` in brackets, `depth` in levels of the syntax tree, `steps` in turns, calls and built cells,
    `calls` in functions inside functions, `seconds` of this thread's processor time."""

    text: int = 10_000
    nesting: int = 60
    depth: int = 200
    steps: int = 100_000
    calls: int = 50
    seconds: float = 0.2


BOUNDS = Bounds()
FEW = 2_000  # steps: these take milliseconds, whatever is done in them
_active = local()
_ALL = 2  # the generation whose collection looks through everything that lives


def _collects(phase: str, info: Mapping[str, int], clock: Callable[[], float] = thread_time, here: local = _active) -> None:
    """Python calls this in the thread that it stops to collect: how long that took is kept for this thread."""
    if info["generation"] == _ALL:
        if phase == "start":
            here.began = clock()
        else:
            here.collected = getattr(here, "collected", 0.0) + clock() - getattr(here, "began", clock())


gc.callbacks.append(_collects)


def limit(name: str) -> FeelLimit:
    """The error for one bound, ready to raise."""
    return FeelLimit("feel.limit", f"the expression goes beyond what one expression may use: {name}", limit=name)


def spend(steps: int) -> None:
    """Charge the evaluation that this thread is in: for what compares or prints values and is not handed the budget."""
    budget: Budget | None = getattr(_active, "budget", None)
    if budget is not None:
        budget.spend(steps)


class Budget:
    """What is left of one evaluation; as a context manager it is the one that `spend` charges.

    Processor time of the thread, not wall time: a busy machine must not spoil a good rule."""

    __slots__ = ("before", "calls", "few", "now", "seconds", "steps", "ticks", "until")

    def __init__(self, now: datetime | None = None, bounds: Bounds = BOUNDS) -> None:
        if now is not None and now.tzinfo is None:
            raise RuleError("feel.naive_now", "`now` must be an aware datetime")
        self.now = now
        self.steps = bounds.steps
        self.few = bounds.steps - FEW
        self.calls = bounds.calls
        self.seconds = bounds.seconds
        self.ticks = 0
        self.until = 0.0

    def __enter__(self) -> Budget:
        self.before: Budget | None = getattr(_active, "budget", None)
        _active.budget = self
        return self

    def __exit__(self, *error: object) -> None:
        _active.budget = self.before

    def spend(self, steps: int = 1) -> None:
        """Raises FeelLimit when the steps or the time are used up."""
        self.steps -= steps
        self.ticks += 1
        if self.steps < 0:
            raise limit("steps")
        if not self.ticks & 7:
            self._look_at_the_time()

    def _look_at_the_time(self) -> None:
        time = thread_time() - getattr(_active, "collected", 0.0)
        if not self.until:
            self.until = time + self.seconds
        elif time > self.until and self.steps < self.few:
            raise limit("seconds")

    def moment(self) -> datetime:
        """The moment of this evaluation. Raises RuleError when the caller gave none: nobody here reads the clock."""
        if self.now is None:
            raise RuleError("feel.no_clock", "today() and now() need the moment: evaluate(…, now=…)")
        return self.now
