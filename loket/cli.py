"""The command line: what one can do with an office from a terminal. Every command ends with 0 when it did what it says."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy.exc import OperationalError

from engine.store import EngineError, migrate, pending
from forms import kinds_page

from . import procedures as files
from .hands import Hands, open_hands
from .settings import Settings, WrongSettings, page, settings_here, variable

EPILOG = "Settings are LOKET_… variables: docs/settings.md"
Command = Callable[[Settings, argparse.Namespace], int]


class Refused(Exception):
    """A command cannot be done; the text says why and what to do."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code: 0 done, 1 findings or refused, 2 not understood."""
    asked = parser().parse_args(arguments)
    try:
        for name in ("home", "host", "port", "database"):
            if getattr(asked, name, None) is not None:
                os.environ[variable(name)] = str(getattr(asked, name))  # web processes read it too
        command: Command = asked.command
        return command(settings_here(), asked)
    except WrongSettings as wrong:
        return _refuse("\n".join(wrong.sentences), "All settings: docs/settings.md")
    except (Refused, EngineError) as why:
        return _refuse(str(why))
    except OperationalError as why:
        return _refuse(f"The database cannot be used: {str(why.orig).splitlines()[0]}", f"Look at {variable('database')}.")
    except KeyboardInterrupt:
        return 130


def _refuse(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return 1


def parser() -> argparse.ArgumentParser:
    """All commands with what they take."""
    made = argparse.ArgumentParser(prog="loket", description="Loket, the permit office.", epilog=EPILOG)
    commands = made.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, command: Command, told: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=told, description=told)
        one.set_defaults(command=command)
        return one

    for name, command, told in (
        ("demo", demo, "fill a small office and open it"),
        ("serve", serve, "answer requests and carry out errands, until Ctrl-C"),
    ):
        one = add(name, command, told)
        one.add_argument("--host", help="the address to listen on")
        one.add_argument("--port", help="the port to listen on")
        one.add_argument("--home", help="the folder of everything the office keeps")
    add("work", work, "only carry out errands and timers, until Ctrl-C")
    add("migrate", bring_up_to_date, "bring the database to the tables of this version")
    add("seed", seed, "fill the office with people and applications to show")
    one = add("administrator", administrator, "make the account of an administrator; the password is printed once")
    one.add_argument("name")
    one.add_argument("login", help="a phone number or an e-mail address")
    one = add("check", check, "say all that is wrong with procedures, or with diagrams alone")
    one.add_argument("folder", nargs="+", type=Path, help="a procedure's folder, or a .bpmn file of any tool")
    _in_language(one)
    one = add("publish", publish, "make a procedure the version that new applications get")
    one.add_argument("folder", type=Path)
    one.add_argument("--by", help="the sign-in of the administrator who publishes; may be left out when there is only one")
    one.add_argument("--note", default="", help="what changed")
    one.add_argument("--without-stories", action="store_true", help="do not play its stories before; the event of publishing says so")
    one = add("try", try_out, "run the stories of a procedure")
    one.add_argument("folder", nargs="+", type=Path)
    _in_language(one)
    one = add("import-form", import_form, "make a form of ours from a Camunda form (form-js) or a JSON Schema; 2 when it cannot be done")
    one.add_argument("file", type=Path, help="the .json file")
    one.add_argument("--to", type=Path, help="the file to write; without it the form goes to standard output")
    one.add_argument("--key", help="the key of the form, such as application; without it the file's own")
    one.add_argument("--language", choices=("id", "en"), help="of the texts in the file; without it the words decide")
    add("settings", lambda *_: print(page(), end="") or 0, "print docs/settings.md")
    add("kinds", lambda *_: print(kinds_page(), end="") or 0, "print docs/field-kinds.md")
    return made


def _in_language(one: argparse.ArgumentParser) -> None:
    one.add_argument("--lang", choices=("id", "en"), default="en", help="the language of what is said: id, en (default)")


def demo(settings: Settings, asked: argparse.Namespace) -> int:
    """A small office with people and applications, opened at once."""
    from .demo import PASSWORD, accounts, fill  # people and applications are made only when asked for

    os.environ.setdefault(variable("demo"), "yes")
    os.environ.setdefault(variable("log"), "quiet")
    shown = replace(settings, demo=True, log="quiet")
    _port_is_free(shown)
    hands = ready(shown)
    fill(hands, say=lambda line: print(line, flush=True))
    print("\nSign in with one of these; the password of all of them is:", PASSWORD)
    for one in accounts():
        print(f"  {one.login:<28} {one.label['en']}")
    hands.store.close()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "loket", "serve"])  # noqa: S606 - a fresh process: what filling used does not live through a fork


