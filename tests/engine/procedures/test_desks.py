"""Publishing sets up the desks that a procedure names."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from engine import people, procedures
from engine.store import Session

REKLAME = Path(__file__).resolve().parents[3] / "workflows" / "reklame"


def test_desks_of_a_published_procedure_exist_with_their_names(session: Session, now: datetime) -> None:
    people.ensure_desk(session, "kabid", {"id": "Kabid Perizinan", "en": "Head of Permits"})
    clerk = people.sign_up(session, name="Ratna", phone=None, email="ratna@contoh.id", password="kopi-tubruk-enak", at=now)
    procedures.publish(session, procedures.read_folder(REKLAME), by=clerk.id, at=now)
    names = {desk.key: desk.name("id") for desk in people.desks(session)}
    assert names == {
        "verifikator": "Verifikator",
        "tim_teknis": "Tim teknis",
        "satpol_pp": "Satuan Polisi Pamong Praja",
        "bendahara": "Bendahara penerimaan",
        "kabid": "Kabid Perizinan",
        "kepala_dinas": "Kepala dinas",
    }
