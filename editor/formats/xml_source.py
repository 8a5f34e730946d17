"""What an XML text was read from: the text itself, the encoding it came in, and its bytes."""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """A text as it was decoded, with its byte order mark if it has one, and the bytes and encoding that it came in.

    What was decoded already has no bytes.
    """

    text: str
    encoding: str
    data: bytes | None = None

    def encoded(self, text: str) -> bytes:
        """This text as it came, or another one in its encoding; what that has no letters for is told by numbers."""
        if self.data is not None and text == self.text:
            return self.data
        return text.encode(self.encoding, errors="xmlcharrefreplace")
