"""The desk of the office's staff: the inbox, a task, the file of an application, the list of all."""

from . import actions, deeds, files, inbox, record, refusals, search, tasks  # each adds its pages to the blueprint
from .door import blueprint

__all__ = ["actions", "blueprint", "deeds", "files", "inbox", "record", "refusals", "search", "tasks"]
