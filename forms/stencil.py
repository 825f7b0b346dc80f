"""A question drawn once without an answer, with holes where an answer goes; every page that asks it only fills them.

A stencil belongs to its form, which never changes, and holds texts of the form and of the house. What somebody answered, what is wrong with
it and what was kept of it never get into one: a question with a fault, a doubt or files is drawn anew (forms/render.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

HOLE = "\ue000"  # of Unicode's private use: a form that has it in its texts gets no stencils
MOST = 5_000  # of one form: questions in both languages, and those in rows
Typed = str | Sequence[str]
"""What an answer puts into the holes: the text of a box, the texts of its boxes in order, or the values that are ticked."""


class Open(str):
    """Stands for the answer while a stencil is cut: in a box it prints a hole."""

    __slots__ = ()


OPEN = Open(HOLE + HOLE)


def opened(asked: Mapping[str, Any], put: str) -> dict[str, Any]:
    """What `Kind.ask` gives for no answer, with holes for one."""
    if put == "texts":
        return {**asked, "items": [{**item, "value": OPEN} for item in asked["items"]]}
    return {**asked, "values": [OPEN]} if "values" in asked else {**asked, "value": OPEN}


def is_open(chosen: Collection[str]) -> bool:
    """Whether a stencil is being cut; nobody can type this."""
    return any(type(one) is Open for one in chosen)


def mark(word: str, value: str) -> Markup:
    """The hole for the mark of a choice: ` checked` when this value is chosen."""
    return Markup(f"{HOLE}{word}={value}{HOLE}")  # noqa: S704  taken apart before anybody sees it


@dataclass(frozen=True)
class Stencil:
    """`blank` is the question without an answer, `still` what stands around its holes; a hole is (mark, value), or of a text ("", "")."""

    blank: Markup
    still: tuple[str, ...]
    holes: tuple[tuple[str, str], ...]

    def filled(self, typed: Typed) -> Markup:
        """The question with an answer."""
        given = (typed,) if isinstance(typed, str) else tuple(typed)
        texts = iter(given)
        html = [self.still[0]]
        for (word, value), after in zip(self.holes, self.still[1:], strict=True):
            html.append((word if value and value in given else "") if word else escape(next(texts)))
            html.append(after)
        return Markup("".join(html))  # noqa: S704  texts are escaped, the rest was


def cut(draw: Callable[[bool], str], put: str) -> Stencil | None:
    """The stencil of a question that `draw` draws without an answer, or with holes for one; None when its texts do not allow one.

    `put`: whether answers fill its holes ("text", "texts", "ticks") or it has none ("blank").
    """
    blank = draw(False)
    if HOLE in blank:
        return None
    parts = draw(True).split(HOLE) if put != "blank" else [blank]
    holes = [(word, value) for word, _, value in (name.partition("=") for name in parts[1::2])]
    return Stencil(Markup(blank), tuple(parts[::2]), tuple(holes))  # noqa: S704  escaped by Jinja


class Stencils:
    """Those of one form. One is cut when a question is drawn for the second time: a form that is shown once never pays for it."""

    def __init__(self) -> None:
        self._cut: dict[Hashable, Stencil | None] = {}
        self._seen: set[Hashable] = set()

    def get(self, key: Hashable, make: Callable[[], Stencil | None]) -> Stencil | None:
        """The stencil, or None when there is none yet or never will be."""
        if key in self._cut:
            return self._cut[key]
        if key not in self._seen:
            self._remember(key)
            return None
        made = self._cut[key] = make()
        return made

    def _remember(self, key: Hashable) -> None:
        if len(self._seen) >= MOST:
            self._seen.clear()
            self._cut.clear()
        self._seen.add(key)
