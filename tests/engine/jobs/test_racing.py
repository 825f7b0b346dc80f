"""Two officers on one task: one wins, the other hears a sentence. The long run: python -m tests.engine.jobs.racing --races 300"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.engine.jobs.racing import racing, run

RACES = 12


def test_of_two_officers_on_one_task_one_wins_and_the_other_hears_a_sentence(database: Any, tmp_path: Path) -> None:
    with racing(database, tmp_path) as kinds:
        ran, wrong = run(kinds, RACES)
    assert wrong == []
    assert set(ran.values()) == {RACES // 3}
