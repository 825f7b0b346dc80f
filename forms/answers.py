"""The check of a form, and `Answers`: the proof that it was made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any, NoReturn

import rules
from forms.decode import bound
from forms.errors import Fault, FieldError, Invalid
from forms.files import FileRef, Upload
from forms.form import Field, Form, Taken
from forms.judging import judged
from forms.kind import Asked
from forms.schema import build, flatten, load, sift, worked_out
from forms.shown import SHOWN, Look, look, tidied

_MADE_HERE = object()


class Answers:
    """Checked answers. Only `Form.check` (and `filed`) makes them, and nothing changes them: what one reads is a copy."""

    __slots__ = ("_before", "_raw", "_values", "form", "page", "uploads", "warnings")

    form: Form
    page: str | None  # the page that was checked; None when it was the whole form
    warnings: tuple[FieldError, ...]
    uploads: Mapping[str, Upload]  # path -> the judged file that has still to be kept

    def __init__(self, key: object, **parts: Any) -> None:
        if key is not _MADE_HERE:
            raise TypeError("Answers are made by Form.check and in no other way: check what was posted first.")
        for name, value in parts.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("Answers do not change: check again instead.")

    @property
    def values(self) -> dict[str, Any]:
        """The checked values of the questions asked (of one page, when one page was checked); an `Upload` stands where it was sent."""
        return _copy(self._values)  # type: ignore[attr-defined, no-any-return]

    @property
    def raw(self) -> dict[str, Any]:
        """What a draft keeps: all answers so far, hidden ones left out. JSON-able through `rules.plain` once the uploads are filed."""
        if not hasattr(self, "_raw"):  # filed: written as the form writes it when it is first asked for
            made = {**self._before.raw, **self.form.raw_of(self._values)}  # type: ignore[attr-defined]
            object.__setattr__(self, "_raw", made)
        return _copy(self._raw)  # type: ignore[attr-defined, no-any-return]

    @property
    def doubt(self) -> str:
        """A short mark of the warnings, so that whoever confirms them confirms these and no others; empty without warnings."""
        told = [(one.path, one.code, sorted(map(str, one.facts.items()))) for one in self.warnings]
        return sha256(repr(told).encode()).hexdigest()[:16] if told else ""

    @property
    def notes(self) -> list[dict[str, Any]]:
        """The warnings as they are kept for staff, JSON-able: [{"path", "code", "facts"}]; `forms.note` makes a `FieldError` of one."""
        return [{"path": one.path, "code": one.code, "facts": rules.plain(dict(one.facts))} for one in self.warnings]

    def filed(self, refs: Mapping[str, FileRef]) -> Answers:
        """The same answers with kept files in the places of the uploads. Raises KeyError when an upload has no file."""
        values = self.values
        for path in self.uploads:
            _place(values, path.split("."), refs[path].plain)
        return Answers(_MADE_HERE, form=self.form, page=self.page, warnings=self.warnings, uploads={}, _values=values, _before=self)


def check(
    form: Form,
    raw: object,
    *,
    at: datetime | None,
    lang: str,
    context: Mapping[str, Any],
    page: str | None,
    kept: Mapping[str, FileRef] | None,
    only: Sequence[str] | None,
    before: Mapping[str, Any],
    beside: Mapping[str, Form],
    functions: Mapping[str, Callable[..., Any]],
    desks: Collection[str] | None = None,
    taken: Taken | None = None,
) -> Answers:
    """See `Form.check`."""
    asked = Asked(at=at, lang=lang, kept=kept, beside=beside, functions=functions, names=form.functions)
    whole = list(form.questions())
    wanted = [one for one in whole if page is None or one in form.page(page).fields]
    posted, base = tidied(whole, bound(raw)), tidied(whole, bound(dict(before)))
    unseen = frozenset(one.key for one in whole if not one.seen(desks))
    locked = _locked(form, base, context, asked, only) | unseen
    faults = {key: [Fault("locked")] for key in posted if key in locked and not _same(form, key, posted[key], base.get(key), asked)}
    mine = {one.key for one in wanted} - locked
    strange = {key: value for key, value in posted.items() if key not in {one.key for one in wanted}}
    merged = pruned(form, {**{k: v for k, v in base.items() if k not in mine}, **{k: v for k, v in posted.items() if k in mine}})
    return _checked(form, wanted, look(form, merged, context, asked), faults, strange, locked, page, taken)


def _checked(
    form: Form,
    wanted: list[Field],
    seen: Look,
    faults: dict[str, Any],
    strange: Mapping[str, Any],
    locked: frozenset[str],
    page: str | None,
    taken: Taken | None,
) -> Answers:
    keys = {one.key for one in wanted}
    settled = {key: value for key, value in seen.raw.items() if key in keys & locked and seen.shown(key)}
    fresh = {key: value for key, value in seen.raw.items() if key in keys - locked}
    clean, hidden = sift(wanted, fresh, seen.asked)
    values, wrong = load(build(wanted, seen.asked, settled=locked), {**strange, **settled, **clean})
    values |= worked_out(wanted, seen.asked.facts[form.key], seen.asked)
    errors = [*flatten({**wrong, **hidden, **faults})]
    doubts = [*judged(form, wanted, values, seen, locked=locked, wrong=frozenset(wrong), taken=taken)]
    errors += [one for one, level in doubts if level == "error"]
    others = {key: value for key, value in seen.raw.items() if key not in keys and seen.states.get(key) == SHOWN}
    if errors:
        kept = {key: value for key, value in seen.raw.items() if key not in hidden}
        raise Invalid(tuple(sorted(errors, key=_order(form))), kept, dict(uploads(form, values)))
    warnings = tuple(one for one, level in doubts if level == "warning")
    raw = {**others, **form.raw_of(values)}
    return Answers(_MADE_HERE, form=form, page=page, warnings=warnings, uploads=dict(uploads(form, values)), _values=values, _raw=raw)


def pruned(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Without the rows of groups that say nothing; the others close up."""
    groups = {one.key for one in form.questions() if one.fields}
    full = {key: [row for row in value if row != {}] if key in groups and isinstance(value, list) else value for key, value in raw.items()}
    return {key: value for key, value in full.items() if not (key in groups and value == [])}


