"""From the TOML of a story to plain values; everything that is wrong with it is told with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from engine.procedures import Bundle
from engine.store import EngineError

STEP_WORDS = frozenset({"as", "task", "do", "answers", "files", "without", "wait", "expect"})
EXPECTATIONS = frozenset(
    {"open", "sent", "tracking", "fee", "fee_rows", "refused", "errors", "ended", "number", "letter_contains", "decided"}
)
DEEDS = frozenset({"complete", "claim", "release", "withdraw"})


class BadFile(EngineError):
    """The file {file} cannot be sent: {why}."""

    code = "stories.bad_file"


class BadStory(EngineError):
    """The story {story} cannot be read: {why}."""

    code = "stories.bad"


@dataclass(frozen=True)
class Actor:
    """Somebody in a story: a name, the desks they sit at, and perhaps a phone number and an e-mail address."""

    name: str
    desks: tuple[str, ...]
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Do:
    """Somebody does something: `deed` is complete (a task with answers and files), claim, release or withdraw."""

    who: str
    deed: str
    task: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    expect: Mapping[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether the step is told as an attempt that fails."""
        return "refused" in self.expect or "errors" in self.expect


@dataclass(frozen=True)
class Wait:
    """Time passes: `count` of `unit` (working days, days, hours, minutes)."""

    count: int
    unit: str
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A whole story. `start` is aware; steps are numbered from 1 in what is told about them."""

    key: str
    title: str
    start: datetime
    people: Mapping[str, Actor]
    steps: tuple[Do | Wait, ...]


def read_all(bundle: Bundle) -> tuple[Story, ...]:
    """Every story of a bundle, by file name. Raises BadStory."""
    return tuple(read_story(key, bundle.stories) for key in sorted(bundle.stories))


def read_story(key: str, texts: Mapping[str, Any], *, asked_by: tuple[str, ...] = ()) -> Story:
    """One story; `like` takes people, start and the answers of the same task from another one. Raises BadStory.

    `asked_by` are the stories that are like this one.
    """
    told = _toml(key, texts)
    if key in asked_by:
        raise BadStory(story=key, why=f"{' and '.join(asked_by)} are told as like each other")
    model = read_story(told["like"], texts, asked_by=(*asked_by, key)) if told.get("like", key) != key else None
    actors = {name: _actor(key, about) for name, about in told.get("people", {}).items()}
    steps = tuple(_like(_step(key, number, each), model) for number, each in enumerate(told.get("steps", ()), 1))
    moment = _moment(told.get("start")) or (model.start if model else None)
    if moment is None or not steps:
        raise BadStory(story=key, why="it needs `start` (a moment with its zone) and at least one [[steps]]")
    people = {**(model.people if model else {}), **actors}
    for step in steps:
        if isinstance(step, Do) and step.who not in people:
            raise BadStory(story=key, why=f'`as = "{step.who}"` names nobody in [people]')
    return Story(key, str(told.get("title", key)), moment, people, steps)


def _toml(key: str, texts: Mapping[str, Any]) -> dict[str, Any]:
    if key not in texts:
        raise BadStory(story=key, why="there is no such story")
    data = texts[key]
    if isinstance(data, Mapping):
        return dict(data)
    try:
        return tomllib.loads(data.decode() if isinstance(data, bytes) else data)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadStory(story=key, why=str(wrong)) from wrong


def _moment(start: Any) -> datetime | None:
    """An aware moment from what is written, or None."""
    try:
        moment = datetime.fromisoformat(start) if isinstance(start, str) else start
    except ValueError:
        return None
    return moment if isinstance(moment, datetime) and moment.tzinfo else None


def _actor(key: str, about: Mapping[str, Any]) -> Actor:
    if "name" not in about:
        raise BadStory(story=key, why="everybody in [people] needs a name")
    return Actor(about["name"], tuple(about.get("desks", ())), about.get("phone"), about.get("email"))


def _step(key: str, number: int, about: Mapping[str, Any]) -> Do | Wait:
    unknown = set(about) - STEP_WORDS or set(about.get("expect", {})) - EXPECTATIONS
    if unknown:
        raise BadStory(story=key, why=f"step {number} says {', '.join(sorted(unknown))}, which no story knows")
    expect = about.get("expect", {})
    if "wait" in about:
        count, _, unit = str(about["wait"]).partition(" ")
        if not count.isdigit() or unit.rstrip("s") not in ("working day", "day", "hour", "minute"):
            raise BadStory(story=key, why=f'step {number}: write wait = "3 working days" (or days, hours, minutes)')
        return Wait(int(count), unit.rstrip("s"), expect)
    deed = about.get("do", "complete")
    if "as" not in about or deed not in DEEDS:
        raise BadStory(story=key, why=f"step {number} needs `as` (who) and `task`, or `wait`")
    return Do(
        about["as"],
        deed,
        about.get("task", ""),
        _plain(about.get("answers", {})),
        dict(about.get("files", {})),
        tuple(about.get("without", ())),
        expect,
    )


def _like(step: Do | Wait, model: Story | None) -> Do | Wait:
    """The answers and files of the model's first step on the same task, with the step's own over them."""
    if model is None or isinstance(step, Wait):
        return step
    same = next((each for each in model.steps if isinstance(each, Do) and each.task == step.task and not each.refused), None)
    if same is None:
        return step
    answers = {key: value for key, value in {**same.answers, **step.answers}.items() if key not in step.without}
    files = {key: value for key, value in {**same.files, **step.files}.items() if key not in step.without}
    return replace(step, answers=answers, files=files)


def _plain(value: Any) -> Any:
    """What a machine would send: dates as ISO text."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
