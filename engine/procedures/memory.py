"""Bundles that have been read, by fingerprint: the same files are read once in a process, whoever asks for them."""

from __future__ import annotations

import threading
from collections import OrderedDict

from .bundle import Bundle

_KEPT = 64
_bundles: OrderedDict[str, Bundle] = OrderedDict()
_lock = threading.Lock()


def known(fingerprint: str) -> Bundle | None:
    """The bundle with this fingerprint, if it was read lately. It is immutable, so everybody may have the same one."""
    with _lock:
        if fingerprint in _bundles:
            _bundles.move_to_end(fingerprint)
        return _bundles.get(fingerprint)


def remember(bundle: Bundle) -> Bundle:
    """Keep it; gives the one to use, which is an earlier one when two were reading the same files."""
    with _lock:
        kept = _bundles.setdefault(bundle.fingerprint, bundle)
        while len(_bundles) > _KEPT:
            _bundles.popitem(last=False)
        return kept
