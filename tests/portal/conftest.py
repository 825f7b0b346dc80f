"""The applicant's door with the shipped reklame permit: people who go through its pages as a browser would."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import cases, jobs, people, procedures
from engine.office import Office
from engine.people import Person
from engine.store import Store
from engine.stories.stage import sample
from tests.fixtures.doors import going_on

REKLAME = Path(__file__).parents[2] / "workflows" / "reklame"
PASSWORD = "kopi hitam tanpa gula"
STAFF = {
    "budi": ("Budi Santoso", "verifikator"),
    "nina": ("Nina Kartika", "bendahara"),
    "rudi": ("Rudi Hartono", "kabid"),
    "dewi": ("Dewi Lestari", "kepala_dinas"),
}

# An application for ten banners, page by page, as the boxes of the pages send it.
PAGES: dict[str, dict[str, Any]] = {
    "permohonan": {"jenis_permohonan": "baru", "kelas": "insidentil"},
    "reklame": {
        "jenis_reklame": "kain",
        "isi_naskah": "Pasar malam rakyat, gratis masuk",
        "produk": "umum",
        "pembebasan": "tidak_ada",
        "lokasi_indoor": "no",
        "panjang_m": "5",
        "lebar_m": "1",
    },
    "titik": {
        "titik_pasang.0.nama_jalan": "Jalan Ir. H. Juanda",
        "titik_pasang.0.kelas_jalan": "kelas_ii",
        "titik_pasang.0.wilayah": "32.75.01.1003",
        "titik_pasang.0.jumlah_unit": "10",
    },
    "lahan": {"status_lahan": "milik_sendiri"},
    "masa_tayang": {
        "tgl_mulai.day": "15",
        "tgl_mulai.month": "6",
        "tgl_mulai.year": "2026",
        "tgl_selesai.day": "28",
        "tgl_selesai.month": "6",
        "tgl_selesai.year": "2026",
    },
    "penyelenggara": {"penyelenggara": "sendiri", "npwpd": "P.2.0054321.01.02"},
    "pemohon": {
        "nik": "3275011508850002",
        "nama": "Joko Susilo",
        "alamat": "Jalan Melati 4, RT 001 RW 002",
        "wilayah": "32.75.01.1003",
        "telepon": "081298765432",
        "diwakilkan": "no",
    },
    "dokumen": {"ktp.new": "ktp.jpg", "desain.new": "desain.pdf"},
    "pernyataan": {"pernyataan.agreed": "yes", "pernyataan.version": "2026-1"},
}


@dataclass
class Visitor:
    """Somebody at a browser, signed in or not; every POST carries the token of the page it was sent from."""

    client: FlaskClient
    last: TestResponse | None = None
    where: str = "/"
    fields: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> TestResponse:
        """A page, redirects followed."""
        self.last = self.client.get(path, follow_redirects=True)
        self.where = self.last.request.full_path.rstrip("?")
        return self.last

    def send(self, fields: Mapping[str, Any], path: str | None = None, *, token: bool = True) -> TestResponse:
        """The form of the page that is open (or of `path`), redirects followed; names that end in `.new` or hold an Upload become files."""
        assert self.last is not None
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.last.text)
        data = {name: boxed(value) for name, value in fields.items()}
        if token and found:
            data["csrf_token"] = found.group(1)
        self.last = self.client.post(path or self.where, data=data, content_type="multipart/form-data", follow_redirects=True)
        for each in (*self.last.history, self.last):
            each.request.environ["wsgi.input"].close()  # the client leaves the file of a large body open
        self.where = self.last.request.full_path.rstrip("?")
        return self.last

    @property
    def text(self) -> str:
        """What the page says, without its tags."""
        assert self.last is not None
        body = re.sub(r"<(script|style).*?</\1>", "", self.last.text, flags=re.S)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        assert self.last is not None
        found = re.search(r'class="govuk-list govuk-error-summary__list">(.*?)</ul>', self.last.text, re.S)
        items = re.findall(r"<li>(.*?)</li>", found.group(1), re.S) if found else []
        return [" ".join(unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in items]

    def sign_up(self, name: str = "Joko Susilo", phone: str = "0812 9876 5432") -> Visitor:
        """A new account, signed in."""
        if "/sign-up" not in self.where:
            self.open("/sign-up")
        self.send({"name": name, "phone": phone, "password": PASSWORD, "consent": "y"})
        assert self.last is not None
        assert self.last.status_code == 200, self.text
        return self

    def begin(self) -> str:
        """A new reklame draft; gives the address of its first page."""
        self.open("/apply/reklame")
        self.send({})
        return self.where

    def fill(self, *, since: str = "permohonan", until: str | None = None, **other: Mapping[str, Any]) -> None:
        """All pages in their order from `since`, up to (and without) `until`; `other` replaces answers of a page."""
        for key, answers in list(PAGES.items())[list(PAGES).index(since) :]:
            if key == until:
                return
            assert self.where.endswith(f"/pages/{key}"), f"expected the page {key}, but this is {self.where}: {self.errors}"
            self.send({**answers, **other.get(key, {})})
            assert self.last is not None
            assert self.last.status_code == 200, f"{key}: {self.errors or self.text[:400]}"

    def apply(self) -> str:
        """A whole application, sent; gives its case id."""
        self.begin()
        self.fill()
        self.send({})
        found = re.search(r"/applications/([0-9A-Z]{26})/receipt", self.where)
        assert found, f"{self.where}: {self.errors or self.text[:400]}"
        return found.group(1)


def boxed(value: Any) -> Any:
    """A file's name becomes the file, made as the stories make theirs."""
    if isinstance(value, tuple):
        return (io.BytesIO(value[1]), value[0])
    if isinstance(value, str) and value.endswith((".jpg", ".pdf", ".png")):
        return (io.BytesIO(sample(value).content), value)
    return value


