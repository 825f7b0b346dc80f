"""Every story of every shipped procedure, played through the real verbs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine import procedures, stories
from engine.procedures import Bundle
from engine.store import Store

ON_BOTH = {("makam", "burial_at_once"), ("trayek", "four_vehicles"), ("sip", "nurse_in_a_hospital"), ("penelitian", "extended_once")} | {
    ("reklame", each) for each in ("straight_through", "sent_back_without_paying_twice", "lapsed_after_14_working_days", "withdrawn")
}
WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"


@cache
def bundle_of(key: str) -> Bundle:
    return procedures.read_folder(WORKFLOWS / key)


def all_stories() -> list[tuple[str, str]]:
    """(procedure, story)."""
    return [(path.parent.parent.name, path.stem) for path in sorted(WORKFLOWS.glob("*/stories/*.toml"))]


@pytest.mark.parametrize(
    ("procedure", "story"), [pytest.param(*each, marks=[pytest.mark.sql] if each in ON_BOTH else []) for each in all_stories()]
)
def test_a_story_comes_as_it_is_told(procedure: str, story: str, store: Store, tmp_path: Path) -> None:
    bundle = bundle_of(procedure)
    told = stories.run(bundle, stories.read_story(story, bundle.stories), store, stories.office_for(tmp_path))
    assert told.ok, "\n" + "\n".join(map(str, told.troubles))


@pytest.mark.parametrize("procedure", sorted({procedure for procedure, _ in all_stories()}))
def test_a_shipped_procedure_has_nothing_to_find_fault_with(procedure: str) -> None:
    assert procedures.check(bundle_of(procedure)) == ()
