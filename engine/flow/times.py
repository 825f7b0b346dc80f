"""Times as other tools write them, as they are written here: what means one time and cannot be read by FEEL is rewritten."""

from __future__ import annotations

import re

import rules

from .meanings import CYCLE
from .source import Element, bpmn, children, local

_KINDS = ("timeDuration", "timeDate", "timeCycle")
_CYCLE_OF_FEEL = re.compile(r'=\s*cycle\(\s*(?:([0-9]{1,3})\s*,\s*)?duration\(\s*"(P[0-9YMWDTHS]+)"\s*\)\s*\)\Z')
_CYCLE_AS_TEXT = re.compile(r'=\s*"(R[0-9]{0,3}/P[0-9YMWDTHS]+)"\Z')
_CYCLE_OF_ISO = re.compile(r"R(-1|[0-9]{0,3})/(P\S+)\Z", re.IGNORECASE)
_NUMBER = r"(\d{1,6}(?:[.,]\d{1,6})?)"
_LONG = re.compile(
    rf"P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?\Z", re.IGNORECASE
)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(.*)\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_SECONDS = (604_800, 86_400, 3_600, 60, 1)  # in a week, a day, an hour, a minute


def rewritten(event: Element, definition: Element) -> bool:
    """Write the time of a timer as it is written here; whether it says one that can be read."""
    for each in children(definition, *_KINDS):
        if not (each.text or "").strip():
            definition.remove(each)
    found = children(definition, *_KINDS)
    if len(found) != 1:
        return False
    _rewrite(found[0])
    if local(found[0]) == "timeCycle" and not _rings_again(event) and (cycle := CYCLE.match(found[0].text)):
        found[0].tag, found[0].text = bpmn("timeDuration"), cycle[2]
    return is_time(local(found[0]), found[0].text)


def is_time(kind: str, text: str) -> bool:
    """Whether a text is FEEL, or a duration, a date or a cycle."""
    if kind == "timeCycle":
        return CYCLE.match(text) is not None
    if text.startswith("="):
        return True
    makes = {"timeDuration": ("duration",), "timeDate": ("date", "date and time")}.get(kind, ())
    return any(rules.evaluate(f"{make}(text)", {"text": text}) is not None for make in makes)


def _rings_again(event: Element) -> bool:
    """A time that comes again and again can ring only once where it interrupts, or on the way."""
    return "false" in {event.get("cancelActivity"), event.get("isInterrupting")}


def _rewrite(time: Element) -> None:
    text = time.text = (time.text or "").strip()
    if is_time(local(time), text):
        return
    if local(time) == "timeCycle" and not _is_plain(text):
        time.text = _cycle(text)
    elif (long := _duration(text)) is not None:
        time.tag, time.text = bpmn("timeDuration"), long
    elif _DAY.match(text):
        time.tag = bpmn("timeDate")
    elif (moment := _MOMENT.match(text)) is not None:
        time.tag, time.text = bpmn("timeDate"), f"{moment[1]}T{moment[2]}{moment[3] or ':00'}{moment[4]}"


def _is_plain(text: str) -> bool:
    return any(each.match(text) for each in (_LONG, _DAY, _MOMENT))


def _cycle(text: str) -> str:
    if found := _CYCLE_OF_FEEL.match(text):
        return f"R{found[1] or ''}/{found[2]}"
    if found := _CYCLE_AS_TEXT.match(text):
        return found[1]
    if (found := _CYCLE_OF_ISO.match(text)) and (long := _duration(found[2])) and not long.startswith("="):
        return f"R{found[1].removeprefix('-1')}/{long}"
    return text


def _duration(text: str) -> str | None:
    """A duration as FEEL knows it: of years and months, or of days and less; of both, as the moment that it comes to from now on."""
    found = _LONG.match(text)
    if found is None or not any(found.groups()):
        return None
    years, months, *rest = (float((each or "0").replace(",", ".")) for each in found.groups())
    if not (years * 12).is_integer() or not months.is_integer():
        return None
    far = int(years * 12 + months)
    near = round(sum(number * each for number, each in zip(rest, _SECONDS, strict=True)), 3)
    if far and near:
        return f'= now() + duration("{_of_months(far)}") + duration("{_of_seconds(near)}")'
    return _of_months(far) if far else _of_seconds(near)


def _of_months(months: int) -> str:
    return "P" + "".join(f"{number}{unit}" for number, unit in ((months // 12, "Y"), (months % 12, "M")) if number)


def _of_seconds(seconds: float) -> str:
    whole = int(seconds)
    days, hours, minutes, left = whole // 86_400, whole // 3_600 % 24, whole // 60 % 60, round(whole % 60 + seconds - whole, 3)
    clock = "".join(f"{number:g}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (left, "S")) if number)
    day = f"{days}D" if days else ""
    return f"P{day}{'T' + clock if clock else ''}" if day or clock else "PT0S"
