"""My applications: where they are, what to do now, what was sent, paid and issued."""

from . import ending, files, filling, views  # each adds its pages to the blueprint
from .door import blueprint

__all__ = ["blueprint", "ending", "files", "filling", "views"]
