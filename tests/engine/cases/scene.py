"""A small office at work, for tests of the engine: a published procedure, people at their desks, one case, a clock turned by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Barrier
from typing import Any

from sqlalchemy import select, text

from engine import cases, jobs, people, procedures, stories
from engine.cases.tables import OPEN
from engine.fees import Fee, fees_of
from engine.office import Office
from engine.people import Person
from engine.procedures import Bundle
from engine.procedures.tables import Procedure, Version
from engine.store import Base, EngineError, Session, Store
from engine.stories.stage import sample
from forms import Answers

REKLAME = Path(__file__).resolve().parents[3] / "workflows" / "reklame"
TUESDAY = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)  # 09.00 WIB
DESKS = {
    "budi": ("verifikator",),
    "beni": ("verifikator",),
    "tuti": ("tim_teknis",),
    "agus": ("satpol_pp",),
    "nina": ("bendahara",),
    "rudi": ("kabid",),
    "dewi": ("kepala_dinas",),
    "sinta": ("verifikator", "kabid"),
    "admin": ("administrator",),
    "sari": (),
    "joko": (),
}


@cache
def reklame() -> Bundle:
    """The shipped procedure."""
    return procedures.read_folder(REKLAME)


@dataclass
class Scene:
    """Who is who (`cast`: name to id), the case in hand, the time; `deeds` are a story's by task: what is answered if nothing is said."""

    store: Store
    office: Office
    bundle: Bundle
    now: datetime = TUESDAY
    cast: dict[str, str] = field(default_factory=dict)
    deeds: Mapping[str, stories.Do] = field(default_factory=dict)
    case: str = ""

    def open(self, who: str) -> str:
        """A new application of a person; the scene goes on with it."""
        with self.store.unit() as session:
            person = people.by_id(session, self.cast[who])
            self.case = cases.open_case(session, self.office, self.bundle.key, applicant=person, by=person, at=self.now).id
        return self.case

    def task(self, step: str) -> str:
        """The newest task of a step in the case."""
        with self.store.reading() as session:
            query = select(cases.Task).where(cases.Task.case_id == self.case, cases.Task.step == step)
            newest = (OPEN.desc(), cases.Task.done_at.is_(None).desc(), cases.Task.opened_at.desc())
            return session.scalars(query.order_by(*newest)).first().id

    def check(self, who: str, task: str, answers: Mapping[str, Any], files: Mapping[str, str] | None = None) -> Answers:
        """Answers as their form has checked them. Raises forms.Invalid."""
        with self.store.reading() as session:
            page = cases.task_page(session, people.by_id(session, self.cast[who]), task)
        raw = {**(page.before or {}), **answers, **{path: sample(name) for path, name in (files or {}).items()}}
        beside = {key: form for key, (form, _) in page.beside.items()}
        at = self.office.calendar.local(self.now)
        return page.form.check(raw, at=at, context=page.context, kept=page.kept, only=page.only, before=page.before, beside=beside)

    def do(self, who: str, step: str, answers: Mapping[str, Any] | None = None, files: Mapping[str, str] | None = None) -> None:
        """Complete the newest task of a step, with the story's answers where none are given. Raises what the verbs raise."""
        told = self.deeds.get(step) or stories.Do(who, "complete", step)
        task = self.task(step)
        checked = self.check(who, task, told.answers if answers is None else answers, told.files if files is None else files)
        self.complete(who, task, checked)

    def complete(self, who: str, task: str, answers: Answers) -> None:
        """The verb itself, in a unit of its own; what it gives back can be read after the commit, and is what was kept."""
        with self.store.unit() as session:
            case = cases.complete(session, self.office, task, answers, by=people.by_id(session, self.cast[who]), at=self.now)
        now = self.rows(cases.Case, cases.Case.id == case.id)[0]
        assert (case.number, case.due_at, case.outcome, case.ended_at) == (now.number, now.due_at, now.outcome, now.ended_at)

    def play(self, *steps: tuple[str, str] | timedelta, work: bool = True) -> Scene:
        """Several (who, step) in a row, with what happens after each commit."""
        for step in steps:
            if isinstance(step, timedelta):
                self.now += step
            else:
                self.do(*step)
            if work:
                assert self.work() == []
        return self

    def work(self) -> list[str]:
        """What is due now; gives the troubles."""
        return jobs.run_due(self.store, self.office, self.now)

    def person(self, session: Session, who: str) -> Person:
        return people.by_id(session, self.cast[who])

    def row(self) -> cases.Case:
        """The case as it is now."""
        with self.store.reading() as session:
            return session.get_one(cases.Case, self.case)

    def waiting(self) -> list[str]:
        """The steps that are open, in the order of the diagram."""
        with self.store.reading() as session:
            return [each.step for each in cases.status_of(session, session.get_one(cases.Case, self.case)).waiting]

    def fees(self) -> list[Fee]:
        with self.store.reading() as session:
            return list(fees_of(session, self.case))

    def rows(self, what: Any, *where: Any) -> list[Any]:
        """Rows of a table, in the order of making."""
        with self.store.reading() as session:
            return list(session.scalars(select(what).where(*where).order_by(*what.__table__.primary_key.columns)))

    def given(self, form: str, case: str | None = None) -> list[cases.Answer]:
        """Every value of a form ever given in the case, oldest first."""
        with self.store.reading() as session:
            return [each for each in cases.given_in(session, case or self.case) if each.form == form]

    def dump(self) -> dict[str, list[str]]:
        """Everything the database holds, to be compared: sealed values are new whenever they are written."""
        with self.store.reading() as session:
            return {
                table.name: sorted(repr(tuple(map(_plain, row))) for row in session.execute(text(f"select * from {table.name}")))
                for table in Base.metadata.sorted_tables
            }


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def office(store: Store, folder: Path, bundle: Bundle, *, deeds: str | None = None, publish: bool = True, **change: Any) -> Scene:
    """An office with everybody of DESKS at their desk and the procedure published; `deeds` names the story that answers are taken from."""
    scene = Scene(store, replace(stories.office_for(folder), **change), bundle)
    if deeds:
        told = stories.read_story(deeds, bundle.stories)
        scene.deeds = {step.task: step for step in reversed(told.steps) if isinstance(step, stories.Do) and not step.refused}
    with store.unit() as session:
        for desk in sorted({desk for desks in DESKS.values() for desk in desks}):
            people.ensure_desk(session, desk, {"id": desk})
        for name, desks in DESKS.items():
            scene.cast[name] = new_person(session, name, desks).id
        if publish:
            offer(session, bundle, by=scene.cast["admin"], at=scene.now)
    return scene


