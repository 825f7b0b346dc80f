"""Where an answer may come from before it is asked: the account, an earlier application, the permit being renewed.

The form only says so; whoever shows it brings the values, and only those that the person may see (docs/forms.md, "Filled in beforehand").
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from forms.property import Json, Property
from forms.words import Words

if TYPE_CHECKING:
    from forms.form import Field, Form
    from forms.kind import Kind
    from rules import Finding

ACCOUNT: dict[str, Words] = {
    "applicant.name": {"id": "Nama di akun pemohon", "en": "The name of the account"},
    "applicant.phone": {"id": "Nomor telepon di akun pemohon", "en": "The phone number of the account"},
    "applicant.email": {"id": "Alamat surel di akun pemohon", "en": "The e-mail address of the account"},
}
EARLIER: dict[str, Words] = {
    "earlier": {"id": "Jawaban yang sama pada permohonan sebelumnya", "en": "The same answer in an earlier application"},
    "permit": {"id": "Jawaban yang sama pada izin yang diperpanjang", "en": "The same answer for the permit being renewed"},
}
PERMIT: dict[str, Words] = {
    "permit.number": {"id": "Nomor izin yang diperpanjang", "en": "The number of the permit being renewed"},
    "permit.valid_from": {"id": "Awal berlaku izin yang diperpanjang", "en": "The first day of the permit being renewed"},
    "permit.valid_until": {"id": "Akhir berlaku izin yang diperpanjang", "en": "The last day of the permit being renewed"},
}
SOURCES = {**ACCOUNT, **EARLIER, **PERMIT}
_SOURCE: Json = {"anyOf": [{"enum": list(SOURCES)}, {"type": "string", "pattern": "^permit\\.[a-z][a-z0-9_]{0,39}$"}]}


def prefill(kind: Kind) -> tuple[Property, ...]:
    """The property, for the kinds that can be filled in beforehand; its choices are those that give a value of the kind."""
    if not kind.answered or kind.computed or not kind.prefilled:
        return ()
    fitting = {key: words for key, words in SOURCES.items() if key in EARLIER or key in kind.account}
    return (
        Property(
            "prefill",
            {"id": "Isi lebih dulu dari", "en": "Fill in beforehand from"},
            "one_of",
            _SOURCE,
            {"id": "Pemohon melihatnya dan boleh mengubahnya.", "en": "The applicant sees it and may change it."},
            advanced=True,
            details={"choices": [{"value": key, "label": words} for key, words in fitting.items()]},
        ),
    )


def check_prefill(form: Form) -> Iterator[Finding]:
    """Findings for sources that give no value of the question's kind, or name a question that is not there."""
    from rules import Finding

    top = {one.key: one for one in form.questions()}
    for path, one in form.fields():
        if one.prefill is None:
            continue
        if "." in path:
            yield Finding(f"{one.place}/prefill", "form.prefill_inside", {"group": path.partition(".")[0]})
        elif one.prefill not in EARLIER and one.prefill not in one.kind.account:
            yield from _another(one, top)


def _another(one: Field, top: dict[str, Field]) -> Iterator[Finding]:
    """A source `permit.<key>`: the answer to another question of the same form, of the same kind."""
    from rules import Finding

    place, key = f"{one.place}/prefill", str(one.prefill).partition(".")[2]
    if one.prefill in SOURCES:
        yield Finding(place, "form.prefill_kind", {"source": str(one.prefill), "kind": one.kind.word})
    elif key not in top:
        near = get_close_matches(key, list(top), 1)
        yield Finding(place, "form.prefill_unknown", {"key": key, **({"near": near[0]} if near else {})})
    elif top[key].kind.word != one.kind.word:
        yield Finding(place, "form.prefill_kind", {"source": str(one.prefill), "kind": one.kind.word})
