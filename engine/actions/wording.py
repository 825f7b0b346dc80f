"""The words that letters and notices may use: plain values as they were checked, and under `shown` as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine import fees, texts
from engine.flow import Facts
from forms import Form

from .action import Work


def words_for(work: Work, template: str, *, lang: str | None = None) -> dict[str, Any]:
    """What a letter reads: forms and decisions as in expressions, `shown.<form>` readable; `case applicant office procedure fee today`.

    Nothing is made that the template does not name. Raises BadText.
    """
    language, paths = lang or work.applicant.language, [path.split(".") for path in texts.read(template).paths]
    roots = {path[0] for path in paths}
    forms = work.bundle.forms.keys() if ["shown"] in paths else {path[1] for path in paths if path[0] == "shown"} & work.bundle.forms.keys()
    shown = {key: readable(work.bundle.forms[key], work.facts[key], language) for key in forms if key in work.facts}
    known = work.facts.only(texts.read(template).paths) if isinstance(work.facts, Facts) else _named(work.facts, roots)
    house = {name: make(work, language) for name, make in _HOUSE.items() if name in roots}
    return {**known, **({"shown": shown} if "shown" in roots else {}), **house}


def _named(facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: facts[name] for name in names if name in facts}


def readable(form: Form, values: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answers as texts; a repeating group as a list of rows of texts."""
    return {field.key: _text(field, values[field.key], lang) for field in form.questions() if values.get(field.key) is not None}


def _text(field: Any, value: Any, lang: str) -> Any:
    if field.fields:
        return [
            {inner.key: _text(inner, row[inner.key], lang) for inner in field.fields if row.get(inner.key) is not None} for row in value
        ]
    return field.kind.text(value, field, lang)


def _case(work: Work, language: str) -> dict[str, Any]:
    case, zone = work.case, work.office.calendar.zone
    return {
        "number": case.number,
        "received": case.submitted_at.astimezone(zone) if case.submitted_at else None,
        "due": case.due_at.astimezone(zone) if case.due_at else None,
        "link": f"{work.office.address}/applications/{case.id}",
    }


def _fee(work: Work, language: str) -> dict[str, Any] | None:
    fee = next((each for each in reversed(fees.fees_of(work.session, work.case.id)) if each.replaced_at is None), None)
    return {"amount": fee.amount, "lines": fee.lines, "title": fee.title.get(language)} if fee else None


def _procedure(work: Work, language: str) -> dict[str, Any]:
    names = work.bundle.about.name
    return {"name": names.get(language) or names["id"]}


_HOUSE: Mapping[str, Callable[[Work, str], Any]] = {
    "case": _case,
    "applicant": lambda work, language: {"name": work.applicant.name},
    "office": lambda work, language: {"name": work.office.name, "address": work.office.address},
    "procedure": _procedure,
    "fee": _fee,
    "today": lambda work, language: work.at.astimezone(work.office.calendar.zone).date(),
}
