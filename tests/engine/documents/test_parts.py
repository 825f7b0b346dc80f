"""A letter as parts: every shipped letter goes there and back byte for byte; what is changed says the same when it is read again."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import texts
from engine.documents import BadParts, condition_of, parts_of, places_of, rows_in, source_of
from engine.documents.markdown import blocks_of
from engine.documents.parts.tokens import said

ROOT = Path(__file__).parents[3]
LETTERS = sorted(
    [*ROOT.glob("workflows/*/letters/*.md"), *ROOT.glob("engine/*/letters/*.md"), *ROOT.glob("engine/procedures/skeleton/letters/*.md")]
)


def is_plain(path: Path) -> bool:
    return path.name.startswith("notice-") or path.parts[-3] == "notices"


def bare(node: Any) -> Any:
    """The tree as if nobody knew where it was read from."""
    if isinstance(node, list):
        return [bare(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = ("src",) if node.get("type") in ("raw", "code") else ()
    attrs = {key: value for key, value in node.get("attrs", {}).items() if key in kept or key not in ("src", "gap", "n", "open", "close")}
    return {**{key: bare(value) for key, value in node.items() if key != "attrs"}, "attrs": attrs}


def test_every_shipped_letter_goes_there_and_back_byte_for_byte_and_nothing_in_it_is_locked() -> None:
    assert len(LETTERS) > 100
    for path in LETTERS:
        source, plain = path.read_text("utf-8"), is_plain(path)
        tree = json.loads(json.dumps(parts_of(source, plain=plain)))
        assert source_of(tree, plain=plain) == source, path
        assert not {"raw", "code"} & kinds(tree), path


def kinds(node: Any) -> set[str]:
    return {node["type"]}.union(*(kinds(one) for one in node.get("content", [])))


def test_a_letter_that_is_written_anew_says_the_same() -> None:
    for path in LETTERS:
        source, plain = path.read_text("utf-8"), is_plain(path)
        tree = parts_of(source, plain=plain)
        again = source_of(bare(tree), plain=plain)
        assert said(parts_of(again, plain=plain)) == said(tree), path
        if not plain:
            assert set_(again) == set_(source), path


def set_(source: str) -> Any:
    """What the press gets when every condition is left out and every field is a word."""
    source = re.sub(r"\{%-?\s*for.*?-?%\}|\{%-?\s*endfor\s*-?%\}", "", source)
    source = re.sub(r"\{%.*?%\}", "", source)
    return blocks_of(re.sub(r"\{\{.*?\}\}", "WORD", source))


CASES = {
    "paragraph": ("One *two* **three**.", [("paragraph", "One two three.")]),
    "headings": ("# A\n\n### B ##", [("heading", "A"), ("heading", "B")]),
    "lists": ("- a\n- b\n\n2. c\n3. d", [("bullets", "ab"), ("numbers", "cd")]),
    "rule": ("a\n\n---\n\nb", [("paragraph", "a"), ("rule", ""), ("paragraph", "b")]),
    "a list that holds more": ("- a\n  - b\n- c", [("raw", "")]),
    "tags of another kind": ("{% assign x = 1 %}\n\nb", [("raw", ""), ("paragraph", "b")]),
    "a condition without an end": ("{% if x %}\na", [("raw", ""), ("paragraph", "a")]),
    "branches": ("{% if a %}\nx\n{% elsif b %}\ny\n{% else %}\nz\n{% endif %}", [("frame", "x"), ("frame", "y"), ("frame", "z")]),
    "a table": ("| a | b |\n|:-:|--:|\n| c \\| d | {{ e | rupiah }} |\nrest", [("raw", "")]),
    "a table alone": ("| a | b |\n|:-:|--:|\n| c \\| d | {{ e | rupiah }} |", [("table", "abc | d")]),
    "nothing": ("", [("paragraph", "")]),
}


def words(node: Any) -> str:
    return node.get("text", "") + "".join(words(one) for one in node.get("content", []))


@pytest.mark.parametrize("case", CASES)
def test_parts_are_read(case: str) -> None:
    source, wanted = CASES[case]
    tree = parts_of(source)
    assert [(node["type"], words(node)) for node in tree["content"][1:]] == wanted
    assert source_of(tree) == source


def test_a_branch_without_its_condition_begins_anew_and_a_condition_without_its_branch_ends() -> None:
    tree = parts_of("{% if a %}\nx\n{% else %}\ny\n{% endif %}\n")
    without_else, without_if = copy.deepcopy(tree), copy.deepcopy(tree)
    del without_else["content"][2]
    del without_if["content"][1]
    assert source_of(without_else) == "{% if a %}\nx\n{% endif %}\n"
    assert source_of(without_if) == "{% if false %}\ny\n{% endif %}\n"
    tree["content"].insert(3, {**copy.deepcopy(tree["content"][1]), "attrs": {"tag": "if", "text": "b"}})
    assert source_of(tree) == "{% if a %}\nx\n{% else %}\ny\n{% endif %}\n\n{% if b %}\nx\n{% endif %}\n"


def test_a_row_that_is_there_only_sometimes_leaves_no_gap_in_its_table() -> None:
    tree = parts_of("| | |\n|---|---|\n| A | b |\n| C | d |\n\nE")
    table = tree["content"][1]
    table["content"][0]["attrs"] |= {"tag": "if", "text": "x"}
    table["content"][1]["attrs"] |= {"tag": "for", "text": "row in rows"}
    source = source_of(tree)
    assert said(parts_of(source)) == said(tree)
    for facts in ({"rows": []}, {"x": 1, "rows": []}, {"rows": [1, 2]}, {"x": 1, "rows": [1]}):
        kinds_ = [block["kind"] for block in blocks_of(texts.read(source).fill(facts))]
        assert kinds_ == ["table", "paragraph"], facts


def test_places_tell_the_line_of_each_part() -> None:
    source = "subject: x\n\n# A\n\nB\n\n{% if c %}\nC\n{% endif %}\n\nD\n"
    assert places_of(parts_of(source)) == [(1, 0), (3, 1), (5, 2), (7, 3), (11, 4)]


ALPHABET = st.sampled_from([*list("ab1 .*_|\\#-+&<>[]`{}%\"'é:;()"), "{{", "}}", "{%", "%}", "subject: ", "---", "1. ", "\n"])
TEXT = st.lists(ALPHABET, min_size=1, max_size=12).map("".join)
MARKS = st.sampled_from([[], [{"type": "strong"}], [{"type": "em"}], [{"type": "strong"}, {"type": "em"}]])
NODES = st.one_of(
    st.builds(lambda text, marks: {"type": "text", "text": text.replace("\n", " "), "marks": marks}, TEXT, MARKS),
    st.just({"type": "field", "attrs": {"path": "a.b", "format": "rupiah", "otherwise": ""}}),
    st.just({"type": "gate", "attrs": {"tag": "if", "text": "a.b == 1"}}),
    st.just({"type": "gate", "attrs": {"tag": "endif", "text": ""}}),
    st.just({"type": "break"}),
)
LINES = st.lists(NODES, max_size=6)
BLOCKS = st.one_of(
    st.builds(lambda line: {"type": "paragraph", "content": line}, LINES),
    st.builds(lambda line, level: {"type": "heading", "attrs": {"level": level}, "content": line}, LINES, st.integers(1, 3)),
    st.builds(lambda kind, lines: {"type": kind, "content": [{"type": "item", "content": line} for line in lines]},
              st.sampled_from(["bullets", "numbers"]), st.lists(LINES, min_size=1, max_size=3)),
    st.builds(lambda lines: {"type": "table", "attrs": {"align": "left,right"}, "content": [
        {"type": "row", "content": [{"type": "cell", "content": line}, {"type": "cell"}]} for line in lines]},
              st.lists(LINES, min_size=1, max_size=3)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=5), LINES)
def test_whatever_is_typed_stays_words_and_is_written_once(blocks: list[Any], subject: list[Any]) -> None:
    tree = {"type": "doc", "content": [{"type": "subject", "content": subject}, *blocks]}
    once = source_of(tree)
    assert source_of(parts_of(once)) == once
    assert source_of(bare(parts_of(once))) == source_of(bare(parts_of(source_of(bare(parts_of(once))))))
    fields = once.count("{{ a.b | rupiah }}")
    wanted = json.dumps(tree).count('"field"')
    assert fields <= wanted


PIECES = st.sampled_from(["\n\n", "{% if x %}", "{% endif %}", "{{ y }}", "{% else %}", "|---|---|", "| a | b |", "- ", "# "])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(TEXT, PIECES), max_size=14).map("".join), st.booleans())
def test_any_source_comes_back_as_it_was(source: str, plain: bool) -> None:
    assume(source.strip())
    assert source_of(json.loads(json.dumps(parts_of(source, plain=plain))), plain=plain) == source


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ('a.b == "x"', 'a.b == "x"'), ("a", "a"), ("a != nil", "a"), ("a == nil or b", "a == nil or b"),
        ("a>=2.50 and b == true", "a >= 2.50 and b == true"),
        ("a contains 'x and y'", 'a contains "x and y"'), ("a == 'say \"x\"'", "a == 'say \"x\"'"),
    ],
)  # fmt: skip
def test_conditions_are_read_as_rows_and_written(text: str, back: str) -> None:
    rows = rows_in(text)
    assert rows.fits
    assert condition_of(rows) == back
    assert rows_in(back) == rows


@pytest.mark.parametrize("text", ["a and b or c", "a | size", "a[0]", "a == b", "", "a ==", "1 == a"])
def test_a_condition_that_is_not_made_of_rows_says_so(text: str) -> None:
    assert not rows_in(text).fits


@pytest.mark.parametrize("tree", [None, 1, {}, {"type": "doc"}, {"type": "doc", "content": [{"type": "paragraph"}]}])
def test_what_is_no_letter_is_refused(tree: Any) -> None:
    with pytest.raises(BadParts):
        source_of(tree)
