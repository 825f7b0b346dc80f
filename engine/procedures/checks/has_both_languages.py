"""Every text is there in every language (the words in forms and in procedure.toml are held to it by their schemas)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.letters import sent_by
from engine.procedures.names import LANGS
from engine.procedures.naming import TONGUES, Words, both
from rules import Finding

SENTENCES = {
    "text.missing": {
        "id": "{kind} “{key}” belum ada dalam {tongue}, padahal ada dalam bahasa lain. {cure}",
        "en": "{kind} “{key}” is missing in {tongue}, and there in the other language. {cure}",
    },
    "text.no_step_name": {
        "id": "Langkah publik “{key}” belum punya nama. Di perancang, pilih langkahnya, lalu “Yang dilihat masyarakat” dan "
        "“Nama untuk masyarakat”.",
        "en": "The public step “{key}” has no name. In the designer, choose its step, then “What the public sees” and “Name for "
        "the public”.",
    },
    "letter.language": {
        "id": "Surat “{letter}” belum ada dalam {tongue}, padahal ada dalam bahasa lain; tulis juga dalam bahasa itu.",
        "en": "The letter “{letter}” is missing in {tongue}, and there in the other language; write it in that one, too.",
    },
}

_KINDS: dict[str, Words] = {
    "steps": both("Nama langkah untuk masyarakat", "The name of the step for the public"),
    "names": both("Nama langkah", "The name of the step"),
    "status": both("Yang dibaca pemohon pada langkah", "What the applicant reads at the step"),
    "desks": both("Nama meja", "The name of the desk"),
    "fees": both("Nama biaya", "The name of the fee"),
    "outcomes": both("Nama hasil", "The name of the outcome"),
    "instructions": both("Petunjuk pada langkah", "The instructions at the step"),
}


def _cure(kind: str) -> Words:
    """Where in the studio it is written."""
    if kind == "fees":
        return both("Tambahkan di sebelah berkas bahasa lainnya.", "Add it beside the file of the other language.")
    where = both("meja pada sebuah langkahnya", "the desk at one of its steps") if kind == "desks" else both("langkahnya", "the step")
    return both(
        f"Di perancang, pilih {where['id']} dan lengkapi kedua bahasa.",
        f"In the designer, choose {where['en']} and fill in both languages.",
    )


def check(seen: Seen) -> Iterator[Finding]:
    texts = seen.bundle.texts
    keys = {(kind, key): None for lang in LANGS for kind, words in texts.get(lang, {}).items() for key in words if kind != "names"}
    used = {("desks", desk) for step in seen.of_kind("user") for desk in step.desks} | {("desks", seen.bundle.about.owner)}
    for lang in LANGS:
        own, place = texts.get(lang, {}), f"texts/{lang}.toml"
        yield from (
            Finding(
                f"{place}#/{kind}/{key}",
                "text.missing",
                {"kind": _KINDS.get(kind, both(kind, kind)), "key": key, "tongue": TONGUES[lang], "cure": _cure(kind)},
            )
            for kind, key in keys
            if key not in own.get(kind, {}) and (kind, key) not in used
        )
    public = dict.fromkeys(step.properties["public"] for step in seen.of_kind("user") if step.properties.get("public"))
    yield from (Finding(f"texts/id.toml#/steps/{key}", "text.no_step_name", {"key": key}) for key in public if ("steps", key) not in keys)
    sent = {letter for step in seen.of_kind("service") for letter in sent_by(step)} | {*seen.bundle.about.letters.values()}
    for letter, words in seen.bundle.letters.items():
        for lang in LANGS:
            if lang not in words and letter not in sent:
                yield Finding(f"letters/{letter}.{lang}.md", "letter.language", {"letter": letter, "tongue": TONGUES[lang]})
