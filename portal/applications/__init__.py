"""My applications: where they are, what to do now, what was sent, paid and issued."""

from . import elsewhere, ending, files, filling, views  # each adds its pages to the blueprint
from .door import blueprint

__all__ = ["blueprint", "elsewhere", "ending", "files", "filling", "views"]
