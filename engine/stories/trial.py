"""A trial: a draft worked through by hand on a throw-away office of its own, with a clock that stands until it is turned.

Everything lies in one folder: a SQLite database, its files, and `trial.json`. No mail leaves, nothing of it is in the office's registers,
and the folder is erased afterwards, or when nobody has come back to it for a while.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import cases, jobs, people, procedures
from engine.calendar import Calendar
from engine.office import Office
from engine.people import APPLICANT, Person
from engine.procedures import Bundle
from engine.store import EngineError, Keyring, NotFound, Session, Store, new_id

from .read import Actor, Wait
from .run import Stage, wait
from .stage import empty_database, office_for

LASTS = timedelta(hours=24)
MOST = 20
SHEET = "trial.json"
_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}\Z")


class TooManyTrials(EngineError):
    """There are already {most} trials."""

    code = "trial.too_many"


@dataclass
class Trial:
    """One trial. `now` is its clock; `cast` are the people by what a story calls them; `turns` is how its clock was turned so far.

    `like` is the story whose answers were taken last.
    """

    id: str
    folder: Path
    key: str
    owner: str
    begun: datetime
    now: datetime
    case: str
    version: str
    fingerprint: str
    keys: str
    cast: Mapping[str, str]
    actors: Mapping[str, Actor]
    used: datetime
    turns: list[tuple[datetime, Wait]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    like: str = ""


def begin(root: Path, bundle: Bundle, *, owner: str, start: datetime, at: datetime) -> Trial:
    """A new trial of a bundle: an office, the applicant, two people at every desk, and the applicant's draft.

    `start` is where its clock stands, `at` when it is now. Raises BadBundle (what stops publishing stops a trial), TooManyTrials.
    """
    sweep(root, before=at - LASTS)
    if sum(1 for _ in root.glob("*/" + SHEET)) >= MOST:
        raise TooManyTrials(most=MOST)
    ident = new_id()
    folder = root / ident
    folder.mkdir(parents=True, mode=0o700)
    try:
        (folder / "trial.db").write_bytes(empty_database())
        trial = Trial(ident, folder, bundle.key, owner, start, start, "", "", bundle.fingerprint, Keyring.make(), {}, cast_of(bundle), at)
        with opened(trial) as (store, office), store.unit() as session:
            _furnish(session, office, trial, bundle)
        save(trial)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return trial


def cast_of(bundle: Bundle) -> dict[str, Actor]:
    """The applicant, and two people at each desk of the diagram (one alone could not do what four eyes must see)."""
    desks = sorted({desk for step in bundle.process.steps.values() for desk in step.desks} - {APPLICANT})
    made = {APPLICANT: Actor("Pemohon Contoh", (APPLICANT,))}
    for desk in desks:
        name = bundle.text("desks", desk, "id")
        made[desk] = Actor(name[:110], (desk,))
        made[f"{desk}_2"] = Actor(f"{name[:110]} (2)", (desk,))
    return made


def _furnish(session: Session, office: Office, trial: Trial, bundle: Bundle) -> None:
    cast: dict[str, str] = {}
    for number, (key, actor) in enumerate(trial.actors.items()):
        who = people.sign_up(session, name=actor.name, phone=f"+6281200000{number:03}", email=None, password=None, at=trial.now)
        cast[key] = who.id
        for desk in actor.desks:
            if desk != APPLICANT:
                people.ensure_desk(session, desk, {lang: bundle.text("desks", desk, lang) for lang in ("id", "en")})
                people.add_to_desk(session, who, desk, by=None, at=trial.now)
    trial.cast = cast
    applicant = people.by_id(session, cast[APPLICANT])
    trial.version = procedures.publish(session, bundle, by=applicant.id, at=trial.now).id
    trial.case = cases.open_case(session, office, bundle.key, applicant=applicant, by=applicant, at=trial.now).id


def find(root: Path, ident: str, *, owner: str, at: datetime) -> Trial:
    """A trial of this person. Raises NotFound: not theirs, erased, or never there."""
    trial = _read(root / ident) if _ID.match(ident) else None
    if trial is None or trial.owner != owner:
        raise NotFound(what="trial")
    if at - trial.used > timedelta(minutes=5):
        trial.used = at
        save(trial)
    return trial


def mine(root: Path, *, owner: str) -> list[Trial]:
    """The trials of a person, the newest first."""
    found = (_read(folder) for folder in sorted(root.iterdir(), reverse=True)) if root.is_dir() else ()
    return [each for each in found if each is not None and each.owner == owner]


def _read(folder: Path) -> Trial | None:
    try:
        kept = json.loads((folder / SHEET).read_text())
    except OSError:
        return None
    for name in ("begun", "now", "used"):
        kept[name] = datetime.fromisoformat(kept[name])
    kept["actors"] = {key: Actor(each["name"], tuple(each["desks"])) for key, each in kept["actors"].items()}
    kept["turns"] = [(datetime.fromisoformat(since), Wait(count, unit)) for since, count, unit in kept["turns"]]
    return Trial(folder=folder, **kept)


def save(trial: Trial) -> None:
    """Keep the sheet of the trial, whole or not at all."""
    kept = {name: value for name, value in vars(trial).items() if name != "folder"}
    kept |= {name: getattr(trial, name).isoformat() for name in ("begun", "now", "used")}
    kept["actors"] = {key: {"name": each.name, "desks": each.desks} for key, each in trial.actors.items()}
    kept["turns"] = [(since.isoformat(), each.count, each.unit) for since, each in trial.turns]
    fresh = trial.folder / f"{SHEET}.new"
    fresh.write_text(json.dumps(kept))
    fresh.replace(trial.folder / SHEET)


@contextmanager
def opened(trial: Trial) -> Iterator[tuple[Store, Office]]:
    """The trial's own database and office, while something is done in it. Its calendar is that of stories."""
    store = Store(f"sqlite:///{trial.folder / 'trial.db'}", Keyring.read(trial.keys))
    try:
        yield store, office_for(trial.folder, calendar())
    finally:
        store.close()


