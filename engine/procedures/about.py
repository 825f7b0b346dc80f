"""`procedure.toml`, typed: what the office says about a procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules import Finding

from .schemas import faults, toml

FILE = "procedure.toml"
Words = Mapping[str, str]


@dataclass(frozen=True)
class Channel:
    """A way in (`online`, `counter`, `home_visit`), and between which days it is open (both included)."""

    kind: str
    since: date | None
    until: date | None

    def open_on(self, day: date) -> bool:
        """Whether it is open on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Law:
    """A legal basis. `sample` is true until the office has put its own rule here."""

    title: str
    number: str
    article: str
    sample: bool


@dataclass(frozen=True)
class DaysWhen:
    """Another number of working days for cases where a FEEL condition holds."""

    when: str
    days: int


@dataclass(frozen=True)
class Time:
    """Working days for the whole case; `counting` is `exclude_start` or `include_start`."""

    days: int
    counting: str
    days_when: tuple[DaysWhen, ...]


@dataclass(frozen=True)
class Fee:
    """Which decision gives the amount (FEEL over its result), and which form the public simulation asks."""

    kind: str
    decision: str | None
    amount: str | None
    lines: str | None
    simulation: str | None
    stands_for: str | None
    note: Words | None


@dataclass(frozen=True)
class Register:
    """The register that gives the number, its format, and whether it begins again every `year` or `never`."""

    key: str
    format: str
    restart: str


@dataclass(frozen=True)
class Validity:
    """FEEL dates, read when the permit is issued."""

    from_: str | None
    until: str


@dataclass(frozen=True)
class Renewal:
    """When a permit can be renewed (days around its end), and which answers are asked again."""

    opens_days_before: int
    closes_days_after: int
    ask_again: tuple[str, ...]


@dataclass(frozen=True)
class Procedure:
    """What the office says about a procedure; nothing here repeats what the diagram or a form says."""

    key: str
    owner: str
    applicants: tuple[str, ...]
    name: Words
    summary: Words
    category: str
    category_name: Words
    channels: tuple[Channel, ...]
    legal_basis: tuple[Law, ...]
    time: Time
    fee: Fee
    register: Register
    validity: Validity | None
    renewal: Renewal | None
    letters: Mapping[str, str]
    retention: Mapping[str, str]


def read(data: bytes) -> tuple[Procedure | None, list[Finding]]:
    """The typed table, or None and everything that is wrong with it."""
    tree, found = toml(data, FILE)
    if tree is None:
        return None, found
    found = faults(tree, "procedure", FILE)
    if found:
        return None, found
    try:
        return _made(tree), []
    except ValueError as wrong:  # a day that no calendar has, written as text
        return None, [Finding(FILE, "bundle.value", {"reason": str(wrong)})]


def _made(tree: Mapping[str, Any]) -> Procedure:
    return Procedure(
        key=tree["key"],
        owner=tree["owner"],
        applicants=tuple(tree["applicants"]),
        name=tree["name"],
        summary=tree["summary"],
        category=tree["category"]["key"],
        category_name={lang: text for lang, text in tree["category"].items() if lang != "key"},
        channels=tuple(Channel(each["kind"], _day(each.get("from")), _day(each.get("until"))) for each in tree["channels"]),
        legal_basis=tuple(
            Law(each["title"], each.get("number", ""), each.get("article", ""), each.get("sample", False))
            for each in tree.get("legal_basis", ())
        ),
        time=_time(tree["time"]),
        fee=_fee(tree["fee"]),
        register=Register(**tree["register"]),
        validity=Validity(tree["validity"].get("from"), tree["validity"]["until"]) if "validity" in tree else None,
        renewal=_renewal(tree["renewal"]) if "renewal" in tree else None,
        letters=tree["letters"],
        retention=tree["retention"],
    )


def _time(tree: Mapping[str, Any]) -> Time:
    return Time(tree["days"], tree.get("counting", "exclude_start"), tuple(DaysWhen(**each) for each in tree.get("days_when", ())))


def _fee(tree: Mapping[str, Any]) -> Fee:
    return Fee(tree["kind"], *(tree.get(name) for name in ("decision", "amount", "lines", "simulation", "stands_for", "note")))


def _renewal(tree: Mapping[str, Any]) -> Renewal:
    return Renewal(tree["opens_days_before"], tree["closes_days_after"], tuple(tree.get("ask_again", ())))


def _day(value: Any) -> date | None:
    if value is None:
        return None
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else date.fromisoformat(value)
