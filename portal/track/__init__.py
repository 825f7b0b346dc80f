"""Following an application without an account: its number and the last four digits of the phone."""

from .views import blueprint

__all__ = ["blueprint"]
