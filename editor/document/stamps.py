"""What tells one content of a document's files from another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stamps:
    """The contents of a machine's file and of the layout beside it; None for one that is not there or not known."""

    machine: str | None = None
    layout: str | None = None


def stamp(data: bytes) -> str:
    """What tells one content of a file from another."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
