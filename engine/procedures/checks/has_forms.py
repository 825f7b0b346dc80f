"""Every task of a person has a form, and it is in the bundle; so have the forms that procedure.toml names."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "step.no_form": {
        "id": "{step} belum punya formulir. Di perancang, pilih langkah ini dan jawab “Formulir yang mana?”.",
        "en": "{step} has no form. In the designer, choose this step and answer “Which form?”.",
    },
    "step.form_missing": {
        "id": "{step} memakai formulir “{form}”, yang tidak ada. Buat formulir itu, atau pilih yang lain pada “Formulir yang mana?”.",
        "en": "{step} uses the form “{form}”, which does not exist. Make that form, or choose another at “Which form?”.",
    },
    "about.form_missing": {
        "id": "Formulir “{form}”, yang disebut pada biaya layanan (procedure.toml), tidak ada. Buat formulir itu, atau sebut yang lain.",
        "en": "The form “{form}”, which the fee names (procedure.toml), does not exist. Make that form, or name another.",
    },
}


def check(seen: Seen) -> Iterator[Finding]:
    forms = seen.bundle.forms
    for step in seen.of_kind("user"):
        if step.form is None:
            yield seen.at(step, "step.no_form")
        elif step.form not in forms:
            yield seen.at(step, "step.form_missing", form=step.form)
    fee = seen.bundle.about.fee
    for key in ("simulation", "stands_for"):
        form = getattr(fee, key)
        if form and form not in forms:
            yield Finding(f"procedure.toml#/fee/{key}", "about.form_missing", {"form": form})
