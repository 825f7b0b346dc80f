"""The expressions of a diagram alone, without a bundle around it: whether each can be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import rules
from rules import Finding

from .model import Link, Step


def check(steps: Mapping[str, Step], flows: list[Link], files: Mapping[str, str], functions: Collection[str]) -> Iterator[Finding]:
    """`files`: the file of each process or sub-process; `functions`: what expressions may call besides FEEL's own."""
    names = tuple(sorted(functions))
    for step in steps.values():
        for text in _texts(step):
            yield from _read(text, names, files[step.inside], step.id, step.name)
    for flow in flows:
        source = steps.get(flow.source)
        if flow.condition and source is not None:
            yield from _read(flow.condition, names, files[source.inside], flow.id, flow.name or flow.id)


def _texts(step: Step) -> Iterator[str]:
    loop = step.loop
    yield from (text for _, text in (*step.inputs, *step.outputs))
    yield from (text for text in (step.expression, step.key) if text)
    if loop is not None:
        yield from (text for text in (loop.collection, loop.result, loop.until, loop.while_) if text)
    if step.when is not None:
        text = step.when[1].partition("/")[2] if step.when[0] == "timeCycle" else step.when[1]
        if text.startswith("="):
            yield text.removeprefix("=").strip()


def _read(text: str, names: tuple[str, ...], file: str, ident: str, name: str) -> Iterator[Finding]:
    try:
        rules.compile(text, names=names)
    except rules.RuleError as wrong:
        yield Finding(f"{file}#{ident}", "process.bad_expression", {"id": ident, "name": name, "text": text, "reason": str(wrong)})
