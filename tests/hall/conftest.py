"""The hall is tried with the portal alone: its tests wait for no other door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask


@pytest.fixture
def app(furnished: Callable[..., Flask]) -> Flask:
    """The hall and the portal."""
    return furnished()
