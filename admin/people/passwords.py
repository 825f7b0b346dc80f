"""Passwords that are read out once: easy to say and to type, too many to guess."""

from __future__ import annotations

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: they are misread
GROUPS, LENGTH = 4, 4  # 16 letters of 31: 79 bits


def new_password() -> str:
    """Four groups of four, `k7fm-q2ra-…`."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS))
