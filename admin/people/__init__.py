"""Accounts and desks: who there is, who sits where, who may still sign in."""

from .accounts import Accounts
from .desks import Desks

VIEWS = (Accounts, Desks)
