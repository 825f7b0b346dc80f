"""Answers by one press: those of the draft's own stories for the same step, else what each kind of question itself calls right."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import marshmallow as ma

from engine import stories
from engine.procedures import Bundle
from engine.store import EngineError
from engine.stories import BadFile, BadStory, Do
from forms import Asked, Field, Form

Raw = dict[str, Any]


def of_stories(bundle: Bundle, step: str) -> dict[str, tuple[str, Raw]]:
    """What somebody answers at this step, files among it, by the story that tells it; with the story's title."""
    found: dict[str, tuple[str, Raw]] = {}
    with suppress(BadStory):
        for story in stories.read_all(bundle):
            done = (each for each in story.steps if isinstance(each, Do) and each.task == step)
            first = next((each for each in done if each.deed == "complete" and not each.refused), None)
            if first is not None:
                found[story.key] = (story.title, _with_files(first.answers, first.files))
    return found


def _with_files(answers: Mapping[str, Any], files: Mapping[str, str]) -> Raw:
    made: Raw = dict(answers)
    for path, name in files.items():
        with suppress(EngineError):
            stories.put(made, path, stories.sample(name))
    return made


def of_kinds(form: Form, *, at: datetime, lang: str) -> Raw:
    """An answer to every question that its own kind calls right; none where a kind has no example that fits."""
    found = {one.key: of_kind(one, form, at=at, lang=lang) for one in form.questions() if one.kind.answered and not one.kind.computed}
    return {key: value for key, value in found.items() if value is not None}


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
