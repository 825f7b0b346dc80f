"""Every time that is waited for can be read, and lies ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import rules
from engine.flow import Step
from engine.procedures.checking import Seen
from engine.procedures.expressions import feel_of_time
from engine.procedures.names import FUNCTIONS
from rules import Finding

SENTENCES = {
    "timer.not_ahead": {
        "id": "{step} menunggu “{text}”, yang tidak pernah di depan. Di perancang, pilih langkah ini dan sebut sedikitnya satu hari pada "
        "“Tunggu selama” atau “Jika tidak ada jawaban selama” (di berkas misalnya = working days(14)).",
        "en": "{step} waits for “{text}”, which never lies ahead. In the designer, choose it and say at least one day at “Wait for” or "
        "“When there is no answer for” (in a file like = working days(14)).",
    },
    "timer.unreadable": {
        "id": "{step} menunggu “{text}”, yang bukan lama waktu atau tanggal. Di perancang, pilih langkah ini dan sebut berapa lama pada "
        "“Tunggu selama” atau “Jika tidak ada jawaban selama” (di berkas seperti = working days(14), P14D, atau 2026-01-31).",
        "en": "{step} waits for “{text}”, which is no duration or date. In the designer, choose it and say how long at “Wait for” or “When "
        "there is no answer for” (in a file like = working days(14), P14D or 2026-01-31).",
    },
}
_CYCLE = re.compile(r"R\d*/(.+)", re.DOTALL)
_COUNTED = ("working days", "working hours")


def check(seen: Seen) -> Iterator[Finding]:
    for step in seen.steps:
        if step.when:
            yield from _of(seen, step, *step.when)


def _of(seen: Seen, step: Step, kind: str, text: str) -> Iterator[Finding]:
    expression = feel_of_time(text)
    value = _worth(expression) if expression is not None else _plain(kind, text)
    if value is _WRONG:
        yield seen.at(step, "timer.unreadable", text=text)
    elif (isinstance(value, timedelta) and value <= timedelta(0)) or (isinstance(value, (int, float)) and value <= 0):
        yield seen.at(step, "timer.not_ahead", text=text)


_WRONG = object()


def _plain(kind: str, text: str) -> Any:
    """What a text without an expression means, as the engine reads it."""
    if kind == "timeCycle":
        found = _CYCLE.fullmatch(text.strip())
        text, kind = (found[1] if found else ""), "timeDuration"
    make = "duration" if kind == "timeDuration" else "date and time" if "T" in text else "date"
    value = rules.evaluate(f"{make}(text)", {"text": text.strip()})
    return _WRONG if value is None else value


def _worth(expression: str) -> Any:
    """What an expression that reads nothing is worth; None when that depends on the case, or cannot be read (told elsewhere)."""
    try:
        read = rules.compile(expression, names=FUNCTIONS)
        node = read.ast["e"]
        if node[0] == "call" and node[1][:1] == ["var"] and node[1][1] in _COUNTED:
            return _number(node[2][0]) if node[2] else None
        if read.fields or any(name in expression for name in FUNCTIONS) or "now" in expression or "today" in expression:
            return None
        value = rules.evaluate(expression, {})
    except rules.RuleError:
        return None
    return _WRONG if value is None or isinstance(value, (str, bool)) else value


def _number(node: list[Any]) -> float | None:
    if node[0] == "neg":
        inner = _number(node[1])
        return None if inner is None else -inner
    return float(node[1]) if node[0] == "num" else None
