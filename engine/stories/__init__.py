"""Stories: tests of a procedure that a clerk can read, run through the real verbs with a turned clock.

A story says who there is, what they do with which answers, which days pass, and what must then be open, sent, charged and decided. It runs
on a throw-away office (or on a store that is handed in); no mail leaves. How a story is written: workflows/README.md.
"""

from .read import BadFile, BadStory, Do, Story, Wait, read_all, read_story
from .run import Stage, Told, Trouble, act, run, run_all, wait
from .stage import office_for, throw_away

__all__ = [
    "BadFile",
    "BadStory",
    "Do",
    "Stage",
    "Story",
    "Told",
    "Trouble",
    "Wait",
    "act",
    "office_for",
    "read_all",
    "read_story",
    "run",
    "run_all",
    "throw_away",
    "wait",
]
