"""SCXML's Basic HTTP Event I/O Processor between the machines of one run: events go as the text of a POST (C.2).

No socket is opened and nothing leaves the run, so that it stays a function of its inputs on simulated time.
"""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, quote, urlencode

from editor.engine.snapshot import Event
from editor.model.elements import Data

PROCESSOR = "http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor"
WAYS = (PROCESSOR, "basichttp")
NAME = "_scxmleventname"
_PLACE = "http://127.0.0.1/scxml/"
_POST = "HTTP.POST"
"""What an event is called that comes without a name."""


def location(session: str) -> str:
    """Where events for a session are sent to."""
    return _PLACE + session


def session_at(target: str) -> str | None:
    """The session that a location is of; None for any other address."""
    return target.removeprefix(_PLACE) if target.startswith(_PLACE) else None


def posted(name: str, data: Data, sendid: str) -> Event:
    """The event that arrives when one is sent, with what its data become on the way."""
    if data is not None and not isinstance(data, dict):
        body = quote(_text(data))
        if name:
            body = f"{urlencode({NAME: name})}&{body}"
        return Event(name or _POST, _text(data), sendid=sendid, origintype=PROCESSOR, raw=body)
    pairs = [(NAME, name)] if name else []
    for key, value in (data or {}).items():
        pairs += [(key, _text(each)) for each in (value if isinstance(value, list) else [value])]
    body = urlencode(pairs)
    found: dict[str, Data] = {}
    for key, text in parse_qsl(body, keep_blank_values=True):
        found[key] = text
    arrived = found.pop(NAME, None)
    return Event(str(arrived or _POST), found or None, sendid=sendid, origintype=PROCESSOR, raw=body)


def _text(value: Data) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
