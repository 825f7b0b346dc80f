"""The administrators' door: lists that only read, and buttons that call the engine's verbs. Flask-Admin carries it."""

from .attach import attach

__all__ = ["attach"]
