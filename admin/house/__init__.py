"""The house itself: errands, messages, the calendar, what happened, and whether everything is well."""

from .days import Days
from .errands import Errands
from .events import Events
from .messages import Messages
from .senders import Senders
from .system import System

VIEWS = (Messages, Errands, Events, Days, Senders, System)
