"""The guide to the language for administrators says what is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import rules
from rules.feel.bounds import Budget
from rules.feel.expression import compile_text

GUIDE = (Path(__file__).parents[2] / "docs" / "feel.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```feel\n(.*?)```", GUIDE, re.S)
EXAMPLES = re.findall(r"^\| `(.+?)` \| `(.+?)` \|$", GUIDE, re.M)
CELLS = re.findall(r"^\| `(.+?)` \| (fires|does not fire) \|$", GUIDE, re.M)


@pytest.mark.parametrize(("text", "result"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_an_example_of_the_guide_gives_the_result_beside_it(text: str, result: str) -> None:
    context = rules.evaluate(BLOCKS[0], {})
    assert rules.evaluate(text, context) == rules.evaluate(result, {})


@pytest.mark.parametrize(("cell", "answer"), CELLS)
def test_a_cell_of_the_guide_fires_as_it_says(cell: str, answer: str) -> None:
    fires = compile_text(cell, cell=True).run({"?": rules.evaluate("61.5", {})}, Budget()) is True
    assert fires is (answer == "fires")


def test_every_row_of_the_guide_is_an_example() -> None:
    rows = [line for line in GUIDE.splitlines() if line.startswith("| `")]
    assert len(rows) == len(EXAMPLES) + len(CELLS)
    assert len(EXAMPLES) > 50
