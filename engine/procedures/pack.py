"""A bundle as one value: its fingerprint, and the bytes that are stored. The fingerprint is of the contents, not of the packing."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)


def fingerprint(files: Mapping[str, bytes]) -> str:
    """SHA-256 (hex) over every name and content, in the order of the names; lengths keep neighbours apart."""
    total = hashlib.sha256(b"loket-bundle/1\n")
    for name in sorted(files):
        data = files[name]
        total.update(f"{len(name.encode())} {len(data)} {name}\n".encode())
        total.update(data)
    return total.hexdigest()


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP that is the same whenever and wherever it is made."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return box.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The inverse of `pack`. For bundles of our own store only."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}
