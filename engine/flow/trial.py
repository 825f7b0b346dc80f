"""A case in which every task is done and nothing is answered: whether it comes to an end, or where the diagram itself stops it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import rules
from rules import Finding

from . import state as states
from .errors import BadExpression, Endless, NoKey, NoList, NoTime, NoWayOut
from .model import Env, Moved, Process, Step
from .moves import complete, snapshot, start, wake

_STOPS = {NoTime: "process.stops_time", NoList: "process.stops_list", NoKey: "process.stops_key", Endless: "process.stops_round"}
_BRIEFLY = timedelta(minutes=1)


def trial(process: Process, *, env: Env, file: str = "process.bpmn", moves: int = 200) -> tuple[Finding, ...]:
    """The step at which such a case would stop, whatever is answered; nothing when it ends, or when an answer could help.

    A case that goes round because nobody answers is let go round `moves` times.
    """
    try:
        return tuple(_played(process, env, file, moves))
    except (NoTime, NoList, NoKey, Endless) as stopped:
        step = process.steps.get(str(stopped.facts.get("step")))
        return () if step is None or _depends(process, step, stopped) else (_at(step, file, _STOPS[type(stopped)]),)
    except BadExpression as wrong:
        return (Finding(file, "process.stops_text", {"text": wrong.facts["text"], "reason": wrong.facts["reason"]}),)
    except NoWayOut:  # that a choice has no otherwise is told by the rule for it
        return ()


def _played(process: Process, env: Env, file: str, moves: int) -> Iterator[Finding]:
    moved = start(process, facts={}, env=env)
    for _ in range(moves):
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


def _at(step: Step, file: str, code: str, /, **facts: object) -> Finding:
    return Finding(f"{file}#{step.id}", code, {"id": step.id, "name": step.name, **facts})


def _depends(process: Process, step: Step, stopped: Exception) -> bool:
    """Whether an answer, or a table, could have made it another way."""
    if isinstance(stopped, Endless):
        return bool(process.decisions)
    loop = step.loop.collection if step.loop else None
    texts = {NoTime: step.when[1].partition("=")[2] if step.when else None, NoList: loop, NoKey: step.key}
    text = texts.get(type(stopped))
    return text is None or bool(rules.compile(text.strip(), names=()).fields)


def _deaf(process: Process, moved: Moved) -> list[Step]:
    """The signals that are waited for though they have been sent before, or never will be."""
    run = states.read(process, moved.state, None)
    found = {step.id: step for task in run.everything_alive() if (step := run.scene.step(task.task_spec.name)) is not None}
    return [step for step in found.values() if step.kind == "signal" and not step.host]
