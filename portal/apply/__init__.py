"""Beginning an application: what it takes, and the draft it becomes."""

from .views import blueprint

__all__ = ["blueprint"]
