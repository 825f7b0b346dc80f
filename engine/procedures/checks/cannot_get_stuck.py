"""No case can wait for ever at a gateway or go on for ever, and no step can be open twice at once: every way is walked."""

from __future__ import annotations

from collections.abc import Iterator

from engine.flow import Link
from engine.procedures.checking import DIAGRAM, Seen
from engine.procedures.checks.is_reachable import caught, reach, ways
from rules import Finding

SENTENCES = {
    "join.stuck": {
        "id": "Setelah {path}, perkara akan menunggu selamanya di {step}, yang menunggu semua jalan masuknya. "
        "Mulai cabang-cabang ini dengan “Beberapa hal bersamaan” (gerbang paralel), atau pertemukan dengan “Pilihan jalan”.",
        "en": "After {path}, the case would wait for ever at {step}, which waits for all its ways in. "
        "Begin these branches with “Several things at once” (parallel gateway), or bring them together with “Choice between ways”.",
    },
    "step.twice": {
        "id": "Setelah {path}, {step} akan terbuka dua kali sekaligus: cabang yang berjalan bersamaan bertemu di sini. "
        "Satukan dahulu dengan “Beberapa hal bersamaan” (gerbang paralel).",
        "en": "After {path}, {step} would be open twice at once: branches that run side by side meet here. "
        "Bring them together with “Several things at once” first (parallel gateway).",
    },
    "case.never_ends": {
        "id": "Perkara tidak pernah dapat selesai: setiap kali sampai di {step}, {back} dimulai lagi di samping jalan yang lain. "
        "Biarkan “Pilihan jalan” menentukan: kembali atau terus.",
        "en": "The case can never end: every time it comes to {step}, {back} begins anew beside the other way. "
        "Let a “Choice between ways” say whether it goes back or on.",
    },
    "case.goes_on": {
        "id": "Setelah {path}, perkara tidak pernah dapat selesai: selalu ada cabang yang masih berjalan. Gambar jalan yang mengakhiri "
        "semuanya.",
        "en": "After {path}, the case can never end: one of its branches always goes on. Draw a way on which all of them end.",
    },
    "diagram.too_large": {
        "id": "Diagram ini punya terlalu banyak kemungkinan jalan untuk diperiksa semuanya (lebih dari {limit}); "
        "taruh cabang-cabang yang berjalan bersamaan ke dalam “Bagian tersendiri”.",
        "en": "The diagram has too many possible ways to look at all of them (more than {limit}); put branches that run side by side into "
        "“A part of its own”.",
    },
}
WARNINGS = frozenset({"diagram.too_large"})


def check(seen: Seen) -> Iterator[Finding]:
    found, steps = seen.explored, seen.bundle.process.steps
    for step, path in list(found.twice.items())[:1]:  # what comes after the first one comes from it
        yield seen.at(steps[step], "step.twice", path=seen.path(each for each in path if each != step))
    for step, path in found.stuck.items():
        yield seen.at(steps[step], "join.stuck", path=seen.path(path))
    if found.endless is not None and not caught(seen):  # a round without a way out is told by the rule for it
        yield _endless(seen, found.endless)
    if not found.complete:
        yield Finding(DIAGRAM, "diagram.too_large", {"limit": len(found.before) - 1})


def _endless(seen: Seen, path: tuple[str, ...]) -> Finding:
    steps = seen.bundle.process.steps
    link = _split(seen)
    if link is None:
        return seen.at(steps[path[-1]], "case.goes_on", path=seen.path(path))
    return seen.at(steps[link.source], "case.never_ends", back=seen.called.step(_first_done(seen, link.target)))


def _first_done(seen: Seen, ident: str) -> str:
    """The first step on a way at which something happens, where ways only meet before it."""
    out, seen_before = seen.called.out, set[str]()
    while seen.bundle.process.steps[ident].kind == "exclusive" and len(out[ident]) == 1 and ident not in seen_before:
        seen_before.add(ident)
        ident = out[ident][0].target
    return ident


def _split(seen: Seen) -> Link | None:
    """The first way back out of a gateway that takes its other ways as well."""
    forth = ways(seen)
    for step in seen.of_kind("parallel", "inclusive"):
        links = [link for link in seen.bundle.process.links if link.source == step.id]
        back = [link for link in links if step.id in reach([link.target], forth)]
        if len(links) > 1 and back:
            return back[0]
    return None
