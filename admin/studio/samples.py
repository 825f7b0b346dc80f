"""Answers by one press: those of the draft's own stories for the same step, else what each kind of question itself calls right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import marshmallow as ma

from engine import stories
from engine.procedures import Bundle
from engine.store import EngineError
from engine.stories import BadFile, BadStory, Do
from forms import Asked, Field, Form, Invalid

Raw = dict[str, Any]
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T|$)")


def of_stories(bundle: Bundle, step: str, *, start: datetime) -> dict[str, tuple[str, Raw]]:
    """What somebody answers at this step, files among it, by the story that tells it; with the story's title.

    Days that lie ahead when the story begins lie as many days ahead of `start`, rounded up to weeks: a Monday stays one.
    """
    found: dict[str, tuple[str, Raw]] = {}
    with suppress(BadStory):
        for story in stories.read_all(bundle):
            done = (each for each in story.steps if isinstance(each, Do) and each.task == step)
            first = next((each for each in done if each.deed == "complete" and not each.refused), None)
            if first is not None:
                weeks = -((story.start.date() - start.date()).days // 7)
                ahead = _moved(first.answers, story.start.date(), timedelta(weeks=weeks))
                found[story.key] = (story.title, _with_files(ahead, first.files))
    return found


def _moved(given: Any, since: date, by: timedelta) -> Any:
    """The same answers, with every day from `since` on moved; what lies before it (a birthday, the day of a deed) stays."""
    if isinstance(given, Mapping):
        return {key: _moved(value, since, by) for key, value in given.items()}
    if isinstance(given, list):
        return [_moved(value, since, by) for value in given]
    if not isinstance(given, str) or not DAY.match(given):
        return given
    with suppress(ValueError):
        day = date.fromisoformat(given[:10])
        return (day + by).isoformat() + given[10:] if day >= since else given
    return given


def _with_files(answers: Mapping[str, Any], files: Mapping[str, str]) -> Raw:
    made: Raw = dict(answers)
    for path, name in files.items():
        with suppress(EngineError):
            stories.put(made, path, stories.sample(name))
    return made


def of_kinds(form: Form, *, at: datetime, lang: str, **known: Any) -> Raw:
    """An answer to every question that is asked, one that its own kind calls right; none where a kind has no example that fits.

    `known`: what the form's conditions may read besides (`context`, `functions`).
    """
    found = {one.key: of_kind(one, form, at=at, lang=lang) for one in form.questions() if one.kind.answered and not one.kind.computed}
    made = {key: value for key, value in found.items() if value is not None}
    try:
        form.check(made, at=at, lang=lang, **known)
    except Invalid as wrong:
        hidden = {error.path for error in wrong.errors if error.code == "hidden"}
        made = {key: value for key, value in made.items() if key not in hidden}
    return made


def of_kind(one: Field, form: Form, *, at: datetime, lang: str) -> Any:
    """One answer, or None."""
    if one.kind.word == "file":
        return _file(one)
    if "choices" in one.options:
        value = one.options["choices"][0]["value"]
        return [value] if one.kind.browser == "choices" else value
    if one.fields:
        return [{inner.key: of_kind(inner, form, at=at, lang=lang) for inner in one.fields if inner.kind.answered}]
    asked = Asked(at=at, lang=lang, kept={}, form=form.key, names=form.functions)
    for good in one.kind.good:
        raw = one.kind.tidy(good.raw, one)
        try:
            one.kind.marshal(one, asked).deserialize(raw)
        except (ma.ValidationError, KeyError, TypeError, ValueError):
            continue
        if raw is not None:
            return raw
    return None


def _file(one: Field) -> Any:
    for ending in one.options.get("types", ("pdf",)):
        with suppress(BadFile):
            return stories.sample(f"contoh.{ending}")
    return None
