"""The last look: what our own reader would refuse is taken out and reported, so that what is written can be used as it is."""

from __future__ import annotations

import json
from typing import Any

from forms.errors import BadForm
from forms.form import Form
from forms.importing.layout import Laid
from forms.importing.notes import Notes
from forms.reader import LARGEST, read
from rules import Finding

ROUNDS = 40
_WHOLE = {"key", "kind", "label", "noun", "choices", "text", "version", "fields"}  # without these there is no question
_LATER = ("form.later",)


def settled(laid: Laid, notes: Notes) -> tuple[bytes, Form] | None:
    """The file and the form it is; None when nothing is left of it. The document is changed in place."""
    for _ in range(ROUNDS):
        data = _lightened(laid, notes)
        try:
            return data, read(data)
        except BadForm as bad:
            _without(laid, bad.findings, notes)
        laid.document["pages"] = [page for page in laid.document["pages"] if page["fields"]]
        if not laid.document["pages"]:
            return None
    return None


def _lightened(laid: Laid, notes: Notes) -> bytes:
    """The file; when it is larger than a form may be, without the largest questions, each of which is reported."""
    data = _written(laid.document)
    while len(data) > LARGEST and (sizes := _sizes(laid)):
        over = len(data) - LARGEST
        gone: list[tuple[int, ...]] = []
        for size, numbers in sizes:
            gone.append(numbers)
            over -= size
            if over <= 0:
                break
        for numbers in sorted(gone, reverse=True):
            _remove(laid, numbers, notes, "too_large", max=LARGEST)
        laid.document["pages"] = [page for page in laid.document["pages"] if page["fields"]]
        data = _written(laid.document)
    return data


def _written(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _sizes(laid: Laid) -> list[tuple[int, tuple[int, ...]]]:
    """(bytes, numbers of page and question) of every question on a page, the largest first."""
    found = [
        (len(_written(one)), (page, number))
        for page, inside in enumerate(laid.document["pages"])
        for number, one in enumerate(inside["fields"])
    ]
    return sorted(found, reverse=True)


def _without(laid: Laid, findings: tuple[Finding, ...], notes: Notes) -> None:
    """Take out what the findings are about; whole questions last, so that the numbers in the places stay true."""
    gone: set[tuple[int, ...]] = set()
    for finding in findings:
        steps = finding.place.removeprefix("#").strip("/").split("/")
        numbers, rest = _question(steps)
        if rest and rest[0] not in _WHOLE and _cut(laid, numbers, rest):
            place, name = laid.origins.get(_place(numbers), ("#", ""))
            notes.dropped(place, name, "later" if finding.code in _LATER else "refused", option=rest[0], why=_why(finding))
        elif numbers:
            gone.add(numbers)
    for numbers in sorted(gone, reverse=True):
        _remove(laid, numbers, notes)


def _question(steps: list[str]) -> tuple[tuple[int, ...], list[str]]:
    """(numbers of page, question, inner question, the rest of the place)."""
    numbers: list[int] = []
    while len(steps) > 1 and steps[0] in ("pages", "fields") and steps[1].isdigit():
        numbers.append(int(steps[1]))
        steps = steps[2:]
    return tuple(numbers), steps


def _place(numbers: tuple[int, ...]) -> str:
    return "#" + "".join(f"/{'fields' if depth else 'pages'}/{number}" for depth, number in enumerate(numbers))


def _node(laid: Laid, numbers: tuple[int, ...]) -> dict[str, Any] | None:
    node: Any = laid.document
    for depth, number in enumerate(numbers):
        inside = node.get("fields" if depth else "pages", [])
        if number >= len(inside):
            return None
        node = inside[number]
    return node if isinstance(node, dict) else None


def _cut(laid: Laid, numbers: tuple[int, ...], rest: list[str]) -> bool:
    """Take an option out of a question (or of a page); False when it is not there (any more)."""
    node = _node(laid, numbers)
    if node is None or rest[0] not in node:
        return False
    if rest[0] == "required_when":
        node["required"] = False  # without the condition: better not asked for than always
    del node[rest[0]]
    return True


def _remove(laid: Laid, numbers: tuple[int, ...], notes: Notes, code: str = "refused_whole", **facts: object) -> None:
    """Take a question out, or a page; the places of those behind it move up."""
    above, node = _node(laid, numbers[:-1]), _node(laid, numbers)
    if above is None or node is None:
        return
    place, name = laid.origins.get(_place(numbers), ("#", ""))
    notes.dropped(place, name, code, **facts)
    inside = above["fields" if len(numbers) > 1 else "pages"]
    inside.remove(node)
    for number in range(numbers[-1], len(inside)):
        _moved(laid, (*numbers[:-1], number + 1), (*numbers[:-1], number))


def _moved(laid: Laid, before: tuple[int, ...], now: tuple[int, ...]) -> None:
    old, new = _place(before), _place(now)
    for place in [one for one in laid.origins if one == old or one.startswith(f"{old}/")]:
        laid.origins[new + place.removeprefix(old)] = laid.origins.pop(place)


def _why(finding: Finding) -> str:
    facts = finding.facts
    return str(facts.get("why") or facts.get("name") or facts.get("text") or finding.code)
