"""Renew requirements.lock and requirements-dev.lock from pyproject.toml: exact versions with hashes, for every system.

`python tools/lock.py` keeps what is locked as far as pyproject.toml allows; `--upgrade` takes the newest, `--upgrade NAME` one of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = "uv==0.13.9"
LOCKS = {"requirements.lock": "build", "requirements-dev.lock": "dev"}
FLAGS = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
FLAGS += ["--no-header", "--no-annotate", "--quiet"]
HEADER = "# Made by tools/lock.py from pyproject.toml ({group}). Do not edit; renew with: make lock\n"


def main(arguments: list[str]) -> int:
    """Write both lock files; the second never disagrees with the first."""
    more = arguments if arguments in ([], ["--upgrade"]) else ["--upgrade-package", *arguments[1:]]
    with tempfile.TemporaryDirectory() as folder:
        uv = _uv(Path(folder))
        for name, group in LOCKS.items():
            constraint = [] if name == "requirements.lock" else ["--constraint", "requirements.lock"]
            _compile(uv, name, group, [*constraint, *more])
    return 0


def _uv(folder: Path) -> Path:
    """uv in a throw-away environment: it resolves for all systems at once, which pip cannot."""
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", UV], check=True)
    return scripts / "uv"


def _compile(uv: Path, name: str, group: str, more: list[str]) -> None:
    print(f"Resolving {name} …", flush=True)
    command = [uv, "pip", "compile", "pyproject.toml", "--group", group, *FLAGS, *more, "--output-file", name]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    path = ROOT / name
    path.write_text(HEADER.format(group=group) + path.read_text())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
