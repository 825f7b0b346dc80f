"""What runs: applications, tasks, timers, and the documents that came out."""

from .cases import Cases
from .documents import Documents
from .tasks import Tasks
from .timers import Timers

VIEWS = (Cases, Tasks, Timers, Documents)
