"""No case can wait for ever at a parallel gateway, and no step can be open twice at once."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.tokens import explore
from rules import Finding

SENTENCES = {
    "join.stuck": "{name} ({id}) waits for all its ways in, and a case can come by only some of them: it would wait for ever. "
    "Begin these branches with a parallel gateway, or bring them together with an exclusive one.",
    "step.twice": "{name} ({id}) can be open twice at once: parallel branches meet here, or before. "
    "Bring them together with a parallel gateway first.",
}


def check(seen: Seen) -> Iterator[Finding]:
    found, steps = explore(seen.bundle.process), seen.bundle.process.steps
    yield from (seen.at(steps[step], "join.stuck") for step in sorted(found.stuck))
    yield from (seen.at(steps[step], "step.twice") for step in sorted(found.twice))
