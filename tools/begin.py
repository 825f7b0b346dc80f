"""From a fresh clone to a running office or a finished test run: `python3 tools/begin.py demo` and `python3 tools/begin.py test`.

Needs Python 3.11 or newer and nothing else. Each step is done once; a stamp in .venv says what it was done for, so the second time is fast.
This file itself reads on older Pythons, so that it can say in words that they are too old.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = Path(os.environ.get("LOKET_VENV") or ROOT / ".venv")
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
PIP = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
LEAST = (3, 11)
DISK = 1_500_000_000
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
WORKERS = min(os.cpu_count() or 1, 4) + 1  # one more than cores: each waits now and then, for a page, a letter, a process that starts
TESTS = ["-m", "pytest", "--database=both", "-n", str(WORKERS), "--dist=worksteal"]
HELP = """python3 tools/begin.py WHAT

  demo     install what is missing, fill a small office, open it on http://127.0.0.1:8000
  test     install what the tests need and run them all; more words go to pytest
  serve    the office with your own settings (docs/settings.md)
  install  only install what the office needs
  develop  install that and what the tests, linters and type checks need
"""


class Stop(Exception):
    """Cannot go on; the text says why and what to do."""


def main(words):
    """Run one of the words in HELP; gives the exit code."""
    what, more = (words[0], words[1:]) if words else ("help", [])
    kinds = {"demo": False, "serve": False, "install": False, "test": True, "develop": True}
    if what not in kinds:
        print(HELP)
        return 0 if what in ("help", "-h", "--help") else 2
    try:
        good_python(words)
        prepare(develop=kinds[what])
        return begin(what, more)
    except Stop as why:
        print("\n" + str(why), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def begin(what, more):
    """What comes after the preparation."""
    if what == "test":
        say_chromium()
        print("Running these tests.\n" if more else "Running the tests: up to half an hour on two cores.\n", flush=True)
        return run([str(PYTHON), *TESTS, *more])
    if what in ("demo", "serve"):
        return run([str(PYTHON), "-m", "loket", what, *more])
    print(f"Ready. The commands are in {SCRIPTS.relative_to(ROOT) if ROOT in SCRIPTS.parents else SCRIPTS}.")
    return 0


def run(command):
    """A command in the foreground; Ctrl-C reaches it and it ends by itself."""
    child = subprocess.Popen(command, cwd=str(ROOT))
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def good_python(words):
    """Go on with a newer Python when this one is too old and there is one; otherwise say how to get it."""
    if sys.version_info >= LEAST:
        return
    for minor in range(14, LEAST[1] - 1, -1):
        other = shutil.which(f"python3.{minor}")
        if other and subprocess.call([other, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            sys.exit(subprocess.call([other, __file__, *words]))
    raise Stop(
        "Loket needs Python 3.11 or newer; this is Python {}.{}. Get it with your system's packages\n"
        "(Debian, Ubuntu: apt-get install python3.11 python3.11-venv) and run the same command again.".format(*sys.version_info[:2])
    )


def prepare(develop):
    """The environment, the libraries, and the house itself with the browser's part."""
    lock = ROOT / ("requirements-dev.lock" if develop else "requirements.lock")
    made_for = f"{sys.version_info[:2]} {VENV}"
    step(1, "environment", "A Python environment in " + VENV.name, made_for, environment, seconds=5)
    if not (develop is False and stamped("libraries", digest([ROOT / "requirements-dev.lock"]))):  # what developers have is more
        packages = len(re.findall(r"^[a-zA-Z]", lock.read_text(), re.MULTILINE))
        step(2, "libraries", f"{packages} libraries", digest([lock]), lambda: libraries(lock), seconds=60)
    step(3, "house", "The house and the browser's part of it", digest(sources()), house, seconds=30)
    if not stamped("house", digest(sources())):  # what was built counts too: without it the next start builds again
        stamp("house").write_text(digest(sources()))


