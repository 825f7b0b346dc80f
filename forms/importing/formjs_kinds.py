"""What each type of form-js becomes here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.fields import kinds
from forms.importing.conditions import literal, parsed
from forms.importing.notes import Notes
from forms.importing.options import count, decimals_of, figure, listed, text_options, whole_match
from forms.importing.tree import Condition
from forms.importing.wording import both

FILES = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
RUPIAH = ("rp", "rp.", "idr")


@dataclass(frozen=True)
class Asking:
    """One component, and where to report."""

    one: Mapping[str, Any]
    place: str
    name: str
    language: str
    notes: Notes
    said: Callable[[Any, str, str], str]

    @property
    def rules(self) -> Mapping[str, Any]:
        """Its `validate`."""
        found = self.one.get("validate")
        return found if isinstance(found, Mapping) else {}

    def affix(self, which: str) -> str:
        """The text before or after the box."""
        found = self.one.get("appearance")
        return self.said(found.get(f"{which}Adorner"), self.place, self.name).strip() if isinstance(found, Mapping) else ""

    def changed(self, code: str, **facts: object) -> None:
        self.notes.changed(self.place, self.name, code, **facts)

    def dropped(self, code: str, **facts: object) -> None:
        self.notes.dropped(self.place, self.name, code, **facts)

    def length(self, member: str, most: int) -> int | None:
        """A length, also one written as FEEL without names."""
        given = self.rules.get(member)
        value = _settled(given)
        found = count(value, most)
        if found is None and given not in (None, ""):
            self.dropped("option_lost", option=member, text=str(given))
        return found


@dataclass(frozen=True)
class Made:
    """Our kind with its options; the rest as in `Question`."""

    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    trees: Mapping[str, Condition] = field(default_factory=dict)


def _settled(given: Any) -> Any:
    """A value, or what a FEEL text without names gives; digits in a text are a number."""
    if isinstance(given, str):
        text = given.strip()
        found = literal(text[1:]) if text.startswith("=") else figure(text)
        return figure(found["v"]) if isinstance(found, dict) and found.get("$") == "number" else found
    return given


def text(asking: Asking) -> Made | None:
    sort = asking.rules.get("validationType")
    if sort in ("email", "phone"):
        return Made(str(sort))
    if sort not in (None, "", "custom"):
        asking.dropped("option_lost", option="validationType", text=str(sort))
    most = asking.length("maxLength", 20_000)
    least = asking.length("minLength", 1000)
    if most is not None and most > 1000:
        asking.changed("text_long")
        return Made("textarea", text_options(least, most))
    options = text_options(least, most) | _pattern(asking)
    if suffix := asking.affix("suffix"):
        options["suffix"] = both(suffix, asking.language)
    if prefix := asking.affix("prefix"):
        asking.dropped("prefix", text=prefix)
    return Made("text", options)


def _pattern(asking: Asking) -> dict[str, Any]:
    given = asking.rules.get("pattern")
    if given in (None, ""):
        return {}
    made = whole_match(given) if isinstance(given, str) else None
    if made is None:
        asking.dropped("pattern", pattern=str(given))
        return {}
    say = asking.said(asking.rules.get("patternErrorMessage"), asking.place, asking.name)
    return {"pattern": made, **({"pattern_say": both(say, asking.language)} if say.strip() else {})}


def textarea(asking: Asking) -> Made | None:
    return Made("textarea", text_options(asking.length("minLength", 1000), asking.length("maxLength", 20_000)))


def number(asking: Asking) -> Made | None:
    if asking.one.get("serializeToString") is True:
        asking.changed("number_text")
    prefix, suffix = asking.affix("prefix"), asking.affix("suffix")
    limits, trees = _limits(asking)
    if prefix.lower() in RUPIAH and not trees and all(isinstance(one, int) for one in limits.values()):
        return Made("rupiah", {name: one for name, one in limits.items() if one >= 0})
    digits = count(asking.one.get("decimalDigits"), 7)
    step = decimals_of(asking.one.get("increment"))
    options: dict[str, Any] = {"decimals": digits if digits is not None else 7 if step is None else step, **limits}
    if not options["decimals"]:
        del options["decimals"]
    if suffix or prefix:
        options["unit"] = both(suffix or prefix, asking.language)
        if suffix and prefix:
            asking.dropped("prefix", text=prefix)
    return Made("number", options, trees=trees)


def _limits(asking: Asking) -> tuple[dict[str, int | float], dict[str, Condition]]:
    """The smallest and the largest: numbers, or FEEL in the names of the file."""
    limits: dict[str, int | float] = {}
    trees: dict[str, Condition] = {}
    for name in ("min", "max"):
        given = asking.rules.get(name)
        if given in (None, ""):
            continue
        value = figure(_settled(given))
        tree = parsed(given.strip()[1:]) if isinstance(given, str) and given.strip().startswith("=") else None
        if value is not None:
            limits[name] = value
        elif tree is not None:
            trees[name] = Condition(tree, str(given))
        else:
            asking.dropped("option_lost", option=name, text=str(given))
    return limits, trees


def moment(asking: Asking) -> Made | None:
    sort = asking.one.get("subtype") or "date"
    if asking.one.get("timeInterval") not in (None, 0, 1, 15):
        asking.dropped("time_interval")
    passed = asking.one.get("disallowPassedDates") is True
    if sort == "date":
        return Made("date", {"min": "today()"} if passed else {})
    wanted = {"time": ("time",), "datetime": ("datetime", "date_time", "moment")}.get(str(sort), ())
    kind = next((one for one in wanted if one in kinds()), None)
    if kind is not None:
        return Made(kind, {"min": "today()"} if passed and sort == "datetime" else {})
    asking.changed("moment_text", type=str(sort))
    example = "08:30" if sort == "time" else "2026-08-17 08:30"
    clock = r"([01]?[0-9]|2[0-3])[:.][0-5][0-9]"
    pattern = clock if sort == "time" else rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ T]{clock}"
    say = {"id": f"Tulis seperti {example}.", "en": f"Write it like {example}."}
    return Made("text", {"pattern": pattern, "pattern_say": say, "max_length": 20})


def checkbox(asking: Asking) -> Made | None:
    if asking.rules.get("required") is True:
        asking.changed("tick")
        return Made("declaration", {"text": both(asking.name, asking.language), "version": "1"}, part="agreed")
    return Made("yes_no")


def one_of(kind: str) -> Callable[[Asking], Made | None]:
    def make(asking: Asking) -> Made | None:
        choices = _choices(asking)
        return Made(kind, choices.options, choices.values) if choices else Made("text")

    return make


def some_of(asking: Asking) -> Made | None:
    choices = _choices(asking)
    return Made("choices", choices.options, choices.values) if choices else Made("textarea")


def _choices(asking: Asking) -> Any:
    given = asking.one.get("values")
    source = asking.one.get("valuesExpression") or asking.one.get("valuesKey")
    if not isinstance(given, list) or not given:
        found = literal(str(source).strip().removeprefix("=")) if asking.one.get("valuesExpression") else None
        given = found if isinstance(found, list) else []
    pairs = [pair for one in given if (pair := _choice(one, asking)) is not None]
    choices = listed(pairs, asking.place, asking.name, asking.notes, asking.language)
    if choices is None:
        asking.changed("choices_elsewhere", source=str(source or ""))
    return choices


def _choice(one: Any, asking: Asking) -> tuple[Any, str, Mapping[str, Any]] | None:
    if isinstance(one, Mapping):
        value = one.get("value", one.get("label"))
        label = one.get("label", value)
    else:
        value = label = one
    if isinstance(value, Mapping) and value.get("$") == "number":
        value = figure(value.get("v"))
    if isinstance(value, Mapping | list) or value is None:
        asking.dropped("choice_shape")
        return None
    return value, asking.said(label, asking.place, asking.name) if isinstance(label, str) else str(value), {}


def file(asking: Asking) -> Made | None:
    options: dict[str, Any] = {}
    several = asking.one.get("multiple") in (True, "true", "=true")
    if not several and isinstance(asking.one.get("multiple"), str) and asking.one["multiple"] not in ("", "false", "=false"):
        asking.dropped("option_lost", option="multiple", text=asking.one["multiple"])
    accept = asking.one.get("accept")
    if isinstance(accept, str) and accept.strip() and not accept.startswith("="):
        words = [word.strip().lower().lstrip(".") for word in accept.split(",") if word.strip()]
        types = [FILES[word] for word in words if word in FILES] + (["jpg", "png"] if "image/*" in words else [])
        lost = [word for word in words if word not in FILES and word not in ("image/*", "*", "*/*")]
        if lost:
            asking.dropped("file_types", types=", ".join(lost))
        if types:
            options["types"] = list(dict.fromkeys(types))
    elif accept not in (None, ""):
        asking.dropped("option_lost", option="accept", text=str(accept))
    return Made("files" if several else "file", options)


def calculated(asking: Asking) -> Made | None:
    given = asking.one.get("expression")
    tree = parsed(given.strip().removeprefix("=")) if isinstance(given, str) and given.strip() else None
    kind = next((one for one in ("calculated", "calculation", "computed") if one in kinds()), None)
    if tree is None or kind is None or not kinds()[kind].expressions:
        asking.dropped("calculated" if tree is not None else "show_not_feel", text=str(given))
        return None
    return Made(kind, trees={kinds()[kind].expressions[0]: Condition(tree, str(given))})


KINDS: dict[str, Callable[[Asking], Made | None]] = {
    "textfield": text,
    "textarea": textarea,
    "number": number,
    "datetime": moment,
    "date": moment,
    "checkbox": checkbox,
    "radio": one_of("choice"),
    "select": one_of("select"),
    "checklist": some_of,
    "taglist": some_of,
    "filepicker": file,
    "expression": calculated,
}
