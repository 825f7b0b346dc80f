"""The clerk's guide and its pictures go together: every picture that it shows is there and taken by a test, and none is left over."""

from __future__ import annotations

import ast
import re

from tests.house.sources import ROOT

GUIDE = ROOT / "docs" / "a-permit-in-an-hour.md"
PICTURES = ROOT / "docs" / "pictures"
CLERK = ROOT / "tests" / "browser" / "clerk.py"
LARGEST = 60_000


def test_every_picture_of_the_guide_is_taken_by_the_journey_and_every_one_taken_is_shown() -> None:
    text = GUIDE.read_text("utf-8")
    halves = text.split("## English")
    assert len(halves) == 2
    shown = [set(re.findall(r"!\[[^\]]+\]\(pictures/([\w-]+)\.png\)", half)) for half in halves]
    assert shown[0] == shown[1], "both languages show the same pictures"
    named = re.search(r"^PICTURES = (\[[^\]]+\])", CLERK.read_text("utf-8"), re.M)
    assert named is not None
    assert shown[0] == set(ast.literal_eval(named[1])), "in the guide or taken by the test, but not both"
    assert {path.stem for path in PICTURES.glob("*.png")} >= shown[0]
    for name in shown[0]:
        picture = PICTURES / f"{name}.png"
        assert picture.is_file(), f"{picture.name} is missing: pytest --pictures tests/browser/test_from_nothing.py"
        assert picture.stat().st_size <= LARGEST, picture.name
