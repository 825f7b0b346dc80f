"""Which flows the tokens took, for who watches: the coverage of stories. Nothing of it is kept in the state of a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_seen: ContextVar[set[tuple[str, str]] | None] = ContextVar("loket.flow.trace", default=None)
watchers: list[object] = []  # empty nearly always: then a token looks no further


@contextmanager
def watching() -> Iterator[set[tuple[str, str]]]:
    """The pairs (source step, target step) of every flow that is taken in this context from now on."""
    seen: set[tuple[str, str]] = set()
    token, mark = _seen.set(seen), object()
    watchers.append(mark)
    try:
        yield seen
    finally:
        watchers.remove(mark)
        _seen.reset(token)


def note(token: Any) -> None:
    """A token is done: the flows out of its step on which it went on. A guard stands for the step with its boundary events."""
    seen, step = _seen.get(), token.task_spec.step
    if seen is None or step is None:
        return
    specs = (token.workflow.tasks[ident].task_spec for ident in token._children)
    seen.update((step.id, reached.step.id) for spec in specs for reached in _steps(spec) if reached.step is not None)


def _steps(spec: Any) -> Iterator[Any]:
    if spec.step is not None:
        yield spec
        return
    inner = (spec._wf_spec.task_specs[name] for name in spec._outputs)
    yield from (each for each in inner if each.step is not None and each.step.host is None)
