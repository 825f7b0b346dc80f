"""The buttons inside a page that change it without checking it: one more row, one row less, the next list. They work without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from forms.answers import Answers
from forms.form import Form
from forms.shown import tidied

CONFIRM = "_confirm"
WORDS = ("_add", "_remove", "_refresh")


@dataclass(frozen=True)
class Pressed:
    """Which button was pressed (`add`, `remove`, `refresh`) and for what (`points`, `points.1`, `region`)."""

    what: str
    path: str


def pressed(pairs: Iterable[tuple[str, str]]) -> Pressed | None:
    """The button among what was posted; None when the page was sent to be checked."""
    for name, value in pairs:
        if name in WORDS:
            return Pressed(name[1:], value[:200])
    return None


def confirms(pairs: Iterable[tuple[str, str]], answers: Answers) -> bool:
    """Whether one may go on: there is no warning, or just these warnings were read and confirmed (`_confirm` holds `Answers.doubt`)."""
    return not answers.warnings or any(name == CONFIRM and value == answers.doubt for name, value in pairs)


def press(form: Form, raw: Mapping[str, Any], button: Pressed) -> dict[str, Any]:
    """The answers after the button: show them again, unchecked. A button that fits nothing changes nothing.

    A row that was only just added stays as an empty dict, which the check leaves out again.
    """
    answers = tidied(list(form.questions()), raw)
    key, _, number = button.path.partition(".")
    group = form.find(key)
    if group is None or not group.fields:
        return answers
    posted = raw.get(key)
    rows: list[Any] = list(posted) if isinstance(posted, list) else []
    if button.what == "add" and len(rows) < int(group.options.get("max", 20)):
        rows = [*(rows or [{}]), {}]
    elif button.what == "remove" and number.isdigit() and int(number[:6]) < len(rows):
        del rows[int(number[:6])]
    return {**answers, key: rows}
