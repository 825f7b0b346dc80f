"""Filling a task's form page by page: the applicant's application, correction and payment, and the officers' tasks.

A door says where the filling starts (`Start`) and stands (`Frame`), and calls one of five functions; nothing typed is ever lost on the
way: every POST keeps what was typed and the files that were fine, then says what is wrong beside the questions.
"""

from .check import send, show_check
from .frame import Frame
from .outline import Part, outline, start_address
from .page import show_page, take_page
from .scene import Scene, Start, me, scene_of, start
from .upload import take_file

__all__ = [
    "Frame",
    "Part",
    "Scene",
    "Start",
    "me",
    "outline",
    "scene_of",
    "send",
    "show_check",
    "show_page",
    "start",
    "start_address",
    "take_file",
    "take_page",
]
