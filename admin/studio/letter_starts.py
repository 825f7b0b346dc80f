"""Beginning a letter from a ready text that says what this procedure asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from engine import notices
from engine.procedures import LANGS
from hall import N_

from .asked import readable_bundle
from .letter_fields import fields

Json = dict[str, Any]
FOLDER = Path(__file__).parent / "starts"
STARTS: Mapping[str, str] = {
    "permit": N_("A permit"),
    "refusal": N_("A refusal"),
    "received": N_("A message: we have received your application"),
    "request": N_("A message: your application must be completed"),
    "empty": N_("An empty letter"),
    "empty_notice": N_("An empty message"),
}
BY_THE_OFFICE: Mapping[str, str] = {
    "sent_back": N_("The office's message: sent back to the applicant"),
    "stopped": N_("The office's message: the application is closed"),
    "suspended": N_("The office's message: the application is suspended"),
    "resumed": N_("The office's message: the suspension is over"),
    "reopened": N_("The office's message: the application is opened again"),
}
CHOICES = {**STARTS, **BY_THE_OFFICE}
NOTICES = frozenset({"received", "request", "empty_notice"})
OUTCOMES = {"permit": "issued", "refusal": "refused"}
REASON = {"id": "Alasan", "en": "Reason"}
ABOUT = "procedure.toml"
MOST = 8
"""Particulars of the application that a new permit tells."""


def begun(files: Mapping[str, bytes], key: str, start: str) -> dict[str, bytes]:
    """The files of a new letter in every language, and procedure.toml where the outcome that it is for names no letter yet."""
    if start in BY_THE_OFFICE:
        return {f"letters/{key}.{lang}.md": notices.house_letter(start, lang).encode() for lang in LANGS}
    known = fields(files, key)
    made = {f"letters/{key}.{lang}.md": _written(start, lang, files, known).encode() for lang in LANGS}
    about = _named(files.get(ABOUT, b""), OUTCOMES.get(start, ""), key)
    return made | ({ABOUT: about} if about is not None else {})


def _written(start: str, lang: str, files: Mapping[str, bytes], known: list[Json]) -> str:
    text = (FOLDER / f"{start.removesuffix('_notice')}.{lang}.md").read_text(encoding="utf-8")
    said = "\n\n".join(f"{{% if {one} %}}\n{REASON[lang]}: {{{{ {one} }}}}\n{{% endif %}}" for one in _reasons(known, start))
    text = text.replace("%PARTICULARS%\n", "".join(_particulars(files, known, lang)))
    return text.replace("%REASON%\n\n" if not said else "%REASON%", said).replace("%REASON%", "").rstrip() + "\n"


def _particulars(files: Mapping[str, bytes], known: list[Json], lang: str) -> Iterator[str]:
    """A row for each of the first questions of the application that can be told in a line; one that may be empty only when it is not."""
    key = _application(files)
    asked = [one for one in known if one["path"].startswith(f"{key}.") and "rows" not in one and one["type"] != "list"]
    for one in asked[:MOST]:
        way = one["ways"][0]
        written = f"{{{{ {way['path']} | {way['format']} }}}}" if way["format"] else f"{{{{ {way['path']} }}}}"
        row = f"| {one['label'][lang].replace('|', '/')} | {written} |\n"
        yield row if one["sure"] else f"{{% if {one['path']} -%}}\n{row}{{% endif -%}}\n"


def _application(files: Mapping[str, bytes]) -> str:
    """The key of the form that the applicant fills first."""
    bundle = readable_bundle(files)
    form = bundle.application if bundle else None
    return form.key if form else "application"


def _reasons(known: list[Json], start: str) -> list[str]:
    """The questions of the office's forms that ask why, or for a note to the applicant; whichever is answered is told. Who decides
    comes last."""
    words = ("reason", "alasan") if start == "refusal" else ("note", "catatan", "message", "pesan")
    return [one["path"] for one in known if "kind" in one and one["path"].rpartition(".")[2] in words][-2:]


def _named(about: bytes, outcome: str, key: str) -> bytes | None:
    """procedure.toml with the letter of an outcome; None when it names one already, or cannot be read."""
    if not outcome:
        return None
    try:
        sheet = tomlkit.parse(about.decode("utf-8"))
    except (TOMLKitError, UnicodeDecodeError):
        return None
    named = sheet.setdefault("letters", tomlkit.table())
    if not isinstance(named, dict) or outcome in named:
        return None
    named[outcome] = key
    return tomlkit.dumps(sheet).encode()
