"""A story brought along with a change of its procedure: new questions are answered by example, new steps are done, what comes of each
step is expected as it comes now. What a story told by hand and still holds stays as it was told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from engine import cases, people
from engine.procedures import Bundle, read_files
from engine.store import EngineError, Session
from forms import Field, Form, Upload

from .expect import EXPECT
from .read import Actor, Do, Story, Wait
from .record import came
from .run import Stage, play_step, prepare, put
from .sentences import followed_sentence
from .stage import throw_away

Example = Callable[[Form, Field], Any]
"""What somebody might answer, as a machine would send it; an Upload for a file; None where there is no example."""
MOST = 12
LATER = ("ended", "number", "letter_contains", "decided")
"""What may come of a later step when a step was put before it."""


class CannotFollow(EngineError):
    """The story {story} cannot be brought along, at step {step}: {why}. Take it out, or try the draft and keep that as a story."""

    code = "stories.cannot_follow"


@dataclass(frozen=True)
class Change:
    """What is told otherwise: at which step (from 1), and how."""

    step: int
    code: str
    facts: Mapping[str, object]

    def sentence(self, lang: str) -> str:
        """One line in the reader's language."""
        return followed_sentence(self.step, self.code, self.facts, lang)


@dataclass(frozen=True)
class Followed:
    """The story as it goes now, and what of it changed."""

    story: Story
    changes: tuple[Change, ...]


def followed(bundle: Bundle, story: Story, example: Example) -> Followed:
    """The story brought along; as it was, with no change, when it goes as it tells. Raises CannotFollow; BadBundle when something else than
    its stories is wrong with the bundle."""
    alone = read_files({name: data for name, data in bundle.files.items() if not name.startswith("stories/")})
    with throw_away() as (store, office):
        stage = Stage(store, office, alone, story.start)
        prepare(stage, story)
        return _Following(stage, story, example).through()


