"""Events as lines, for runs of any length: a name, or JSON that says more, such as {"send": "E", "data": 1}."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from editor.errors import Flaw, FormatError
from editor.model.durations import parse_duration
from editor.model.elements import Data
from editor.model.scenario import Advance, Deed, SendEvent, Step

MOST_BYTES = 1_000_000
_FORMS = 'Write a name, {"send": NAME, "data": ...} or {"advance": "500ms"}.'


def read(stream: BinaryIO, *, name: str) -> Iterator[Step]:
    """The steps that the lines of a stream are, each when it is asked for; empty lines are none.

    Raises:
        FormatError: a line is no event; those before it are given first.
    """
    for number in _numbers():
        data = stream.readline(MOST_BYTES + 1)
        if not data:
            return
        if len(data) > MOST_BYTES:
            raise _wrong(f"A line has at most {MOST_BYTES:,} bytes.", number, name)
        try:
            text = data.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            raise _wrong("The line is no UTF-8.", number, name) from None
        if text:
            yield Step(do=_deed(text, number, name), line=number)


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


def _deed(text: str, number: int, name: str) -> Deed:
    if not text.startswith(("{", '"')):
        return SendEvent(event=text)
    try:
        value: Data = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _wrong(f"The line is no JSON: {error}. {_FORMS}", number, name) from None
    if isinstance(value, str):
        return SendEvent(event=value)
    if isinstance(value, dict) and "send" in value and value.keys() <= {"send", "data"}:
        event = value["send"]
        if isinstance(event, str):
            return SendEvent(event=event, data=value.get("data"))
    if isinstance(value, dict) and value.keys() == {"advance"}:
        given = value["advance"]
        time = parse_duration(given) if isinstance(given, str | int | float) else None
        if time is not None:
            return Advance(milliseconds=time)
    raise _wrong(f"The line is no event. {_FORMS}", number, name)


def _no_number(text: str) -> Data:
    raise ValueError(f"{text} is no number")


def _wrong(message: str, number: int, name: str) -> FormatError:
    return FormatError([Flaw(message, number, 1)], file=name)