def offer(session: Session, bundle: Bundle, *, by: str, at: datetime) -> None:
    """Publish; what today's checks would refuse is put where it would stand had it been published before they were there:
    the verbs and the gates have to hold whatever a diagram says."""
    if not procedures.stopping(procedures.check(bundle)):
        procedures.publish(session, bundle, by=by, at=at)
        return
    version = Version(
        procedure_key=bundle.key,
        number=1,
        fingerprint=bundle.fingerprint,
        bundle=bundle.packed(),
        published_at=at,
        published_by=by,
    )
    procedure = Procedure(key=bundle.key)
    session.add_all([procedure, version])
    session.flush()
    procedure.current_version_id = version.id


def new_person(session: Session, name: str, desks: tuple[str, ...] = (), **more: Any) -> Person:
    """An account without a password, at these desks."""
    person = Person(name=name.title(), password="!", made_at=TUESDAY, memberships=[], **more)
    session.add(person)
    session.flush()
    for desk in desks:
        people.add_to_desk(session, person, desk, by=None, at=TUESDAY)
    return person


def small_ads(store: Store, folder: Path, *, who: str = "joko", **change: Any) -> Scene:
    """Reklame with an open draft of a small application, ten banners for two weeks: no survey, tax of Rp3,325,000."""
    scene = office(store, folder, reklame(), deeds="small_insidentil_without_survey", **change)
    scene.open(who)
    return scene


def billboard(store: Store, folder: Path) -> Scene:
    """Reklame with an open draft for a billboard: survey and road check side by side, tax of Rp25,185,000."""
    scene = office(store, folder, reklame(), deeds="straight_through")
    scene.open("sari")
    return scene


def race(*runners: Callable[[], Any], most: float = 60) -> list[Any]:
    """Let them all go at one moment; what each came back with in so many seconds, an EngineError as itself."""
    gate = Barrier(len(runners))

    def run(runner: Callable[[], Any]) -> Any:
        gate.wait(60)
        try:
            return runner()
        except EngineError as refused:
            return refused

    with ThreadPoolExecutor(len(runners)) as pool:
        return [each.result(most) for each in [pool.submit(run, runner) for runner in runners]]
