"""Moving open cases to another version of their procedure: the plan, the move, the way back."""

from .carry import Progress, carry_on_move, lines_of, move, moves_of, progress_of, undo_move
from .fits import Reason
from .plan import Plan, Planned, plan_move

__all__ = [
    "Plan",
    "Planned",
    "Progress",
    "Reason",
    "carry_on_move",
    "lines_of",
    "move",
    "moves_of",
    "plan_move",
    "progress_of",
    "undo_move",
]
