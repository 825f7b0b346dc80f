"""Sample facts for the preview of a letter: a story's answers, what tables give for them, and stand-ins for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import marshmallow as ma

import rules
from engine import stories
from engine.actions import readable
from engine.documents import Issued, Signatory
from engine.office import Office
from engine.people import APPLICANT
from engine.procedures import Bundle
from engine.store import EngineError
from engine.stories import BadStory, Do
from forms import Asked, Form, Invalid

from .samples import of_kinds, of_stories

Json = dict[str, Any]
NUMBER, CODE, NAME = "CONTOH/SAMPLE", "0000-0000-0000-0000", "Sari Wulandari"


@dataclass(frozen=True)
class Sampling:
    """Where samples are made for: a procedure at an office, at a moment, as told by a story (or by none)."""

    bundle: Bundle | None
    office: Office
    at: datetime
    story: str = ""


def told_by(bundle: Bundle | None) -> list[Json]:
    """The stories whose answers may be taken: key and title."""
    with suppress(BadStory):
        return [{"key": one.key, "title": one.title} for one in stories.read_all(bundle)] if bundle else []
    return []


def facts_of(sampling: Sampling, lang: str) -> Json:
    """What a letter may read, except what nobody could say."""
    bundle, office, at = sampling.bundle, sampling.office, sampling.at
    day = office.calendar.local(at).date()
    house: Json = {
        "case": {"number": NUMBER, "received": at, "due": at + timedelta(days=7), "link": f"{office.address}/applications/…"},
        "applicant": {"name": _name(sampling)},
        "office": {"name": office.name, "address": office.address},
        "procedure": {"name": bundle.about.name.get(lang) or bundle.about.name["id"] if bundle else ""},
        "document": {"number": NUMBER, "code": CODE, "valid_from": day, "valid_until": day + timedelta(days=365), "issued_on": day},
        "today": day,
    }
    if bundle is None:
        return house
    answers = dict(_answers(sampling, bundle))
    worked = _worked_out(sampling, bundle, answers)
    shown = {key: readable(bundle.forms[key], values, lang) for key, values in answers.items()}
    return {**worked, **answers, "shown": shown, **house}


def _answers(sampling: Sampling, bundle: Bundle) -> Iterator[tuple[str, Json]]:
    had: set[str] = set()  # a form that is asked again later keeps its first answers
    for step in (bundle.process.steps[ident] for ident in bundle.process.order):
        form = bundle.forms.get(step.form or "")
        if form is not None and form.key not in had:
            had.add(form.key)
            told = of_stories(bundle, step.id, start=sampling.at)
            one = told.get(sampling.story) or (None if sampling.story else next(iter(told.values()), None))
            if one is not None:
                yield form.key, _checked(form, one[1], sampling)
            elif not sampling.story or (step.desks and APPLICANT in step.desks):
                yield form.key, _checked(form, of_kinds(form, at=sampling.at, lang="id"), sampling)


def _checked(form: Form, raw: Json, sampling: Sampling) -> Json:
    """The answers as a case keeps them; what the form refuses is taken question by question."""
    functions = sampling.office.calendar.functions(sampling.at)
    at = sampling.office.calendar.local(sampling.at)
    with suppress(Invalid):
        return dict(form.check(raw, at=at, lang="id", functions=functions).values)
    asked = Asked(at=at, lang="id", kept={}, form=form.key, names=form.functions)
    made: Json = {}
    for field in form.questions():
        if field.kind.answered and not field.fields and raw.get(field.key) is not None:
            with suppress(ma.ValidationError, KeyError, TypeError, ValueError):
                made[field.key] = field.kind.marshal(field, asked).deserialize(field.kind.tidy(raw[field.key], field))
    return made


def _worked_out(sampling: Sampling, bundle: Bundle, answers: Mapping[str, Any]) -> Json:
    """What tables and automatic steps give for the answers, in the order of the diagram."""
    local, functions = sampling.office.calendar.local(sampling.at), sampling.office.calendar.functions(sampling.at)
    known: Json = {"case": {"received": local, "channel": "online"}, "applicant": {"kind": "person", "language": "id"}, **answers}
    made: Json = {}
    for step in (bundle.process.steps[ident] for ident in bundle.process.order):
        if step.kind == "rule" and step.result and step.decision:
            with suppress(rules.RuleError, rules.DecisionError, EngineError):
                made[step.result] = bundle.decide(step.decision, {**known, **made}, now=local, functions=functions).value
        elif step.action in ("issue", "number"):
            made[step.id] = {"number": NUMBER}
        elif step.action == "charge" and bundle.about.fee.amount:
            with suppress(rules.RuleError):
                made[step.id] = {"amount": rules.evaluate(bundle.about.fee.amount, {**known, **made}, now=local, functions=functions)}
    return made


def _name(sampling: Sampling) -> str:
    """Who applied in the story."""
    with suppress(BadStory):
        for story in stories.read_all(sampling.bundle) if sampling.bundle else ():
            first = next((each for each in story.steps if isinstance(each, Do)), None)
            if first is not None and sampling.story in ("", story.key):
                return story.people[first.who].name
    return NAME


def filled(facts: Json, parts: Any, labels: Mapping[str, str]) -> Json:
    """The facts with a stand-in for every field that is written and not there: its name in brackets, or something of its kind."""
    loops: set[str] = set()
    for node in _atoms(parts):
        attrs = node.get("attrs", {})
        if attrs.get("tag") == "for":
            loops.add(attrs["text"].partition(" ")[0])
        elif node["type"] == "field" and not attrs.get("otherwise") and attrs["path"].partition(".")[0] not in {*loops, "forloop"}:
            _put(facts, attrs["path"].split("."), _stand_in(attrs, labels))
    return facts


def _atoms(node: Any) -> Iterator[Json]:
    if isinstance(node, Mapping):
        yield dict(node)
        for one in node.get("content") or ():
            yield from _atoms(one)


def _stand_in(attrs: Mapping[str, Any], labels: Mapping[str, str]) -> Any:
    written = attrs.get("format") or ""
    if written in ("long_date", "hari", "roman"):
        return date(2026, 7, 1)
    if written == "moment":
        return datetime.fromisoformat("2026-07-01T09:00:00+07:00")
    if written in ("rupiah", "terbilang", "number"):
        return Decimal(1_250_000)
    if written == "size":
        return ["…"]
    path = attrs["path"].removeprefix("shown.")
    return f"[{labels.get(path) or path}]"


def _put(facts: Json, path: list[str], value: Any) -> None:
    here: Any = facts
    for part in path[:-1]:
        if not isinstance(here, dict):
            return
        if not isinstance(here.get(part), dict):
            if here.get(part) is not None:
                return
            here[part] = {}
        here = here[part]
    if isinstance(here, dict) and here.get(path[-1]) is None:
        here[path[-1]] = value


def issued(sampling: Sampling, signed_by: str, lang: str) -> Issued:
    """What the office adds: a number and a code that say that they are samples, and the one who signs."""
    position = sampling.bundle.text("desks", signed_by, lang) if sampling.bundle and signed_by else ""
    day = sampling.office.calendar.local(sampling.at).date()
    return Issued(on=day, number=NUMBER, code=CODE, signatory=Signatory(position=position, name="N.N."), draft=True)
