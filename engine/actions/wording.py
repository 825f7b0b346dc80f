"""The words that letters and notices may use: plain values as they were checked, and under `shown` as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import fees
from forms import Form

from .action import Work


def words_for(work: Work, *, lang: str | None = None) -> dict[str, Any]:
    """Names in a letter: forms and decisions as in expressions, `shown.<form>` readable; `case applicant office procedure fee today`."""
    language = lang or work.applicant.language
    shown = {key: readable(work.bundle.forms[key], values, language) for key, values in work.facts.items() if key in work.bundle.forms}
    return {**work.facts, "shown": shown, **_house(work, language)}


def readable(form: Form, values: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The answers as texts; a repeating group as a list of rows of texts."""
    return {field.key: _text(field, values[field.key], lang) for field in form.questions() if values.get(field.key) is not None}


def _text(field: Any, value: Any, lang: str) -> Any:
    if field.fields:
        return [
            {inner.key: _text(inner, row[inner.key], lang) for inner in field.fields if row.get(inner.key) is not None} for row in value
        ]
    return field.kind.text(value, field, lang)


def _house(work: Work, language: str) -> dict[str, Any]:
    case, office, zone = work.case, work.office, work.office.calendar.zone
    fee = next((each for each in reversed(fees.fees_of(work.session, case.id)) if each.replaced_at is None), None)
    names = work.bundle.about.name
    return {
        "case": {
            "number": case.number,
            "received": case.submitted_at.astimezone(zone) if case.submitted_at else None,
            "due": case.due_at.astimezone(zone) if case.due_at else None,
            "link": f"{office.address}/applications/{case.id}",
        },
        "applicant": {"name": work.applicant.name},
        "office": {"name": office.name, "address": office.address},
        "procedure": {"name": names.get(language) or names["id"]},
        "fee": {"amount": fee.amount, "lines": fee.lines, "title": fee.title.get(language)} if fee else None,
        "today": work.at.astimezone(zone).date(),
    }