def calendar() -> Calendar:
    """The calendar in which stories are told: the public one, so that a story saved from a trial goes the same way everywhere."""
    return Calendar.read(zone="Asia/Jakarta")


def carry_on(trial: Trial, store: Store, office: Office) -> None:
    """What happens after a commit and what is due by now; what went wrong is kept in `troubles`."""
    trial.troubles = jobs.run_due(store, office, trial.now)
    save(trial)


def turn(trial: Trial, steps: tuple[Wait, ...]) -> None:
    """Turn the clock, and do what has become due at each stop."""
    with opened(trial) as (store, office):
        for step in steps:
            stage = Stage(store, office, procedures_of(store, trial), trial.now)
            wait(stage, step)
            trial.turns.append((trial.now, step))
            trial.now = stage.now
            carry_on(trial, store, office)


def procedures_of(store: Store, trial: Trial) -> Bundle:
    """The bundle that is tried."""
    with store.reading() as session:
        return procedures.bundle_of(session, trial.version)


def next_moment(session: Session, trial: Trial) -> datetime | None:
    """The next moment at which something rings or is late; None when nothing is promised."""
    timers = session.scalars(select(cases.Timer.due_at).where(cases.Timer.over_at.is_(None), cases.Timer.due_at > trial.now))
    tasks = session.scalars(
        select(cases.Task.due_at).where(cases.Task.done_at.is_(None), cases.Task.dropped_at.is_(None), cases.Task.due_at > trial.now)
    )
    return min((at for at in (*timers, *tasks) if at is not None), default=None)


def up_to(since: datetime, until: datetime) -> tuple[Wait, ...]:
    """The turns that bring a clock from one moment to another, the last minute counted up: 3 days, 2 hours, 1 minute."""
    minutes = -(-int((until - since).total_seconds()) // 60)
    parts = (("day", minutes // 1440), ("hour", minutes % 1440 // 60), ("minute", minutes % 60))
    return tuple(Wait(count, unit) for unit, count in parts if count)


def who_may(session: Session, trial: Trial, task: str) -> str | None:
    """Whom of the cast a story lets do a task: the first who may; None when nobody may."""
    for key, ident in trial.cast.items():
        person: Person = people.by_id(session, ident)
        with suppress(EngineError):
            if cases.task_page(session, person, task).refused_because is None:
                return key
    return None


def erase(trial: Trial) -> None:
    """Everything of it is gone."""
    shutil.rmtree(trial.folder, ignore_errors=True)


def sweep(root: Path, *, before: datetime) -> int:
    """Erase the trials to which nobody has come back since; gives how many."""
    gone = 0
    for folder in root.iterdir() if root.is_dir() else ():
        if _ID.match(folder.name) and folder.is_dir() and not folder.is_symlink() and _used(folder) < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _used(folder: Path) -> float:
    try:
        kept: dict[str, Any] = json.loads((folder / SHEET).read_text())
        return datetime.fromisoformat(kept["used"]).timestamp()
    except (OSError, ValueError, KeyError):
        return folder.stat().st_mtime
