"""A time of day, to the minute; kept as `08:30`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

import marshmallow as ma

from forms import property as prop
from forms.errors import Fault
from forms.form import Field
from forms.kind import Asked, Bad, Good, Json, Kind, Raw
from forms.view import View
from forms.words import N_

CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_TYPED = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?")


def clock(text: str) -> time | None:
    """The time in `8.30`, `08:30` or `08:30:00`, or None."""
    found = _TYPED.fullmatch(text) if text.isascii() else None
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def written(value: time, lang: str) -> str:
    """08.30 in Indonesian, 08:30 in English."""
    return f"{value:%H.%M}" if lang == "id" else f"{value:%H:%M}"


class Moment(ma.fields.Field[time]):
    """A `time` within its limits."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__()
        self.options = options

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> time:
        found = value if type(value) is time else clock(value) if isinstance(value, str) else None
        if found is None:
            raise ma.ValidationError(Fault("time.not"))
        least, most = (clock(self.options.get(name, "")) for name in ("min", "max"))
        if least and found < least:
            raise ma.ValidationError(Fault("time.min", min=self.options["min"]))
        if most and found > most:
            raise ma.ValidationError(Fault("time.max", max=self.options["max"]))
        return found


class Time(Kind):
    word = "time"
    stencil = "text"
    title = {"id": "Jam", "en": "Time"}
    about = {"id": "Jam dan menit.", "en": "Hours and minutes."}
    icon = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l4 2"
    shelf = "time"
    cell = True
    feel = "time"
    browser = "none"
    properties = (
        prop.text("min", {"id": "Paling awal", "en": "Earliest"}, most=5, pattern=CLOCK),
        prop.text("max", {"id": "Paling akhir", "en": "Latest"}, most=5, pattern=CLOCK),
    )
    says = {
        "time.not": N_("{Noun} must be a time, such as 08:30."),
        "time.min": N_("{Noun} must be {min} or later."),
        "time.max": N_("{Noun} must be {max} or earlier."),
    }
    good = (Good("08:30", time(8, 30)), Good("8.05", time(8, 5)), Good("23:59:00", time(23, 59), {"min": "08:00", "max": "23:59"}))
    bad = (
        Bad("", "required"),
        Bad("24:00", "time.not"),
        Bad("8", "time.not"),
        Bad("pagi", "time.not"),
        Bad("٠٨:٣٠", "time.not"),
        Bad(830, "time.not"),
        Bad(["08:30"], "time.not"),
        Bad("07:59", "time.min", {"min": "08:00"}),
        Bad("16:01", "time.max", {"max": "16:00"}),
    )

    def findings(self, field: Field) -> Iterable[tuple[str, str, Mapping[str, object]]]:
        least, most = (clock(field.options.get(name, "")) for name in ("min", "max"))
        if least and most and least > most:
            yield "min", "form.limits", {"min": field.options["min"], "max": field.options["max"]}

    def marshal(self, field: Field, asked: Asked) -> ma.fields.Field[Any]:
        return Moment({} if asked.settled else field.options)

    def raw(self, value: Any, field: Field) -> Raw:
        return f"{value:%H:%M}"

    def text(self, value: Any, field: Field, lang: str) -> str:
        return written(value, lang)

    def json_schema(self, field: Field, lang: str) -> Json:
        return {"type": "string", "pattern": CLOCK}

    def typed(self, view: View) -> str:
        """As browsers' clocks write it, or what was typed when it is no time."""
        found = clock(view.text)
        return f"{found:%H:%M}" if found else view.text

    def ask(self, view: View) -> Mapping[str, Any]:
        return {**view.common, "value": self.typed(view), "type": "time", "autocomplete": "off", "classes": "govuk-input--width-5"}
