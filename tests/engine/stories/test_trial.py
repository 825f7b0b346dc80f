"""A trial: a draft worked through by hand on an office of its own, kept as a story that goes the same way everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from engine import procedures, stories
from engine.cases import Case
from engine.procedures import BadBundle, Bundle
from engine.store import NotFound
from engine.stories import Do, Stage, Trial, Wait, trial
from tests.engine.cases.small import plain_stall, stall

REKLAME = Path(__file__).parents[3] / "workflows" / "reklame"
SEATS = {"sari": "applicant", "budi": "verifikator", "tuti": "tim_teknis", "agus": "satpol_pp"}


@cache
def reklame() -> Bundle:
    return procedures.read_folder(REKLAME)


def begun(root: Path, bundle: Bundle, now: datetime) -> Trial:
    return trial.begin(root, bundle, owner="rina", start=now, at=now)


def did(one: Trial, who: str, task: str, answers: dict[str, object], **files: str) -> str | None:
    """Do a task of the trial as the pages do it; gives why it was refused."""
    with trial.opened(one) as (store, office):
        stage = Stage(store, office, trial.procedures_of(store, one), one.now, dict(one.cast), one.case)
        stories.act(stage, Do(who, "complete", task, answers, files))
        trial.carry_on(one, store, office)
        return stage.refusal


def kept(one: Trial, bundle: Bundle, key: str = "tried") -> tuple[bytes, stories.Told]:
    """The trial as a file, and how that story goes in the whole bundle."""
    with trial.opened(one) as (store, _office), store.reading() as session:
        story = stories.told_as_story(session, one, bundle, key=key, title="Dicoba")
    text = stories.written(stories.recorded(bundle, story))
    told = stories.read_story(key, {key: text})
    with stories.throw_away() as (store, office):
        return text, stories.run(bundle, told, store, office)


def test_what_was_tried_becomes_a_story_that_a_clerk_can_read_and_that_goes_as_told(tmp_path: Path, now: datetime) -> None:
    one, bundle = begun(tmp_path, plain_stall(), now), plain_stall()
    assert did(one, "applicant", "application", {"area": "3"}) is None
    trial.turn(one, (Wait(1, "working day"),))
    assert did(one, "verifikator", "verify", {"result": "no"}) is None

    text, told = kept(one, bundle)
    assert told.ok, told.troubles
    said = text.decode()
    assert 'as = "applicant"' in said and 'wait = "1 working day"' in said and 'what = "no"' in said and 'ended = "refused"' in said
    seen = stories.covered(bundle, [told.seen])
    assert set(seen.steps_missed) == {"issue", "issued"}
    assert {source for source, _ in seen.links_missed} == {"ok", "issue"} and len(seen.links_missed) == 2


def test_a_correction_says_only_what_it_changed_and_files_and_rows_come_along(tmp_path: Path, now: datetime) -> None:
    one, bundle = begun(tmp_path, reklame(), now), reklame()
    first = stories.read_story("straight_through", bundle.stories).steps[0]
    assert isinstance(first, Do)
    assert did(one, "applicant", "application", dict(first.answers), **first.files) is None
    marks = [{"field": "ktp", "reason": "Tidak terbaca."}]
    assert did(one, "verifikator", "verify", {"result": "return", "marks": marks}) is None
    assert did(one, "applicant", "revise", {}, ktp="other.pdf") is None
    assert did(one, "verifikator_2", "verify", {"result": "complete"}) is None

    text, told = kept(one, bundle)
    assert told.ok, told.troubles
    again = stories.read_story("tried", {"tried": text}).steps[2]
    assert isinstance(again, Do)
    assert (again.task, dict(again.answers), dict(again.files)) == ("revise", {}, {"ktp": "ktp.pdf"})
    assert {"survey", "road_check"} <= told.seen.steps


def test_a_trial_is_found_again_by_its_owner_only_and_is_gone_when_erased_or_left_alone(tmp_path: Path, now: datetime) -> None:
    one = begun(tmp_path, plain_stall(), now)
    trial.turn(one, (Wait(2, "day"), Wait(3, "hour")))
    again = trial.find(tmp_path, one.id, owner="rina", at=now)
    assert again == one and again.now == now + timedelta(days=2, hours=3)
    for ident, owner in ((one.id, "joko"), ("../" + one.id, "rina"), ("0" * 26, "rina")):
        with pytest.raises(NotFound):
            trial.find(tmp_path, ident, owner=owner, at=now)

    other = begun(tmp_path, plain_stall(), now)
    trial.erase(other)
    assert [each.name for each in tmp_path.iterdir()] == [one.id]
    assert trial.sweep(tmp_path, before=now) == 0
    assert trial.sweep(tmp_path, before=now + timedelta(seconds=1)) == 1
    assert not list(tmp_path.iterdir())


def test_the_clock_is_turned_to_the_next_thing_that_rings_or_is_late(tmp_path: Path, now: datetime) -> None:
    one = begun(tmp_path, plain_stall(), now)
    assert did(one, "applicant", "application", {"area": "3"}) is None
    with trial.opened(one) as (store, _office), store.reading() as session:
        until = trial.next_moment(session, one)
    assert until is not None and until > now
    trial.turn(one, trial.up_to(one.now, until))
    assert timedelta() <= one.now - until < timedelta(minutes=1)
    with trial.opened(one) as (store, _office), store.reading() as session:
        assert session.get_one(Case, one.case).ended_at is None


def test_what_stops_publishing_stops_a_trial_and_leaves_nothing_behind(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(BadBundle):
        begun(tmp_path, stall(**{"forms/verify.json": None}), now)
    assert not list(tmp_path.iterdir())
