"""SCXML's Basic HTTP Event I/O Processor: what an event is on its way, as the text of a POST (Recommendation, C.2).

On simulated time events go between the machines of one run; no socket is opened and nothing leaves it. Where a server
takes events in (`Machine.served_at`), a send is an effect of the step, a `Post`, which others carry out.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote_plus, urlencode

from editor.engine.payloads import literal
from editor.engine.snapshot import Event, Post
from editor.model.elements import Data

PROCESSOR = "http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor"
WAYS = (PROCESSOR, "basichttp")
NAME = "_scxmleventname"
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 1_000
SIMULATED = "http://127.0.0.1/scxml/"
"""Below it lie the locations of sessions where there is no server."""
_XML = re.compile(r"(?:text|application)/(?:[\w.+-]+\+)?xml")


class Request(NamedTuple):
    """What arrived: the method, the parameters behind the address, and what the body is and says."""

    method: str
    query: str
    kind: str
    body: str


def location(base: str, session: str) -> str:
    """Where events for a session are sent to."""
    return base + session


def session_at(base: str, target: str) -> str | None:
    """The session that a location is of; None for any other address."""
    return target.removeprefix(base) if target.startswith(base) else None


def posted(name: str, data: Data, sendid: str) -> Event:
    """The event that arrives when one is sent, with what its data become on the way."""
    if data is not None and not isinstance(data, dict):
        body = quote(_text(data))
        if name:
            body = f"{urlencode({NAME: name})}&{body}"
        return Event(name or _called("POST"), _text(data), sendid=sendid, origintype=PROCESSOR, raw=body)
    pairs = [(NAME, name)] if name else []
    for key, value in (data or {}).items():
        pairs += [(key, _text(each)) for each in (value if isinstance(value, list) else [value])]
    return received(Request("POST", "", FORM, urlencode(pairs)))._replace(sendid=sendid)


def received(request: Request) -> Event:
    """The event that a request is: all in it but the name are its data, as fields, as JSON, as markup or as words.

    Raises:
        ValueError: it has too many fields, or letters that are none.
    """
    named = dict(_pairs(request.query)).get(NAME, "")
    kind, body = request.kind, request.body
    if kind in ("", FORM):
        name, data = _of_form(body)
    else:
        name, data = "", (literal(body, is_markup=_XML.fullmatch(kind) is not None) if body else None)
    return Event(name or named or _called(request.method), data, origintype=PROCESSOR, raw=body)


def post(event: Event, target: str, session: str, element: str, field: str) -> Post:
    """The effect of a send: where it comes from, where it goes, and its text."""
    return Post(session, target, event.name, event.raw, event.sendid, element, field)


def _of_form(body: str) -> tuple[str, Data]:
    found: dict[str, Data] = dict(_pairs(body))
    name = str(found.pop(NAME, None) or "")
    rest = [piece for piece in body.split("&") if piece and not piece.startswith(f"{NAME}=")]
    if len(rest) == 1 and "=" not in rest[0]:
        return name, unquote_plus(rest[0], errors="strict")
    return name, found or None


def _pairs(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")


def _called(method: str) -> str:
    """What an event is called that comes without a name."""
    return f"HTTP.{method}"


def _text(value: Data) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
