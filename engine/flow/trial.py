"""A case in which every task is done and nothing is answered: whether it comes to an end, or where the diagram itself stops it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import rules
from rules import Finding

from . import state as states
from .errors import BadExpression, Endless, FlowError, NoKey, NoList, NoTime, NoWayOut
from .model import Env, Moved, Process, Step
from .moves import complete, snapshot, start, wake
from .unsaid import unsaid, written

_STOPS: Mapping[type[FlowError], str] = {
    NoTime: "process.stops_time",
    NoList: "process.stops_list",
    NoKey: "process.stops_key",
    Endless: "process.stops_round",
}
_ROUNDS = 5
_BRIEFLY = timedelta(minutes=1)


def trial(process: Process, *, env: Env, file: str = "process.bpmn") -> tuple[Finding, ...]:
    """The step at which such a case would stop, whatever is answered; nothing when it ends, or when an answer could help.

    A case that goes round for want of an answer is let go round for a while; what chooses by facts that no step gives is told then.
    """
    try:
        return tuple(_played(process, env, file))
    except (NoTime, NoList, NoKey, Endless) as stopped:
        step = process.steps.get(str(stopped.facts.get("step")))
        return () if step is None or _depends(process, step, stopped) else (_at(step, file, _STOPS[type(stopped)]),)
    except BadExpression as wrong:
        return (Finding(file, "process.stops_text", {"text": wrong.facts["text"], "reason": wrong.facts["reason"]}),)
    except NoWayOut:  # that a choice has no otherwise is told by the rule for it
        return ()


def _played(process: Process, env: Env, file: str) -> Iterator[Finding]:
    moved = start(process, facts={}, env=env)
    for _ in range(_ROUNDS * len(process.steps)):
        if moved.ended is not None:
            return
        opened = snapshot(process, moved.state).open
        if opened:
            moved = complete(process, moved.state, opened[0].task, {}, env=env)
        elif moved.timers:
            env = replace(env, now=max(moved.timers[0].at, env.now).astimezone(env.now.tzinfo) + _BRIEFLY)
            moved = wake(process, moved.state, env=env)
        else:
            yield from (_at(step, file, "process.stops_waiting", said=step.message or step.name) for step in _deaf(process, moved))
            return
    yield from _rounds(process, moved, file, tuple(sorted(env.functions)))


def _rounds(process: Process, moved: Moved, file: str, names: tuple[str, ...]) -> Iterator[Finding]:
    """The choices on the way that nobody can make, since nothing in the diagram gives what they go by."""
    passed, known = set(snapshot(process, moved.state).passed), written(process)
    for ident in process.order:
        texts = [link.condition for link in process.links if link.source == ident and link.condition]
        facts = sorted({fact for text in texts for fact in unsaid(text, known, names)})
        if ident in passed and facts and all(unsaid(text, known, names) for text in texts):
            yield _at(process.steps[ident], file, "process.stops_unsaid", facts=", ".join(facts))


def _at(step: Step, file: str, code: str, /, **facts: object) -> Finding:
    return Finding(f"{file}#{step.id}", code, {"id": step.id, "name": step.name, **facts})


def _depends(process: Process, step: Step, stopped: FlowError) -> bool:
    """Whether an answer, or a table, could have made it another way."""
    if isinstance(stopped, Endless):
        return bool(process.decisions)
    loop = step.loop.collection if step.loop else None
    texts: Mapping[type[FlowError], str | None] = {
        NoTime: step.when[1].partition("=")[2] if step.when else None,
        NoList: loop,
        NoKey: step.key,
    }
    text = texts.get(type(stopped))
    return text is None or bool(rules.compile(text.strip(), names=()).fields)


def _deaf(process: Process, moved: Moved) -> list[Step]:
    """The signals that are waited for though they have been sent before, or never will be."""
    run = states.read(process, moved.state, None)
    found = {step.id: step for task in run.everything_alive() if (step := run.scene.step(task.task_spec.name)) is not None}
    return [step for step in found.values() if step.kind == "signal" and not step.host]
