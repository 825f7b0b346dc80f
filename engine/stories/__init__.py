"""Stories: tests of a procedure that a clerk can read, run through the real verbs with a turned clock.

A story says who there is, what they do with which answers, which days pass, and what must then be open, sent, charged and decided. It runs
on a throw-away office (or on a store that is handed in); no mail leaves. How a story is written: workflows/README.md. A trial is the same
by hand: a draft worked through in an office of its own, which can be kept as a story.
"""

from . import trial
from .coverage import Coverage, Seen, covered, table_of
from .follow import CannotFollow, Change, Followed, followed
from .hold import NotAsTold, hold
from .read import BadFile, BadStory, Do, Story, Wait, read_all, read_story
from .record import GoesOtherwise, NothingTried, recorded, told_as_story
from .run import Stage, Told, Trouble, act, put, run, run_all, wait
from .stage import office_for, sample, throw_away
from .trial import Trial
from .write import written

__all__ = [
    "BadFile",
    "BadStory",
    "CannotFollow",
    "Change",
    "Coverage",
    "Do",
    "Followed",
    "GoesOtherwise",
    "NotAsTold",
    "NothingTried",
    "Seen",
    "Stage",
    "Story",
    "Told",
    "Trial",
    "Trouble",
    "Wait",
    "act",
    "covered",
    "followed",
    "hold",
    "office_for",
    "put",
    "read_all",
    "read_story",
    "recorded",
    "run",
    "run_all",
    "sample",
    "table_of",
    "throw_away",
    "told_as_story",
    "trial",
    "wait",
    "written",
]