def step(number, name, title, made_for, do, seconds):
    """Do a step unless its stamp says that it was done for just this."""
    if stamped(name, made_for):
        return
    print(f"[{number}/3] {title} (about {seconds} seconds, once)", flush=True)
    start = time.monotonic()
    if shutil.disk_usage(str(ROOT)).free < DISK:
        raise Stop(f"There is too little room on this disk: {DISK // 1_000_000} MB are needed under {ROOT}.")
    do()
    stamp(name).write_text(made_for)
    print(f"      done in {time.monotonic() - start:.0f} s", flush=True)


def stamp(name):
    """The file that says what a step was done for."""
    return VENV / f".loket-{name}"


def stamped(name, made_for):
    """Whether a step was done for just this."""
    return stamp(name).is_file() and stamp(name).read_text() == made_for and PYTHON.exists()


def environment():
    """A new environment; an old or broken one goes first, with its stamps."""
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists():
        raise Stop(f"{VENV} is there and is no Python environment. Move it away and run the same command again.")
    quietly([sys.executable, "-m", "venv", "--clear", str(VENV)], "Python could not make an environment.", needs_venv)


def needs_venv(output):
    """Debian and Ubuntu keep venv in a package of its own."""
    return "apt-get install python3-venv" if "ensurepip" in output else ""


def libraries(lock):
    """Exactly what the lock file names; every file's hash is compared. They are compiled while the house is built."""
    quietly([*PIP, "--no-compile", "--require-hashes", "-r", str(lock)], "The libraries could not be installed.", needs_network)


def house():
    """Loket itself, editable; its build hook builds the browser's part and the catalogues. Beside it the libraries are compiled."""
    nowhere = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    compiling = subprocess.Popen([str(PYTHON), "-m", "compileall", "-q", str(VENV)], **nowhere)  # what does not compile is not used
    try:
        quietly([*PIP, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "The house could not be built.", needs_network)
    finally:
        compiling.wait()


def needs_network(output):
    """What to do about pip's and npm's usual troubles."""
    lower = output.lower()
    if "no space left" in lower:
        return "The disk is full."
    if "hashes" in lower and "match" in lower:
        return "A library is not the one that was locked; do not go on, and report it."
    if "no matching distribution" in lower:
        return "Perhaps this Python is newer than a library; Python 3.11 to 3.13 are known to work."
    return "Is there a network, and does `pip config list` name the right index?"


def quietly(command, trouble, cure):
    """Run a command with its words kept in a log; a dot moves so that one sees that it lives. Raises Stop with the end of the log."""
    log = ROOT / ".cache" / "begin.log"
    log.parent.mkdir(exist_ok=True)
    with open(str(log), "wb") as out:
        child = subprocess.Popen(command, cwd=str(ROOT), stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        start = time.monotonic()
        while child.poll() is None:
            time.sleep(0.2)
            if sys.stdout.isatty():
                print(f"\r      {time.monotonic() - start:.0f} s …", end="", flush=True)
    if sys.stdout.isatty():
        print("\r", end="")
    if child.returncode:
        output = log.read_text(errors="replace")
        raise Stop("{}\n{}\n\n{}\nAll of it: {}".format(trouble, cure(output), "\n".join(output.splitlines()[-15:]), log))


def sources():
    """What the house is built from."""
    found = [ROOT / "pyproject.toml", ROOT / "build_hook.py", *ROOT.glob("hall/**/*.po")]
    for folder, inner, files in os.walk(str(ROOT / "frontend")):
        inner[:] = [name for name in inner if name not in ("node_modules", "dist")]
        found += [Path(folder) / name for name in files]
    built = ROOT / "frontend" / "dist"
    return [path for path in found if path.is_file()] if built.is_dir() else []


def digest(files):
    """A fingerprint of files and of where they stand."""
    made = hashlib.sha256(str(VENV).encode())
    for path in sorted(files):
        made.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return made.hexdigest()


def say_chromium():
    """The browser's tests need a browser; everything else runs without."""
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in CHROMIUM):
        return
    print("Chromium is missing: the tests in a browser will be left out. To have them: apt-get install chromium")
    print("(or: .venv/bin/playwright install chromium), or name one in CHROMIUM.\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
