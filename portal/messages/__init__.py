"""The door for machines that send messages to cases."""

from .views import blueprint

__all__ = ["blueprint"]
