"""Files in processes that come from a fork."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_forked_process_is_told_at_once_that_files_need_a_fresh_one(tmp_path: Path) -> None:
    script = (
        "import os, sys\n"
        "from engine.documents import Cabinet\n"
        "from engine.documents.errors import CabinetUnreachable\n"
        "cabinet = Cabinet(sys.argv[1]); cabinet.put('a', b'1')\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    try:\n"
        "        cabinet.get('a')\n"
        "    except CabinetUnreachable as told:\n"
        "        os._exit(7 if 'fresh process' in str(told) else 1)\n"
        "    os._exit(2)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "7", done.stderr
