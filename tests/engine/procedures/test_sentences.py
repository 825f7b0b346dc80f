"""Every finding that can be made has a sentence in both languages, with the same facts in it."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from engine import flow
from engine.procedures import BadBundle, read_files, rules_of_the_house, sentence
from engine.procedures.sayings import bundle, forms, rules
from engine.procedures.sayings.flow import CURES, INDONESIAN
from engine.procedures.sentences import text_of
from rules import Finding

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
    from engine.flow.zeebe import _CURES

    wanted = {*_UNSUPPORTED.values(), *_CURES.values(), flow.cure_of("unheardOf"), "remove it"}
    assert wanted - set(CURES) == set()
    told = sentence(Finding("process.bpmn#x", "process.unsupported", {"id": "x", "name": "X", "element": "transaction"}), "id")
    assert told == "X (x): transaction tidak didukung; pakai subproses biasa."


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
