"""Every task of a person has a desk, and every desk has a name in every language."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from engine.procedures.checking import DIAGRAM, Seen
from engine.procedures.names import LANGS
from engine.procedures.naming import TONGUES
from rules import Finding

SENTENCES = {
    "step.no_desk": {
        "id": "{step} belum punya meja. Di perancang, pilih langkah ini dan jawab “Siapa yang mengerjakan?”, atau gambar di dalam lajur.",
        "en": "{step} has no desk. In the designer, choose this step and answer “Who does this?”, or draw it in a lane.",
    },
    "desk.no_name": {
        "id": "Meja “{desk}” ({users}) belum punya nama dalam {missing}. Di perancang, pilih langkahnya, lalu “Siapa yang "
        "mengerjakan?” dan "
        "“Meja baru”. Maksudnya {near}?",
        "en": "The desk “{desk}” ({users}) has no name in {missing}. In the designer, choose its step, then “Who does this?” "
        "and “A new desk”. "
        "Did you mean {near}?",
    },
}
_OWNER = {"id": "pemilik layanan", "en": "the owner of the procedure"}


def check(seen: Seen) -> Iterator[Finding]:
    users: dict[str, list[object]] = {seen.bundle.about.owner: [_OWNER]}
    places = {seen.bundle.about.owner: "procedure.toml#/owner"}
    for step in seen.of_kind("user"):
        if not step.desks:
            yield seen.at(step, "step.no_desk")
        for desk in step.desks:
            users.setdefault(desk, []).append(seen.called.step(step.id))
            places.setdefault(desk, f"{DIAGRAM}#{step.id}")
    named = {lang: seen.bundle.texts.get(lang, {}).get("desks", {}) for lang in LANGS}
    for desk, steps in users.items():
        missing = [lang for lang in LANGS if desk not in named[lang]]
        if missing:
            known = [each for each in {**named["id"], **named["en"]} if each != desk]
            facts = {"desk": desk, "users": steps[:3], "missing": [TONGUES[lang] for lang in missing]}
            yield Finding(places[desk], "desk.no_name", {**facts, "near": next(iter(get_close_matches(desk, known, 1)), "")})
