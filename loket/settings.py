"""Every setting of an office, once: its name, its default, one sentence. The environment is read here and nowhere else.

`docs/settings.md` is made from this file (`loket settings`), and a test of the house holds them equal.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from engine.calendar import Calendar
from engine.store import EngineError

from . import reading

PREFIX = "LOKET_"


@dataclass(frozen=True)
class Told:
    """What is said of one setting: how its text is read, its default as text, one sentence, and whether it must stay secret."""

    read: Callable[[str], Any]
    default: str
    sentence: str
    secret: bool = False


def told(read: Callable[[str], Any], default: str, sentence: str, *, secret: bool = False) -> Any:
    """A dataclass field that carries what is said of it."""
    return field(metadata={"told": Told(read, default, sentence, secret)})


class WrongSettings(Exception):
    """One or more settings cannot be understood; `sentences` has one line each, with the variable's name and the cure."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One office's settings. Make it with `read_settings`; tests use `dataclasses.replace`."""

    home: Path = told(reading.folder, "./var", "The folder of everything the office keeps: database, files, keys.")
    host: str = told(reading.text, "127.0.0.1", "The address to listen on; 0.0.0.0 for every network card.")
    port: int = told(reading.port, "8000", "The port to listen on.")
    workers: int = told(reading.count, "1", "How many web processes `loket serve` runs.")
    jobs: str = told(
        reading.jobs,
        "embedded",
        "Who carries out errands and timers: embedded (`loket serve` and any `loket work`), separate (only `loket work`),"
        " or procrastinate (only `loket work`, handed out by Procrastinate; PostgreSQL).",
    )
    lease: int = told(reading.count, "60", "After how many seconds another worker takes over what a worker that died had in hand.")
    threads: int = told(reading.count, "8", "How many requests one web process answers at a time.")
    address: str = told(reading.address, "", "The public address, as printed in letters and mails; empty: the address it listens on.")
    proxies: int = told(reading.whole, "0", "How many reverse proxies stand in front and set X-Forwarded-For and -Proto.")

    database: str = told(reading.database, "", "postgresql://… or sqlite:///…; empty: a SQLite file in the home.", secret=True)
    files: str = told(reading.files, "", "Where uploads and letters are kept: a folder or s3://bucket/prefix; empty: a folder in the home.")
    uploads_per_day: int = told(reading.whole, "200", "How many megabytes one person may upload in 24 hours; 0: as many as they like.")
    workflows: Path = told(
        reading.shipped, "", "The folder of the procedures that the back office offers to publish; empty: those that come with Loket."
    )
    key: str = told(
        reading.keys,
        "",
        "Seals personal data: 32 random bytes in base64, older keys behind it with spaces; empty: a key file in the home.",
        secret=True,
    )
    secret: str = told(reading.secret, "", "Signs sessions and links: at least 32 characters; empty: a key file in the home.", secret=True)

    office_name: str = told(reading.text, "DPMPTSP Kabupaten Contoh", "The name of the office, on pages and letters.")
    office_address: str = told(reading.text, "Jalan Contoh No. 1", "The postal address of the office.")
    office_place: str = told(reading.any_text, "", "The place before the date of a letter; empty: none.")
    government: str = told(reading.any_text, "Pemerintah Kabupaten Contoh", "The government of the office, on top of its letters.")
    logo: bytes = told(reading.picture, "", "An SVG or PNG file with the coat of arms for letters; empty: none.")
    bank: str = told(reading.any_text, "Bank Contoh", "The bank where the office receives payments.")
    bank_account: str = told(reading.any_text, "000-123-456", "The number of the account there.")
    bank_holder: str = told(reading.any_text, "Kas Daerah Kabupaten Contoh", "The holder of the account.")
    language: str = told(reading.language, "id", "The language of a visitor who has not chosen one: id or en.")
    zone: str = told(reading.zone, "Asia/Jakarta", "The time zone: Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT).")
    hours: str = told(reading.hours, "mon-thu 07:30-16:00; fri 07:30-16:30", "Service hours by weekday; deadlines end with a service day.")
    pauses: str = told(reading.hours, "mon-thu 12:00-13:00; fri 11:30-13:00", "Breaks inside the service hours; the clock stops in them.")
    seasons: str = told(
        reading.seasons, "", "Periods with other hours: Ramadan | 2026-02-18..2026-03-18 | mon-fri 08:00-15:00 | mon-fri 12:00-12:30"
    )
    counting: str = told(reading.counting, "exclude_start", "Whether the day of receipt counts: exclude_start or include_start.")
    public_holidays: bool = told(reading.yes, "yes", "Whether the office is closed on Indonesia's public holidays.")
    collective_leave: bool = told(reading.yes, "yes", "Whether the office is closed on collective leave days (cuti bersama).")

    smtp_url: str = told(
        reading.smtp, "", "How mail leaves: smtp://user:password@host:587 or smtps://…:465; empty: no mail is sent.", secret=True
    )
    mail_from: str = told(reading.mailbox, "loket@localhost", "The sender of mails.")
    log: str = told(reading.log, "text", "What the log says: quiet (only what needs somebody), text, or json.")
    demo: bool = told(reading.yes, "no", "Whether this is a show: the pages say so and the sign-in page names the demo accounts.")

    @property
    def database_url(self) -> str:
        """The database as SQLAlchemy wants it."""
        return self.database or f"sqlite:///{(self.home / 'loket.sqlite').as_posix()}"

    @property
    def files_url(self) -> str:
        """Where the cabinet keeps files: a folder's path or an s3:// address."""
        return self.files or str(self.home / "files")

    @property
    def calendar(self) -> Calendar:
        """When the office serves, without its own days: those are kept in the database."""
        return Calendar.read(
            zone=self.zone,
            hours=self.hours,
            pauses=self.pauses,
            seasons=self.seasons,
            public=self.public_holidays,
            government=self.collective_leave,
            counting=self.counting,
        )

    @property
    def public_address(self) -> str:
        """The office's address without a closing slash."""
        return self.address or f"http://{'127.0.0.1' if self.host == '0.0.0.0' else self.host}:{self.port}"  # noqa: S104

    @property
    def sealing_keys(self) -> str:
        """The sealing keys as text; a key file is made in the home (mode 600) when none is set."""
        return self.key or reading.kept(self.home / "keys" / "sealing.key", reading.new_key)

    @property
    def session_secret(self) -> str:
        """The secret that signs sessions; kept in the home (mode 600) when none is set."""
        return self.secret or reading.kept(self.home / "keys" / "session.key", reading.new_key)


