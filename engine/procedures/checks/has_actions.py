"""Every automatic step is one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "step.action_unknown": {
        "id": "{step}: tidak ada langkah otomatis {action}; pilih lagi pada “Apa yang terjadi?”. Maksudnya {near}?",
        "en": "{step}: there is no automatic step {action}; choose again at “What happens?”. Did you mean {near}?",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    if seen.actions is None:
        return
    for step in seen.of_kind("service"):
        if step.action not in seen.actions:
            near = get_close_matches(step.action or "", list(seen.actions), 1)
            yield seen.at(step, "step.action_unknown", action=step.action, near=near[0] if near else "")
