"""A file on its way in (`Upload`) and a file already kept (`FileRef`). What may come in is the business of the kind `file`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: `name` as the browser gave it, `content` in bytes.

    `type` (a MIME type) and `pages` are empty until the kind `file` has judged the content; the sender is never asked for them.
    """

    name: str
    content: bytes = field(repr=False)  # may be anybody's identity card: never in a log
    type: str = ""
    pages: int = 0

    @property
    def size(self) -> int:
        """The length of the content in bytes."""
        return len(self.content)

    @property
    def facts(self) -> dict[str, object]:
        """What an expression may read of the file: name, type, size in bytes."""
        return {"name": self.name, "type": self.type, "size": self.size}


@dataclass(frozen=True)
class FileRef:
    """A kept file: `id`, the `name` to show, MIME `type`, `size` in bytes, `sha256` as 64 hex digits."""

    id: str
    name: str
    type: str
    size: int
    sha256: str

    @property
    def plain(self) -> dict[str, object]:
        """The JSON-able dict that stands among the answers."""
        return {"file": self.id, "name": self.name, "type": self.type, "size": self.size, "sha256": self.sha256}

    @classmethod
    def of(cls, plain: Mapping[str, object]) -> FileRef:
        """The inverse of `plain`. Raises KeyError when a part is missing."""
        return cls(str(plain["file"]), str(plain["name"]), str(plain["type"]), int(str(plain["size"])), str(plain["sha256"]))
