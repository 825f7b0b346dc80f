"""A condition that no answer fulfils - an answer that must be two things at once, more than five and less than three - is a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.procedures.checking import DIAGRAM, Seen
from engine.procedures.impossible import is_impossible
from engine.procedures.plain_words import condition
from rules import Finding

SENTENCES = {
    "condition.never_taken": {
        "id": "jalan ini tidak pernah diambil, karena tidak ada jawaban yang memenuhi syaratnya: {condition}. Ubah atau keluarkan satu "
        "bagian syarat itu, atau pilih “salah satu ini benar”.",
        "en": "this way is never taken, since no answer fulfils its condition: {condition}. Change or take out one part of the "
        "condition, or choose “any of these holds”.",
    },
    "condition.never_shown": {
        "id": "ini tidak pernah ditanyakan, karena tidak ada jawaban yang memenuhi syaratnya: {condition}. Ubah atau keluarkan satu bagian "
        "syarat itu, atau pilih “salah satu ini benar”.",
        "en": "this is never asked, since no answer fulfils its condition: {condition}. Change or take out one part of the condition, or "
        "choose “any of these holds”.",
    },
    "condition.never_required": {
        "id": "jawabannya tidak pernah wajib, karena tidak ada jawaban lain yang memenuhi syaratnya: {condition}. Ubah atau keluarkan satu "
        "bagian syarat itu, atau pilih “salah satu ini benar”.",
        "en": "it never has to be answered, since no other answer fulfils the condition for that: {condition}. Change or take out one "
        "part of the condition, or choose “any of these holds”.",
    },
    "condition.never_kept": {
        "id": "pesan aturan ini selalu muncul, karena tidak ada jawaban yang memenuhinya: {condition}. Ubah atau keluarkan satu bagian "
        "aturan itu, atau pilih “salah satu ini benar”.",
        "en": "the message of this rule always comes, since no answer fulfils it: {condition}. Change or take out one part of the rule, or "
        "choose “any of these holds”.",
    },
}
_CODES = (
    (re.compile(r"show_when\Z"), "condition.never_shown"),
    (re.compile(r"required_when\Z"), "condition.never_required"),
    (re.compile(r"rules/\d+/check\Z"), "condition.never_kept"),
)


def check(seen: Seen) -> Iterator[Finding]:
    forms = seen.bundle.forms
    for link in seen.bundle.process.links:
        if link.condition and is_impossible(link.condition):
            facts = {"id": link.id, "name": link.name, "condition": condition(link.condition, forms)}
            yield Finding(f"{DIAGRAM}#{link.id}", "condition.never_taken", facts)
    for key, form in forms.items():
        for place, text, _ in form.expressions():
            code = next((code for ends, code in _CODES if ends.search(place)), None)
            if code and is_impossible(text):
                group, _, rest = place.partition("#")
                where = f"shared/forms/{group}.json#{rest}" if group else f"{seen.bundle.places[f'form {key}']}#{rest}"
                yield Finding(where, code, {"condition": condition(text, forms, form)})
