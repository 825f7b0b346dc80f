"""The reader's language."""

from __future__ import annotations

import os
from pathlib import Path

from engine.people import Person
from hall.language import compile_stale


def test_a_page_is_indonesian_until_the_reader_chooses(visitor) -> None:
    page = visitor.get("/privacy")
    assert '<html lang="id"' in page.text
    assert "Cara kami memperlakukan data Anda" in page.text
    assert page.headers["Content-Language"] == "id"


def test_the_link_to_the_other_language_stays_on_the_page_and_is_remembered(visitor) -> None:
    assert 'href="/sign-in?next=/account&amp;lang=en"' in visitor.get("/sign-in?next=/account").text
    turned = visitor.get("/sign-in?next=/account&lang=en")
    assert (turned.status_code, turned.location) == (303, "/sign-in?next=/account")
    assert '<html lang="en"' in visitor.get("/privacy").text


def test_the_language_of_the_account_counts_where_nothing_was_chosen(visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    visitor.send("/account/language", {"language": "en"}, page="/account")
    visitor.delete_cookie("lang")
    assert '<html lang="en"' in visitor.get("/account").text


def test_an_unknown_language_changes_nothing(visitor) -> None:
    assert visitor.get("/privacy?lang=xx").status_code == 200
    visitor.set_cookie("lang", "xx")
    assert '<html lang="id"' in visitor.get("/privacy").text


def test_the_switch_never_leads_to_another_site(visitor) -> None:
    answer = visitor.get("//evil.example/x?lang=en", base_url="http://localhost")
    assert answer.location is None or (answer.location.startswith("/") and not answer.location.startswith("//"))


def test_a_page_shown_after_a_mistake_switches_to_a_page_one_can_open(visitor, budi: Person) -> None:
    visitor.sign_in("081234567890")
    wrong = visitor.send("/account/name", {"name": ""}, page="/account?lang=id")
    assert wrong.status_code == 422
    assert 'href="/?lang=en"' in wrong.text


def test_a_catalogue_is_compiled_when_its_words_are_newer(tmp_path: Path) -> None:
    po = tmp_path / "id" / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid "Yes"\nmsgstr "Ya"\n')
    compile_stale(tmp_path)
    mo = po.with_suffix(".mo")
    before = mo.read_bytes()
    po.write_text('msgid "Yes"\nmsgstr "Iya"\n')
    os.utime(mo, ns=(1, 1))
    compile_stale(tmp_path)
    assert before != mo.read_bytes()
    assert [path.name for path in po.parent.iterdir() if path.suffix not in (".po", ".mo")] == []
