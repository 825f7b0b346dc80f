"""What can be said of every question, whatever its kind. The kinds say in their own files what only they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import property as prop
from forms.prefill import prefill
from forms.property import KEY, WORDS, Json, Property
from forms.words import Words

if TYPE_CHECKING:
    from forms.kind import Kind

PRIVACY: dict[str, Words] = {
    "ordinary": {"id": "Biasa", "en": "Ordinary"},
    "personal": {"id": "Pribadi", "en": "Personal"},
    "special": {"id": "Khusus (kesehatan, anak, keuangan)", "en": "Special (health, children, money)"},
}
LEVELS: dict[str, Words] = {
    "error": {"id": "Kesalahan: tidak dapat dilanjutkan", "en": "Error: nobody can go on"},
    "warning": {"id": "Peringatan: ditanyakan sekali, boleh dilanjutkan", "en": "Warning: asked once, one may go on"},
}
UNIQUE: dict[str, Words] = {
    "ever": {"id": "Belum pernah dipakai", "en": "Never used before"},
    "year": {"id": "Belum dipakai pada tahun ini", "en": "Not used this year"},
}
_RULES: Json = {"type": "array", "maxItems": 20, "items": {"$ref": "#/$defs/rule"}}

EVERY = (
    Property(
        "key",
        {"id": "Nama teknis", "en": "Key"},
        "key",
        KEY,
        {"id": "Dibuat dari pertanyaan; tidak berubah setelah terbit.", "en": "Made from the question; stays once published."},
        required=True,
        fixed=True,
        part="question",
        advanced=True,
    ),
    prop.words("label", {"id": "Pertanyaan", "en": "Question"}, required=True, part="question"),
    prop.words(
        "help",
        {"id": "Petunjuk", "en": "Help"},
        help={"id": "Satu kalimat di bawah pertanyaan.", "en": "One sentence under the question."},
        part="question",
    ),
    prop.condition(
        "show_when",
        {"id": "Tampilkan hanya bila", "en": "Show only when"},
        help={"id": "Menurut jawaban sebelumnya.", "en": "By earlier answers."},
        early=True,
        part="when",
    ),
)
ANSWERED = (
    Property(
        "noun",
        {"id": "Sebutan singkat", "en": "Short noun"},
        "words",
        WORDS,
        {"id": "Untuk kalimat seperti “… wajib diisi.”", "en": "For sentences such as “Enter …”."},
        required=True,
        part="question",
    ),
    prop.yes_no("required", {"id": "Wajib dijawab", "en": "Must be answered"}, default=True, part="when"),
    prop.condition("required_when", {"id": "Wajib bila", "en": "Must be answered when"}, part="when"),
    Property(
        "rules",
        {"id": "Aturan", "en": "Rules"},
        "rules",
        _RULES,
        {"id": "Misalnya: selesai harus setelah mulai.", "en": "For example: the end must be after the start."},
        details={"levels": [{"value": key, "label": label} for key, label in LEVELS.items()], "limits": {"max_items": 20}},
    ),
    prop.one_of("privacy", {"id": "Kerahasiaan", "en": "Privacy"}, PRIVACY, default="ordinary", part="who"),
    prop.names(
        "seen_by",
        {"id": "Hanya dilihat meja", "en": "Seen by these desks only"},
        "desks",
        help={"id": "Tanpa ini, semua petugas berkas melihatnya.", "en": "Without it everybody who works on the case sees it."},
        part="who",
    ),
)
ALONE = prop.one_of(
    "unique",
    {"id": "Tidak boleh sama dengan berkas lain", "en": "Not the same as in another case"},
    UNIQUE,
    help={"id": "Diperiksa terhadap register izin ini.", "en": "Checked against the register of this permit."},
)


def common(kind: Kind) -> tuple[Property, ...]:
    """What can be said of a question of this kind besides its own properties."""
    found = EVERY + (ANSWERED if kind.answered and not kind.computed else ())
    if kind.computed:
        found += tuple(one for one in ANSWERED if one.key in {"noun", "privacy", "seen_by", "rules"})
    return found + ((ALONE,) if kind.unique else ())


def properties(kind: Kind) -> tuple[Property, ...]:
    """What can be said of a question of this kind and of no other in the same way: its own properties, and from where it is filled in."""
    return (*kind.properties, *prefill(kind))


KEYS = frozenset(one.key for one in (*EVERY, *ANSWERED, ALONE)) | {"kind", "fields", "prefill"}
