"""What did not come as a story tells, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

_SENTENCES: Mapping[str, Mapping[str, str]] = {
    "played.refused": {
        "id": "seharusnya dapat dikerjakan, tetapi ditolak: {was}",
        "en": "expected the step to be done, but it was refused: {was}",
    },
    "played.not_refused": {
        "id": "seharusnya ditolak ({wanted}), tetapi berhasil dikerjakan",
        "en": "expected a refusal ({wanted}), but it was done",
    },
    "played.other_refusal": {
        "id": "seharusnya ditolak karena orangnya atau saatnya, tetapi jawabannya yang salah: {was}",
        "en": "expected a refusal because of the person or the moment, but answers were wrong: {was}",
    },
    "played.no_case": {
        "id": "seharusnya {wanted}, tetapi belum ada permohonan",
        "en": "expected {wanted}, but there is no application yet",
    },
    "played.open": {"id": "seharusnya {wanted}, tetapi yang terbuka {was}", "en": "expected {wanted}, but open is {was}"},
    "played.sent": {"id": "seharusnya {wanted}, tetapi yang dikirim {was}", "en": "expected {wanted}, but sent was {was}"},
    "played.tracking": {
        "id": "seharusnya {wanted}, tetapi halaman pelacakan berkata {was}",
        "en": "expected {wanted}, but the tracking page says {was}",
    },
    "played.fee": {"id": "seharusnya {wanted}, tetapi yang ditetapkan {was}", "en": "expected {wanted}, but charged is {was}"},
    "played.fee_rows": {
        "id": "seharusnya {wanted}, tetapi baris yang berlaku {was}",
        "en": "expected {wanted}, but the rows that fired are {was}",
    },
    "played.errors": {"id": "seharusnya {wanted}, tetapi yang salah {was}", "en": "expected {wanted}, but the errors are at {was}"},
    "played.ended": {"id": "seharusnya {wanted}, tetapi akhirnya {was}", "en": "expected {wanted}, but the outcome is {was}"},
    "played.number": {"id": "seharusnya {wanted}, tetapi nomornya {was}", "en": "expected {wanted}, but the numbers are {was}"},
    "played.no_letter": {
        "id": "seharusnya {wanted}, tetapi tidak ada surat yang terbit",
        "en": "expected {wanted}, but no letter was issued",
    },
    "played.letter": {
        "id": "seharusnya {wanted}, tetapi surat tidak memuat {was[missing]}; isinya {was[text]}",
        "en": "expected {wanted}, but the letter lacks {was[missing]}; it says {was[text]}",
    },
    "played.decided": {"id": "seharusnya {wanted}, tetapi yang diputuskan {was}", "en": "expected {wanted}, but decided is {was}"},
    "played.worker": {"id": "seharusnya {wanted} tidak bermasalah, tetapi {was}", "en": "expected no trouble from {wanted}, but {was}"},
}
_FOLLOWED: Mapping[str, Mapping[str, str]] = {
    "follow.answered": {"id": "“{label}” dijawab {value}", "en": "“{label}” is answered with {value}"},
    "follow.added": {
        "id": "langkah baru “{step}” dikerjakan dengan jawaban contoh",
        "en": "the new step “{step}” is done with sample answers",
    },
    "follow.dropped": {"id": "langkah “{task}” tidak ada lagi dan ditiadakan", "en": "the step “{task}” is there no more and is left out"},
    "follow.unasked": {
        "id": "“{name}” tidak ditanyakan lagi; jawabannya ditiadakan",
        "en": "“{name}” is not asked any more; its answer is left out",
    },
    "follow.expected": {
        "id": "yang diharapkan sesudahnya ({what}) dicatat seperti yang terjadi sekarang",
        "en": "what is expected after it ({what}) is noted as it comes now",
    },
    "follow.forgotten": {"id": "{what} tidak diharapkan lagi", "en": "{what} is no longer expected"},
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "open": ("langkah yang terbuka dan tenggatnya", "which steps are open, and until when"),
    "sent": ("pesan yang dikirim", "which messages are sent"),
    "tracking": ("kalimat pelacakan", "the sentence of the tracking page"),
    "fee": ("biaya", "the fee"),
    "fee_rows": ("baris tabel biaya", "the rows of the fee"),
    "errors": ("jawaban yang salah", "which answers are wrong"),
    "ended": ("hasil akhir", "how it ends"),
    "number": ("nomor surat", "the number of the letter"),
    "letter_contains": ("isi surat", "what the letter says"),
    "decided": ("keputusan tabel", "what the tables decide"),
}
_STEP = {"id": "langkah {}: ", "en": "step {}: "}


def sentence(step: int, code: str, facts: Mapping[str, object], lang: str) -> str:
    """One line: at which step (from 1), what was expected, what was."""
    text = _SENTENCES[code].get(lang) or _SENTENCES[code]["en"]
    return _STEP.get(lang, _STEP["en"]).format(step) + text.format(**facts)


def followed_sentence(step: int, code: str, facts: Mapping[str, object], lang: str) -> str:
    """One line: at which step (from 1) a story was told otherwise, and how."""
    said = dict(facts)
    if isinstance(label := said.get("label"), Mapping):
        said["label"] = label.get(lang) or label.get("id")
    if word := said.pop("word", None):
        said["what"] = _WORDS[str(word)][lang == "en"]
    return _STEP.get(lang, _STEP["en"]).format(step) + _FOLLOWED[code][lang].format(**said)


def codes() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(_SENTENCES)


def text_of(code: str, lang: str) -> str:
    """The sentence of a code with its facts in braces."""
    return _SENTENCES[code][lang]
