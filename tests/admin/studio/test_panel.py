"""What the designer's panel takes for known is what the engine reads."""

from __future__ import annotations

import re
from pathlib import Path

from engine import flow
from engine.flow import zeebe
from engine.procedures.checks.has_known_properties import KNOWN

SOURCE = Path(__file__).resolve().parents[3] / "frontend/src/procedure-designer/zeebe.js"


def words(text: str) -> set[str]:
    return set(re.findall(r"'(\w+)'", text))


def test_the_panel_shows_every_property_that_the_checks_know() -> None:
    (listed,) = re.findall(r"const PROPERTIES = \[(.*?)\];", SOURCE.read_text(), re.DOTALL)
    assert words(listed) == {*KNOWN, flow.ASYNC_BEFORE}


def test_the_panel_knows_every_attribute_that_the_engine_reads() -> None:
    (listed,) = re.findall(r"const READ = \{(.*?)\n\};", SOURCE.read_text(), re.DOTALL)
    told = {name[0].lower() + name[1:]: words(inside) for name, inside in re.findall(r"(\w+): \[(.*?)\]", listed)}
    members = {"taskHeaders": {"values"}, "properties": {"properties"}, "ioMapping": {"inputParameters", "outputParameters"}}
    assert told == {**zeebe._READ, **members}
