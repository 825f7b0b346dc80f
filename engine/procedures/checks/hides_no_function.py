"""No fact is called like a function or a word of FEEL: it would hide the function, or could never be read.

The ids of automatic steps and of messages are facts too, which hardly anything reads: they are told only when the function is called.
"""

from __future__ import annotations

from collections.abc import Iterator

import rules
from engine.procedures.checking import DIAGRAM, Seen, written
from engine.procedures.expressions import called_in
from engine.procedures.names import FUNCTIONS
from engine.procedures.readings import all_texts
from rules import Finding

SENTENCES = {
    "name.hides": {
        "id": "Nama {name} juga nama sebuah fungsi: di rumus yang membaca {name}, {name}(…) tidak menghitung apa-apa. Beri nama lain.",
        "en": "The name {name} is that of a function, too: where {name} can be read, {name}(…) works nothing out. Choose another name.",
    },
    "name.keyword": {
        "id": "Nama {name} adalah kata milik bahasa rumus, jadi tidak ada rumus yang dapat membacanya. Beri nama lain.",
        "en": "The name {name} is a word of the language of expressions, so no expression can read it. Choose another name.",
    },
}
WARNINGS = frozenset({"name.hides", "name.keyword"})


def check(seen: Seen) -> Iterator[Finding]:
    functions = rules.function_names() | frozenset(FUNCTIONS)
    called = {name for text in all_texts(seen) for name in called_in(text)}
    automatic = {step.id for step in seen.of_kind("service", "receive")}
    for name, place in dict.fromkeys((*_facts(seen), *_members(seen))):
        if name in functions:
            if name in called or name not in automatic:
                yield Finding(place, "name.hides", {"name": name})
        elif not _readable(name):
            yield Finding(place, "name.keyword", {"name": name})


def _readable(name: str) -> bool:
    try:
        return rules.compile(name).fields == {name}
    except rules.RuleError:
        return False


def _facts(seen: Seen) -> Iterator[tuple[str, str]]:
    """What a case knows by name, and what is known while a step is done."""
    yield from ((name, place) for name, _, place in written(seen))
    for step in seen.steps:
        own = [name for name, _ in step.inputs] + ([step.loop.element] if step.loop and step.loop.element else [])
        yield from ((name, f"{DIAGRAM}#{step.id}") for name in own)


def _members(seen: Seen) -> Iterator[tuple[str, str]]:
    """Questions of rows: a condition on a list (`points[count > 2]`) reads them without the row's name."""
    for key, form in seen.bundle.forms.items():
        for outer in form.questions():
            for inner in outer.fields:
                group, _, rest = inner.place.partition("#")
                yield inner.key, f"shared/forms/{group}.json#{rest}" if group else f"{seen.bundle.places[f'form {key}']}#{rest}"
