"""People, the desks of the office, and who belongs to which desk since when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store import Base, Moment, Plain, Sealed, new_id


class Person(Base):
    """An account. `stamp` changes with the password: sessions that carry an older one end."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(Sealed("person.phone"))
    phone_index: Mapped[str | None] = mapped_column(String(32), unique=True)
    phone_end: Mapped[str | None] = mapped_column(String(32))
    email: Mapped[str | None] = mapped_column(Sealed("person.email"))
    email_index: Mapped[str | None] = mapped_column(String(32), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    stamp: Mapped[str] = mapped_column(String(26), default=new_id)
    language: Mapped[str] = mapped_column(String(2), default="id")
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    consented_at: Mapped[datetime | None] = mapped_column(Moment)
    made_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime | None] = mapped_column(Moment)
    email_proved_at: Mapped[datetime | None] = mapped_column(Moment)

    memberships: Mapped[list[Membership]] = relationship(back_populates="person", lazy="selectin", foreign_keys="Membership.person_id")

    @property
    def desks(self) -> frozenset[str]:
        """Keys of the desks this person belongs to now."""
        return frozenset(each.desk_key for each in self.memberships if each.until is None)

    @property
    def is_staff(self) -> bool:
        """Whether the person belongs to any desk of the office."""
        return bool(self.desks)


class Visit(Base):
    """A browser in which a person is signed in."""

    __tablename__ = "visit"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Link(Base):
    """A link that was sent to a person's e-mail address: `purpose` is confirm or recover. Its secret is worked out, never kept."""

    __tablename__ = "link"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Desk(Base):
    """A role of the office by key (`verifikator`), with its names. Who works there is a Membership."""

    __tablename__ = "desk"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    name_id: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))

    def name(self, lang: str) -> str:
        """The desk's name in a language (`id` or `en`)."""
        return self.name_en if lang == "en" else self.name_id


class Membership(Base):
    """A person at a desk, from when until when; ended ones are kept."""

    __tablename__ = "membership"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    desk_key: Mapped[str] = mapped_column(ForeignKey("desk.key"), index=True)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
    added_by: Mapped[str | None] = mapped_column(String(26))

    person: Mapped[Person] = relationship(back_populates="memberships", foreign_keys=[person_id])
    desk: Mapped[Desk] = relationship(lazy="joined")


Index(
    "uq_membership_now",
    Membership.person_id,
    Membership.desk_key,
    unique=True,
    sqlite_where=Membership.until.is_(None),
    postgresql_where=Membership.until.is_(None),
)


class UnsentPage(Base):
    """What was sent to an address after the session had ended. `id` is the SHA-256 of the word that gets it back."""

    __tablename__ = "unsent_page"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[str] = mapped_column(String(300))
    pairs: Mapped[list[list[str]]] = mapped_column(Sealed("unsent_page.pairs", "plain"))
    made_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Sender(Base):
    """A machine that may send messages to cases. `mark` is a keyed fingerprint of its token; `messages` what it may send ([]: any)."""

    __tablename__ = "sender"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    mark: Mapped[str] = mapped_column(String(32), unique=True)
    messages: Mapped[list[str]] = mapped_column(Plain)
    made_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime | None] = mapped_column(Moment)
    stopped_at: Mapped[datetime | None] = mapped_column(Moment)
