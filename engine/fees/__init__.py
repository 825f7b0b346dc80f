"""What a case owes and what was paid: charged from a decision, never typed; paid through a provider; confirmed by the treasurer.

The amount is an integer of Rupiah and comes with the lines and the table rows that gave it. Providers are one file each in
`fees/providers/`; the office's bank account is the first.
"""

from .charge import NothingToPay, ask_again, charge, replace, settle, waive
from .providers import Account, Instructions, Provider, instructions, providers
from .read import fees_of, open_fee, paid
from .tables import Fee, Payment

__all__ = [
    "Account",
    "Fee",
    "Instructions",
    "NothingToPay",
    "Payment",
    "Provider",
    "ask_again",
    "charge",
    "fees_of",
    "instructions",
    "open_fee",
    "paid",
    "providers",
    "replace",
    "settle",
    "waive",
]
