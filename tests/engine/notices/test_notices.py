"""A notice is written with its reason, sent after the commit, in the reader's language, through a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from engine import cases, notices
from engine.notices import Notice, Smtp
from engine.store import Errand, NotFound, Store
from tests.engine.cases.scene import TUESDAY, Scene, small_ads
from tests.engine.cases.small import stall_case
from tests.engine.notices.post import serving

SENDER = "Loket <izin@contoh.go.id>"


class Box:
    """The letters that arrived; `answer` is what the server says to the next ones."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("2"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.answer


@pytest.fixture
def box() -> Iterator[tuple[Box, Smtp]]:
    made = Box()
    with serving(made) as address:
        yield made, Smtp(address, SENDER, timeout=5)


def reachable(scene: Scene, who: str, email: str | None, language: str = "id") -> None:
    with scene.store.unit() as session:
        person = scene.person(session, who)
        person.email, person.language = email, language


@pytest.mark.parametrize(("language", "said"), [("id", "kami terima"), ("en", "received")])
def test_a_notice_is_mailed_in_the_readers_language(store: Store, tmp_path: Path, box: tuple[Box, Smtp], language: str, said: str) -> None:
    scene = small_ads(store, tmp_path, mailer=box[1])
    reachable(scene, "joko", "joko@contoh.id", language)
    scene.do("joko", "application")
    assert box[0].letters == []  # not before the commit, and not by the verb
    assert scene.work() == []
    (letter,) = box[0].letters
    (notice,) = scene.rows(Notice)
    assert (letter["To"], letter["From"], letter["Subject"]) == ("joko@contoh.id", SENDER, notice.subject)
    assert letter["Message-ID"] == f"<{notice.id}@contoh.go.id>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert said in letter["Subject"]
    assert "REKLAME-2026-00001" in letter.get_content()
    assert letter.get_content().split() == notice.body.split()
    assert (notice.language, notice.sent_at) == (language, scene.now)


def test_without_an_address_the_words_are_in_the_account_and_no_errand_is_made(store: Store, tmp_path: Path, box: tuple[Box, Smtp]) -> None:
    scene = small_ads(store, tmp_path, mailer=box[1]).play(("joko", "application"))
    (notice,) = scene.rows(Notice)
    assert (notice.address, notice.sent_at, box[0].letters) == (None, None, [])
    assert scene.rows(Errand) == []
    with store.reading() as session:
        assert [each.id for each in notices.of_person(session, scene.cast["joko"])] == [notice.id]
        assert notices.of_person(session, scene.cast["sari"]) == []


def test_when_the_reason_does_not_happen_nothing_was_said(store: Store, tmp_path: Path, box: tuple[Box, Smtp]) -> None:
    scene = small_ads(store, tmp_path, mailer=box[1])
    reachable(scene, "joko", "joko@contoh.id")
    task, told = scene.task("application"), scene.deeds["application"]
    answers = scene.check("joko", task, told.answers, told.files)

    def fails_at_the_end() -> None:
        with store.unit() as session:
            cases.complete(session, scene.office, task, answers, by=scene.person(session, "joko"), at=scene.now)
            assert len(notices.of_case(session, scene.case)) == 1  # written, and taken back with its reason
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        fails_at_the_end()
    assert scene.work() == []
    assert (scene.rows(Notice), scene.rows(Errand), box[0].letters) == ([], [], [])


def test_a_server_that_refuses_is_tried_again_and_the_letter_comes_once(store: Store, tmp_path: Path, box: tuple[Box, Smtp]) -> None:
    scene = small_ads(store, tmp_path, mailer=box[1])
    reachable(scene, "joko", "joko@contoh.id")
    box[0].answer = "451 come back later"
    scene.do("joko", "application")
    assert "come back later" in scene.work()[0]
    assert scene.rows(Notice)[0].sent_at is None
    box[0].answer = "250 OK"
    scene.now += timedelta(minutes=1)
    assert scene.work() == []
    scene.now += timedelta(days=1)
    assert scene.work() == []
    assert len(box[0].letters) == 1


