"""What can be wrong with a form or with an answer. Codes and facts only: `forms.sentence` turns them into words."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import rules
from rules import Finding

if TYPE_CHECKING:
    from forms.files import FileRef, Upload


class FormError(Exception):
    """The base of all that this floor raises: a stable dotted `code` and the `facts` a sentence needs."""

    code = "forms.error"

    def __init__(self, text: str, **facts: object) -> None:
        super().__init__(text)
        self.facts: dict[str, object] = facts


class BadForm(FormError):
    """The file is not a form; `findings` names every fault with its place in the JSON."""

    code = "forms.bad_form"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        lines = "; ".join(f"{one.place}: {one.code} {dict(one.facts)}" for one in findings[:5])
        super().__init__(f"The form has {len(findings)} fault(s): {lines}", count=len(findings))
        self.findings = findings


@dataclass(frozen=True)
class FieldError:
    """One fault in the answers: where (`points.0.road_class`), which (`nik.date`), and the facts its sentence needs."""

    path: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def note(kept: Mapping[str, Any]) -> FieldError:
    """A warning out of `Answers.notes`. Raises KeyError when a part is missing."""
    return FieldError(str(kept["path"]), str(kept["code"]), dict(rules.from_plain(dict(kept["facts"]))))


class Invalid(FormError):
    """The answers were refused. `errors` says why, `raw` is what to show again, `uploads` are the files that were fine by themselves."""

    code = "forms.invalid"

    def __init__(self, errors: tuple[FieldError, ...], raw: Mapping[str, object], uploads: Mapping[str, Upload] | None = None) -> None:
        super().__init__(f"The answers have {len(errors)} fault(s): " + "; ".join(f"{one.path}: {one.code}" for one in errors[:5]))
        self.errors = errors
        self.raw = raw
        self.uploads: Mapping[str, Upload] = uploads or {}

    def filed(self, refs: Mapping[str, FileRef]) -> dict[str, Any]:
        """`raw` with kept files in the places of `uploads`, so that nobody has to choose them again. `refs` by the paths of `uploads`."""
        raw = deepcopy(dict(self.raw))
        for path, ref in refs.items():
            *way, last = path.split(".")
            place: Any = raw
            for step in way:
                place = place[int(step) if isinstance(place, list) else step]
            if isinstance(place, list):
                place[int(last)] = ref.id
            else:
                place[last] = [ref.id]
        return raw


class Fault(str):
    """A code that carries facts. marshmallow passes error texts on as they are, so this reaches `FieldError` whole."""

    facts: Mapping[str, object]

    def __new__(cls, code: str, **facts: object) -> Fault:
        made = super().__new__(cls, code)
        made.facts = facts
        return made
