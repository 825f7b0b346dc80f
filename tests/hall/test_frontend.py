"""The browser's part: our own colours and brand, repeatable to build, and its readers of answers."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from hall import assets
from loket import frontend_build

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
COLOURS = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", (FRONTEND / "src/style/_colours.scss").read_text(), re.M))
TEXT_ON = [
    ("ink", "paper"), ("ink", "white"), ("ink", "sand"), ("ink", "focus"), ("ink", "sogan-soft"), ("ink", "sogan-bright"),
    ("ink-soft", "paper"), ("ink-soft", "white"), ("ink-soft", "sand"), ("link", "paper"), ("link", "white"), ("link", "sand"),
    ("sogan", "paper"), ("sogan", "white"), ("sogan", "sogan-soft"), ("indigo", "indigo-soft"), ("indigo", "white"),
    ("white", "indigo"), ("white", "indigo-deep"), ("white", "green"), ("white", "red"),
    ("red", "paper"), ("red", "white"), ("red", "red-soft"),
    ("green", "green-soft"), ("green", "white"),
]  # fmt: skip


def light(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    bright, dark = sorted((light(COLOURS[text]), light(COLOURS[ground])), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_nothing_of_the_brand_of_gov_uk_is_shipped() -> None:
    assert assets.is_built(), assets.NOT_BUILT
    for path in assets.DIST.rglob("*"):
        if path.is_file() and path.suffix in (".css", ".js", ".svg", ".json"):
            assert not re.search(r"gds.?transport|crest|crown", path.read_text(), re.I), path.name


def test_libraries_are_locked_without_the_address_of_a_registry() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    assert not [name for name, each in lock["packages"].items() if "resolved" in each]
    assert all("integrity" in each for name, each in lock["packages"].items() if name)
    wanted = json.loads((FRONTEND / "package.json").read_text())
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert version == lock["packages"][f"node_modules/{name}"]["version"], f"{name} must be pinned"


def test_a_build_is_current_until_a_source_changes(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "dist").mkdir()
    for name in ("package.json", "package-lock.json", "vite.config.js", "src/site.js"):
        (tmp_path / name).write_text("1")
    (tmp_path / "dist" / frontend_build.STAMP).write_text(frontend_build.fingerprint(tmp_path))
    assert frontend_build.is_current(tmp_path)
    (tmp_path / "src/site.js").write_text("2")
    assert not frontend_build.is_current(tmp_path)


def test_a_machine_may_go_without_the_browser_s_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "frontend").mkdir()
    (tmp_path / "frontend/package.json").write_text("{}")
    monkeypatch.setenv(frontend_build.SKIP, "1")
    assert frontend_build.build(tmp_path) is False


def test_an_entry_that_is_not_built_says_what_to_run(app) -> None:
    with app.test_request_context("/"), pytest.raises(assets.AssetMissing, match="frontend_build"):
        assets.asset("src/nothing.js")


@pytest.mark.node
def test_answers_are_read_as_the_server_reads_them() -> None:
    script = """
    globalThis.document = { documentElement: { lang: 'id' } };
    const { number, day, put, rowOf } = await import(process.argv[1]);
    const found = {};
    put(found, 'points.0.road', 'a');
    const row = { closest: () => ({ dataset: { row: 'points.0' } }) };
    console.log(JSON.stringify([
      number('1.234,5'), number('1,234.5', 'en'), number('12'), number('dua'), number(null), number('-3,25'),
      day('7', '2', '2026'), day('31', '2', '2026'), day('1', '1', '26'), day('', '1', '2026'), rowOf(row, found)]));
    """
    node, _ = frontend_build.find_node()
    url = (FRONTEND / "src/shared/answers.js").as_uri()
    done = subprocess.run([node, "--input-type=module", "-e", script, url], capture_output=True, text=True, check=True)
    date = {"$": "date", "v": "2026-02-07"}
    assert json.loads(done.stdout) == [1234.5, 1234.5, 12, None, None, -3.25, date, None, None, None, {"road": "a"}]


def test_what_is_built_is_built_for_use_and_names_no_folder_of_the_machine() -> None:
    scripts = sorted(assets.DIST.glob("*.js"))
    assert scripts
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert "jsxDEV" not in text, script.name
        assert "lineNumber:" not in text, script.name
        assert str(ROOT) not in text, script.name
