"""A story that does not come as told says at which step, what was expected and what was; one that cannot be read says why."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine import stories
from engine.procedures import Bundle
from engine.store import Store
from engine.stories import BadStory
from engine.stories.expect import is_as_told
from tests.engine.cases.small import plain_stall, stall, straight
from tests.engine.procedures.sample import form, question

HEAD = """
title = "Buruk"
start = "2026-06-02T09:00:00+07:00"
[people]
sari = { name = "Sari", desks = ["applicant"] }
budi = { name = "Budi", desks = ["verifikator"] }
"""
APPLY = '[[steps]]\nas = "sari"\ntask = "application"\nanswers = { area = 1 }\n'
VERIFY = '[[steps]]\nas = "budi"\ntask = "verify"\nanswers = { result = "no" }\n'


def told(store: Store, folder: Path, text: str, bundle: Bundle | None = None) -> list[str]:
    """The sentences of the troubles of a story."""
    story = stories.read_story("buruk", {"buruk": HEAD + text})
    return [str(each) for each in stories.run(bundle or plain_stall(), story, store, stories.office_for(folder)).troubles]


@cache
def with_photo() -> Bundle:
    fields = (question("area", "number"), question("photo", "file", types=["jpg"], max_mb=2))
    return stall(**{"forms/application.json": form("application", *fields)})


def test_a_story_that_comes_as_told_says_nothing(store: Store, tmp_path: Path) -> None:
    assert told(store, tmp_path, APPLY + 'expect.open = [{ step = "verify", desk = "verifikator", due = 2026-06-03 }]\n' + VERIFY) == []


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        ('open = [{ step = "verify", due = 2026-06-04 }]', "'desk': 'verifikator', 'due': datetime.date(2026, 6, 3)}]"),
        ("open = []", "open is [{'step': 'verify'"),
        ('sent = [{ to = "sari", what = "issued" }]', "sent was [{'to': 'sari', 'what': 'no'}]"),
        ("sent = []", "sent was [{'to': 'sari', 'what': 'no'}]"),
        ('tracking = "Selesai"', "the tracking page says 'kata'"),
        ("fee = 10000", "charged is []"),
        ('fee_rows = ["fee 1"]', "the rows that fired are []"),
        ('ended = "issued"', "the outcome is None"),
        ('number = "503/0001/2026"', "the numbers are []"),
        ('letter_contains = ["Sari"]', "no letter was issued"),
        ("decided = { fee = 1 }", "decided is {}"),
        ('refused = "tidak boleh"', "but it was done"),
        ('errors = ["area"]', "but it was done"),
    ],
)
def test_each_expectation_that_does_not_hold_is_told_with_its_step(store: Store, tmp_path: Path, expect: str, sentence: str) -> None:
    troubles = told(store, tmp_path, APPLY + f"expect.{expect}\n")
    assert troubles
    assert all(each.startswith("step 1: expected ") for each in troubles)
    assert sentence in "\n".join(troubles)


def test_what_a_table_decided_is_compared_as_a_value(store: Store, tmp_path: Path) -> None:
    pen = straight().rule("price", "fee", "fee")
    pen.parts = [part.replace('sourceRef="receive" targetRef="verify"', 'sourceRef="receive" targetRef="price"') for part in pen.parts]
    bundle = stall(pen.flow("price", "verify"))
    assert told(store, tmp_path, APPLY + "expect.decided = { fee = 10000 }\n", bundle) == []


def test_of_a_decision_with_several_outputs_only_what_is_named_is_compared() -> None:
    was = {"level": "kabupaten", "lines": {"count": 2}, "note": None}
    assert is_as_told({"level": "kabupaten", "lines": {"count": 2}}, was)
    assert not is_as_told({"level": "provinsi"}, was)
    assert not is_as_told({"level": {"code": 1}}, was)
    assert not is_as_told({"missing": "x"}, was)


def test_a_step_that_is_refused_without_having_been_told_so_says_why(store: Store, tmp_path: Path) -> None:
    (trouble,) = told(store, tmp_path, APPLY + VERIFY.replace("budi", "sari"))
    refusal = "This person may not see the task here (has_the_desk)."
    assert trouble == f"step 2: expected the step to be done, but it was refused: {refusal}"


def test_wrong_answers_are_told_by_their_place(store: Store, tmp_path: Path) -> None:
    (trouble,) = told(store, tmp_path, APPLY.replace("1", '"banyak"'))
    assert "step 1" in trouble
    assert "area: number." in trouble


def test_a_refusal_for_another_reason_than_told_is_told(store: Store, tmp_path: Path) -> None:
    text = APPLY + VERIFY.replace('"no"', '"perhaps"') + 'expect.refused = "hanya kabid"\n'
    (trouble,) = told(store, tmp_path, text)
    assert trouble.startswith("step 2: expected a refusal because of the person or the moment, but answers were wrong: result:")


def test_a_task_that_is_not_reached_is_told_and_the_story_goes_on(store: Store, tmp_path: Path) -> None:
    first, *others = told(store, tmp_path, VERIFY + APPLY)
    assert first == "step 1: expected the step to be done, but it was refused: There is no task with this number."
    assert others


def test_an_expectation_before_there_is_an_application_is_not_passed_over(store: Store, tmp_path: Path) -> None:
    troubles = told(store, tmp_path, '[[steps]]\nwait = "1 day"\nexpect.ended = "issued"\n' + APPLY)
    assert troubles == ["step 1: expected ended = 'issued', but there is no application yet"]


def test_trouble_behind_the_scenes_is_told(store: Store, tmp_path: Path) -> None:
    unfit = "{{ application.area | long_date }}"
    bundle = stall(**{"letters/permit.id.md": unfit, "letters/permit.en.md": unfit})
    troubles = told(store, tmp_path, APPLY + VERIFY.replace('"no"', '"yes"'), bundle)
    assert troubles[0].startswith("step 2: expected no trouble from the worker, but carry_out: ")


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ('{ photo = "sample.docx" }', "write a name that ends with .jpg, .jpeg, .png or .pdf"),
        ('{ "rows.3.photo" = "sample.jpg" }', "there is no place rows.3.photo in the answers"),
        ('{ "area.photo" = "sample.jpg" }', "there is no place area.photo in the answers"),
    ],
)
def test_a_file_that_cannot_be_sent_is_told(store: Store, tmp_path: Path, files: str, why: str) -> None:
    (trouble,) = told(store, tmp_path, APPLY + f"files = {files}\n", with_photo())
    assert trouble.startswith("step 1: expected the step to be done, but it was refused: ")
    assert why in trouble


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title =", "Invalid value"),
        (HEAD, "at least one [[steps]]"),
        ('title = "x"\n' + APPLY, "it needs `start`"),
        (HEAD.replace("+07:00", "") + APPLY, "it needs `start` (a moment with its zone)"),
        (HEAD.replace('"2026-06-02T09:00:00+07:00"', '"besok"') + APPLY, "it needs `start` (a moment with its zone)"),
        (HEAD + APPLY.replace("sari", "siti"), '`as = "siti"` names nobody'),
        (HEAD + APPLY + "expect.colour = 1\n", "step 1 says colour, which no story knows"),
        (HEAD + APPLY + "expect.draft = true\n", "step 1 says draft, which no story knows"),
        (HEAD + APPLY + 'mood = "good"\n', "step 1 says mood, which no story knows"),
        (HEAD + '[[steps]]\nwait = "a while"\n', 'step 1: write wait = "3 working days"'),
        (HEAD + '[[steps]]\ntask = "application"\n', "step 1 needs `as` (who)"),
        (HEAD + '[[steps]]\nas = "sari"\ndo = "shout"\n', "step 1 needs `as` (who)"),
        (HEAD + '[people.x]\ndesks = ["kabid"]\n' + APPLY, "needs a name"),
        ('like = "none"\n' + APPLY, "there is no such story"),
        ('like = "other"\n' + APPLY, "each other"),
    ],
)
def test_a_story_that_cannot_be_read_says_why(text: str, why: str) -> None:
    with pytest.raises(BadStory) as wrong:
        stories.read_story("buruk", {"buruk": text, "other": 'like = "buruk"\n' + APPLY})
    assert why in str(wrong.value)
