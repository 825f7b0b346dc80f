"""The catalogues hold every word, and every refusal has a sentence."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from babel.messages.pofile import read_po

import engine
from engine.store import EngineError
from hall.sentences import NOUNS, ROOMS, SENTENCES, Shown, refusal
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
