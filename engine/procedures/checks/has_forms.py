"""Every task of a person has a form, and it is in the bundle; so have the forms that procedure.toml names."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "step.no_form": "{name} ({id}) has no form; choose one (zeebe:formDefinition formId).",
    "step.form_missing": "{name} ({id}) uses the form {form}, which is not in forms/.",
    "about.form_missing": "procedure.toml names the form {form}, which is not in forms/.",
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
