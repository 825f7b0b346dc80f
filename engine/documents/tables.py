"""What is kept of files, numbers and documents."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store import Base, Moment, Plain, Sealed, new_id


class StoredFile(Base):
    """A file of a case: what is known of it, and its place in the cabinet. `name` is what people called it and never a place.

    `settled_at`: since when it is known that an answer or a document names it, which stays for ever.
    """

    __tablename__ = "stored_file"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(String(26), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(Sealed("stored_file.name"))
    type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(80), unique=True)
    added_by: Mapped[str | None] = mapped_column(String(26))
    added_at: Mapped[datetime] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


UNSETTLED = StoredFile.settled_at.is_(None) & StoredFile.erased_at.is_(None) & (StoredFile.purpose == "answer")
Index("ix_stored_file_unsettled", StoredFile.added_at, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
Index("ix_stored_file_added_by", StoredFile.added_by, StoredFile.added_at)


class Register(Base):
    """A book of numbers in one year (year 0: a book that never begins again): the last number given."""

    __tablename__ = "register"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(BigInteger)
    given_at: Mapped[datetime] = mapped_column(Moment)


class Document(Base):
    """A paper the office has issued. `public` holds the facts anybody may see who knows the code; `files` the file ids by language."""

    __tablename__ = "document"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(String(26), index=True)
    letter: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(120), index=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    public: Mapped[dict[str, Any]] = mapped_column(Plain)
    files: Mapped[dict[str, str]] = mapped_column(Plain)
    issued_by: Mapped[str | None] = mapped_column(String(26))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_reason: Mapped[str | None] = mapped_column(Text)

    @property
    def shown_code(self) -> str:
        """The code in groups of four, as people read it."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    def file_id(self, lang: str) -> str:
        """The file in this language, or in one there is."""
        return self.files.get(lang) or next(iter(self.files.values()))

    def status(self, today: date) -> str:
        """`revoked`, `not_yet`, `expired` or `valid` on that date of the office's clock; both ends of the validity count."""
        if self.revoked_at is not None:
            return "revoked"
        if self.valid_from is not None and today < self.valid_from:
            return "not_yet"
        return "expired" if self.valid_until is not None and today > self.valid_until else "valid"
