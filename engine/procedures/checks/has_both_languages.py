"""Every text is there in every language (the words in forms and in procedure.toml are held to it by their schemas)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.letters import sent_by
from engine.procedures.names import LANGS
from rules import Finding

SENTENCES = {
    "text.missing": {
        "id": "[{kind}] {key} ada dalam bahasa lain, tetapi tidak di sini; tambahkan.",
        "en": "[{kind}] {key} is there in another language and missing here; add it.",
    },
    "text.no_step_name": {
        "id": "Langkah publik {key} belum punya nama; tambahkan di [steps] pada texts/id.toml dan texts/en.toml.",
        "en": "The public step {key} has no name; add it under [steps] of texts/id.toml and texts/en.toml.",
    },
    "letter.language": {
        "id": "Surat {letter} ada dalam bahasa lain; tulis juga letters/{letter}.{lang}.md.",
        "en": "The letter {letter} is there in another language; write letters/{letter}.{lang}.md.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    texts = seen.bundle.texts
    keys = {(kind, key): None for lang in LANGS for kind, words in texts.get(lang, {}).items() for key in words if kind != "names"}
    used = {("desks", desk) for step in seen.of_kind("user") for desk in step.desks} | {("desks", seen.bundle.about.owner)}
    for lang in LANGS:
        own, place = texts.get(lang, {}), f"texts/{lang}.toml"
        yield from (
            Finding(f"{place}#/{kind}/{key}", "text.missing", {"kind": kind, "key": key})
            for kind, key in keys
            if key not in own.get(kind, {}) and (kind, key) not in used
        )
    public = dict.fromkeys(step.properties["public"] for step in seen.of_kind("user") if step.properties.get("public"))
    yield from (Finding(f"texts/id.toml#/steps/{key}", "text.no_step_name", {"key": key}) for key in public if ("steps", key) not in keys)
    sent = {letter for step in seen.of_kind("service") for letter in sent_by(step)} | {*seen.bundle.about.letters.values()}
    for letter, words in seen.bundle.letters.items():
        for lang in LANGS:
            if lang not in words and letter not in sent:
                yield Finding(f"letters/{letter}.{lang}.md", "letter.language", {"letter": letter, "lang": lang})
