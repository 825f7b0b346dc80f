"""Accounts: signing up, in and out, and what belongs to one's own account."""

from . import links, views  # each adds its pages to the blueprint
from .door import blueprint

__all__ = ["blueprint", "links", "views"]
