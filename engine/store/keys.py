"""Sealing and finding personal data: AES-256-GCM with a key id, HMAC-SHA-256 blind indexes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import EngineError

NONCE = 12


class KeyUnknown(EngineError):
    """A sealed value cannot be opened: the key it was sealed with is not the one in LOKET_KEY (or the key file)."""

    code = "store.key_unknown"


class Keyring:
    """One or more 32-byte keys; the first seals, all of them open (so that a key can be changed without a stop)."""

    def __init__(self, *keys: bytes) -> None:
        if not keys or any(len(key) != 32 for key in keys):
            raise ValueError("a sealing key has 32 bytes")
        self._by_id = {self._id(key): AESGCM(key) for key in keys}
        self._first = self._id(keys[0])
        self._index = hashlib.sha256(b"loket blind index" + keys[-1]).digest()

    @classmethod
    def read(cls, text: str) -> Keyring:
        """Keys as base64, the newest first, separated by spaces. Raises ValueError with the cure."""
        try:
            return cls(*(base64.b64decode(part, validate=True) for part in text.split()))
        except ValueError as wrong:
            raise ValueError("LOKET_KEY: 32 random bytes in base64 (make one with: openssl rand -base64 32)") from wrong

    @staticmethod
    def make() -> str:
        """A new key as text for LOKET_KEY or the key file."""
        return base64.b64encode(os.urandom(32)).decode()

    @staticmethod
    def _id(key: bytes) -> bytes:
        return hashlib.sha256(b"loket key id" + key).digest()[:2]

    def seal(self, value: bytes, place: str) -> bytes:
        """Key id (2 bytes), nonce (12), ciphertext with tag (16 more than the value)."""
        nonce = os.urandom(NONCE)
        return self._first + nonce + self._by_id[self._first].encrypt(nonce, value, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """The inverse of `seal`. Raises KeyUnknown when the key, the place or the value is not the one it was sealed with."""
        key = self._by_id.get(sealed[:2])
        if key is None:
            raise KeyUnknown(place=place)
        try:
            return key.decrypt(sealed[2 : 2 + NONCE], sealed[2 + NONCE :], place.encode())
        except InvalidTag as wrong:
            raise KeyUnknown(place=place) from wrong

    def blind(self, value: str, place: str) -> str:
        """A 128-bit keyed fingerprint: equal values can be found without being readable."""
        return hmac.new(self._index, f"{place}\0{value}".encode(), hashlib.sha256).hexdigest()[:32]
