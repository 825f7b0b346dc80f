"""Whether a step can be the last that a person does: then it ends the application, and nobody can take it back."""

from __future__ import annotations

from engine.flow import Process


def is_last(process: Process, step: str) -> bool:
    """Whether the application can end after this step without another step of a person on the way (the way out of a sub-process too)."""
    seen: set[str] = set()
    waiting = _after(process, step)
    while waiting:
        here = process.steps[waiting.pop()]
        if here.id in seen or here.kind == "user":
            continue
        seen.add(here.id)
        if here.kind == "end" and here.inside == process.key:
            return True
        waiting += _after(process, here.inside if here.kind == "end" else here.id)
    return False


def _after(process: Process, step: str) -> list[str]:
    inner = [each.id for each in process.steps.values() if each.inside == step and each.kind == "start"]
    return inner or [link.target for link in process.links if link.source == step]
