"""What every test may ask for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

pytest_plugins = [f"tests.fixtures.{each}" for each in ("databases", "quick", "doors", "browser", "visitors")]


@pytest.fixture
def now() -> datetime:
    """A Tuesday morning in Jakarta: 2 June 2026, 09.00 WIB."""
    return datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
