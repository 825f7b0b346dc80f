"""What every test may ask for."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

# What an example costs depends on what else the machine does: none fails by the clock (as in Hypothesis's own profile for CI).
settings.register_profile("no clock", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

pytest_plugins = [f"tests.fixtures.{each}" for each in ("databases", "quick", "doors", "browser", "visitors")]


def pytest_collection_finish() -> None:
    """Thousands of tests and all their modules stay to the end: the garbage collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def now() -> datetime:
    """A Tuesday morning in Jakarta: 2 June 2026, 09.00 WIB."""
    return datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
