"""A permit as the public page shows it: taken from its published bundle, so that nothing is written twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine import procedures
from engine.procedures import Bundle
from engine.store import NotFound, Session
from hall.formats import words
from hall.language import language


@dataclass(frozen=True)
class Offer:
    """One line of the catalogue. `days` are working days; `fee` is `none`, `tax` or `retribution`."""

    key: str
    name: str
    summary: str
    category: str
    days: int | None
    fee: str


@dataclass(frozen=True)
class Stage:
    """One step the public may know of: its name, the desk that has it, its working days."""

    key: str
    name: str
    desk: str
    days: int | None


@dataclass(frozen=True)
class Sheet:
    """Everything the page of a permit says."""

    offer: Offer
    who: Sequence[str]
    requirements: Sequence[Any]
    stages: Sequence[Stage]
    fee_note: str
    has_estimate: bool
    laws: Sequence[Any]


def offers(session: Session) -> list[Offer]:
    """What the office offers now, in the reader's language, by name."""
    found = [offer_of(procedures.bundle_of(session, version.id)) for version in procedures.catalogue(session)]
    return sorted(found, key=lambda offer: (offer.category.casefold(), offer.name.casefold()))


def by_category(found: Sequence[Offer]) -> dict[str, list[Offer]]:
    """Offers under the names of their categories."""
    shelves: dict[str, list[Offer]] = {}
    for offer in found:
        shelves.setdefault(offer.category, []).append(offer)
    return shelves


def current(session: Session, key: str) -> Bundle:
    """The published bundle of a permit. Raises NotFound."""
    version = procedures.current(session, key)
    if version is None:
        raise NotFound(what="procedure")
    return procedures.bundle_of(session, version.id)


def offer_of(bundle: Bundle) -> Offer:
    """One permit's line."""
    about = bundle.about
    return Offer(
        key=bundle.key,
        name=words(about.name),
        summary=words(about.summary),
        category=words(about.category_name),
        days=bundle.days,
        fee=about.fee.kind,
    )


def sheet_of(bundle: Bundle) -> Sheet:
    """One permit's page."""
    about, lang = bundle.about, language()
    return Sheet(
        offer=offer_of(bundle),
        who=about.applicants,
        requirements=bundle.requirements(lang),
        stages=[stage_of(bundle, step) for step in bundle.steps(lang)],
        fee_note=words(about.fee.note),
        has_estimate=bool(about.fee.simulation),
        laws=about.legal_basis,
    )


def stage_of(bundle: Bundle, step: Any) -> Stage:
    """One public step."""
    return Stage(step.key, step.name, step.desk, step.days)


def text_of(bundle: Bundle, part: str, key: str) -> str:
    """A word of the bundle's own texts (`[status]`, `[desks]` …), in the reader's language or Indonesian; empty when there is none."""
    for lang in (language(), "id"):
        texts: Mapping[str, Any] = bundle.texts.get(lang, {})
        found = texts.get(part, {}).get(key)
        if found:
            return str(found)
    return ""