def _locked(form: Form, base: Mapping[str, Any], context: Mapping[str, Any], asked: Asked, only: Sequence[str] | None) -> frozenset[str]:
    """The keys that may not change: asked before, and not among those marked."""
    if only is None:
        return frozenset()
    seen = look(form, base, context, asked)
    marked = {path.split(".")[0] for path in only}
    return frozenset(one.key for one in form.questions() if one.key not in marked and seen.shown(one.key) and one.kind.answered)


def _same(form: Form, key: str, posted: Any, before: Any, asked: Asked) -> bool:
    one = form.find(key)
    if one is None or posted == before:
        return one is not None
    return one.kind.same(_peeked(one, posted, asked), _peeked(one, before, asked))


def _peeked(one: Field, raw: Any, asked: Asked) -> Any:
    schema = build([one], replace(asked, settled=True, states=_All()))
    seen, _ = load(schema, {one.key: raw} if raw is not None else {})
    return seen.get(one.key, raw)


class _All(dict[str, str]):
    """Every question counts as shown: for comparing two answers to the same question."""

    def get(self, key: str, default: Any = None) -> Any:
        return SHOWN


def uploads(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, Upload]]:
    """The uploads among values, by path (`ktp`, `photos.1`, `points.0.photo`)."""
    todo: list[tuple[str, Any]] = list(values.items())
    while todo:
        path, value = todo.pop(0)
        if isinstance(value, Upload):
            yield path, value
        elif isinstance(value, list):
            todo[:0] = [(f"{path}.{number}", one) for number, one in enumerate(value)]
        elif isinstance(value, dict):
            todo[:0] = [(f"{path}.{key}", one) for key, one in value.items()]


def _place(values: Any, path: list[str], file: Any) -> None:
    """Put what is kept of a file into its place: `points.0.photo`."""
    for part in path[:-1]:
        values = values[int(part)] if isinstance(values, list) else values[part]
    values[int(path[-1]) if isinstance(values, list) else path[-1]] = file


def _order(form: Form) -> Any:
    """Errors stand in the order of the questions, those about nothing we ask at the end."""
    places = {path: number for number, (path, _) in enumerate(form.fields())}

    def place(error: FieldError) -> tuple[int, int, int]:
        parts = error.path.split(".")
        inner = ".".join(part for part in parts if not part.isdigit())
        row = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else -1
        return places.get(parts[0], len(places)), row, places.get(inner, len(places))

    return place


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(one) if isinstance(one, dict | list) else one for key, one in value.items()}
    if isinstance(value, list):
        return [_copy(one) if isinstance(one, dict | list) else one for one in value]
    return value
