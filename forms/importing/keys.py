"""Keys of ours from names of others: small letters, digits and underscores, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 40
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")


def key_of(name: str, otherwise: str = "question") -> str:
    """`firstName`, `Nama Lengkap`, `alamat.jalan` -> first_name, nama_lengkap, alamat_jalan."""
    plain = unicodedata.normalize("NFKD", name[:500]).encode("ascii", "ignore").decode()
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", plain).lower().strip("_")
    plain = re.sub(r"_+", "_", plain)
    plain = plain if plain[:1].isalpha() else f"{otherwise[:1]}_{plain}" if plain else otherwise
    return plain[:LONGEST].rstrip("_")


def once(key: str, taken: set[str]) -> str:
    """The key, or with a number behind it when it is taken; takes it."""
    made, number = key, 1
    while made in taken:
        number += 1
        made = f"{key[: LONGEST - len(str(number)) - 1]}_{number}"
    taken.add(made)
    return made


def values_of(given: Iterable[str]) -> dict[str, str]:
    """A value of ours for each value of a list of choices, by the text of the other."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for text in given:
        fits = _VALUE.fullmatch(text)
        found[text] = once(text if fits else key_of(text, "choice"), taken) if not (fits and text not in taken) else text
        taken.add(found[text])
    return found
