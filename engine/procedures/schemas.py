"""Trees of plain values held against the JSON Schemas in `schema/`, with findings that name the place."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError, best_match  # type: ignore[import-untyped]

from rules import Finding

SEEN = r"\S"  # the pattern of a text that says something
LANGUAGES = ("id", "en")
_FOLDER = Path(__file__).parent / "schema"


@cache
def schema(name: str) -> Mapping[str, Any]:
    """The JSON Schema of a kind of file: `procedure`, `story`, `tests` or `texts`."""
    made: Mapping[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return made


def toml(data: bytes, file: str, numbers: Callable[[str], Any] = float) -> tuple[dict[str, Any] | None, list[Finding]]:
    """The table in a TOML file, or None and why not. `numbers`: what broken numbers become."""
    try:
        return tomllib.loads(data.decode("utf-8"), parse_float=numbers), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as wrong:
        return None, [Finding(file, "bundle.not_toml", {"reason": str(wrong)})]


def faults(tree: object, name: str, file: str) -> list[Finding]:
    """Everything that the schema has against a tree."""
    errors = Draft202012Validator(schema(name)).iter_errors(_plain(tree))
    found = (finding for error in errors for finding in _told(error, file))
    return sorted(found, key=lambda finding: (finding.place, finding.code))


def _told(error: ValidationError, file: str) -> Iterator[Finding]:
    if error.validator in {"oneOf", "anyOf"} and error.context and (nearest := best_match(error.context)):
        error = nearest
    place = f"{file}#" + "".join(f"/{step}" for step in error.absolute_path)
    if error.validator == "additionalProperties":
        known = sorted(error.schema.get("properties", {}))
        for key in sorted(set(error.instance) - set(known)):
            near = get_close_matches(key, known, 1)
            yield Finding(f"{place}/{key}", "bundle.unknown_key", {"key": key, "near": near[0] if near else ""})
    elif error.validator == "required":
        missing = next(key for key in error.validator_value if repr(key) in error.message)
        yield Finding(place, "bundle.language" if error.schema.get("title") == "words" else "bundle.missing_key", {"key": missing})
    elif error.validator == "pattern" and error.validator_value == SEEN:  # a text of blanks is none
        where, _, key = place.rpartition("/")
        yield Finding(where, "bundle.language" if key in LANGUAGES else "bundle.missing_key", {"key": key})
    elif error.validator == "oneOf":
        yield Finding(place, "bundle.one_of", {"shapes": [" and ".join(each.get("required", ())) for each in error.validator_value]})
    else:
        yield Finding(place, "bundle.value", {"reason": error.message[:300]})


def _plain(value: Any) -> Any:
    """TOML's days and moments as text, which is what JSON Schema can speak about."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
