"""From the JSON of a form to a `Form`, or to findings with a place each, all at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError as SchemaFault  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from forms.common import KEYS
from forms.errors import BadForm
from forms.fields import kinds
from forms.form import Field, Form, Page, Rule
from forms.formatschema import fields_schema, format_schema
from forms.lists import Entry, read_list
from forms.names import check_names
from forms.prefill import check_prefill
from forms.property import SEEN
from rules import Finding

LARGEST = 1_000_000
MOST_SOUND = 4000
# By the schema's list and the question's fingerprint; the list is held, so that its id stays its own.
_sound: dict[tuple[int, bytes], Any] = {}


def read(
    data: bytes,
    *,
    groups: Mapping[str, bytes] | None = None,
    functions: Iterable[str] = (),
    lists: Mapping[str, bytes] | None = None,
) -> Form:
    """The form in `data` (JSON, `loket-form/1`); `{"include": name}` among the questions takes in those of `groups[name]`.

    `functions`: FEEL names of the functions that whoever checks the answers will bring (`working days`).
    `lists`: the choice tables (CSV, forms/lists.py) that questions name.
    Raises `BadForm` with every finding. Places begin with `#` in the form itself, with the group's name and `#` in a group.
    """
    found: list[Finding] = []
    document = parsed(data, "", found)
    if document is None and found:
        raise BadForm(tuple(found))
    found += faults(document, "", _validator(False))
    if not isinstance(document, dict) or not isinstance(document.get("pages"), list):
        raise BadForm(tuple(found))
    reading = Reading(groups or {}, found, lists or {})
    form = reading.form(document, tuple(functions))
    found += check_names(form, frozenset(reading.broken))
    found += check_prefill(form)
    if found:
        raise BadForm(tuple(sorted(found, key=lambda one: one.place)))
    return form


def parsed(data: bytes, name: str, found: list[Finding]) -> Any:
    """The JSON in `data`, or None and a finding."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        found.extend(Finding(f"{name}#", "form.twice", {"what": key}) for key in sorted({key for key in keys if keys.count(key) > 1}))
        return dict(items)

    if len(data) > LARGEST:
        found.append(Finding(f"{name}#", "form.large", {"max": LARGEST}))
        return None
    try:
        return json.loads(data, object_pairs_hook=pairs)
    except (ValueError, RecursionError) as error:
        found.append(Finding(f"{name}#", "form.json", {"why": str(error)[:200]}))
        return None


def _all_of(validator: Any, parts: list[Any], instance: Any, _schema: Any) -> Iterator[SchemaFault]:
    """`allOf`; of those that begin with "if its kind is", only the one about the question's own kind is asked: the others find nothing.

    Nothing is asked again of a question that had no fault: a form that is being made is read after each change, and one question changed.
    """
    own = instance.get("kind") if isinstance(instance, dict) else None
    same = (id(parts), sha256(json.dumps(instance).encode()).digest())
    if same in _sound:
        return
    wrong = False
    for number, part in enumerate(parts):
        about = part["if"]["properties"]["kind"]["const"] if "if" in part else own
        if about == own:
            for fault in validator.descend(instance, part, schema_path=number):
                wrong = True
                yield fault
    if not wrong:
        _remember(same, parts)


def _remember(same: tuple[int, bytes], parts: list[Any]) -> None:
    if len(_sound) >= MOST_SOUND:
        _sound.clear()
    _sound[same] = parts


_Validator = extend(Draft202012Validator, {"allOf": _all_of})


@cache
def _validator(groups: bool) -> Any:
    return _Validator(fields_schema() if groups else format_schema())


def faults(document: Any, name: str, validator: Any) -> Iterator[Finding]:
    """What the JSON Schema has against a document, in our own codes."""
    for fault in validator.iter_errors(document):
        place = f"{name}#" + "".join(f"/{step}" for step in fault.absolute_path)
        yield from _finding(fault, place)


def _finding(fault: SchemaFault, place: str) -> Iterator[Finding]:
    known = sorted(fault.schema.get("properties", {})) if isinstance(fault.schema, dict) else []
    if fault.validator == "additionalProperties":
        for key in sorted(set(fault.instance) - set(known)):
            near = get_close_matches(key, known, 1)
            yield Finding(f"{place}/{key}", "form.unknown_key", {"key": key, **({"near": near[0]} if near else {})})
    elif fault.validator == "required":
        missing = sorted(set(fault.validator_value) - set(fault.instance))
        code = "form.language" if isinstance(fault.schema, dict) and fault.schema.get("title") == "words" else "form.missing"
        # the schema reports each missing key by itself; its message begins with the key's name
        yield Finding(place, code, {"key": next((key for key in missing if fault.message.startswith(repr(key))), missing[0])})
    elif fault.validator == "pattern" and fault.validator_value == SEEN:  # an empty text is none, and one of blanks neither
        lang = place.rpartition("/")[2]
        yield Finding(place.rpartition("/")[0], "form.language", {"key": lang})
    elif fault.validator == "enum" and place.endswith("/kind"):
        near = get_close_matches(str(fault.instance), list(fault.validator_value), 1)
        yield Finding(place, "form.unknown_kind", {"kind": str(fault.instance)[:60], **({"near": near[0]} if near else {})})
    else:
        yield Finding(place, "form.value", {"why": fault.message[:300], "rule": str(fault.validator)})


