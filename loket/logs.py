"""Log lines: for people in a terminal, as JSON for machines; never a NIK, a phone number or an e-mail address."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

LEVELS = {"quiet": logging.WARNING, "text": logging.INFO, "json": logging.INFO}
PERSONAL = re.compile(r"\b\d{16}\b|\+?\b62\d{8,13}\b|\b08\d{8,11}\b|[^\s@'\"<>]+@[^\s@'\"<>]+\.[a-z]{2,}")


def masked(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Personal data that slipped into a message becomes `***` (UU 27/2022)."""
    return {key: PERSONAL.sub("***", value) if isinstance(value, str) else value for key, value in line.items()}


def configure(kind: str) -> None:
    """`quiet` (only what needs somebody), `text` or `json`."""
    last = structlog.processors.JSONRenderer() if kind == "json" else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            masked,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[kind]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
