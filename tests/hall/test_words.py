"""The catalogues hold every word, and every refusal has a sentence."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from babel.messages.pofile import read_po
from flask_babel import force_locale

import engine
from engine.flow.errors import WHY_NOT
from engine.store import EngineError
from hall.sentences import NOUNS, ROOMS, SENTENCES, WHY, Shown, refusal, sentence
from hall.words.catalogue import read
from hall.words.update import HERE, files, found, in_step, strings, untranslated


@pytest.fixture(scope="module")
def template():
    return found()


@pytest.mark.parametrize("po", files(), ids=lambda po: po.parent.parent.name)
def test_a_catalogue_is_in_step_with_the_code(po, template) -> None:
    assert in_step(po, template) == po.read_bytes(), "Run 'make words' and commit what it writes."


def test_every_word_has_its_indonesian() -> None:
    missing = untranslated(HERE / "id" / "LC_MESSAGES" / "messages.po")
    assert not missing, "Without Indonesian in hall/words/id/LC_MESSAGES/messages.po:\n" + "\n".join(missing)


@pytest.mark.parametrize("po", files(), ids=lambda po: po.parent.parent.name)
def test_a_translation_keeps_the_names_it_fills_in(po) -> None:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parent.parent.name)
    for message in catalogue:
        if message.id and message.string:
            wanted = set(re.findall(r"%\((\w+)\)", str(message.id)))
            for text in strings(message):
                assert not text or set(re.findall(r"%\((\w+)\)", text)) <= wanted, message.id


def codes() -> dict[str, type[EngineError]]:
    """Every code an engine error may carry."""
    for module in pkgutil.walk_packages(engine.__path__, "engine."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    kinds, waiting = {}, [EngineError]
    while waiting:
        kind = waiting.pop()
        kinds[kind.code] = kind
        waiting += kind.__subclasses__()
    return {code: kind for code, kind in kinds.items() if kind.__module__.startswith("engine.")}


def test_every_refusal_of_a_case_says_in_both_languages_what_it_is_about(app) -> None:
    """A verb that a door calls may raise any of these: none may be answered by the sentence of a whole room."""
    spoken = {code: kind for code, kind in codes().items() if code.partition(".")[0] in ("cases", "flow", "fees", "people")}
    assert {"flow.cannot_go_back", "flow.no_way_out", "cases.cannot_go_to"} <= spoken.keys()
    assert not spoken.keys() - SENTENCES.keys(), "Give each its own status and sentence in hall/sentences.py."
    english, indonesian = (said_in(app, lang, spoken) for lang in ("en", "id"))
    same = {code: text for code, text in english.items() if text == indonesian[code]}
    assert not same, "The same words in both languages; put the Indonesian into hall/words/id/LC_MESSAGES/messages.po."
    assert not [text for text in (*english.values(), *indonesian.values()) if "%(" in text or "{" in text]


def said_in(app, lang: str, kinds: dict[str, type[EngineError]]) -> dict[str, str]:
    """What a reader hears of each error, whose facts are said as they are called."""
    with app.test_request_context(f"/?lang={lang}"), force_locale(lang):
        return {
            code: sentence(code, {name: f"<{name}>" for name in re.findall(r"\{(\w+)\}", kind.__doc__ or "")})
            for code, kind in kinds.items()
        }


def test_every_reason_why_a_case_cannot_go_back_has_its_words(app) -> None:
    assert set(WHY) >= set(WHY_NOT)
    for lang, words in (("en", "it has never been there"), ("id", "belum pernah")):
        with app.test_request_context("/"), force_locale(lang):
            said = sentence("cases.cannot_go_to", {"step": "Survei", "why": "not_passed"})
            assert "Survei" in said
            assert words in said


def test_every_refusal_of_the_engine_has_a_sentence() -> None:
    missing = {code: kind.__doc__ for code, kind in codes().items() if code not in SENTENCES and code.partition(".")[0] not in ROOMS}
    assert not missing, f"Give each code a status and a sentence in hall/sentences.py: {missing}"


def test_a_sentence_names_only_facts_its_error_brings() -> None:
    for code, kind in codes().items():
        named = set(re.findall(r"%\((\w+)\)", refusal(code).text))
        brought = set(re.findall(r"\{(\w+)\}", kind.__doc__ or ""))
        assert named <= brought, f"{code}: {named - brought} is not in its docstring"


def test_a_fact_that_is_missing_does_not_break_the_page(app) -> None:
    with app.test_request_context("/"):
        assert Shown()["what"] == "data"  # the Indonesian of “record”
    assert "data" in NOUNS


def test_after_a_merge_the_translated_one_of_two_counts(tmp_path) -> None:
    po = tmp_path / "id" / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Language: id\\n"\n\n'
    twice = 'msgid "Sign in"\nmsgstr "Masuk"\nmsgid "Sign in"\nmsgstr ""\n#: x\nmsgid "Yes"\nmsgstr ""\n\nmsgid "Yes"\nmsgstr "Ya"\n'
    po.write_text(head + twice)
    catalogue = read(po)
    assert (catalogue["Sign in"].string, catalogue["Yes"].string) == ("Masuk", "Ya")
