"""Procedures, their published versions, which are never changed, and drafts, of which nothing is ever lost."""

from __future__ import annotations

import zlib
from datetime import datetime

from sqlalchemy import DDL, ForeignKey, Index, LargeBinary, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from engine.store import Base, Moment, new_id


class Procedure(Base):
    """A procedure by its key, and which version new cases begin with. A withdrawn one is offered to nobody; its cases go on.

    `next_version_id` is what new cases begin with from `next_from` on, as `next_by` has announced; all three or none.
    """

    __tablename__ = "procedure"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    current_version_id: Mapped[str | None] = mapped_column(ForeignKey("version.id", use_alter=True))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    next_version_id: Mapped[str | None] = mapped_column(String(26))
    next_from: Mapped[datetime | None] = mapped_column(Moment)
    next_by: Mapped[str | None] = mapped_column(String(26))


class Version(Base):
    """One published bundle. `number` counts from 1 within its procedure; `bundle` is loaded only when it is read.

    `note` says why, `legal_basis` on what ground it was published.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("procedure_key", "number"), UniqueConstraint("procedure_key", "fingerprint"))

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    procedure_key: Mapped[str] = mapped_column(ForeignKey("procedure.key"))
    number: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    bundle: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by: Mapped[str] = mapped_column(String(26))
    note: Mapped[str] = mapped_column(String(500), default="")
    legal_basis: Mapped[str] = mapped_column(String(300), default="")


class Draft(Base):
    """A procedure that is being changed. Open until `closed_at`: then it was published (`version_id`) or laid aside (None); its files stay.

    `rev` counts every write to any of its files, from 1 (the files it began with).
    """

    __tablename__ = "procedure_draft"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    procedure_key: Mapped[str] = mapped_column(String(60))
    base_version_id: Mapped[str | None] = mapped_column(ForeignKey("version.id"))
    rev: Mapped[int] = mapped_column(default=1)
    began_by: Mapped[str] = mapped_column(String(26))
    began_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(26))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    closed_by: Mapped[str | None] = mapped_column(String(26))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("version.id"))


_OPEN = text("closed_at IS NULL")
Index("uq_procedure_draft_open", Draft.procedure_key, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)


class DraftFile(Base):
    """One file of a draft as somebody wrote it once: rows are added, never changed. `packed` is zlib; None when the file was taken out."""

    __tablename__ = "draft_file"
    __table_args__ = (UniqueConstraint("draft_id", "name", "rev"),)

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    draft_id: Mapped[str] = mapped_column(ForeignKey("procedure_draft.id"))
    name: Mapped[str] = mapped_column(String(200))
    rev: Mapped[int]
    packed: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    by: Mapped[str] = mapped_column(String(26))
    at: Mapped[datetime] = mapped_column(Moment)

    @property
    def content(self) -> bytes | None:
        """What was written; None when the file was taken out."""
        return None if self.packed is None else zlib.decompress(self.packed)


_REFUSAL = "states of a draft are append-only"
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER draft_file_no_{verb} BEFORE {verb} ON draft_file BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES_GUARDS = (
    f"CREATE OR REPLACE FUNCTION draft_file_refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER draft_file_append_only BEFORE UPDATE OR DELETE ON draft_file FOR EACH STATEMENT EXECUTE FUNCTION draft_file_refuse()",
)
for _dialect, _guards in (("sqlite", SQLITE_GUARDS), ("postgresql", POSTGRES_GUARDS)):
    for _guard in _guards:
        event.listen(DraftFile.__table__, "after_create", DDL(_guard).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
