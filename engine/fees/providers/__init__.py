"""Ways to pay: one file per provider, found by being here.

A provider tells the applicant how to pay a fee. The real way in a small office is the office's bank account, a proof of transfer and the
treasurer's confirmation; a gateway (QRIS, virtual account) is another file with the same face.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import Protocol


@dataclass(frozen=True)
class Account:
    """The office's bank account, handed in by the roof (settings)."""

    bank: str
    number: str
    holder: str


@dataclass(frozen=True)
class Instructions:
    """How to pay one fee: facts for the page, no words. `amount` in Rupiah, `reference` to be written on the transfer."""

    provider: str
    amount: int
    reference: str
    bank: str = ""
    account: str = ""
    holder: str = ""


class Provider(Protocol):
    """The face of a payment provider."""

    KEY: str

    def instruct(self, account: Account, *, amount: int, reference: str) -> Instructions:
        """What the payer must know."""
        ...


@cache
def providers() -> dict[str, Provider]:
    """All providers by key."""
    found: dict[str, Provider] = {}
    for each in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{each.name}")
        found[module.PROVIDER.KEY] = module.PROVIDER
    return found


def instructions(account: Account, *, amount: int, reference: str, provider: str = "bank_transfer") -> Instructions:
    """How to pay this amount through a provider. Raises KeyError for an unknown one."""
    return providers()[provider].instruct(account, amount=amount, reference=reference)
