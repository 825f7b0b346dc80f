"""A small office to look at: people at every desk, the shipped permits, and applications in every state.

The applications follow the stories of the permits (workflows/*/stories) through the real verbs, with the clock turned back and their dates
moved along; nothing is written past the verbs. Filling twice is filling once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import engine
from engine import cases, jobs, people, procedures, stories, timeline
from engine.procedures import Bundle
from engine.stories import Do, Stage, Story

from .cast import APPLICANTS, PASSWORD, PLAYS, STAFF, Applicant, Play
from .hands import Hands

WORKFLOWS = Path(engine.__file__).resolve().parents[1] / "workflows"
FILLED = "office.filled"
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
Say = Callable[[str], None]


class DemoBroken(RuntimeError):
    """A story could not be followed: the permit and its stories no longer fit together."""


@dataclass(frozen=True)
class Account:
    """An account to try out, as the sign-in page shows it."""

    label: Mapping[str, str]
    login: str
    password: str = PASSWORD


def accounts() -> tuple[Account, ...]:
    """Every account of the demonstration."""
    staff = [Account({"id": f"{one.words[0]}: {one.name}", "en": f"{one.words[1]}: {one.name}"}, one.login) for one in STAFF]
    return (*staff, *(Account({"id": f"Pemohon: {one.name}", "en": f"Applicant: {one.name}"}, one.phone) for one in APPLICANTS))


def fill(hands: Hands, *, say: Say) -> None:
    """Fill an empty office; one that has people already is left as it is. Raises DemoBroken."""
    with hands.store.reading() as session:
        if people.by_login(session, STAFF[0].login):
            say("The office is filled already.")
            return
    say("Filling the office: people, permits, a dozen applications (about ten seconds, once) …")
    start = before(hands, max(play.days_ago for play in PLAYS) + 5)
    cast = sign_up_all(hands, start)
    bundles = publish_all(hands, start, cast[STAFF[0].desk], say)
    say(f"{len(STAFF) + len(APPLICANTS)} people, {len(bundles)} permits")
    act_all(hands, bundles, cast)
    with hands.store.unit() as session:
        timeline.tell(session, FILLED, by=cast[STAFF[0].desk], at=hands.now(), cases=len(PLAYS))
    say(f"{len(PLAYS)} applications")


def before(hands: Hands, days: int) -> datetime:
    """Nine o'clock in the morning, so many working days before now."""
    calendar = hands.office.calendar
    moment = calendar.local(hands.now()).replace(hour=9, minute=0, second=0, microsecond=0)
    while days or not calendar.is_working(moment):
        moment -= timedelta(days=1)
        days -= calendar.is_working(moment) and days > 0
    return moment


def sign_up_all(hands: Hands, at: datetime) -> dict[str, str]:
    """Everybody's account; ids by desk (the first one there) and by the applicant's key."""
    cast: dict[str, str] = {}
    with hands.store.unit() as session:
        for one in STAFF:
            person = people.sign_up(session, name=one.name, phone=None, email=one.login, password=PASSWORD, at=at)
            people.ensure_desk(session, one.desk, {"id": one.words[0], "en": one.words[1]})
            people.add_to_desk(session, person, one.desk, by=None, at=at)
            cast.setdefault(one.desk, person.id)
        for who in APPLICANTS:
            cast[who.key] = people.sign_up(session, name=who.name, phone=who.phone, email=None, password=PASSWORD, at=at).id
    return cast


def publish_all(hands: Hands, at: datetime, by: str, say: Say) -> dict[str, Bundle]:
    """Every shipped permit, published. Raises BadBundle."""
    bundles = {}
    for folder in sorted(path for path in WORKFLOWS.iterdir() if (path / "procedure.toml").is_file() and path.name[0] not in "_."):
        say(f"publishing {folder.name}")
        bundles[folder.name] = procedures.read_folder(folder)
        with hands.store.unit() as session:
            procedures.publish(session, bundles[folder.name], by=by, at=at)
    return bundles


