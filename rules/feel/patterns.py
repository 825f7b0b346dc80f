"""XPath regular expressions, which FEEL speaks, as RE2 reads them."""

from __future__ import annotations

import re

_X_SPACE = re.compile(r"(\[[^\]]*\])|\s+")


def for_re2(pattern: str, flags: str) -> str | None:
    """The pattern in RE2's words; None for flags that do not exist."""
    if set(flags) - set("smixq"):
        return None
    if "q" in flags:
        pattern = re.escape(pattern)
    elif "x" in flags:
        pattern = _X_SPACE.sub(lambda match: match[1] or "", pattern)
    kept = "".join(flag for flag in "smi" if flag in flags)
    return f"(?{kept}){pattern}" if kept else pattern
