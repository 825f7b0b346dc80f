"""Stories that a change of their procedure has overtaken are brought along: what is new is answered and done, what holds stays as told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine import procedures, stories
from engine.procedures import Bundle
from engine.stories import CannotFollow, Followed
from forms import Field, Form
from tests.engine.cases.small import FREE_SHEET, choice, stall, straight
from tests.engine.flow.drawing import Drawing
from tests.engine.procedures.sample import form, question

STORY = """title = "Issued"
start = 2026-06-02T09:00:00+07:00
[people.sari]
name = "Sari"
desks = ["applicant"]
[people.budi]
name = "Budi"
desks = ["verifikator"]
[[steps]]
as = "sari"
task = "application"
answers = {area = "x"}
expect = {errors = ["area"]}
[[steps]]
as = "sari"
task = "application"
answers = {area = "3"}
expect = {open = [{step = "verify", due = 2026-06-03}], sent = [{to = "sari", what = "no"}]}
[[steps]]
as = "budi"
task = "verify"
answers = {result = "yes"}
expect = {ended = "issued", letter_contains = ["Izin"]}
"""
TOLD = {"stories/begun.toml": STORY, "procedure.toml": FREE_SHEET.replace("days = 2}]", "days = 4}]")}


def example(form: Form, field: Field) -> Any:
    """The first choice, or a word; nothing for a day."""
    if field.kind.word == "date":
        return None
    return field.options["choices"][0]["value"] if "choices" in field.options else "P.1"


def followed(bundle: Bundle) -> Followed:
    """The story after the change; it goes as it tells then, also when it is read from its file."""
    made = stories.followed(bundle, stories.read_story("begun", bundle.stories), example)
    again = procedures.read_files({**bundle.files, "stories/begun.toml": stories.written(made.story)})
    (told,) = stories.run_all(again)
    assert told.troubles == ()
    assert stories.followed(again, told.story, example).changes == ()
    return made


def said(made: Followed, lang: str = "en") -> list[str]:
    return [each.sentence(lang) for each in made.changes]


def longer() -> Drawing:
    """As `straight`, with two days to verify, and an initial of somebody else before the letter."""
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("verify", desk="verifikator", days="2", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.user("initial", desk="verifikator", days="1", not_same_as="verify")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "verify", "ok").chain("initial", "issue", "issued").chain("tell", "refused")
    return pen.flow("ok", "initial", '= verify.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")


def test_the_story_goes_as_it_tells_before_the_change() -> None:
    (told,) = stories.run_all(stall(**TOLD))
    assert told.troubles == ()


def test_a_new_question_is_answered_and_all_else_stays_as_told() -> None:
    asked = form("application", question("area", "number"), question("npwpd", "text"))
    made = followed(stall(**TOLD, **{"forms/application.json": asked}))
    assert said(made) == [
        "step 1: what is expected after it (which answers are wrong) is noted as it comes now",
        "step 2: “npwpd” is answered with P.1",
    ]
    assert made.story.steps[2].expect == {"ended": "issued", "letter_contains": ["Izin"]}


def test_a_new_question_in_every_row_of_a_group_is_answered_in_each() -> None:
    rows = STORY.replace('answers = {area = "3"}', 'answers = {area = "3", goods = [{what = "a"}, {what = "b"}]}')
    inner = [question("what", "text"), question("origin", "text")]
    asked = form("application", question("area", "number"), question("goods", "group", fields=inner))
    made = followed(stall(**{**TOLD, "stories/begun.toml": rows, "forms/application.json": asked}))
    assert [each for each in said(made) if "origin" in each] == ["step 2: “origin” is answered with P.1"] * 2


def test_a_new_step_is_done_by_somebody_else_and_new_deadlines_are_expected() -> None:
    made = followed(stall(longer(), **TOLD, **{"forms/initial.json": choice("initial")}))
    assert said(made) == [
        "step 2: what is expected after it (which steps are open, and until when) is noted as it comes now",
        "step 4: the new step “Initial” is done with sample answers",
    ]
    last = made.story.steps[-1].expect
    assert (last["ended"], last["letter_contains"]) == ("issued", ["Izin"]), "expected where it comes now"
    assert len({each.who for each in made.story.steps}) == 3, "four eyes stay four"  # type: ignore[union-attr]


def test_a_step_and_a_question_that_are_gone_are_left_out() -> None:
    pen = Drawing("stall").start().user("application", desk="applicant", public="application").service("receive", "receive", notice="no")
    pen.user("decide", desk="verifikator", days="1", public="verify", not_same_as="applicant").choice("ok", "is_refused")
    pen.service("issue", "issue", letter="permit").service("tell", "notify", notice="no").end("issued").end("refused")
    pen.chain("begin", "application", "receive", "decide", "ok").chain("issue", "issued").chain("tell", "refused")
    pen.flow("ok", "issue", '= decide.result = "yes"', "is_ok").flow("ok", "tell", ident="is_refused")
    story = STORY.replace('answers = {area = "3"}', 'answers = {area = "3", colour = "red"}')
    made = followed(stall(pen, **{**TOLD, "stories/begun.toml": story, "forms/verify.json": None, "forms/decide.json": choice("decide")}))
    told = said(made)
    assert "step 2: “colour” is not asked any more; its answer is left out" in told
    assert "step 3: the new step “Decide” is done with sample answers" in told
    assert "step 4: the step “verify” is there no more and is left out" in told
    assert "langkah 4: langkah “verify” tidak ada lagi dan ditiadakan" in said(made, "id")
    assert [getattr(each, "task", "") for each in made.story.steps] == ["application", "application", "decide"]


def test_what_has_no_example_or_is_not_refused_any_more_cannot_follow() -> None:
    day = form("application", question("area", "number"), question("since", "date"))
    wrong = STORY.replace('"x"}', '"2"}')
    for changes, step in (({"forms/application.json": day}, 2), ({"stories/begun.toml": wrong}, 1)):
        bundle = stall(straight(), **{**TOLD, **changes})
        with pytest.raises(CannotFollow) as refused:
            stories.followed(bundle, stories.read_story("begun", bundle.stories), example)
        assert (refused.value.facts["step"], refused.value.facts["story"]) == (step, "Issued")


def test_a_story_says_when_it_begins_as_before() -> None:
    made = followed(stall(longer(), **TOLD, **{"forms/initial.json": choice("initial")}))
    assert made.story.start == datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
