"""The portal is tried without the admin, and with the reklame permit published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask


@pytest.fixture
def app(furnished: Callable[..., Flask]) -> Flask:
    """The hall and the portal."""
    return furnished()
