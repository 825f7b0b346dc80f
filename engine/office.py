"""What the roof hands to the verbs: the calendar, the cabinet, the mail, and what the office is called. Plain values, no globals."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.calendar import Calendar
from engine.documents import Cabinet, Layout
from engine.fees import Account
from engine.notices import Mailer, NoMail


@dataclass(frozen=True)
class Office:
    """One office: `address` is the public base URL (https://izin.example.go.id) that letters and notices point to."""

    name: str
    address: str
    calendar: Calendar
    cabinet: Cabinet
    layout: Layout
    account: Account
    mailer: Mailer = field(default_factory=NoMail)
