"""The pages anybody may read: the catalogue of permits, fee estimates, tracking, verification."""

from .views import blueprint

__all__ = ["blueprint"]
