"""Signals that are sent in a case are waited for in it. What is waited for may be sent from outside, and messages go there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.procedures.checking import Seen
from rules import Finding

SENTENCES = {
    "signal.not_heard": {
        "id": "{step} mengirim sinyal “{signal}”, tetapi tidak ada yang menunggunya. Keluarkan, atau gambar yang menunggunya.",
        "en": "{step} sends the signal “{signal}”, and nothing waits for it. Take it out, or draw what waits for it.",
    },
    "message.not_sent": {
        "id": "{step} menunggu pesan “{message}” di jalan yang tidak punya jalan keluar lain: bila pesan itu tidak datang, perkara "
        "menunggu selamanya. Ganti dengan “Dikerjakan seseorang” dan pilih di sana “Terjadi sesuatu jika terlambat” (di berkas: batas "
        "waktu di tepinya, atau event-based gateway).",
        "en": "{step} waits for the message “{message}” with no other way out: if it never comes, the case waits for ever. Put “A person "
        "does something” in its place, and choose there “Something happens when it is late” (in a file: a timer on its boundary, or an "
        "event-based gateway).",
    },
}
WARNINGS = frozenset(SENTENCES)
_THROWN = ("pass", "end")


def check(seen: Seen) -> Iterator[Finding]:
    heard = {step.message for step in seen.steps if step.event == "signal" and step.kind not in _THROWN}
    sent = {step.message for step in seen.steps if step.event == "message" and step.kind in _THROWN}
    races = {step.id for step in seen.of_kind("race")}
    for step in seen.steps:
        if step.event == "signal" and step.kind in _THROWN and step.message not in heard:
            yield seen.at(step, "signal.not_heard", signal=step.message)
        alone = step.kind == "receive" and not step.host and not any(each.host == step.id for each in seen.steps)
        if alone and step.message not in sent and not any(link.source in races for link in seen.called.into.get(step.id, ())):
            yield seen.at(step, "message.not_sent", message=step.message)
