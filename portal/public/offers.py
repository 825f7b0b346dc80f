"""A permit as the public page shows it: taken from its published bundle, so that nothing is written twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engine import procedures
from engine.procedures import Bundle, Law, PublicStep, Requirement
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
class Sheet:
    """Everything the page of a permit says."""

    offer: Offer
    who: Sequence[str]
    requirements: Sequence[Requirement]
    stages: Sequence[PublicStep]
    fee_note: str
    has_estimate: bool
    laws: Sequence[Law]


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
        who=[who_name(kind) for kind in about.applicants],
        requirements=bundle.requirements(lang),
        stages=bundle.steps(lang),
        fee_note=words(about.fee.note),
        has_estimate=bool(about.fee.simulation),
        laws=about.legal_basis,
    )


def who_name(kind: str) -> str:
    """What a kind of applicant is called."""
    names = {
        "person": _("a person"),
        "organisation": _("an organisation"),
        "representative": _("a representative with a letter of authority"),
    }
    return names.get(kind, kind)
