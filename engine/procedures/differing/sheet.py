"""Differences of what the office says about a procedure: procedure.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.procedures.about import FILE, Channel, Law, Procedure
from engine.procedures.bundle import Bundle

from .difference import NONE, Difference, Words, both, quoted

Told = Callable[[Bundle], object]


def _desk(bundle: Bundle) -> Words:
    return {lang: bundle.text("desks", bundle.about.owner, lang) for lang in ("id", "en")}


def _days(bundle: Bundle) -> Words:
    time = bundle.about.time
    other = "".join(f"; {each.days} ({each.when})" for each in time.days_when)
    return both(f"{time.days}{other}", f"{time.days}{other}")


def _channels(bundle: Bundle) -> str:
    return ", ".join(map(_channel, bundle.about.channels))


def _channel(each: Channel) -> str:
    until = f" – {each.until.isoformat()}" if each.until else ""
    return f"{each.kind}{' ' + each.since.isoformat() if each.since else ''}{until}"


def _fee(bundle: Bundle) -> str:
    fee = bundle.about.fee
    return ", ".join(each for each in (fee.kind, fee.decision, fee.amount, fee.lines, fee.simulation, fee.stands_for) if each)


def _note(bundle: Bundle) -> object:
    return quoted(bundle.about.fee.note) if bundle.about.fee.note else NONE


def _register(bundle: Bundle) -> str:
    register = bundle.about.register
    return f"{register.key}, {register.format}, {register.restart}"


def _validity(bundle: Bundle) -> object:
    validity = bundle.about.validity
    return f"{validity.from_ or '…'} – {validity.until}" if validity else NONE


def _renewal(bundle: Bundle) -> object:
    renewal = bundle.about.renewal
    if renewal is None:
        return NONE
    asked = ", ".join(renewal.ask_again)
    return f"{renewal.opens_days_before} / {renewal.closes_days_after}{': ' + asked if asked else ''}"


def _pairs(pick: Callable[[Procedure], Mapping[str, str]]) -> Told:
    return lambda bundle: ", ".join(f"{key}: {value}" for key, value in sorted(pick(bundle.about).items()))


SAYS: tuple[tuple[Words, Told], ...] = (
    (both("Nama", "Name"), lambda bundle: quoted(bundle.about.name)),
    (both("Ringkasan", "Summary"), lambda bundle: quoted(bundle.about.summary)),
    (both("Kelompok", "Category"), lambda bundle: quoted(bundle.about.category_name)),
    (both("Meja yang bertanggung jawab", "Desk that leads"), _desk),
    (both("Pemohon", "Applicants"), lambda bundle: ", ".join(bundle.about.applicants)),
    (both("Saluran", "Channels"), _channels),
    (both("Janji waktu (hari kerja)", "Promised time (working days)"), _days),
    (both("Hari pertama", "First day"), lambda bundle: bundle.about.time.counting.replace("_", " ")),
    (both("Biaya", "Fee"), _fee),
    (both("Keterangan biaya", "Note on the fee"), _note),
    (both("Nomor", "Numbers"), _register),
    (both("Masa berlaku", "Validity"), _validity),
    (both("Perpanjangan", "Renewal"), _renewal),
    (both("Surat per hasil", "Letter by outcome"), _pairs(lambda about: about.letters)),
    (both("Lama simpan", "Retention"), _pairs(lambda about: about.retention)),
)


def about(old: Bundle, new: Bundle) -> Iterator[Difference]:
    """Everything the office says otherwise."""
    for what, told in SAYS:
        was, now = told(old), told(new)
        if was != now:
            yield Difference(FILE, "about.changed", {"what": what, "old": was or NONE, "new": now or NONE})
    before, after = map(_laws, (old, new))
    yield from (Difference(FILE, "law.added", {"law": law}) for law in after if law not in before)
    yield from (Difference(FILE, "law.removed", {"law": law}) for law in before if law not in after)


def _laws(bundle: Bundle) -> list[str]:
    return list(map(_law, bundle.about.legal_basis))


def _law(law: Law) -> str:
    return ", ".join(each for each in (law.title, law.number, law.article) if each) + (" *" if law.sample else "")
