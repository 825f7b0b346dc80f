"""Playing a story: every step through the real verbs, then every expectation held against what is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine import cases, flow, jobs, people, procedures
from engine.office import Office
from engine.people import APPLICANT, Person
from engine.procedures import Bundle
from engine.store import EngineError, NotFound, Store
from forms import Invalid

from .coverage import NOTHING, Seen, seen_by
from .expect import compare
from .read import BadFile, Do, Story, Wait, read_all
from .sentences import sentence
from .stage import sample, throw_away


@dataclass(frozen=True)
class Trouble:
    """One expectation that did not hold: at which step (from 1), which one, what was expected (`wanted`) and what was (`was`)."""

    step: int
    code: str
    facts: Mapping[str, object]

    def sentence(self, lang: str) -> str:
        """One line in the reader's language."""
        return sentence(self.step, self.code, self.facts, lang)

    def __str__(self) -> str:
        return self.sentence("en")


@dataclass(frozen=True)
class Told:
    """A story after it was played: what did not come as told, and what of the procedure it went through."""

    story: Story
    troubles: tuple[Trouble, ...]
    seen: Seen = NOTHING

    @property
    def ok(self) -> bool:
        """Whether everything came as told."""
        return not self.troubles


@dataclass
class Stage:
    """Where a story has got to: the case, the clock, who is who, and how many notices were already looked at."""

    store: Store
    office: Office
    bundle: Bundle
    now: datetime
    cast: dict[str, str] = field(default_factory=dict)
    case: str = ""
    notices_seen: int = 0
    refusal: str | None = None
    refused: EngineError | None = None
    errors: tuple[str, ...] = ()


def run_all(bundle: Bundle) -> tuple[Told, ...]:
    """Play every story of a bundle, each on a throw-away office."""
    told = []
    for story in read_all(bundle):
        with throw_away() as (store, office):
            told.append(run(bundle, story, store, office))
    return tuple(told)


def run(bundle: Bundle, story: Story, store: Store, office: Office) -> Told:
    """Play one story on an empty store: publish the bundle, seat the people, do the steps."""
    stage = Stage(store, office, bundle, story.start)
    prepare(stage, story)
    troubles: list[Trouble] = []
    with flow.watching() as links:
        for number, step in enumerate(story.steps, 1):
            wrong = play_step(stage, step)
            troubles += [Trouble(number, "played.worker", {"wanted": "the worker", "was": each}) for each in wrong]
            troubles += [Trouble(number, code, facts) for code, facts in compare(stage, step)]
    with store.reading() as session:
        return Told(story, tuple(troubles), seen_by(session, bundle, stage.case, links))


def play_step(stage: Stage, step: Do | Wait) -> list[str]:
    """Do one step and what follows from it by itself; gives what the worker could not do."""
    stage.refusal, stage.refused, stage.errors = None, None, ()
    if isinstance(step, Wait):
        wait(stage, step)
    else:
        act(stage, step)
    return _carry_on(stage)


def prepare(stage: Stage, story: Story) -> None:
    """Publish the bundle, and seat the people of the story."""
    with stage.store.unit() as session:
        for number, (key, actor) in enumerate(story.people.items()):
            phone = actor.phone or f"+6281200000{number:03}"
            person = people.sign_up(session, name=actor.name, phone=phone, email=actor.email, password=None, at=stage.now)
            stage.cast[key] = person.id
            for desk in actor.desks:
                if desk != APPLICANT:
                    people.ensure_desk(session, desk, {"id": desk})
                    people.add_to_desk(session, person, desk, by=None, at=stage.now)
        publisher = next(iter(stage.cast.values()))
        procedures.publish(session, stage.bundle, by=publisher, at=stage.now)


def act(stage: Stage, step: Do) -> None:
    """Do one step through the real verbs; a refusal is kept in `stage.refusal` (and `stage.errors` for answers)."""
    try:
        with stage.store.unit() as session:
            who = people.by_id(session, stage.cast[step.who])
            if not stage.case:
                stage.case = cases.open_case(session, stage.office, stage.bundle.key, applicant=who, by=who, at=stage.now).id
        DEEDS[step.deed](stage, step)
    except Invalid as wrong:
        stage.errors = tuple(error.path for error in wrong.errors)
        stage.refusal = "; ".join(f"{error.path}: {error.code}" for error in wrong.errors)
    except EngineError as wrong:
        stage.refusal, stage.refused = str(wrong), wrong


def _complete(stage: Stage, step: Do) -> None:
    with stage.store.unit() as session:
        who = people.by_id(session, stage.cast[step.who])
        task = _task(session, stage, step.task)
        page = cases.task_page(session, who, task)
        raw = {**(page.before or {}), **step.answers}
        for path, name in step.files.items():
            put(raw, path, sample(name))
        local = stage.office.calendar.local(stage.now)
        beside = {key: form for key, (form, _) in page.beside.items()}
        answers = page.form.check(raw, at=local, context=page.context, kept=page.kept, only=page.only, before=page.before, beside=beside)
        cases.complete(session, stage.office, task, answers, by=who, at=stage.now)


def _claim(stage: Stage, step: Do) -> None:
    with stage.store.unit() as session:
        who: Person = people.by_id(session, stage.cast[step.who])
        verb = cases.claim if step.deed == "claim" else cases.release
        verb(session, _task(session, stage, step.task), by=who, at=stage.now)


def _withdraw(stage: Stage, step: Do) -> None:
    with stage.store.unit() as session:
        cases.withdraw(session, stage.office, stage.case, by=people.by_id(session, stage.cast[step.who]), at=stage.now)


DEEDS = {"complete": _complete, "claim": _claim, "release": _claim, "withdraw": _withdraw}


def _task(session: Any, stage: Stage, step: str) -> str:
    """The newest task of a step, open or not (a closed one is refused by the verb)."""
    case = session.get(cases.Case, stage.case)
    found = [task for task in cases.tasks_of(session, case) if task.step == step]
    if not found:
        raise NotFound(what="task")
    return str(next((task for task in found if task.is_open), found[-1]).id)


def put(raw: dict[str, Any], path: str, value: Any) -> None:
    """Put an upload (or another answer) at `points.0.photo` or `ktp`. Raises BadFile."""
    here: Any = raw
    *way, last = path.split(".")
    try:
        for part in way:
            here = here[int(part)] if isinstance(here, list) else here[part]
        here[last] = value
    except (KeyError, IndexError, ValueError, TypeError) as wrong:
        raise BadFile(file=getattr(value, "name", path), why=f"there is no place {path} in the answers") from wrong


def wait(stage: Stage, step: Wait) -> None:
    """Turn the clock: working days keep the hour, as the office counts them."""
    if step.unit == "working day":
        local = stage.office.calendar.local(stage.now)
        day = stage.office.calendar.add_working_days(stage.now, step.count).astimezone(local.tzinfo).date()
        stage.now = local.replace(year=day.year, month=day.month, day=day.day)
    else:
        stage.now += timedelta(**{f"{step.unit}s": step.count})


def _carry_on(stage: Stage) -> list[str]:
    """What happens after the commit and what is due by now; gives what went wrong."""
    return jobs.run_due(stage.store, stage.office, stage.now)
