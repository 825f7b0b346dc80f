"""What is kept on the way: files one by one, a page sent after the session had ended, answers that must be the only ones of their kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

import forms
from engine import people
from engine.store import Store
from engine.stories.stage import sample
from tests.portal.conftest import PAGES, PASSWORD, Visitor


@pytest.fixture
def at_papers(joko: Visitor) -> Visitor:
    """Joko in front of the page that asks for papers."""
    joko.begin()
    joko.fill(until="dokumen")
    return joko


def send_file(who: Visitor, question: str, upload: forms.Upload) -> tuple[int, dict[str, object]]:
    """One file by itself, as the browser's part sends it; the page stays open."""
    place, page = who.where, who.last
    answer = who.send({"_question": question, f"{question}.new": (upload.name, upload.content)}, f"{place.split('?')[0]}/files")
    who.where, who.last = place, page
    return answer.status_code, answer.json


def test_a_file_sent_by_itself_is_kept_at_once_and_goes_with_the_page(at_papers: Visitor) -> None:
    status, said = send_file(at_papers, "ktp", sample("ktp.jpg"))
    assert (status, said["name"]) == (200, "ktp.jpg")
    assert at_papers.client.get(str(said["address"])).status_code == 200
    assert "ktp.jpg" in at_papers.open(at_papers.where).text
    at_papers.send({"ktp.keep": said["id"], "desain.new": "desain.pdf"})
    assert at_papers.where.endswith("/pages/pernyataan")


@pytest.mark.parametrize(
    ("question", "upload", "said"),
    [
        ("ktp", forms.Upload("a.jpg", b"only words " * 20), "a.jpg"),
        ("desain", forms.Upload("a.pdf", b""), "a.pdf"),
        ("nik", sample("ktp.jpg"), "tidak"),
        ("nothing", sample("ktp.jpg"), "tidak"),
        ("", sample("ktp.jpg"), "tidak"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_a_sentence(at_papers: Visitor, question: str, upload: forms.Upload, said: str) -> None:
    status, answer = send_file(at_papers, question, upload)
    assert status == 422
    assert said in str(answer["text"])


def test_a_page_sent_after_the_session_ended_comes_back_after_signing_in(at_papers: Visitor, visitor: Callable[[], Visitor]) -> None:
    place = at_papers.where.replace("dokumen", "titik")
    at_papers.open(place)
    at_papers.client.delete_cookie("loket")
    typed = {**PAGES["titik"], "titik_pasang.0.nama_jalan": "Jalan Kenanga Raya"}
    assert at_papers.send(typed).status_code == 401
    link = re.search(r'href="(/sign-in[^"]+)"', at_papers.last.text)
    assert link
    assert "unsent" in link[1]
    stranger = visitor().sign_up("Siti Aminah", "0811 1111 2222")
    assert stranger.open(link[1].split("next=")[1].replace("%3F", "?").replace("%3D", "=")).status_code == 404
    at_papers.open(link[1].replace("&amp;", "&"))
    at_papers.send({"login": "0812 9876 5432", "password": PASSWORD})
    assert "Jalan Kenanga Raya" in at_papers.last.text
    assert "sudah kembali" in at_papers.text
    at_papers.open(place)
    assert "Jalan Kenanga Raya" not in at_papers.last.text, "given back once, and kept only when it is sent again"


def test_another_site_cannot_put_words_into_a_form(at_papers: Visitor) -> None:
    at_papers.client.delete_cookie("loket")
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = at_papers.client.post(at_papers.where, data={"nama": "x"}, headers=headers)
        assert answer.status_code == 401
        assert "unsent" not in answer.text


def test_what_was_kept_is_given_once_and_not_for_long(store: Store, now: datetime) -> None:
    with store.unit() as db:
        word, old = (people.keep_unsent(db, "/a", [("x", "1")], at=now) for _ in range(2))
        assert people.keep_unsent(db, "/a", [("x", "1" * 300_000)], at=now) is None
    with store.unit() as db:
        assert people.take_unsent(db, str(word), "/b", at=now) is None
        assert people.take_unsent(db, str(word), "/a", at=now) == [("x", "1")]
        assert people.take_unsent(db, str(word), "/a", at=now) is None
        assert people.take_unsent(db, str(old), "/a", at=now + timedelta(hours=3)) is None