def test_a_notice_that_was_sent_is_not_sent_again(store: Store, tmp_path: Path, box: tuple[Box, Smtp]) -> None:
    scene = small_ads(store, tmp_path, mailer=box[1])
    reachable(scene, "joko", "joko@contoh.id")
    scene.play(("joko", "application"))
    notices.send(store, box[1], scene.rows(Notice)[0].id, at=scene.now)
    assert len(box[0].letters) == 1
    with pytest.raises(NotFound):
        notices.send(store, box[1], "no-such-notice", at=scene.now)


def test_while_a_mail_server_dawdles_everybody_else_can_work(store: Store, tmp_path: Path) -> None:
    scene = stall_case(store, tmp_path)

    class Dawdling:
        def send(self, *, to: str, subject: str, body: str, message_id: str) -> None:
            scene.do("budi", "verify", {"result": "no"})  # in a transaction of its own: behind the mail's it would give up waiting

    reachable(scene, "sari", "sari@contoh.id")
    scene.do("sari", "application", {"area": "1"})
    (notice,) = scene.rows(Notice)
    notices.send(store, Dawdling(), notice.id, at=scene.now)
    assert scene.row().outcome == "refused"
    assert scene.rows(Notice)[0].sent_at == scene.now


def test_without_a_mail_server_a_notice_is_kept_and_never_called_sent(store: Store, tmp_path: Path) -> None:
    scene = small_ads(store, tmp_path)
    reachable(scene, "joko", "joko@contoh.id")
    scene.play(("joko", "application"))
    (notice,) = scene.rows(Notice)
    assert (notice.sent_at, notice.kept_at) == (None, scene.now)
    assert [each.done_at for each in scene.rows(Errand)] == [scene.now]  # there is nothing to try again


def test_words_cannot_forge_a_header(store: Store, tmp_path: Path, box: tuple[Box, Smtp]) -> None:
    scene = stall_case(store, tmp_path, mailer=box[1])
    reachable(scene, "sari", "sari@contoh.id")
    with store.unit() as session:
        to = scene.person(session, "sari")
        notices.tell(session, case=scene.case, to=to, what="no", subject="Halo\r\nBcc: x@y.z", body=".\r\n.\r\nTitik", at=TUESDAY)
    assert scene.work() == []
    (letter,) = box[0].letters
    assert (letter["Subject"], letter["Bcc"]) == ("Halo Bcc: x@y.z", None)
    assert letter.get_content().split() == [".", ".", "Titik"]


def test_what_was_said_is_sealed_and_goes_to_the_address_of_that_day(store: Store, tmp_path: Path, box: tuple[Box, Smtp]) -> None:
    scene = small_ads(store, tmp_path, mailer=box[1])
    reachable(scene, "joko", "lama@contoh.id")
    scene.do("joko", "application")
    assert "Joko" in scene.rows(Notice)[0].body
    assert "Joko" not in repr(scene.dump()["journal"])
    reachable(scene, "joko", "baru@contoh.id")
    assert scene.work() == []
    assert box[0].letters[0]["To"] == "lama@contoh.id"


def test_a_message_is_called_by_the_subject_of_its_letter_in_the_readers_language() -> None:
    letters = {
        "notice-to_pay": {
            "id": "subject: Pajak {{ case.number }}: {{ fee.amount | rupiah }}\n\nYth.",
            "en": "subject: Tax {{ fee.amount }}\n",
        }
    }
    assert notices.name_of("to_pay", letters, "id", number="R-1") == "Pajak R-1: …"
    assert notices.name_of("to_pay", letters, "en") == "Tax …"
    assert notices.name_of("sent_back", letters, "en", number="R-1") == "Application R-1 has come back to you"
    assert notices.name_of("sent_back", {"notice-sent-back": {"id": "subject: Kembali"}}, "en") == "Kembali"
    assert [notices.name_of(each, letters, "en") for each in ("unheard", "../house", "")] == ["unheard", "../house", ""]
