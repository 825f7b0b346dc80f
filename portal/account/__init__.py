"""Accounts: signing up, in and out, and what belongs to one's own account."""

from .views import blueprint

__all__ = ["blueprint"]
