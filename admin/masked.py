"""Phone numbers and e-mail addresses in lists: enough to recognise, too little to use."""

from __future__ import annotations

DOTS = "•••"


def phone(number: str | None) -> str:
    """`+62 ••• 7801` of `+6281234567801`."""
    return f"{number[:3]} {DOTS} {number[-4:]}" if number else ""


def email(address: str | None) -> str:
    """`s•••@contoh.test` of `sari@contoh.test`."""
    if not address:
        return ""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}{DOTS}@{domain}"
