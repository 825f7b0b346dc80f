"""Transfer to the office's bank account; the applicant uploads the proof, the treasurer confirms."""

from __future__ import annotations

from dataclasses import dataclass

from . import Account, Instructions


@dataclass(frozen=True)
class BankTransfer:
    """The office's own account."""

    KEY: str = "bank_transfer"

    def instruct(self, account: Account, *, amount: int, reference: str) -> Instructions:
        """Amount, account and the application's number as reference."""
        return Instructions(self.KEY, amount, reference, bank=account.bank, account=account.number, holder=account.holder)


PROVIDER = BankTransfer()
