"""What lies in the hands of every door: the database, the office, the settings and the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine import calendar, documents, fees, notices
from engine.calendar import Calendar
from engine.office import Office
from engine.store import Crier, Keyring, Store

from .settings import Settings

MEGABYTE = 1_000_000


def the_clock() -> datetime:
    """The moment it is now: the only clock of the house; tests and stories hand in another."""
    return datetime.now(UTC)


@dataclass
class Hands:
    """One office at work. `office` is asked anew for each deed: its calendar follows the days the office sets for itself."""

    settings: Settings
    store: Store
    now: Callable[[], datetime] = the_clock
    _office: Office | None = field(default=None, repr=False)

    @property
    def demo_accounts(self) -> Sequence[object]:
        """The accounts that the sign-in page of a demonstration names."""
        from .demo import accounts  # an office at work never needs the demonstration

        return accounts() if self.settings.demo else ()

    @property
    def office(self) -> Office:
        """What verbs are handed."""
        with self.store.reading() as session:
            own = calendar.own_days(session)
        if self._office is None or self._office.calendar.own_days != own:
            self._office = the_office(self.settings, self.settings.calendar.with_own_days(own))
        return self._office


def open_hands(settings: Settings, now: Callable[[], datetime] = the_clock) -> Hands:
    """The hands of an office: its home and its keys are made when they are not there yet."""
    settings.home.mkdir(parents=True, exist_ok=True)
    return Hands(settings, Store(settings.database_url, Keyring.read(settings.sealing_keys), crier=the_crier(settings)), now)


def the_crier(settings: Settings) -> Crier | None:
    """Who calls errands out to the workers; None where they look for themselves."""
    if settings.jobs != "procrastinate":
        return None
    from engine.jobs import called  # an office without it need not wait for the library

    return called.Crier()


def the_office(settings: Settings, days: Calendar) -> Office:
    """The office as the settings describe it."""
    s = settings
    return Office(
        name=s.office_name,
        address=s.public_address,
        calendar=days,
        cabinet=documents.Cabinet(s.files_url, daily=s.uploads_per_day * MEGABYTE or None),
        layout=documents.Layout(s.office_name, s.government, s.office_address, s.office_place, s.logo),
        account=fees.Account(bank=s.bank, number=s.bank_account, holder=s.bank_holder),
        mailer=notices.Smtp(s.smtp_url, s.mail_from) if s.smtp_url else notices.NoMail(),
    )
