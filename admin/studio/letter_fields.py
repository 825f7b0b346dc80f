"""What a letter may say of a case: questions, results, what automatic steps wrote, what every letter knows; and how each is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from admin.procedures.folders import written
from engine.procedures import BY_THE_OFFICE, CONTEXT, NOTICE, Bundle, Seen
from forms import Field, Form
from hall import N_

from .asked import forms_of, readable_bundle
from .said import both

Json = dict[str, Any]
WAYS: Mapping[str, str] = {
    "": N_("as it is"),
    "shown": N_("as people read it"),
    "long_date": N_("day in words: 1 July 2026"),
    "hari": N_("day of the week"),
    "moment": N_("day and time"),
    "rupiah": N_("in rupiah: Rp1.250.000"),
    "terbilang": N_("number in Indonesian words"),
    "number": N_("number: 1.250,5"),
    "yes_no": N_("yes or no"),
    "size": N_("how many"),
    "roman": N_("month or number in Roman letters"),
    "upcase": N_("in capitals"),
    "capitalize": N_("with a capital at the beginning"),
}
OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "string": ("", "upcase"),
    "number": ("number", "rupiah", "terbilang", "roman", ""),
    "boolean": ("yes_no",),
    "date": ("long_date", "hari", "roman"),
    "date and time": ("long_date", "moment", "hari"),
    "list": ("size",),
}
HOUSE: tuple[tuple[str, str, str], ...] = (
    ("case.number", "string", N_("Number of the application")),
    ("case.received", "date and time", N_("Day on which the application was received")),
    ("case.due", "date and time", N_("Day by which it must be decided")),
    ("case.link", "string", N_("Address of the application's page")),
    ("applicant.name", "string", N_("Name of the applicant")),
    ("office.name", "string", N_("Name of the office")),
    ("office.address", "string", N_("Web address of the office")),
    ("procedure.name", "string", N_("Name of the service")),
    ("fee.amount", "number", N_("What has to be paid")),
    ("today", "date", N_("Today")),
)
DOCUMENT: tuple[tuple[str, str, str], ...] = (
    ("document.number", "string", N_("Number of this letter")),
    ("document.issued_on", "date", N_("Day of this letter")),
    ("document.valid_from", "date", N_("Valid from")),
    ("document.valid_until", "date", N_("Valid until")),
    ("document.code", "string", N_("Code with which it can be checked")),
)
_UNSAID = ("heading", "information", "file", "files", "photo", "signature", "declaration")


def fields(files: Mapping[str, bytes], name: str) -> list[Json]:
    """What can be chosen in the letter of this name: `{path, type, label, group, ways, sure}`, of a group also its `rows`."""
    if name in BY_THE_OFFICE:
        return list(_by_the_office(name))
    house = [_known(path, kind, both(label), both(N_("The application"))) for path, kind, label in HOUSE]
    own = (
        [_known(path, kind, both(label), both(N_("This letter"))) for path, kind, label in DOCUMENT] if not name.startswith(NOTICE) else []
    )
    asked = [one for key, form in forms_of(files).items() for one in _of_form(key, form)]
    bundle = readable_bundle(files)
    return [*own, *house, *asked, *(_results(bundle) if bundle else ())]


def _by_the_office(name: str) -> Iterator[Json]:
    """What a message that the office sends by itself may say."""
    known = ("case.number", "case.link", "applicant.name", "office.name", "office.address", "procedure.name")
    own = (("reason", "string", N_("Reason")), ("step.name", "string", N_("Name of the step")), ("until", "date", N_("Until")))
    said = [one for one in own if one[0].partition(".")[0] in BY_THE_OFFICE[name]]
    yield from (_known(path, kind, both(label), both(N_("This message"))) for path, kind, label in said)
    yield from (_known(path, kind, both(label), both(N_("The application"))) for path, kind, label in HOUSE if path in known)


def _known(path: str, type_: str, label: Mapping[str, str], group: Mapping[str, str], **more: object) -> Json:
    ways = [{"path": path, "format": way} for way in OF_TYPE.get(type_, ("",))]
    return {"path": path, "type": type_, "label": dict(label), "group": dict(group), "ways": ways, "sure": True, **more}


def _of_form(key: str, form: Form) -> Iterator[Json]:
    hidden = {field.key for page in form.pages if page.show_when for field in page.fields}
    for field in form.questions():
        if field.kind.word in _UNSAID:
            continue
        path, group, sure = f"{key}.{field.key}", dict(form.title), _sure(field) and field.key not in hidden
        if field.fields:
            rows = [{**_of_field(one, "", one.key, {}), "sure": _sure(one)} for one in field.fields if one.kind.word not in _UNSAID]
            yield {**_known(path, "list", _label(field), group), "rows": rows, "sure": sure}
        else:
            yield {**_of_field(field, "shown.", path, group), "sure": sure}


def _sure(field: Field) -> bool:
    """Whether it is always answered: what is not cannot be written without saying what stands there then."""
    return field.required and field.show_when is None


def _of_field(field: Field, shown: str, path: str, group: Mapping[str, str]) -> Json:
    """A question; what a person reads of it is another path, and comes first where that says more."""
    scope = field.kind.scope(field)
    kind = scope if isinstance(scope, str) else "list" if isinstance(scope, list) else "any"
    choices = field.options.get("choices")
    made = _known(path, kind, _label(field), group, kind=field.kind.word)
    read = [{"path": f"{shown}{path}", "format": "", "way": "shown"}]
    plain = made["ways"] if kind in OF_TYPE and not choices else []
    plain = [way for way in plain if way["format"] or kind == "string"]
    plain.sort(key=lambda way: way["format"] != field.kind.word)  # an amount of rupiah first as such
    first_read = bool(choices) or kind in ("any", "list", "boolean") or field.kind.word in ("region", "lookup", "number", "select")
    made["ways"] = ([*read, *plain] if first_read else [*plain, *read]) if shown else read
    return {**made, **({"choices": [{"value": one["value"], "label": dict(one["label"])} for one in choices]} if choices else {})}


def _label(field: Field) -> dict[str, str]:
    said = {lang: field.noun.get(lang) or field.label.get(lang) or field.key for lang in ("id", "en")}
    said["en"] = said["en"].removeprefix("the ")
    return {lang: text[:1].upper() + text[1:] for lang, text in said.items()}


def _results(bundle: Bundle) -> Iterator[Json]:
    """Results of tables and formulas, and what automatic steps wrote."""
    own = {*CONTEXT, *bundle.forms}
    for name, kind in Seen(bundle, written()).names.items():
        if name in own:
            continue
        group = {lang: _title(bundle, name) for lang in ("id", "en")}
        if isinstance(kind, Mapping):
            for member, inner in kind.items():
                if isinstance(inner, str):
                    label = {lang: f"{group[lang]}: {word}" for lang, word in _plain(member).items()}
                    yield _known(f"{name}.{member}", inner, label, group)
        elif isinstance(kind, str):
            yield _known(name, kind, group, both(N_("Worked out before")))


def _title(bundle: Bundle, name: str) -> str:
    """What a result is called in the diagram: its step."""
    step = next((one for one in bundle.process.steps.values() if name in (one.id, one.result)), None)
    return step.name if step and step.name else name


MEMBERS: Mapping[str, str] = {
    "amount": N_("amount"),
    "number": N_("number"),
    "document": N_("document"),
    "lines": N_("lines"),
    "due": N_("due"),
}


def _plain(member: str) -> dict[str, str]:
    return both(MEMBERS[member]) if member in MEMBERS else {"id": member, "en": member}
