"""From the questions that are asked to a marshmallow Schema: one per form and answers, unknown keys refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import marshmallow as ma

from forms.errors import Fault, FieldError
from forms.form import Field
from forms.kind import Asked
from forms.shown import HIDDEN, SHOWN

REQUIRED = {name: Fault("required") for name in ("required", "null")}


class Questions(ma.Schema):
    """The base of all schemas of forms."""

    class Meta:
        unknown = ma.RAISE

    error_messages = {"unknown": Fault("undeclared"), "type": Fault("type")}

    def __init__(self, made: Mapping[str, ma.fields.Field[Any]]) -> None:
        super().__init__()
        self.declared_fields = dict(made)  # these answers' own: a class of their own (`from_dict`) would be made, copied and thrown away
        self._init_fields()


def build(fields: Iterable[Field], asked: Asked, *, settled: frozenset[str] = frozenset(), prefix: str = "") -> ma.Schema:
    """The schema of the questions shown; `prefix` is the path of their group's row (`points.0.`), `settled` the keys that cannot change."""
    made: dict[str, ma.fields.Field[Any]] = {}
    for one in fields:
        path = f"{prefix}{one.key}"
        if one.kind.answered and not one.kind.computed and asked.states.get(path) == SHOWN:
            made[one.key] = _field(one, replace(asked, path=path, settled=asked.settled or one.key in settled))
    return Questions(made)


def _field(one: Field, asked: Asked) -> ma.fields.Field[Any]:
    field = one.kind.marshal(one, asked)
    asks = one.required or (one.required_when is not None and asked.holds(one.required_when))
    field.required = asks and not asked.settled
    field.allow_none = False
    field.error_messages = {**field.error_messages, **REQUIRED}
    return field


def worked_out(fields: Iterable[Field], facts: Mapping[str, Any], asked: Asked, prefix: str = "") -> dict[str, Any]:
    """The values of the questions shown that nobody answers: what was found on the way through the form."""
    shown = (one.key for one in fields if one.kind.computed and asked.states.get(f"{prefix}{one.key}") == SHOWN)
    return {key: facts[key] for key in shown if facts.get(key) is not None}


def sift(fields: Iterable[Field], raw: Mapping[str, Any], asked: Asked, prefix: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the posted answers into those asked for and the faults of those that are hidden; answers in doubt are left out silently."""
    known = {one.key: one for one in fields if one.kind.answered}
    clean: dict[str, Any] = {}
    faults: dict[str, Any] = {}
    for key, value in raw.items():
        state = asked.states.get(f"{prefix}{key}") if key in known else SHOWN
        if state == HIDDEN:
            faults[key] = [Fault("hidden")]
        elif state == SHOWN:
            clean[key] = value
    return clean, faults


def load(schema: ma.Schema, raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the valid values, the faults by key): marshmallow's two ends in one answer."""
    try:
        return dict(schema.load(raw)), {}
    except ma.ValidationError as error:
        valid = error.valid_data if isinstance(error.valid_data, dict) else {}
        faults = error.messages if isinstance(error.messages, dict) else {"": error.messages}
        return {key: value for key, value in valid.items() if key not in faults}, dict(faults)


def flatten(faults: Any, path: str = "") -> Iterator[FieldError]:
    """marshmallow's nested messages as errors with a path each."""
    if isinstance(faults, dict):
        for key, inner in faults.items():
            yield from flatten(inner, f"{path}.{key}".strip("."))
    elif isinstance(faults, list):
        for one in faults:
            yield from flatten(one, path)
    elif isinstance(faults, Fault):
        yield FieldError(path, str(faults), dict(faults.facts))
    else:
        yield FieldError(path, "type")
