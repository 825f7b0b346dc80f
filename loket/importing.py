"""Forms of others from the command line: the form as a file of ours, the report beside it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from forms import importing

NOT_USABLE = 2
LANGUAGES = {"id": "Indonesian", "en": "English"}


def import_form(file: Path, *, to: Path | None, key: str | None, language: str | None) -> int:
    """Write the form to `to`, or to standard output and the report to standard error. 2 with a sentence when it cannot be done."""
    try:
        data = file.read_bytes()
        made = importing.import_form(data, name=file.stem, key=key, language=language)
        if to is not None:
            to.write_bytes(made.data)
    except OSError as why:
        return _refuse(f"{why.filename or file}: {why.strerror or why}")
    except importing.CannotImport as why:
        sys.stderr.writelines(f"{note.line('en')}\n" for note in why.notes)
        return _refuse(f"{file}: {why.sentence('en')}")
    if to is None:
        sys.stdout.write(made.data.decode("utf-8"))
    out = sys.stderr if to is None else sys.stdout
    for note in made.notes:
        print(note.line("en"), file=out)
    print(_summary(file, to, made), file=out)
    return 0


def _summary(file: Path, to: Path | None, made: importing.Imported) -> str:
    counted = Counter(note.outcome for note in made.notes)
    told = ", ".join(f"{counted[outcome]} {outcome}" for outcome in ("kept", "changed", "dropped"))
    missing = LANGUAGES["id" if made.language == "en" else "en"]
    target = f" -> {to}" if to else ""
    return (
        f"{file}{target}: {told}. The texts were taken for {LANGUAGES[made.language]}; the missing {missing} is marked as to be translated."
    )


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return NOT_USABLE
