"""From a bundle's letter to a PDF: fields, Markdown, the office's letterhead, number, QR code, signature block."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import segno
from babel.dates import format_date

from engine import texts

from .markdown import blocks_of, plain_text
from .typesetting import typeset

JAKARTA = ZoneInfo("Asia/Jakarta")
STANDARDS = ["a-2a", "ua-1"]  # PDF/A-2a holds all that 2b asks, and the tags that PDF/UA-1 asks
WORDS = {
    "id": {
        "number": "Nomor",
        "page": "Halaman {page} dari {pages}",
        "check": "Periksa keaslian surat ini: pindai kode QR atau buka",
        "code": "Kode:",
        "qr": "Kode QR menuju",
        "logo": "Lambang daerah",
        "draft": "PRATINJAU",
    },
    "en": {
        "number": "Number",
        "page": "Page {page} of {pages}",
        "check": "Check that this letter is genuine: scan the QR code or open",
        "code": "Code:",
        "qr": "QR code leading to",
        "logo": "Emblem of the region",
        "draft": "PREVIEW",
    },
}


@dataclass(frozen=True)
class Layout:
    """What stands on every letter of an office. `address` may have several lines; `logo` is the content of an SVG or PNG file."""

    office: str = ""
    government: str = ""
    address: str = ""
    place: str = ""
    logo: bytes = b""


@dataclass(frozen=True)
class Signatory:
    """Who signs: the position with its holder; `number` is the NIP line; `behalf` a line like “a.n. BUPATI CONTOH”."""

    position: str
    name: str
    number: str = ""
    behalf: str = ""


@dataclass(frozen=True)
class Issued:
    """What the office adds to the words: the date on the letter, its number, the code people type to check it, who signs."""

    on: date
    number: str = ""
    code: str = ""
    signatory: Signatory | None = None
    draft: bool = field(default=False, kw_only=True)


def render_letter(
    template: str, facts: Mapping[str, object], *, lang: str, qr: str, layout: Layout, issued: Issued, zone: ZoneInfo = JAKARTA
) -> bytes:
    """The letter as PDF/A-2a and PDF/UA-1. `qr` is the address where it can be checked; empty for a letter that cannot.

    Raises texts.BadText and texts.CannotFill (with the line), LetterFailed, LetterTooLarge.
    """
    return typeset(_data(template, facts, lang, qr, layout, issued, zone), standards=STANDARDS)[0]


def preview_letter(
    template: str,
    facts: Mapping[str, object],
    *,
    lang: str,
    qr: str,
    layout: Layout,
    issued: Issued,
    zone: ZoneInfo = JAKARTA,
    ppi: int = 96,
) -> list[bytes]:
    """The pages of the same letter as PNG images. Raises what `render_letter` raises."""
    return typeset(_data(template, facts, lang, qr, layout, issued, zone), image=True, ppi=ppi)


def render_text(template: str, facts: Mapping[str, object], *, lang: str, zone: ZoneInfo = JAKARTA) -> tuple[str, str]:
    """A notice: its subject (the line `subject: …` it begins with, else empty) and its body as plain text. Raises BadText, CannotFill."""
    subject, body = _subject(texts.read(template).fill(facts, lang=lang, zone=zone, guarded=True))
    return subject, texts.opened(body).strip()


def _subject(filled: str) -> tuple[str, str]:
    """The first line when it is `subject: …`, on one line whatever a value holds, and the rest."""
    first, _, rest = filled.lstrip().partition("\n")
    if not first.lower().startswith("subject:"):
        return "", filled
    return " ".join(texts.opened(first[len("subject:") :]).split()), rest


def _data(template: str, facts: Mapping[str, object], lang: str, qr: str, layout: Layout, issued: Issued, zone: ZoneInfo) -> dict[str, Any]:
    text = texts.read(template)
    subject, body = _subject(text.fill(facts, lang=lang, zone=zone, guarded=True))
    blocks = blocks_of(body)
    title = subject or next((plain_text(block["parts"]) for block in blocks if block["kind"] == "heading"), layout.office)
    numbered = bool(issued.number) and "document.number" not in text.paths  # a letter may say its number itself
    return {
        "words": WORDS[lang],
        "lang": lang,
        "title": title,
        "author": layout.office,
        "on": [issued.on.year, issued.on.month, issued.on.day],
        "blocks": _with_number(blocks) if numbered else blocks,
        "number": texts.clean(issued.number),
        "code": issued.code,
        "draft": issued.draft,
        "footer": texts.clean(" · ".join(filter(None, (layout.office, issued.number)))),
        "signed": _signed(issued, layout, lang),
        **_letterhead(layout),
        **_verification(qr),
    }


def _with_number(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The number stands under the title, or on top of a letter without one."""
    place = next((position + 1 for position, block in enumerate(blocks) if block["kind"] == "heading"), 0)
    return [*blocks[:place], {"kind": "number"}, *blocks[place:]]


def _letterhead(layout: Layout) -> dict[str, Any]:
    address = [texts.clean(line.strip()) for line in layout.address.splitlines() if line.strip()]
    logo = list(layout.logo) if layout.logo else None
    return {"office": texts.clean(layout.office), "government": texts.clean(layout.government), "address": address, "logo": logo}


def _signed(issued: Issued, layout: Layout, lang: str) -> dict[str, str] | None:
    if issued.signatory is None:
        return None
    who, day = issued.signatory, format_date(issued.on, "d MMMM y", locale=lang)
    dated = f"{layout.place}, {day}" if layout.place else day
    parts = {"dated": dated, "position": who.position, "name": who.name, "number": who.number, "behalf": who.behalf}
    return {key: texts.clean(value) for key, value in parts.items()}


def _verification(qr: str) -> dict[str, Any]:
    if not qr:
        return {"qr": None, "address_of_check": ""}
    drawn = io.BytesIO()
    segno.make(qr, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, scale=4, border=4)
    return {"qr": drawn.getvalue().decode(), "address_of_check": qr}
