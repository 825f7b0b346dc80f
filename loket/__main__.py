"""`loket` and `python -m loket`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; a wrong setting or command ends with a sentence, not with a traceback."""
    from loket.cli import run  # after loket/__init__.py has found the house

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
