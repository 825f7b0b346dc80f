"""The answers for reading: sections as the pages, one row per question asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.files import FileRef
from forms.form import Field, Form
from forms.kind import Asked
from forms.shown import look
from forms.words import N_, pick, say

HIDDEN = "••••••"
EVERYTHING = frozenset({"ordinary", "personal", "special"})


@dataclass(frozen=True)
class Row:
    """One answer: `path` (`points.0.road_class`), the question, the answer as text, its kept files; `masked`: not for this reader."""

    path: str
    label: str
    text: str
    files: tuple[FileRef, ...] = ()
    masked: bool = False
    drawing: str = ""  # SVG path data of our own grammar (forms/strokes.py), in a box of 600 by 200


@dataclass(frozen=True)
class Section:
    """The answers of one page: its key, its title, its rows."""

    page: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Reader:
    """Who reads: the kinds of privacy they may see, and their desks (None: all)."""

    sees: Collection[str]
    desks: Collection[str] | None


def summary(
    form: Form,
    values: Mapping[str, Any],
    *,
    lang: str,
    context: Mapping[str, Any] | None = None,
    sees: Collection[str] = EVERYTHING,
    at: datetime | None = None,
    desks: Collection[str] | None = None,
) -> tuple[Section, ...]:
    """The answered questions in reading order. `values` are checked values (`Answers.values`, or `rules.from_plain` of what was kept).

    `context`: when given, questions that are asked but were left unanswered get a row too. `sees`: the kinds of privacy this reader may
    read (ordinary, personal, special); other answers are masked and their files left out. `desks`: those of this reader; answers that only
    other desks may see are masked whole. None: a reader of everything.
    """
    reader = Reader(sees, desks)
    asked = _asked(form, values, context, at) if context is not None else set()
    sections = []
    for page in form.pages:
        rows = tuple(row for one in page.fields for row in _rows(one, values.get(one.key), lang, reader, empty=one.key in asked))
        if rows:
            sections.append(Section(page.key, pick(page.title, lang), rows))
    return tuple(sections)


def _asked(form: Form, values: Mapping[str, Any], context: Mapping[str, Any], at: datetime | None) -> set[str]:
    seen = look(form, form.raw_of(values), context, Asked(at=at))
    return {one.key for one in form.questions() if one.kind.answered and seen.shown(one.key)}


def _rows(one: Field, value: Any, lang: str, reader: Reader, *, empty: bool) -> Iterator[Row]:
    if value is None or not one.kind.answered:
        if empty and one.kind.answered:
            yield Row(one.key, pick(one.label, lang), say(N_("Not answered"), lang))
    elif one.fields:
        for number, row in enumerate(value):
            for inner in one.fields:
                if row.get(inner.key) is not None:
                    label = f"{_noun(one, lang)} {number + 1} – {pick(inner.label, lang)}"
                    yield _row(inner, row[inner.key], f"{one.key}.{number}.{inner.key}", label, lang, reader, one)
    else:
        yield _row(one, value, one.key, pick(one.label, lang), lang, reader, one)


def _noun(one: Field, lang: str) -> str:
    noun = pick(one.noun, lang)
    return noun[:1].upper() + noun[1:]


def _row(one: Field, value: Any, path: str, label: str, lang: str, reader: Reader, above: Field) -> Row:
    if not (one.seen(reader.desks) and above.seen(reader.desks)):
        return Row(path, label, HIDDEN, masked=True)
    if one.privacy in reader.sees:
        return Row(path, label, one.kind.text(value, one, lang), one.kind.files(value), drawing=one.kind.drawing(value))
    return Row(path, label, one.kind.masked(value, one, lang), masked=True)
