"""What stories must show before a version may be published: every one goes as it tells."""

from __future__ import annotations

from collections.abc import Iterable

from engine.procedures import Bundle
from engine.store import EngineError

from .run import Told, run_all


class NotAsTold(EngineError):
    """{count} stories do not go as told: {stories}. {first}"""

    code = "stories.not_as_told"


def hold(bundle: Bundle, told: Iterable[Told] | None = None, *, lang: str = "en") -> tuple[Told, ...]:
    """How the stories of a bundle went (played now, unless `told` says it). Raises NotAsTold when one did not go as told, and BadStory."""
    played = run_all(bundle) if told is None else tuple(told)
    failed = [each for each in played if not each.ok]
    if failed:
        first = failed[0].troubles[0].sentence(lang)
        raise NotAsTold(count=len(failed), stories=[each.story.title for each in failed], first=first)
    return played
