"""A case from the first page to the last letter: who may do what, and the verbs that do it.

Every verb is one function: may I, change, tell the timeline, leave the rest for after the commit. Status is computed from what is open,
never kept twice.
"""

from .carry import carry_out
from .close import WITHDRAWAL, discard, withdraw
from .complete import complete, save_page
from .draft import drafts, keep_typed
from .errors import CaseEnded, HasNothingOpen, NotAllowed, TaskGone, TaskTaken, WrongForm
from .may import RIGHTS, may, require
from .open import NotOffered, open_case
from .read import STATES, Line, applications, inbox, mine, names_of, offered_to, tasks_of
from .show import CaseFile, TaskPage, case_file, task_page
from .status import Status, Waiting, sentence_of, status_of, track
from .tables import Answer, Case, Decided, Seat, Task, Timer
from .take import claim, claim_next, put_back, release
from .wake import due_cases, wake

__all__ = [
    "RIGHTS",
    "STATES",
    "WITHDRAWAL",
    "Answer",
    "Case",
    "CaseEnded",
    "CaseFile",
    "Decided",
    "HasNothingOpen",
    "Line",
    "NotAllowed",
    "NotOffered",
    "Seat",
    "Status",
    "Task",
    "TaskGone",
    "TaskPage",
    "TaskTaken",
    "Timer",
    "Waiting",
    "WrongForm",
    "applications",
    "carry_out",
    "case_file",
    "claim",
    "claim_next",
    "complete",
    "discard",
    "drafts",
    "due_cases",
    "inbox",
    "keep_typed",
    "may",
    "mine",
    "names_of",
    "offered_to",
    "open_case",
    "put_back",
    "release",
    "require",
    "save_page",
    "sentence_of",
    "status_of",
    "task_page",
    "tasks_of",
    "track",
    "wake",
    "withdraw",
]