class _Following:
    """One story on its way."""

    def __init__(self, stage: Stage, story: Story, example: Example) -> None:
        self.stage, self.story, self.example = stage, story, example
        self.people, self.steps, self.changes = dict(story.people), list[Do | Wait](), list[Change]()
        self.owed: dict[str, Any] = {}
        self.told = {each.task for each in story.steps if isinstance(each, Do)}

    def through(self) -> Followed:
        for step in self.story.steps:
            if isinstance(step, Do) and step.deed == "complete" and not step.refused and self.stage.case:
                self._catch_up(step.task)
                if not self._is_open(step.task) and step.task not in self.stage.bundle.process.steps:
                    self._change("follow.dropped", task=step.task)
                    continue
            self._play(self._still_asked(step))
        if any(step.expect.get("ended") for step in self.story.steps):
            self._catch_up("")
        for word in self.owed:
            self._change("follow.forgotten", word=word)
        return Followed(replace(self.story, people=self.people, steps=tuple(self.steps)), tuple(self.changes))

    def _change(self, code: str, **facts: object) -> None:
        self.changes.append(Change(len(self.steps) + 1, code, facts))

    def _stop(self, why: str) -> CannotFollow:
        return CannotFollow(story=self.story.title, step=len(self.steps) + 1, why=why)

    # -- steps that the story does not know ------------------------------------------------------------------------

    def _catch_up(self, task: str) -> None:
        """Do the steps that are new to the story until `task` is open (or, for none, until the case has ended)."""
        for _round in range(MOST):
            if self._is_open(task):
                return
            new = next((each for each in self._open() if each.step not in self.told), None)
            if new is None:
                return
            self._change("follow.added", step=self.stage.bundle.process.steps[new.step].name or new.step)
            self._play(Do(self._somebody(new.desk), "complete", new.step), fresh=True)

    def _open(self) -> list[cases.Waiting]:
        with self.stage.store.reading() as session:
            case = session.get(cases.Case, self.stage.case)
            return [each for each in cases.status_of(session, case).waiting if each.desk] if case else []

    def _is_open(self, task: str) -> bool:
        return any(each.step == task for each in self._open())

    def _somebody(self, desk: str) -> str:
        """Somebody new at a desk: so that four eyes stay four."""
        if desk == people.APPLICANT:
            return next(iter(self.people))
        key = next(name for number in range(1, 99) if (name := f"{desk}_{number}") not in self.people)
        actor = Actor(self.stage.bundle.text("desks", desk, "id"), (desk,))
        self.people[key] = actor
        with self.stage.store.unit() as session:
            phone = f"+6281300000{len(self.people):03}"
            person = people.sign_up(session, name=actor.name, phone=phone, email=None, password=None, at=self.stage.now)
            self.stage.cast[key] = person.id
            people.ensure_desk(session, desk, {"id": desk})
            people.add_to_desk(session, person, desk, by=None, at=self.stage.now)
        return key

    # -- one step --------------------------------------------------------------------------------------------------

    def _play(self, step: Do | Wait, *, fresh: bool = False) -> None:
        """Play a step, with answers to what is asked newly, and expect what comes."""
        play_step(self.stage, step)
        for _round in range(MOST):
            if not isinstance(step, Do) or step.refused or not self.stage.errors:
                break
            step = self._answered(step, fresh=fresh)
            play_step(self.stage, step)
        wants_refusal = isinstance(step, Do) and step.refused
        if (self.stage.refusal is None) == wants_refusal:
            raise self._stop(self.stage.refusal or "it is not refused any more")
        with self.stage.store.reading() as session:
            step = replace(step, expect=self._expected(session, step, fresh=fresh))
        self.steps.append(step)

    def _still_asked(self, step: Do | Wait) -> Do | Wait:
        """The step without answers to questions that are gone."""
        known = self.stage.bundle.process.steps.get(step.task) if isinstance(step, Do) else None
        form = self.stage.bundle.forms.get(known.form or "") if known else None
        if form is None or not isinstance(step, Do):
            return step
        asked = {field.key for field in form.questions()}
        gone = [each for each in (*step.answers, *step.files) if each.partition(".")[0] not in asked]
        for each in gone:
            self._change("follow.unasked", name=each)
        answers = {name: value for name, value in step.answers.items() if name not in gone}
        return replace(step, answers=answers, files={path: file for path, file in step.files.items() if path not in gone})

    def _answered(self, step: Do, *, fresh: bool) -> Do:
        """The step with an example for every answer that is missing. Raises CannotFollow where there is none."""
        form = self.stage.bundle.forms[self.stage.bundle.process.steps[step.task].form or ""]
        answers, files = deepcopy(dict(step.answers)), dict(step.files)
        for path in self.stage.errors:
            field = form.find(path)
            value = self.example(form, field) if field and not _said(answers, path) and path not in files else None
            if value is None or field is None:
                raise self._stop(self.stage.refusal or path)
            if isinstance(value, Upload):
                files[path] = value.name
            else:
                put(answers, path, value)
            if not fresh:
                self._change("follow.answered", label=dict(field.label), value=value.name if isinstance(value, Upload) else value)
        return replace(step, answers=answers, files=files)

    def _expected(self, session: Session, step: Do | Wait, *, fresh: bool) -> dict[str, Any]:
        """What is expected from now on: as it was told where it holds, else as it came; what comes later now is expected later."""
        case = session.get(cases.Case, self.stage.case)
        if case is None:
            return dict(step.expect)
        wrong = list(self._wrong(session, case, step.expect))
        owed = {word: value for word, value in self.owed.items() if word not in self._wrong(session, case, {word: value})}
        now = came(session, self.stage, step)
        kept = {word: value for word, value in step.expect.items() if word not in wrong}
        for word in wrong:
            kept |= self._otherwise(word, step.expect[word], now)
        self.owed = {word: value for word, value in self.owed.items() if word not in owed}
        return {**(now if fresh else {}), **kept, **owed}

    def _otherwise(self, word: str, wanted: Any, now: Mapping[str, Any]) -> dict[str, Any]:
        """What is expected instead of what did not come; nothing when it may come later."""
        if word in LATER and word not in now:
            self.owed[word] = wanted
            return {}
        self._change("follow.expected" if word in now or word == "errors" else "follow.forgotten", word=word)
        if word == "errors":
            return {word: list(self.stage.errors)}
        return {word: now[word]} if word in now else {}

    def _wrong(self, session: Session, case: cases.Case, expect: Mapping[str, Any]) -> Iterator[str]:
        for word, wanted in expect.items():
            if word in EXPECT and EXPECT[word](session, self.stage, case, wanted) is not None:
                yield word


def _said(answers: Any, path: str) -> bool:
    """Whether there is an answer at `points.0.road` already."""
    for part in path.split("."):
        here = int(part) if part.isdigit() and isinstance(answers, list) else part
        try:
            answers = answers[here]
        except (KeyError, IndexError, TypeError):
            return False
    return True