def variable(name: str) -> str:
    """The environment variable of a setting: `office_name` is LOKET_OFFICE_NAME."""
    return PREFIX + name.upper()


def every_setting() -> dict[str, Told]:
    """All settings by name, in the order of the file."""
    return {one.name: one.metadata["told"] for one in fields(Settings)}


def read_settings(environ: Mapping[str, str], **given: str) -> Settings:
    """The settings from an environment; `given` (texts by setting name) win over it.

    Raises WrongSettings with every wrong one at once, and with unknown LOKET_ variables and the name that was probably meant.
    """
    settings = every_setting()
    texts = {name: given.get(name, environ.get(variable(name), told_.default)) for name, told_ in settings.items()}
    values: dict[str, Any] = {}
    wrong = reading.unknown(set(environ), PREFIX, {variable(name) for name in settings})
    for name, text in texts.items():
        try:
            values[name] = settings[name].read(text.strip())
        except (ValueError, EngineError) as why:
            shown = "(not shown)" if settings[name].secret else f"“{text}”"
            wrong.append(f"{variable(name)} is {shown}: {why}")
    if wrong:
        raise WrongSettings(tuple(wrong))
    made = Settings(**values)
    if made.jobs == "procrastinate" and not made.database.startswith("postgresql"):
        cure = f"set {variable('database')} to a PostgreSQL database, or choose embedded or separate."
        raise WrongSettings((f"{variable('jobs')} is “procrastinate”, which keeps its jobs in PostgreSQL: {cure}",))
    try:
        _ = made.calendar
    except EngineError as why:  # what only shows when hours and pauses stand together
        raise WrongSettings((f"{variable('pauses')}: {why}",)) from why
    return made


def settings_here() -> Settings:
    """The settings of this process's environment. Raises WrongSettings."""
    return read_settings(os.environ)


def page() -> str:
    """docs/settings.md: every setting in a table."""
    rows = [
        f"| `{variable(name)}` | {f'`{one.default}`' if one.default else '(empty)'} | {one.sentence.replace('|', chr(92) + '|')} |"
        for name, one in every_setting().items()
    ]
    return "\n".join([HEAD, *rows, ""])


HEAD = """# Settings

<!-- Made by `loket settings > docs/settings.md` from loket/settings.py. Do not edit. -->

Settings are environment variables. None has to be set: an office starts with the defaults, and makes its own keys.
Wrong values stop the start with a sentence that names the variable. `yes`/`no` may be written `true`/`false`, `1`/`0`, `on`/`off`.

| variable | default | what it says |
|---|---|---|"""
