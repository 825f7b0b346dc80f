"""Settings: defaults that need nothing, sentences that name the variable, keys that are made once and kept."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from loket.settings import WrongSettings, every_setting, page, read_settings, variable

WRONG = {
    "port": "eighty",
    "workers": "0",
    "proxies": "-1",
    "address": "izin.contoh.go.id",
    "database": "mysql://office",
    "files": "ftp://files",
    "key": "short",
    "secret": "short",
    "office_name": "",
    "language": "fr",
    "log": "loud",
    "logo": "/nowhere/garuda.png",
    "zone": "Mars/Olympus",
    "hours": "monday all day",
    "seasons": "Ramadan",
    "counting": "sometimes",
    "public_holidays": "perhaps",
    "smtp_url": "mail.contoh.go.id",
    "mail_from": "loket",
}


def wrong(**texts: str) -> tuple[str, ...]:
    with pytest.raises(WrongSettings) as stop:
        read_settings({variable(name): text for name, text in texts.items()})
    return stop.value.sentences


def test_an_empty_environment_is_enough(tmp_path: Path) -> None:
    settings = read_settings({"LOKET_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/loket.sqlite"
    assert settings.public_address == "http://127.0.0.1:8000"
    assert str(settings.calendar.zone) == "Asia/Jakarta"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_told_with_the_name_of_its_variable(name: str) -> None:
    (sentence,) = wrong(**{name: WRONG[name]})
    assert sentence.startswith(variable(name) + " is ")
    assert ": " in sentence


def test_all_wrong_values_are_told_at_once() -> None:
    assert len(wrong(**WRONG)) == len(WRONG)


@pytest.mark.parametrize("name", [name for name, told in every_setting().items() if told.secret])
def test_a_wrong_secret_is_not_shown(name: str) -> None:
    (sentence,) = wrong(**{name: "hunter2://leaked"})
    assert "leaked" not in sentence


def test_a_misspelt_variable_is_told_with_the_one_that_was_meant() -> None:
    assert wrong(prot="8000") == ("LOKET_PROT is not a setting; did you mean LOKET_PORT?",)


def test_pauses_outside_the_service_hours_are_refused() -> None:
    (sentence,) = wrong(pauses="sun 10:00-11:00")
    assert sentence.startswith("LOKET_PAUSES")


def test_postgresql_is_written_as_everywhere_else() -> None:
    settings = read_settings({"LOKET_DATABASE": "postgresql://loket@localhost/loket"})
    assert settings.database_url == "postgresql+psycopg://loket@localhost/loket"


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    settings = read_settings({"LOKET_HOME": str(tmp_path)})
    first = settings.sealing_keys
    assert len(base64.b64decode(first)) == 32
    assert read_settings({"LOKET_HOME": str(tmp_path)}).sealing_keys == first
    assert settings.session_secret != first
    kept = tmp_path / "keys" / "sealing.key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in sorted(kept.parent.iterdir())] == ["sealing.key", "session.key"]


def test_a_given_key_leaves_no_file_behind(tmp_path: Path) -> None:
    key = base64.b64encode(bytes(32)).decode()
    assert read_settings({"LOKET_HOME": str(tmp_path), "LOKET_KEY": key}).sealing_keys == key
    assert not (tmp_path / "keys").exists()


def test_every_setting_is_in_the_page_for_people() -> None:
    assert all(f"`{variable(name)}`" in page() for name in every_setting())
