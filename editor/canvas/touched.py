"""Whose look changed from one version of a picture to the next, so that who draws it too need not do all anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

_REMEMBERED = 64


class Touched:
    """Remembers the last versions; `version` counts them."""

    def __init__(self) -> None:
        self.version = 0
        self._last: deque[frozenset[str] | None] = deque(maxlen=_REMEMBERED)

    def next(self) -> None:
        """The picture is another one; whatever is not told yet may look different."""
        self.version += 1
        self._last.append(None)

    def tell(self, ids: Iterable[str]) -> None:
        """These alone look different in this version."""
        self._last[-1] = frozenset(ids)

    def since(self, version: int) -> frozenset[str] | None:
        """The ids of what looks different since a version; None when it was too much or too long ago."""
        steps = self.version - version
        if steps > len(self._last):
            return None
        found: set[str] = set()
        for each in list(self._last)[len(self._last) - steps :]:
            if each is None:
                return None
            found |= each
        return frozenset(found)
