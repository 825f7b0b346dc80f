"""What a table may ask: questions asked before it, what is known of the case, results of other decisions; each with its known values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import forms
import rules
from engine import procedures
from engine.procedures import CONTEXT, FUNCTIONS, BadBundle, Bundle, Seen
from forms import BadForm, Field, Form
from hall import N_
from rules import Decisions, model

from . import shelf, told
from .asking import FORM
from .said import both

Json = dict[str, Any]
PARAMETER = "received_on"
SIMPLE = ("number", "string", "boolean", "date")
RECEIVED = "if case.received = null then today() else date(case.received)"
"""The day that a dated tariff looks at: of the application, and for an estimate without one today."""


def forms_of(files: Mapping[str, bytes]) -> dict[str, Form]:
    """The forms that can be read, in the order of the diagram when that can be read too."""
    bundle = readable_bundle(files)
    if bundle is not None:
        order = [step.form for step in (bundle.process.steps[one] for one in bundle.process.order) if step.form]
        return {key: bundle.forms[key] for key in dict.fromkeys((*order, *bundle.forms)) if key in bundle.forms}
    groups = told.groups_of(files, shelf.groups())
    lists = {name.removeprefix("lists/").removesuffix(".csv"): data for name, data in files.items() if name.startswith("lists/")}
    read: dict[str, Form] = {}
    for name in sorted(files):
        if match := FORM.match(name):
            try:
                read[match[1]] = forms.read(files[name], groups=groups, functions=FUNCTIONS, lists=lists)
            except BadForm:
                continue
    return read


def readable_bundle(files: Mapping[str, bytes]) -> Bundle | None:
    """The whole procedure, when nothing in it is so wrong that it cannot be read."""
    try:
        return procedures.read_files(files)
    except BadBundle:
        return None


def scope_of(files: Mapping[str, bytes], actions: Mapping[str, Any]) -> dict[str, Any]:
    """The types of every name that an expression of the procedure may read."""
    bundle = readable_bundle(files)
    if bundle is not None:
        return dict(Seen(bundle, actions).names)
    return {**CONTEXT, **{key: form.scope() for key, form in forms_of(files).items()}}


def before(files: Mapping[str, bytes], decisions: Decisions, id: str) -> set[str] | None:
    """The forms asked before the table is used; None when that cannot be said."""
    bundle = readable_bundle(files)
    if bundle is None:
        return None
    users = {id, *(one for one in decisions.ids if id in _reached(decisions, one))}
    steps = [bundle.process.steps[one] for one in bundle.process.order]
    used = [place for place, step in enumerate(steps) if step.kind == "rule" and step.decision in users]
    return {step.form for step in steps[: used[-1]] if step.form} if used else None


def _reached(decisions: Decisions, id: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """Everything that an element requires, over others too."""
    element = next((one for one in decisions.model.elements if one.id == id), None)
    if id in seen or not isinstance(element, model.Decision | model.Knowledge):
        return set()
    nearest = {*element.knowledge, *(element.requires if isinstance(element, model.Decision) else ())}
    return nearest.union(*(_reached(decisions, one, seen | {id}) for one in nearest))


def candidates(files: Mapping[str, bytes], decisions: Decisions, element: model.Decision | model.Knowledge) -> list[Json]:
    """Everything that a column of conditions may ask, as drop-downs show it."""
    if isinstance(element, model.Knowledge):
        return [_of_parameter(one) for one in element.logic.parameters]
    early = before(files, decisions, element.id)
    found = [
        one
        for key, form in forms_of(files).items()
        if early is None or key in early
        for field in form.questions()
        for one in _of_field(key, field, form)
    ]
    return [*found, *_of_case(), *_of_decisions(decisions, element)]


def _candidate(text: str, kind: str, label: Mapping[str, str], group: Mapping[str, str], **more: object) -> Json:
    return {"text": text, "type": kind, "label": dict(label), "group": dict(group), **more}


def _plain(text: str) -> dict[str, str]:
    return {"id": text, "en": text}


def _of_parameter(one: model.Variable) -> Json:
    """What a knowledge model is handed."""
    label = both(N_("Day the application was received")) if one.name == PARAMETER else _plain(one.name)
    dated = {"dated": True} if one.type_ref == "date" else {}
    return _candidate(one.name, one.type_ref or "string", label, both(N_("What the table is given")), **dated)


def _of_field(key: str, field: Field, form: Form) -> Iterator[Json]:
    path, kind, group = f"{key}.{field.key}", field.kind.scope(field), dict(form.title)
    label = {lang: field.label.get(lang) or field.key for lang in ("id", "en")}
    if kind in SIMPLE:
        more = {"values": _choices(field)} if field.options.get("choices") else {}
        yield _candidate(path, kind, label, group, asked=field.kind.word, **more)
    elif kind == "date and time":
        yield _candidate(f"date({path})", "date", label, group)
    elif isinstance(kind, list):
        yield _candidate(f"count({path})", "number", _with(label, N_("how many")), group)
    elif isinstance(kind, Mapping):
        for member, inner in kind.items():
            if inner in SIMPLE and member != "at":
                yield _candidate(f"{path}.{member}", inner, {lang: f"{text}: {member}" for lang, text in label.items()}, group)


def _with(label: Mapping[str, str], word: str) -> dict[str, str]:
    said = both(word)
    return {lang: f"{text}: {said[lang]}" for lang, text in label.items()}


def _choices(field: Field) -> list[Json]:
    return [{"value": one["value"], "label": dict(one["label"])} for one in field.options["choices"]]


def _of_case() -> Iterator[Json]:
    group = both(N_("The application"))
    channels = (("online", N_("online")), ("counter", N_("at the counter")), ("home_visit", N_("at a home visit")))
    values = [{"value": value, "label": both(word)} for value, word in channels]
    yield _candidate(RECEIVED, "date", both(N_("Day the application was received")), group, dated=True)
    yield _candidate("case.channel", "string", both(N_("How the application came in")), group, values=values)


def _of_decisions(decisions: Decisions, element: model.Decision) -> Iterator[Json]:
    group = both(N_("Worked out before"))
    for one in decisions.model.elements:
        if not isinstance(one, model.Decision) or one.id == element.id or element.id in _reached(decisions, one.id):
            continue
        kind = decisions.output_type(one.id)
        if kind in SIMPLE:
            yield _candidate(one.name, kind, _plain(one.label or one.name), group)


def required(decisions: Decisions, element: model.Decision | model.Knowledge, table: model.Table) -> list[str]:
    """Ids of the decisions and input data of the same file that a table reads and its element does not require yet."""
    if isinstance(element, model.Knowledge):
        return []
    roots = {path.partition(".")[0] for path in _read_by(decisions, element.id, table)}
    return [
        one.id
        for one in decisions.model.elements
        if isinstance(one, model.Decision | model.InputData) and one.name in roots and one.id not in (element.id, *element.requires)
        if element.id not in _reached(decisions, one.id)
    ]


def _read_by(decisions: Decisions, id: str, table: model.Table) -> frozenset[str]:
    return rules.alone(decisions.model, id, table).reads(id)


def known_values(table: model.Table, asked: Iterable[Json], every: Mapping[str, Form]) -> dict[str, list[Json]]:
    """For columns that are no question themselves (parameters, calculations, results): the choices of the question whose values they
    speak of, by `input <number>` and `output <number>` from 1."""
    own = {one["text"] for one in asked if "values" in one}
    found: dict[str, list[Json]] = {}
    columns = [
        ("input", number, [rule.inputs[number - 1] for rule in table.rules], rules.cell_of, column.text, column.allowed)
        for number, column in enumerate(table.inputs, 1)
    ]
    columns += [("output", number, [rule.outputs[number - 1] for rule in table.rules], rules.result_of, "", column.allowed)
                for number, column in enumerate(table.outputs, 1)]  # fmt: skip
    for kind, number, cells, read, text, allowed in columns:
        if text in own:
            continue
        said = [value for cell in (*cells, *([allowed] if allowed else [])) for value in read(cell).values]
        words = list(dict.fromkeys(value for value in said if isinstance(value, str)))
        if words and len(words) == len({*map(str, said)}):
            found[f"{kind} {number}"] = _choices_with(words, every, only=kind == "input" or bool(allowed))
    return {key: values for key, values in found.items() if values}


def _choices_with(words: list[str], every: Mapping[str, Form], *, only: bool) -> list[Json]:
    """The choices of the first question that has all these values; else the values themselves."""
    for form in every.values():
        for _path, field in form.fields():
            choices = field.options.get("choices")
            if isinstance(choices, list | tuple) and {*words} <= {one["value"] for one in choices}:
                return _choices(field)
    return [{"value": word, "label": _plain(word)} for word in words] if only else []
