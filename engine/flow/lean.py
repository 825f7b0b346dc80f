"""What all our specifications of steps share: the hooks of the library, without the work that nobody here needs.

The library predicts children, copies data, tells listeners and looks for joins at every hook. A token gets its children when it has run
(`Token.branch`), keeps no data, and tells its workflow itself when it comes alive or stops.
"""

from __future__ import annotations

from typing import Any

from .model import Step

Task = Any


class Lean:
    """Comes before a class of the library. What is read from the diagram is filled in once, by `library.build`, and never changed."""

    step: Step | None = None
    guard: Any = None
    waits: bool = False
    settles: bool = False

    def _predict_hook(self, my_task: Task) -> None:
        my_task.branch()

    def _update(self, my_task: Task) -> None:
        if self._update_hook(my_task):
            my_task._ready()

    def _update_hook(self, my_task: Task) -> bool:
        return True

    def _on_ready_hook(self, my_task: Task) -> None:
        """Nobody listens."""

    def _run_hook(self, my_task: Task) -> bool | None:
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        """Nobody listens."""

    def _on_cancel(self, my_task: Task) -> None:
        """Nobody listens."""
