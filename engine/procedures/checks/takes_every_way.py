"""Every way out of a choice can be taken: its condition is a yes or no, and no way before it takes all its cases."""

from __future__ import annotations

from collections.abc import Iterator

import rules
from engine.flow import Link
from engine.procedures.checking import DIAGRAM, Seen
from engine.procedures.names import FUNCTIONS
from engine.procedures.naming import Words, both
from rules import Finding

SENTENCES = {
    "way.same": {
        "id": "Syaratnya sama dengan syarat pada {other}, yang dilihat lebih dulu, sehingga jalan ini tidak pernah diambil. "
        "Ubah salah satu syaratnya, atau hapus salah satu jalannya.",
        "en": "Its condition is the same as that of {other}, which is looked at first, so that this way is never taken. "
        "Change one of the two conditions, or remove one of the ways.",
    },
    "way.no_answer": {
        "id": "Syaratnya {kind}, bukan ya atau tidak, sehingga tidak pernah terpenuhi. Bandingkan dengan sesuatu, misalnya "
        "= application.area > 2.",
        "en": "Its condition is {kind} and no yes or no, so that it never holds. Compare it with something, like = application.area > 2.",
    },
}
_KINDS = {"string": both("teks", "a text"), "number": both("angka", "a number"), "date": both("tanggal", "a date")}
_OTHER = both("nilai lain", "something else")


def check(seen: Seen) -> Iterator[Finding]:
    for step in seen.of_kind("exclusive", "inclusive"):
        links = [link for link in seen.called.out.get(step.id, ()) if link.condition]
        for number, link in enumerate(links):
            kind = _kind(seen, link)
            same = next((each for each in links[:number] if _asks(each) == _asks(link)), None)
            if kind is not None:
                yield _about(link, "way.no_answer", kind=_KINDS.get(kind, _OTHER))
            elif same is not None and step.kind == "exclusive":
                yield _about(link, "way.same", other=seen.called.way(same))


def _about(link: Link, code: str, **facts: Words | str | None) -> Finding:
    return Finding(f"{DIAGRAM}#{link.id}", code, {"id": link.id, "name": link.name, **facts})


def _asks(link: Link) -> object:
    """What a condition asks, however it is spaced."""
    try:
        return rules.compile(link.condition or "", names=FUNCTIONS).ast["e"]
    except rules.RuleError:
        return link.id


def _kind(seen: Seen, link: Link) -> str | None:
    """The kind of value that a condition is worth, when that is certainly no yes or no."""
    scope = {**seen.names, **seen.given_around(seen.bundle.process.steps[link.source])}
    text = link.condition or ""
    if rules.check(text, scope, functions=FUNCTIONS):
        return None  # what cannot be read, or reads what is not there, is told as such
    found = rules.check(f"({text}) and true", scope, functions=FUNCTIONS)
    return next((str(each.facts.get("found") or each.facts.get("left")) for each in found if each.code == "feel.wrong_type"), None)
