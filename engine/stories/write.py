"""A story as the file that holds it: TOML in the words that a clerk reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from .read import Actor, Do, Story, Wait


def written(story: Story) -> bytes:
    """The file. Reading it gives the story again."""
    sheet = tomlkit.document()
    sheet["title"] = story.title
    sheet["start"] = story.start.isoformat(timespec="minutes")
    sheet["people"] = _people(story.people)
    steps = AoT([_step(each) for each in story.steps])
    sheet["steps"] = steps
    return tomlkit.dumps(sheet).encode()


def _people(people: Mapping[str, Actor]) -> Table:
    made = tomlkit.table()
    for key, actor in people.items():
        about = tomlkit.inline_table()
        about["name"] = actor.name
        about["desks"] = list(actor.desks)
        made[key] = about
    return made


def _step(step: Do | Wait) -> Table:
    made = tomlkit.table()
    if isinstance(step, Wait):
        made["wait"] = f"{step.count} {step.unit}{'s' if step.count != 1 else ''}"
    else:
        made["as"] = step.who
        if step.deed != "complete":
            made["do"] = step.deed
        if step.task:
            made["task"] = step.task
        for word, pairs in (("answers", step.answers), ("files", step.files)):
            if pairs:
                made[word] = _table(pairs)
    if step.expect:
        made["expect"] = _table(step.expect)
    return made


def _table(pairs: Mapping[str, Any]) -> Table:
    made = tomlkit.table()
    for key, value in pairs.items():
        made[key] = _plain(value)
    return made


def _plain(value: Any) -> Any:
    """Lists and tables inside a table stand on one line; what is not there is left out."""
    if isinstance(value, Mapping):
        inner = tomlkit.inline_table()
        inner.update({key: _plain(each) for key, each in value.items() if each is not None})
        return inner
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value if each is not None]
    return value if isinstance(value, str | bool | int | float | date) else str(value)