@pytest.fixture
def reklame(app_store: Store, now: datetime) -> None:
    """The office offers the shipped permit, and people sit at its desks."""
    with app_store.unit() as session:
        boss = people.sign_up(session, name="Admin", phone=None, email="admin@example.org", password=PASSWORD, at=now)
        procedures.publish(session, procedures.read_folder(REKLAME), by=boss.id, at=now)
        for key, (name, desk) in STAFF.items():
            who = people.sign_up(session, name=name, phone=None, email=f"{key}@example.org", password=PASSWORD, at=now)
            people.ensure_desk(session, desk, {"id": desk, "en": desk})
            people.add_to_desk(session, who, desk, by=None, at=now)


@pytest.fixture
def visitor(app: Flask, reklame: None) -> Callable[[], Visitor]:
    """A new browser each time."""
    return lambda: Visitor(app.test_client())


@pytest.fixture
def joko(visitor: Callable[[], Visitor]) -> Visitor:
    """An applicant with a phone, signed in."""
    return visitor().sign_up()


@pytest.fixture
def officer(app_store: Store, office: Office, clock: Callable[[], datetime]) -> Callable[..., None]:
    """An officer completes a step of a case: `officer("budi", case, "verify", result="complete")`."""

    def act(who: str, case: str, step: str, **answers: Any) -> None:
        with app_store.unit() as session:
            person: Person | None = people.by_login(session, f"{who}@example.org")
            assert person is not None
            found = session.get(cases.Case, case)
            assert found is not None
            task = next(each for each in cases.tasks_of(session, found) if each.step == step and each.is_open)
            page = cases.task_page(session, person, task.id)
            beside = {key: form for key, (form, _) in page.beside.items()}
            checked = page.form.check(answers, at=office.calendar.local(clock()), context=page.context, kept=page.kept, beside=beside)
            cases.complete(session, office, task.id, checked, by=person, at=clock())
        going_on(app_store, office, case, clock())

    return act


@pytest.fixture
def carry_on(app_store: Store, office: Office, clock: Callable[[], datetime]) -> Callable[[], None]:
    """What the worker does after the commits: letters are set, notices sent."""

    def work() -> None:
        assert jobs.run_due(app_store, office, at=clock()) == []

    return work
