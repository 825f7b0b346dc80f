"""Texts of a file in one language, put into the two that a form has; what was not there is marked, so that nobody overlooks it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

MARKS = {"id": "[terjemahkan] ", "en": "[to translate] "}
LONGEST = 4900
_INDONESIAN = frozenset(re.findall("[a-z]+",
    "yang dan atau nama alamat tanggal nomor lahir jenis kelamin pilih apakah dengan untuk dari pada tempat surat izin permohonan pemohon"
    " usaha kota desa kecamatan kelurahan provinsi telepon surel berkas unggah lampiran jumlah luas tinggi harga biaya keterangan"
    " alasan pekerjaan pendidikan ya tidak anda saya wajib isi diisi rincian data tahun bulan hari"
))  # fmt: skip
_ENGLISH = frozenset(re.findall("[a-z]+",
    "the and or name address date number of birth gender select is are with for from at place letter permit request applicant business city"
    " village district province phone email file upload attachment amount area height price cost reason job education yes no you your"
    " i enter please details year month day what which how first last country street"
))  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_BLOCKS = frozenset(re.findall("[a-z0-9]+", "p div br li ul ol h1 h2 h3 h4 h5 h6 tr table section article header footer blockquote pre hr"))
_SILENT = frozenset(("script", "style", "iframe", "object", "embed", "svg", "head", "template", "noscript"))


def guessed(texts: Iterator[str]) -> str:
    """`id` or `en`: the language most of the words seem to be of; English when nothing tells."""
    seen = {"id": 0, "en": 0}
    for _, text in zip(range(400), texts, strict=False):
        for word in _WORD.findall(text[:300].lower()):
            seen["id"] += word in _INDONESIAN
            seen["en"] += word in _ENGLISH
    return "id" if seen["id"] > seen["en"] else "en"


def texts_in(node: Any, names: frozenset[str]) -> Iterator[str]:
    """The texts under some names anywhere in a document, and the names of answers in it, without recursion."""
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, Mapping):
            yield from (value for key, value in one.items() if key in names and isinstance(value, str))
            members = one.get("properties")
            yield from (human(str(key)) for key in (members if isinstance(members, Mapping) else ()))
            todo.extend(one.values())
        elif isinstance(one, list):
            todo.extend(one)


def both(text: str, language: str, others: Mapping[str, Any] | None = None) -> dict[str, str]:
    """`{"id", "en"}`: the text in its language, what `others` have, and a mark where there is nothing."""
    plain = clean(text)
    given = {lang: clean(value) for lang, value in (others or {}).items() if lang in MARKS and isinstance(value, str) and value.strip()}
    found = {language: plain, **given} if plain else given
    source = found.get(language) or next(iter(found.values()), "")
    return {lang: found.get(lang) or MARKS[lang] + source for lang in ("id", "en")}


def clean(text: str) -> str:
    """Without control characters, blanks at the ends and what is too long."""
    kept = "".join(letter for letter in text if letter in "\n\t" or (letter.isprintable() and not 0xD800 <= ord(letter) < 0xE000))
    return kept.strip()[:LONGEST].strip()


def noun(label: Mapping[str, str]) -> dict[str, str]:
    """A short noun for sentences, made from the label: without its end signs, in small letters where it is no abbreviation."""
    made = {}
    for lang, text in label.items():
        mark = MARKS[lang] if text.startswith(MARKS[lang]) else ""
        bare = text.removeprefix(mark).split("\n")[0].strip().rstrip("?:*. ")[:80] or text
        made[lang] = mark + (bare[:1].lower() + bare[1:] if bare[1:2].islower() else bare)
    return made


def human(key: str) -> str:
    """`first_name`, `firstName` -> First name."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_\-.\s/]+", " ", key).strip().lower()
    return words[:1].upper() + words[1:]


def from_markdown(text: str) -> tuple[str, str]:
    """(first heading, the rest as plain paragraphs) of a Markdown text."""
    lines = from_html(text).split("\n") if "<" in text else text.splitlines()
    heading = ""
    kept: list[str] = []
    for line in lines:
        bare = _unmarked(line)
        if not heading and not any(kept) and line.lstrip().startswith("#"):
            heading = bare
        else:
            kept.append(bare)
    return heading, re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _unmarked(line: str) -> str:
    line = re.sub(r"^\s{0,3}(#{1,6}\s+|>\s?)", "", line)
    line = re.sub(r"!\[([^\]]{0,500})\]\([^)]{0,2000}\)", r"\1", line)
    line = re.sub(r"\[([^\]]{0,500})\]\(([^)\s]{0,2000})[^)]{0,500}\)", r"\1 (\2)", line)
    line = re.sub(r"(\*\*|__)(.{1,2000}?)\1", r"\2", line)
    line = re.sub(r"(?<![\w*])([*_])(?=\S)(.{1,2000}?)\1(?!\w)", r"\2", line)
    return re.sub(r"^\s*[-*+]\s+", "– ", line.replace("`", "")).rstrip()


def from_html(text: str) -> str:
    """The words of an HTML text, a line for each block; scripts and the like leave nothing."""
    reader = _Words()
    reader.feed(text[:200_000])
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.link = (given.get("href") or "") if tag == "a" else self.link
        if tag == "img" and given.get("alt") and not self.silent:
            self.words.append(f" {given['alt']} ")
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.words.append("\n– " if tag == "li" else "\n")
        elif tag == "a":
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link.startswith(("https:", "http:", "mailto:", "tel:")):
            self.words.append(f" ({self.link[:500]})")
        self.link = "" if tag == "a" else self.link
        self.silent -= tag in _SILENT and self.silent > 0
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(html.unescape(data))
