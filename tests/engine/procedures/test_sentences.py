"""Every finding that can be made has a sentence in both languages, with the same facts in it."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from admin.studio.drawn_words import DRAWN
from admin.studio.words import WORDS
from engine import actions, flow
from engine.procedures import BadBundle, read_files, rules_of_the_house, sentence
from engine.procedures.sayings import bundle, forms, rules
from engine.procedures.sayings.flow import CURES, INDONESIAN
from engine.procedures.sentences import text_of
from rules import Finding
from tests.engine.flow.drawing import Drawing

from .sample import files

ROOT = Path(__file__).parents[3]
CODE = re.compile(r"(feel|dmn|form|list|process|bundle|draft)\.(?!bpmn)[a-z_0-9]+")
# Not findings of files: what goes wrong while a decision is made, or an expression is evaluated.
RUNNING = {
    "dmn.several_rules",
    "dmn.outputs_differ",
    "dmn.not_allowed",
    "dmn.no_decision",
    "feel.no_clock",
    "feel.naive_now",
    "dmn.aggregation_of_several_outputs",
}


def raised() -> Iterator[str]:
    """Every code of a finding that stands in the source."""
    places = [*(ROOT / "rules").rglob("*.py"), *(ROOT / "forms").rglob("*.py"), *(ROOT / "engine/flow").glob("*.py")]
    for path in [*places, *(ROOT / "engine/procedures").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                yield node.value


def own() -> Iterator[str]:
    for rule in rules_of_the_house():
        yield from importlib.import_module(f"engine.procedures.checks.{rule}").SENTENCES


def everything() -> set[str]:
    return {*raised(), *own(), *bundle.SENTENCES, *forms.SENTENCES, *rules.SENTENCES, *flow.codes()} - RUNNING


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_finding_that_can_be_made_has_a_sentence_in_both_languages() -> None:
    assert {code for code in everything() if text_of(code, "id") is None} == set()
    assert {code for code in everything() if text_of(code, "en") is None} == set()


@pytest.mark.parametrize("code", sorted(everything()))
def test_both_sentences_name_the_same_facts_and_end_as_sentences_do(code: str) -> None:
    indonesian, english = text_of(code, "id") or "", text_of(code, "en") or ""
    assert holes(indonesian) == holes(english)
    assert indonesian != english
    assert (" Maksudnya " in indonesian) == (" Did you mean " in english)
    for text in (indonesian, english):
        assert text.rstrip()[-1] in ".?}"


def test_no_sentence_is_kept_for_a_finding_that_nobody_makes() -> None:
    assert set(INDONESIAN) - set(flow.codes()) == set()
    kept = {*forms.SENTENCES, *rules.SENTENCES, *bundle.SENTENCES} - {"feel.wrong_operand"}
    assert kept - set(raised()) == set()


def test_what_to_draw_instead_is_told_in_both_languages() -> None:
    from engine.flow.sentences import _UNSUPPORTED
    from engine.flow.steps import PLAIN_WORDS
    from engine.flow.zeebe import _CURES, _TAKE_OUT

    wanted = {*_UNSUPPORTED.values(), *_CURES.values(), flow.cure_of("unheardOf"), _TAKE_OUT, *(cure for _, _, cure in PLAIN_WORDS)}
    assert wanted == set(CURES)
    told = sentence(Finding("process.bpmn#x", "process.unsupported", {"id": "x", "name": "X", "element": "transaction"}), "id")
    assert told.startswith("“X” tidak dapat dijalankan seperti digambar: keluarkan dan gambar langkah-langkahnya langsung di layanan (")
    assert told.endswith("(transaction tidak didukung).")


WORDS_OF_FILES = re.compile(r"\b(element|attribute|propert|boundary|event|atribut|elemen|kejadian tepi)|zeebe|[a-z]+[A-Z]\w+")
BY_FILE = {"process.not_xml", "process.doctype", "process.not_bpmn", "process.several", "process.end", "process.library"}


@pytest.mark.parametrize("code", sorted(each for each in flow.codes() if each.startswith("process.")))
@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_is_wrong_with_a_drawing_is_told_in_a_clerks_words_and_those_of_the_file_stand_in_brackets(code: str, lang: str) -> None:
    """`process.end` says what kind of event an end is; the others of `BY_FILE` are about the file, and no step."""
    said = re.sub(r"\{\w+\}", "…", re.sub(r"\([^()]*\)", "", text_of(code, lang) or ""))
    if code not in BY_FILE:
        assert WORDS_OF_FILES.findall(said) == []


def test_the_parts_of_the_designer_that_a_sentence_names_are_there_in_its_language() -> None:
    """Whatever stands in quotation marks, and is no fact, is a word of the designer."""
    words = {lang: set(catalogue(lang)) for lang in ("id", "en")}
    own = {"id": {"selain itu"}, "en": set()}
    texts = [(lang, text_of(code, lang) or "") for code in flow.codes() for lang in ("id", "en")]
    texts += [("en", one) for one in CURES] + [("id", one) for one in CURES.values()]
    named = {(lang, one) for lang, text in texts for one in re.findall("“([^”{]+)”", text) if len(one) > 1}
    assert {(lang, one) for lang, one in named if one not in words[lang] | own[lang]} == set()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_parts_of_the_studio_that_a_rule_names_are_there_in_its_language(lang: str) -> None:
    words = {*translated(lang).values(), *(one.TITLE[lang] for one in actions.actions().values()), "ditolak", "refused"}
    rules_ = (importlib.import_module(f"engine.procedures.checks.{rule}").SENTENCES for rule in rules_of_the_house())
    named = {one for each in rules_ for said in each.values() for one in re.findall("“([^”{]+)”", said[lang])}
    assert {one for one in named if not any(word.startswith(one) for word in words)} == set()


def translated(lang: str) -> dict[str, str]:
    with (ROOT / f"hall/words/{lang}/LC_MESSAGES/messages.po").open("rb") as file:
        return {str(each.id): str(each.string or each.id) for each in read_po(file)}


def catalogue(lang: str) -> Iterator[str]:
    """The designer's words in a language."""
    said = translated(lang)
    yield from (said.get(word) or word for word in (*DRAWN, *WORDS))


