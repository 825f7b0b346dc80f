"""Words inside a sentence that come from the lower floors in English: kinds of values, what a reader of FEEL or JSON expected."""

from __future__ import annotations

import re
from collections.abc import Callable

_KINDS = {
    "number": "angka",
    "string": "teks",
    "boolean": "ya/tidak",
    "date": "tanggal",
    "time": "jam",
    "date and time": "tanggal dan jam",
    "days and time duration": "lama waktu (hari)",
    "years and months duration": "lama waktu (bulan)",
    "duration": "lama waktu",
    "list": "daftar",
    "context": "kumpulan nilai",
    "function": "fungsi",
    "range": "rentang",
    "any": "nilai apa saja",
    "Null": "kosong",
    "an operator or the end": "tanda hitung atau akhir rumus",
    "a number": "angka",
    "a value": "nilai",
    "a name": "nama",
    "a type": "jenis nilai",
    "a name after the dot": "nama sesudah titik",
    "arguments either all with names or all without": "semua nilai dengan nama, atau semua tanpa nama",
    "`]` or `)` at the end of the range": "`]` atau `)` di akhir rentang",
    '`"` at the end of the text': '`"` di akhir teks',
    "text": "panjang teks",
    "nesting": "terlalu bersarang",
    "depth": "terlalu dalam",
    "reading": "terlalu rumit",
    "steps": "terlalu banyak langkah",
}
_PLAIN = {"string": "text", "boolean": "yes or no", "context": "a group of values", "Null": "nothing", "any": "any value"}
_SAID: tuple[tuple[str, str, str], ...] = (
    (r"(.+) is less than the minimum of (.+)", "{0} is less than the least allowed, {1}", "{0} kurang dari batas terendah {1}"),
    (r"(.+) is greater than the maximum of (.+)", "{0} is more than the most allowed, {1}", "{0} lebih dari batas tertinggi {1}"),
    (r"(.+) is not one of \[(.+)\]", "{0} is none of {1}", "{0} bukan salah satu dari {1}"),
    (r"(.+) does not match '(.+)'", "{0} is not written as it must be ({1})", "{0} tidak ditulis sebagaimana mestinya ({1})"),
    (r"(.+) is not of type 'integer'", "{0} is no whole number", "{0} bukan bilangan bulat"),
    (r"(.+) is not of type 'string'", "{0} is no text", "{0} bukan teks"),
    (r"(.+) is not of type 'boolean'", "{0} is neither true nor false", "{0} bukan true atau false"),
    (r"(.+) is not of type 'array'", "{0} is no list", "{0} bukan daftar"),
    (r"(.+) is not of type 'object'", "{0} is no table of keys and values", "{0} bukan kumpulan kunci dan nilai"),
    (r"(.+) (?:should be|is) (?:non-empty|too short)", "{0} is empty or too short", "{0} kosong atau terlalu pendek"),
    (r"(.+) is too long", "{0} is too long", "{0} terlalu panjang"),
    (r"(.+) has non-unique elements", "{0} says something twice", "{0} menyebut sesuatu dua kali"),
)


def english(text: str) -> str:
    """A word or message of a lower floor, plainer."""
    return _PLAIN.get(text) or _said(text, 1)


def indonesian(text: str) -> str:
    """The same in Indonesian; what is not known stays as it is."""
    return _KINDS.get(text) or _said(text, 2)


def _said(text: str, place: int) -> str:
    for row in _SAID:
        found = re.fullmatch(row[0], text, re.DOTALL)
        if found:
            return row[place].format(*found.groups())
    return text


TOLD: dict[str, Callable[[str], str]] = {"id": indonesian, "en": english}
