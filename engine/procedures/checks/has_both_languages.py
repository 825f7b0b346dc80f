"""Every text is there in every language (the words in forms and in procedure.toml are held to it by their schemas)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from engine.procedures.names import LANGS
from rules import Finding

SENTENCES = {
    "text.missing": "[{kind}] {key} is there in another language and missing here.",
    "text.no_step_name": "The public step {key} has no name; add it under [steps].",
    "letter.language": "The letter {letter} is there in another language; write letters/{letter}.{lang}.md.",
}


def check(seen: Seen) -> Iterator[Finding]:
    texts = seen.bundle.texts
    keys = {(kind, key): None for lang in LANGS for kind, words in texts.get(lang, {}).items() for key in words}
    public = dict.fromkeys(step.properties["public"] for step in seen.of_kind("user") if step.properties.get("public"))
    for lang in LANGS:
        own, place = texts.get(lang, {}), f"texts/{lang}.toml"
        yield from (
            Finding(f"{place}#/{kind}/{key}", "text.missing", {"kind": kind, "key": key})
            for kind, key in keys
            if key not in own.get(kind, {})
        )
        yield from (Finding(f"{place}#/steps/{key}", "text.no_step_name", {"key": key}) for key in public if ("steps", key) not in keys)
        for letter, words in seen.bundle.letters.items():
            if lang not in words:
                yield Finding(f"letters/{letter}.{lang}.md", "letter.language", {"letter": letter, "lang": lang})
