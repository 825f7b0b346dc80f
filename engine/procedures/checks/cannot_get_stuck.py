"""No case can wait for ever at a gateway, and no step can be open twice at once: every way through the diagram is walked."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import DIAGRAM, Seen
from rules import Finding

SENTENCES = {
    "join.stuck": {
        "id": "Setelah {path}, perkara akan menunggu selamanya di {step}, yang menunggu semua jalan masuknya. "
        "Mulai cabang-cabang ini dengan gerbang paralel, atau pertemukan dengan gerbang pilihan.",
        "en": "After {path}, the case would wait for ever at {step}, which waits for all its ways in. "
        "Begin these branches with a parallel gateway, or bring them together with an exclusive one.",
    },
    "step.twice": {
        "id": "Setelah {path}, {step} akan terbuka dua kali sekaligus: cabang yang berjalan bersamaan bertemu di sini. "
        "Satukan dahulu dengan gerbang paralel.",
        "en": "After {path}, {step} would be open twice at once: branches that run side by side meet here. "
        "Bring them together with a parallel gateway first.",
    },
    "diagram.too_large": {
        "id": "Diagram ini punya terlalu banyak kemungkinan jalan untuk diperiksa semuanya (lebih dari {limit}); "
        "taruh cabang-cabang yang berjalan bersamaan ke dalam subproses.",
        "en": "The diagram has too many possible ways to look at all of them (more than {limit}); put branches that run side by side into "
        "sub-processes.",
    },
}
WARNINGS = frozenset({"diagram.too_large"})


def check(seen: Seen) -> Iterator[Finding]:
    found, steps = seen.explored, seen.bundle.process.steps
    for step, path in list(found.twice.items())[:1]:  # what comes after the first one comes from it
        yield seen.at(steps[step], "step.twice", path=seen.path(path))
    for step, path in found.stuck.items():
        yield seen.at(steps[step], "join.stuck", path=seen.path(path))
    if not found.complete:
        yield Finding(DIAGRAM, "diagram.too_large", {"limit": len(found.before) - 1})
