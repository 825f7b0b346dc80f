"""A case from the first page to the last letter: who may do what, and the verbs that do it.

Every verb is one function: may I, change, tell the timeline, leave the rest for after the commit. Status is computed from what is open,
never kept twice.
"""

from .back import send_back, steps_back
from .carry import ask_table, carry_out
from .close import WITHDRAWAL, discard, withdraw
from .complete import complete, save_page
from .correlate import awaited, receive
from .doing import hold
from .draft import drafts, keep_typed
from .elsewhere import CodeOver, case_of_code, code_to_go_on, mail_way
from .errors import (
    AnotherMove,
    BadMessage,
    CannotGoTo,
    CaseEnded,
    HasNothingOpen,
    LaterCase,
    MessageUsed,
    NeedsStep,
    NotAllowed,
    NothingToUndo,
    NothingWaits,
    NotUnique,
    PermitHolds,
    PermitIssued,
    ReasonNeeded,
    TaskGone,
    TaskTaken,
    WrongForm,
    WrongOutcome,
    WrongUntil,
)
from .given import Answer, given_in
from .hand import CaseInHand
from .lead import ask_leading
from .may import RIGHTS, may, require
from .move import (
    Plan,
    Planned,
    Progress,
    Reason,
    carry_on_move,
    lines_of,
    move,
    moves_of,
    plan_move,
    progress_of,
    undo_move,
)
from .open import NotOffered, open_case
from .pauses import open_pause, reason_of
from .prefill import Prefilled, prefilled
from .read import STATES, Line, applications, inbox, mine, names_of, offered_to, tasks_of
from .register import taken_by_others
from .renew import NotRenewable, renewable, to_renew
from .reopen import goes_on_as_it_was, last_snapshot, reopen, steps_to_reopen
from .seen import TaskSeen
from .show import CaseFile, CaseNow, TaskPage, case_file, case_now, own_task_page, task_page
from .status import Status, Suspended, Waiting, sentence_of, status_of, track, tracking_code
from .stop import STOPPED, outcomes_to_stop, retention_of, stop
from .suspend import resume, resume_when_due, suspend
from .tables import Case, Decided, Move, MoveLine, Pause, Received, Remark, Seat, Submission, Task, Timer
from .take import claim, claim_next, put_back, release
from .uploads import forget_uploads
from .wake import WAKE, claim_due, try_later, wake

__all__ = [
    "RIGHTS",
    "STATES",
    "STOPPED",
    "WAKE",
    "WITHDRAWAL",
    "AnotherMove",
    "Answer",
    "BadMessage",
    "CannotGoTo",
    "Case",
    "CaseEnded",
    "CaseFile",
    "CaseInHand",
    "CaseNow",
    "CodeOver",
    "Decided",
    "HasNothingOpen",
    "LaterCase",
    "Line",
    "MessageUsed",
    "Move",
    "MoveLine",
    "NeedsStep",
    "NotAllowed",
    "NotOffered",
    "NotRenewable",
    "NotUnique",
    "NothingToUndo",
    "NothingWaits",
    "Pause",
    "PermitHolds",
    "PermitIssued",
    "Plan",
    "Planned",
    "Prefilled",
    "Progress",
    "Reason",
    "ReasonNeeded",
    "Received",
    "Remark",
    "Seat",
    "Status",
    "Submission",
    "Suspended",
    "Task",
    "TaskGone",
    "TaskPage",
    "TaskSeen",
    "TaskTaken",
    "Timer",
    "Waiting",
    "WrongForm",
    "WrongOutcome",
    "WrongUntil",
    "applications",
    "ask_leading",
    "ask_table",
    "awaited",
    "carry_on_move",
    "carry_out",
    "case_file",
    "case_now",
    "case_of_code",
    "claim",
    "claim_due",
    "claim_next",
    "code_to_go_on",
    "complete",
    "discard",
    "drafts",
    "forget_uploads",
    "given_in",
    "goes_on_as_it_was",
    "hold",
    "inbox",
    "keep_typed",
    "last_snapshot",
    "lines_of",
    "mail_way",
    "may",
    "mine",
    "move",
    "moves_of",
    "names_of",
    "offered_to",
    "open_case",
    "open_pause",
    "outcomes_to_stop",
    "own_task_page",
    "plan_move",
    "prefilled",
    "progress_of",
    "put_back",
    "reason_of",
    "receive",
    "release",
    "renewable",
    "reopen",
    "require",
    "resume",
    "resume_when_due",
    "retention_of",
    "save_page",
    "send_back",
    "sentence_of",
    "status_of",
    "steps_back",
    "steps_to_reopen",
    "stop",
    "suspend",
    "taken_by_others",
    "task_page",
    "tasks_of",
    "to_renew",
    "track",
    "tracking_code",
    "try_later",
    "undo_move",
    "wake",
    "withdraw",
]