class Reading:
    """One reading: builds what can be built and remembers what cannot, so that nothing is reported twice."""

    def __init__(self, groups: Mapping[str, bytes], found: list[Finding], lists: Mapping[str, bytes]) -> None:
        self.groups, self.found, self.lists = groups, found, lists
        self.tables: dict[str, tuple[Entry, ...]] = {}
        self.keys: set[str] = set()
        self.broken: set[str] = set()  # keys of questions that could not be read: they exist, of unknown type

    def form(self, document: Mapping[str, Any], functions: tuple[str, ...]) -> Form:
        """The form as far as it can be read."""
        seen: set[str] = set()
        pages = []
        for number, page in enumerate(document["pages"]):
            place = f"#/pages/{number}"
            if not isinstance(page, dict) or not isinstance(page.get("fields"), list):
                continue
            self.once(str(page.get("key")), f"{place}/key", seen)
            fields = tuple(self.fields(page["fields"], f"{place}/fields", self.keys))
            show = page.get("show_when")
            pages.append(Page(str(page.get("key")), page.get("title") or {}, place, fields, show if isinstance(show, str) else None))
        return Form(str(document.get("key")), document.get("title") or {}, tuple(pages), functions)

    def fields(self, items: list[Any], place: str, seen: set[str], depth: int = 0) -> Iterator[Field]:
        """The questions in a list, those of included groups in their place."""
        for number, item in enumerate(items):
            here = f"{place}/{number}"
            if isinstance(item, dict) and "include" in item:
                yield from self.included(item["include"], here, seen, depth)
            elif isinstance(item, dict) and (one := self.field(item, here, seen)):
                yield one

    def included(self, name: Any, place: str, seen: set[str], depth: int) -> Iterator[Field]:
        """The questions of a shared group."""
        if not isinstance(name, str) or name not in self.groups:
            near = get_close_matches(str(name), list(self.groups), 1)
            self.found.append(
                Finding(f"{place}/include", "form.unknown_group", {"group": str(name)[:60], **({"near": near[0]} if near else {})})
            )
            return
        if depth > 2:
            self.found.append(Finding(f"{place}/include", "form.too_deep", {"group": name}))
            return
        document = parsed(self.groups[name], name, self.found)
        if document is not None:
            self.found += faults(document, name, _validator(True))
        if isinstance(document, dict) and isinstance(document.get("fields"), list):
            yield from self.fields(document["fields"], f"{name}#/fields", seen, depth + 1)

    def field(self, item: dict[str, Any], place: str, seen: set[str]) -> Field | None:
        """One question, or None when the schema has something against it."""
        key = item.get("key")
        self.once(str(key), f"{place}/key", seen)
        if any(one.place == place or one.place.startswith(f"{place}/") for one in self.found if one.code != "form.twice"):
            self.broken.add(str(key))
            return None
        kind = kinds()[item["kind"]]
        inner = tuple(self.fields(item.get("fields", []), f"{place}/fields", set()))
        made = Field(
            key=str(key),
            kind=kind,
            place=place,
            label=item["label"],
            noun=item.get("noun", item["label"]),
            help=item.get("help"),
            required=item.get("required", "required_when" not in item) and kind.answered,
            required_when=item.get("required_when"),
            show_when=item.get("show_when"),
            privacy=item.get("privacy", kind.privacy),
            prefill=item.get("prefill"),
            unique=item.get("unique"),
            seen_by=tuple(item.get("seen_by", ())),
            rules=tuple(Rule(**rule) for rule in item.get("rules", ())),
            options={name: value for name, value in item.items() if name not in KEYS},
            fields=inner,
            entries=self.entries(item["list"], f"{place}/list") if "list" in kind.options else (),
        )
        self.found += (Finding(f"{place}/{path}", code, facts) for path, code, facts in kind.findings(made))
        return made

    def entries(self, name: str, place: str) -> tuple[Entry, ...]:
        """The lines of a choice table, read once for all questions that name it."""
        if name not in self.lists:
            near = get_close_matches(name, list(self.lists), 1)
            self.found.append(Finding(place, "form.unknown_list", {"list": name, **({"near": near[0]} if near else {})}))
            return ()
        if name not in self.tables:
            self.tables[name], wrong = read_list(self.lists[name])
            self.found += (Finding(f"lists/{name}.csv{one.place}", one.code, one.facts) for one in wrong)
        return self.tables[name]

    def once(self, key: str, place: str, seen: set[str]) -> None:
        """A finding for a key that was there before."""
        if key in seen:
            self.found.append(Finding(place, "form.twice", {"what": key}))
        seen.add(key)