def test_a_step_without_a_name_is_called_by_its_neighbour_also_in_a_diagram_that_cannot_be_read() -> None:
    pen = Drawing("stall").start().user("ask", name="Ask").add("complexGateway", "x1").end().chain("begin", "ask", "x1", "done")
    with pytest.raises(BadBundle) as caught:
        read_files(files(**{"process.bpmn": pen.bytes()}))
    (gateway,) = (each for each in caught.value.findings if each.place == "process.bpmn#x1")
    assert sentence(gateway).startswith("The choice after “Ask” cannot be run as it is drawn: ")
    assert sentence(gateway, "id").startswith("Pilihan sesudah “Ask” tidak dapat")


def test_a_code_nobody_knows_and_facts_that_are_missing_still_give_a_sentence() -> None:
    assert sentence(Finding("x", "odd.code", {"a": 1}), "id") == "odd.code (a: 1)"
    assert sentence(Finding("x", "form.twice", {}), "id") == "form.twice"
    assert sentence(Finding("x", "odd.code", {"sentence": "as told"})) == "as told"


@pytest.mark.parametrize(
    ("change", "indonesian"),
    [
        ("days = 5", "0 kurang dari batas terendah 1"),
        ('kind = "retribution"', "bukan salah satu dari"),
    ],
)
def test_what_a_schema_says_is_told_in_the_readers_language(change: str, indonesian: str) -> None:
    sheet = files()["procedure.toml"].decode()
    broken = sheet.replace(change, {"days = 5": "days = 0", 'kind = "retribution"': 'kind = "gift"'}[change])
    with pytest.raises(BadBundle) as caught:
        read_files(files(**{"procedure.toml": broken}))
    assert any(indonesian in sentence(each, "id") for each in caught.value.findings)
    assert not any(indonesian in sentence(each, "en") for each in caught.value.findings)
