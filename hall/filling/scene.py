"""A task being filled, read once per request: the form, what was typed so far, which pages there are and where one stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from werkzeug.exceptions import NotFound as NoSuchPage

import forms
from engine import cases, people
from engine.cases import NotAllowed, TaskGone, TaskPage, TaskTaken
from engine.people import Person
from engine.store import Session
from forms import Answers, FieldError, Form, Invalid, Page, Section, Taken
from hall.ground import HERE, Ground
from hall.hands import zone
from hall.language import language

from .frame import Frame


@dataclass(frozen=True)
class Scene:
    """One person at one task. `at` is the office's local moment, so that `today()` in a form is the office's day."""

    frame: Frame
    task: TaskPage
    at: datetime
    lang: str
    taken: Taken

    @property
    def form(self) -> Form:
        """The form of the task."""
        return self.task.form

    @property
    def raw(self) -> Mapping[str, Any]:
        """What was typed so far."""
        return self.task.draft

    @property
    def corrects(self) -> bool:
        """Whether only marked answers may change."""
        return self.task.only is not None

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages to go through: all that are shown, or in a correction those with something to do."""
        shown = forms.journey.pages_shown(self.form, self.raw, self.task.context, self.at)
        if not self.corrects:
            return shown
        marked = {mark["field"].partition(".")[0] for mark in self.task.marks}
        wrong = {error.path.partition(".")[0] for error in self.errors}
        return tuple(page for page in shown if {one.key for one in page.fields} & (marked | wrong))

    @cached_property
    def verdict(self) -> Answers | Invalid:
        """The check of the whole form as it stands."""
        try:
            return self.check(self.raw)
        except Invalid as wrong:
            return wrong

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """What the whole form still lacks."""
        return self.verdict.errors if isinstance(self.verdict, Invalid) else ()

    def check(self, raw: Mapping[str, Any], *, page: str | None = None) -> Answers:
        """Check everything, or one page with the other pages as they were kept. Raises Invalid."""
        one_page = page is not None
        return self.form.check(
            raw,
            at=self.at,
            lang=self.lang,
            context=self.task.context,
            page=page,
            kept=self.task.kept,
            only=None if one_page else sorted(self.task.only) if self.task.only is not None else None,
            before=self.raw if one_page else self.task.before or {},
            beside={key: form for key, (form, _) in self.task.beside.items()},
            desks=self.frame.desks,
            taken=self.taken,
        )

    def may_change(self, key: str) -> bool:
        """Whether the answer to this question may be another one: always, but in a correction only when marked or not asked before."""
        if self.task.only is None:
            return True
        return key in {each.partition(".")[0] for each in self.task.only} or key not in (self.task.before or {})

    def page(self, key: str) -> Page:
        """The page of this key. Raises werkzeug's NotFound when the form has none."""
        try:
            return self.form.page(key)
        except KeyError:
            raise NoSuchPage() from None

    def page_of(self, path: str) -> Page | None:
        """The page on which the question at a path is asked."""
        key = path.partition(".")[0]
        return next((page for page in self.form.pages if any(one.key == key for one in page.fields)), None)

    def unfinished(self) -> Page | None:
        """The first page whose answers do not pass yet."""
        places = [self.page_of(error.path) for error in self.errors]
        return next((page for page in self.pages if page in places), None)

    def previous(self, page: Page) -> Page | None:
        """The page before this one on the way."""
        earlier = [one for one in self.pages if self.form.pages.index(one) < self.form.pages.index(page)]
        return earlier[-1] if earlier else None

    def following(self, page: Page) -> Page | None:
        """The page after this one on the way."""
        return next((one for one in self.pages if self.form.pages.index(one) > self.form.pages.index(page)), None)

    def place(self, page: Page) -> tuple[int, int]:
        """(number of this page, number of all steps), the check of the answers counted as the last."""
        number = self.pages.index(page) + 1 if page in self.pages else 1
        return number, len(self.pages) + (1 if self.frame.check else 0)

    def reasons(self, page: Page) -> list[FieldError]:
        """The officer's marks on this page, as faults that say the officer's reason."""
        keys = {one.key for one in page.fields}
        return [marked(mark) for mark in self.task.marks if mark["field"].partition(".")[0] in keys]

    @property
    def said_before(self) -> list[Section]:
        """The earlier answers that the procedure shows beside this step, without the marks (those stand at their questions)."""
        found: list[Section] = []
        for form, values in self.task.beside.values():
            own = {one.key for one in form.questions() if one.kind.word == "marks"}
            said = {key: value for key, value in values.items() if key not in own}
            found += forms.summary(form, said, lang=self.lang, desks=self.frame.desks)
        return found


def marked(mark: Mapping[str, str]) -> FieldError:
    """One mark of an officer as a fault that says the reason."""
    return FieldError(mark["field"], "marked", {"say": {"id": mark["reason"], "en": mark["reason"]}})


@dataclass(frozen=True)
class Start:
    """Where a filling starts: `scene` reads the task with a session; `ground` is whose session it is."""

    scene: Callable[[Session], Scene]
    ground: Ground = HERE


def start(frame: Frame) -> Start:
    """At a frame that is known before anything of the task is read."""
    return Start(partial(scene_of, frame=frame), frame.ground)


def scene_of(db: Session, frame: Frame, page: TaskPage | None = None) -> Scene:
    """The task for who fills; `page` is what this session has just read of it.

    Raises NotFound (not theirs), NotAllowed, TaskGone, TaskTaken.
    """
    page = page or cases.task_page(db, frame.ground.who(db), frame.task)
    if not page.task.is_open:
        raise TaskGone(step=page.task.step)
    if page.refused_because == "free_or_mine":
        raise TaskTaken(step=page.task.step)
    if page.refused_because is not None:
        raise NotAllowed(verb="complete", why=page.refused_because)
    at = frame.ground.now().astimezone(zone())
    return Scene(frame, page, at, language(), cases.taken_by_others(db, page.case, page.form.key, at=at))


def me(db: Session, ground: Ground = HERE) -> Person:
    """The account of who fills, to be changed or handed to verbs that change it: of the person signed in."""
    return people.by_id(db, ground.me())


def texts(scene: Scene, errors: Sequence[FieldError]) -> list[dict[str, str]]:
    """Faults as the error summary of one page wants them."""
    return list(forms.error_summary(scene.form, errors, lang=scene.lang))
