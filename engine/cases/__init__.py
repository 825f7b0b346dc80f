"""A case from the first page to the last letter: who may do what, and the verbs that do it.

Every verb is one function: may I, change, tell the timeline, leave the rest for after the commit. Status is computed from what is open,
never kept twice.
"""

from .carry import carry_out
from .close import WITHDRAWAL, discard, withdraw
from .complete import complete, save_page
from .draft import drafts, keep_typed
from .errors import CaseEnded, HasNothingOpen, NotAllowed, NotUnique, TaskGone, TaskTaken, WrongForm
from .given import Answer, given_in
from .hand import CaseInHand
from .may import RIGHTS, may, require
from .open import NotOffered, open_case
from .read import STATES, Line, applications, inbox, mine, names_of, offered_to, tasks_of
from .register import taken_by_others
from .show import CaseFile, TaskPage, case_file, task_page
from .status import Status, Waiting, sentence_of, status_of, track
from .tables import Case, Decided, Seat, Submission, Task, Timer
from .take import claim, claim_next, put_back, release
from .uploads import forget_uploads
from .wake import WAKE, claim_due, try_later, wake

__all__ = [
    "RIGHTS",
    "STATES",
    "WAKE",
    "WITHDRAWAL",
    "Answer",
    "Case",
    "CaseEnded",
    "CaseFile",
    "CaseInHand",
    "Decided",
    "HasNothingOpen",
    "Line",
    "NotAllowed",
    "NotOffered",
    "NotUnique",
    "Seat",
    "Status",
    "Submission",
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
    "claim_due",
    "claim_next",
    "complete",
    "discard",
    "drafts",
    "forget_uploads",
    "given_in",
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
    "taken_by_others",
    "task_page",
    "tasks_of",
    "track",
    "try_later",
    "wake",
    "withdraw",
]