def act_all(hands: Hands, bundles: Mapping[str, Bundle], cast: Mapping[str, str]) -> None:
    """Play all applications at once, always the one whose turn comes first, so that numbers and days run in order."""
    waiting = [Acting(hands, bundles[play.permit], play, cast) for play in PLAYS]
    while waiting:
        first = min(waiting, key=lambda each: each.stage.now)
        jobs.run_due(hands.store, hands.office, first.stage.now)
        if not first.step():
            waiting.remove(first)
    jobs.run_due(hands.store, hands.office, hands.now())


class Acting:
    """One application on its way: a story with another applicant and other dates."""

    def __init__(self, hands: Hands, bundle: Bundle, play: Play, cast: Mapping[str, str]) -> None:
        self.hands, self.play = hands, play
        told = stories.read_story(play.story, bundle.stories)
        start = before(hands, play.days_ago) + timedelta(minutes=23 * PLAYS.index(play))
        who = next(one for one in APPLICANTS if one.key == play.who)
        parts = {key: play.who if "applicant" in actor.desks else actor.desks[0] for key, actor in told.people.items()}
        self.steps: Iterator[Any] = iter(as_played(told, who, start))
        self.stage = Stage(hands.store, hands.office, bundle, start, cast={key: cast[part] for key, part in parts.items()})

    def step(self) -> bool:
        """Do the next step; False when this application stands where it should, or its next step is not yet."""
        step = next(self.steps, None)
        if step is None or self.stage.now > self.hands.now():
            return False
        if isinstance(step, stories.Wait):
            stories.wait(self.stage, step)
            return True
        if step.task == self.play.until and self._stands_still(step):
            return False
        self.stage.refusal = None
        stories.act(self.stage, step)
        if self.stage.refusal:
            raise DemoBroken(f"{self.play.story}, {step.task}: {self.stage.refusal}")
        self.stage.now += timedelta(minutes=41)
        return True

    def _stands_still(self, step: Do) -> bool:
        """Leave the step open, as the play says: taken by somebody, or a draft with its first page."""
        with self.hands.store.unit() as session:
            who = people.by_id(session, self.stage.cast[step.who])
            if not self.stage.case:
                case = cases.open_case(session, self.stage.office, self.stage.bundle.key, applicant=who, by=who, at=self.stage.now)
                keep_first_page(session, self.stage, case, step)
            elif self.play.claimed:
                case = session.get_one(cases.Case, self.stage.case)
                task = next(task for task in cases.tasks_of(session, case) if task.step == step.task)
                cases.claim(session, task.id, by=who, at=self.stage.now)
        return True


def keep_first_page(session: Any, stage: Stage, case: Any, step: Do) -> None:
    """The first page of the application, kept as a draft."""
    who = people.by_id(session, stage.cast[step.who])
    task = next(task for task in cases.tasks_of(session, case) if task.is_open)
    page = cases.task_page(session, who, task.id)
    first = page.form.pages[0]
    asked = {field.key for field in first.fields}
    raw = {key: value for key, value in step.answers.items() if key in asked}
    at = stage.office.calendar.local(stage.now)
    answers = page.form.check(raw, at=at, context=page.context, page=first.key, before={}, kept=page.kept)
    cases.save_page(session, stage.office, task.id, first.key, answers, by=who, at=stage.now)


def as_played(story: Story, who: Applicant, start: datetime) -> tuple[Any, ...]:
    """The story's steps without the attempts that fail, with this applicant's answers and with dates as far from `start` as told."""
    days = (start.date() - story.start.date()).days

    def moved(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: moved(each) for key, each in value.items()}
        if isinstance(value, list):
            return [moved(each) for each in value]
        if isinstance(value, str) and DATE.fullmatch(value):
            return (datetime.fromisoformat(value) + timedelta(days=days)).date().isoformat()
        if isinstance(value, str) and MOMENT.fullmatch(value):  # as long after the beginning as told
            return (datetime.fromisoformat(value) + (start - story.start)).isoformat(timespec="minutes")
        return value

    def own(step: Do) -> Do:
        answers = {key: who.answers.get(key, value) for key, value in moved(step.answers).items()}
        return replace(step, answers=answers if step.task == "application" else moved(step.answers))

    return tuple(own(step) if isinstance(step, Do) else step for step in story.steps if not (isinstance(step, Do) and step.refused))