def serve(settings: Settings, _asked: argparse.Namespace) -> int:
    """The server, until it is told to stop."""
    from . import serving  # granian is needed by these two commands only

    _port_is_free(settings)
    hands = ready(settings)
    hands.store.close()
    print(f"\nLoket is open at {settings.public_address}  (Ctrl-C closes it)", flush=True)
    serving.serve(settings)
    return 0


def work(settings: Settings, _asked: argparse.Namespace) -> int:
    """A worker alone."""
    from . import logs, serving

    logs.configure(settings.log)
    ready(settings).store.close()
    print("Carrying out errands and timers  (Ctrl-C ends it)", flush=True)
    serving.work(settings)
    return 0


def _port_is_free(settings: Settings) -> None:
    from .serving import CannotServe, check_port

    try:
        check_port(settings.host, settings.port)
    except CannotServe as why:
        raise Refused(str(why)) from why


def ready(settings: Settings) -> Hands:
    """The hands of an office whose database is up to date; a new database is made, an old one is not touched unasked."""
    hands = open_hands(settings)
    if pending(hands.store.engine):
        if not _is_new(hands):
            raise Refused("The database is of an older version. Keep a copy of it, then run: loket migrate")
        migrate(hands.store.engine)
    _bring_up_jobs(hands)
    return hands


def _bring_up_jobs(hands: Hands) -> bool:
    """Procrastinate's own tables, where it hands out the errands; whether there was something to do."""
    if hands.settings.jobs != "procrastinate":
        return False
    from engine.jobs import called  # only where it is chosen

    return called.bring_up(hands.store.engine)


def _is_new(hands: Hands) -> bool:
    from sqlalchemy import inspect

    return not inspect(hands.store.engine).get_table_names()


def bring_up_to_date(settings: Settings, _asked: argparse.Namespace) -> int:
    """Upgrade the tables; says so when there was nothing to do."""
    hands = open_hands(settings)
    before = pending(hands.store.engine)
    migrate(hands.store.engine)
    before = _bring_up_jobs(hands) or before
    print("The database is up to date." if before else "There was nothing to do.")
    return 0


def seed(settings: Settings, _asked: argparse.Namespace) -> int:
    """People and applications to show."""
    from .demo import fill

    fill(ready(settings), say=print)
    return 0


def administrator(settings: Settings, asked: argparse.Namespace) -> int:
    """The account that can make all others."""
    from engine import people

    hands, password = ready(settings), secrets.token_urlsafe(12)
    phone, email = (None, asked.login) if "@" in asked.login else (asked.login, None)
    with hands.store.unit() as session:
        people.ensure_desk(session, people.ADMINISTRATOR, {"id": "Administrator", "en": "Administrator"})
        person = people.sign_up(session, name=asked.name, phone=phone, email=email, password=password, at=hands.now())
        people.add_to_desk(session, person, people.ADMINISTRATOR, by=None, at=hands.now())
    print(f"{asked.name} can sign in with {asked.login} and this password; change it there:\n{password}")
    return 0


def check(_settings: Settings, asked: argparse.Namespace) -> int:
    """Findings, one a line; 1 when there are any that stop publishing."""
    return max(files.check(folder, lang=asked.lang, say=print) for folder in asked.folder)


def publish(settings: Settings, asked: argparse.Namespace) -> int:
    """Publish a folder; 1 with its findings when it cannot be."""
    hands = ready(settings)
    by = publisher(hands, asked.by)
    return files.publish(hands, asked.folder, by=by, note=asked.note, say=print, without_stories=asked.without_stories)


def publisher(hands: Hands, login: str | None) -> str:
    """The administrator with this sign-in, or the only one. Raises Refused."""
    from engine import people

    with hands.store.reading() as session:
        known = people.members(session, people.ADMINISTRATOR)
        found = people.by_login(session, login) if login else (known[0] if len(known) == 1 else None)
    if found is None or found.id not in {one.id for one in known}:
        raise Refused("Say with --by which administrator publishes. The first one is made with: loket administrator NAME LOGIN")
    return found.id


def import_form(_settings: Settings, asked: argparse.Namespace) -> int:
    """Take a form of others over and say what became of each part; 2 when nothing usable is in the file."""
    from . import importing  # readers that no other command needs

    return importing.import_form(asked.file, to=asked.to, key=asked.key, language=asked.language)


def try_out(_settings: Settings, asked: argparse.Namespace) -> int:
    """Run stories; 1 when one did not go as it tells."""
    return max(files.try_out(folder, lang=asked.lang, say=print) for folder in asked.folder)
