"""An office with the shipped reklame permit, officers at every desk, and applications as far as a test needs them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from engine import cases, people, procedures
from engine.office import Office
from engine.store import Store
from engine.stories.stage import sample
from tests.fixtures.doors import going_on
from tests.portal.conftest import PASSWORD, Visitor

REKLAME = Path(__file__).parents[3] / "workflows" / "reklame"
STORY = tomllib.loads((REKLAME / "stories" / "straight_through.toml").read_text(encoding="utf-8"))
SENT = {each["task"]: each for each in reversed(STORY["steps"]) if "task" in each}
OFFICERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "budi": ("Budi Santoso", ("verifikator",)),
    "putri": ("Putri Maharani", ("verifikator",)),
    "tuti": ("Tuti Handayani", ("tim_teknis",)),
    "agus": ("Agus Prasetyo", ("satpol_pp",)),
    "nina": ("Nina Kartika", ("bendahara",)),
    "rudi": ("Rudi Hartono", ("verifikator", "kabid")),
    "dewi": ("Dewi Lestari", ("kepala_dinas",)),
}
DESKS = {
    "verifikator": "Verifikator",
    "tim_teknis": "Tim teknis",
    "satpol_pp": "Satuan Polisi Pamong Praja",
    "bendahara": "Bendahara penerimaan",
    "kabid": "Kepala bidang",
    "kepala_dinas": "Kepala dinas",
}


@dataclass
class Bureau:
    """The office at work, through the verbs alone: who sits where, who has applied, what was answered."""

    store: Store
    office: Office
    clock: Callable[[], datetime]

    def furnish(self) -> None:
        """Publish the permit and seat everybody."""
        at = self.clock()
        with self.store.unit() as session:
            boss = people.sign_up(session, name="Admin", phone=None, email="admin@example.org", password=PASSWORD, at=at)
            people.ensure_desk(session, people.ADMINISTRATOR, {"id": "Administrator", "en": "Administrator"})
            people.add_to_desk(session, boss, people.ADMINISTRATOR, by=None, at=at)
            procedures.publish(session, procedures.read_folder(REKLAME), by=boss.id, at=at)
            for key, (name, desks) in OFFICERS.items():
                who = people.sign_up(session, name=name, phone=None, email=f"{key}@example.org", password=PASSWORD, at=at)
                for desk in desks:
                    people.ensure_desk(session, desk, {"id": DESKS[desk], "en": DESKS[desk]})
                    people.add_to_desk(session, who, desk, by=None, at=at)

    def apply(self, name: str = "Sari Wulandari", login: str = "081234567890", **other: Any) -> str:
        """A billboard's application, sent by a new or known applicant; its case id."""
        with self.store.unit() as session:
            who = people.by_login(session, login)
            if who is None:
                mail = "@" in login
                who = people.sign_up(
                    session, name=name, phone=None if mail else login, email=login if mail else None, password=PASSWORD, at=self.clock()
                )
            case = cases.open_case(session, self.office, "reklame", applicant=who, by=who, at=self.clock()).id
        self.answer(login, case, "application", **{**day_answers(self.clock())["application"], "nama": name, **other})
        return case

    def answer(self, who: str, case: str, step: str, **other: Any) -> None:
        """Complete a step as the story does, with other answers in places; `who` is an officer's key or an applicant's login."""
        with self.store.unit() as session:
            person = people.by_login(session, who if who[0] in "0123456789+" or "@" in who else f"{who}@example.org")
            assert person is not None
            page = cases.task_page(session, person, self.task(case, step))
            told = SENT.get(step, {})
            raw = {**(page.before or told.get("answers", {})), **other}
            raw |= {key: sample(name) for key, name in told.get("files", {}).items() if key not in raw}
            beside = {key: form for key, (form, _) in page.beside.items()}
            checked = page.form.check(
                _plain(raw), at=self.office.calendar.local(self.clock()), context=page.context, kept=page.kept, only=page.only,
                before=page.before, beside=beside,
            )  # fmt: skip
            cases.complete(session, self.office, page.task.id, checked, by=person, at=self.clock())
        going_on(self.store, self.office, case, self.clock())

    def until(self, case: str, step: str) -> None:
        """Answer everything as the story does, until this step is open."""
        doers = {
            "verify": "budi",
            "survey": "tuti",
            "road_check": "agus",
            "pay": "",
            "confirm": "nina",
            "initial": "rudi",
            "approve": "dewi",
        }
        while True:
            here = [each for each in self.steps(case) if each in doers]
            if step in here or not here:
                return
            with self.store.reading() as session:
                applicant = people.by_id(session, session.get(cases.Case, case).applicant_id)
                login = applicant.phone or applicant.email
            self.answer(doers[here[0]] or login, case, here[0], **day_answers(self.clock()).get(here[0], {}))

    def steps(self, case: str) -> list[str]:
        """The steps that are open."""
        with self.store.reading() as session:
            found = session.get(cases.Case, case)
            return [each.step for each in cases.status_of(session, found).waiting]

    def task(self, case: str, step: str) -> str:
        """The newest task of a step."""
        with self.store.reading() as session:
            found = session.get(cases.Case, case)
            return next(each.id for each in reversed(cases.tasks_of(session, found)) if each.step == step)

    def number(self, case: str) -> str:
        """The application number."""
        with self.store.reading() as session:
            return session.get(cases.Case, case).number


def day_answers(at: datetime) -> Mapping[str, Mapping[str, Any]]:
    """Answers that name the day on which they are given."""
    day = at.date()
    begin = day + timedelta(days=29)
    return {
        "application": {"tgl_mulai": begin, "tgl_selesai": begin + timedelta(days=364)},
        "survey": {"surveyed_on": day},
        "road_check": {"checked_on": day},
        "pay": {"paid_on": day},
        "confirm": {"received_on": day},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.fixture
def bureau(app: Flask, app_store: Store, office: Office, clock: Callable[[], datetime]) -> Bureau:
    """The furnished office, with nothing applied for yet."""
    made = Bureau(app_store, office, clock)
    made.furnish()
    return made


@pytest.fixture
def at_desk(app: Flask, bureau: Bureau) -> Callable[[str], Visitor]:
    """An officer (or anybody with a login) signed in at a browser of their own: `at_desk("budi")`. Pages are Indonesian."""

    def sign_in(who: str) -> Visitor:
        visitor = Visitor(app.test_client())
        visitor.open("/sign-in")
        visitor.send({"login": who if who[0] in "0123456789+" or "@" in who else f"{who}@example.org", "password": PASSWORD})
        assert visitor.where != "/sign-in", visitor.text[:300]
        return visitor

    return sign_in
