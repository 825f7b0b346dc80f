"""The address of an application by mail: to a confirmed address of its applicant, once in a while."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from engine import cases, people
from engine.cases import CodeOver
from engine.store import Store
from tests.engine.cases.scene import Scene
from tests.engine.cases.small import stall_case


@dataclass
class Box:
    """A mail server that keeps what it is given."""

    mails: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, *, to: str, subject: str, body: str, message_id: str) -> None:
        self.mails.append((to, subject, body))


def order(scene: Scene, who: str) -> bool:
    with scene.store.unit() as session:
        case = session.get_one(cases.Case, scene.case)
        return cases.mail_way(session, case, to=people.by_id(session, scene.cast[who]), at=scene.now)


def test_the_way_is_mailed_to_a_confirmed_address_of_the_applicant_only(store: Store, tmp_path: Path) -> None:
    box = Box()
    scene = stall_case(store, tmp_path, mailer=box)
    with store.unit() as session:
        for who in ("sari", "joko"):
            people.by_id(session, scene.cast[who]).email = f"{who}@example.org"
    assert not order(scene, "sari"), "not confirmed"
    with store.unit() as session:
        for who in ("sari", "joko"):
            people.by_id(session, scene.cast[who]).email_proved_at = scene.now
    assert not order(scene, "joko"), "not theirs"
    assert order(scene, "sari")
    assert order(scene, "sari"), "the same mail"
    assert scene.work() == []
    ((to, subject, body),) = box.mails
    assert (to, subject) == ("sari@example.org", "Lanjutkan permohonan Anda: Izin lapak")
    assert f"{scene.office.address}/applications/{scene.case}/go-on" in body
    scene.now += timedelta(minutes=16)
    assert order(scene, "sari")
    assert scene.work() == []
    assert len(box.mails) == 2


def test_a_code_ends_and_belongs_to_one_person(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)
    with store.reading() as session:
        sari, joko = (people.by_id(session, scene.cast[who]) for who in ("sari", "joko"))
        code, until = cases.code_to_go_on(session, session.get_one(cases.Case, scene.case), at=scene.now)
        assert timedelta(minutes=15) <= until - scene.now <= timedelta(minutes=30)
        last = until - timedelta(seconds=1)
        assert cases.case_of_code(session, sari, f" {code.lower()} ", at=last).id == scene.case
        for who, typed, at in ((sari, code, until), (joko, code, scene.now), (sari, "", scene.now), (sari, "ÄÖÜ-000", scene.now)):
            with pytest.raises(CodeOver):
                cases.case_of_code(session, who, typed, at=at)
