"""An event as plain data, and back; markup in it stays markup."""

from __future__ import annotations

from typing import Any

from editor.engine.payloads import Markup
from editor.engine.snapshot import Event
from editor.errors import RunError
from editor.model.elements import Data

MARKUP = "\0markup"


def event_to_plain(event: Event) -> Data:
    """The fields of an event that say anything."""
    fields: dict[str, Data] = dict(event._asdict())
    fields["data"] = data_to_plain(event.data)
    return {key: value for key, value in fields.items() if value not in ("", None)}


def event_from_plain(data: Data) -> Event | None:
    """What `event_to_plain` was given; None for None.

    Raises:
        RunError: it is no event.
    """
    if data is None:
        return None
    if not isinstance(data, dict) or not data.keys() <= set(Event._fields) or "name" not in data:
        raise RunError("An event of the saved run must be a mapping with a name.")
    texts = {key: str(value) for key, value in data.items() if key != "data"}
    return Event(**texts, data=data_from_plain(data.get("data")))


def data_to_plain(value: Any) -> Any:
    """Data in which markup is told from text."""
    if isinstance(value, Markup):
        return {MARKUP: str(value)}
    if isinstance(value, dict):
        return {key: data_to_plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [data_to_plain(each) for each in value]
    return value


def data_from_plain(value: Any) -> Any:
    """What `data_to_plain` was given."""
    if isinstance(value, dict):
        if value.keys() == {MARKUP}:
            return Markup(value[MARKUP])
        return {key: data_from_plain(each) for key, each in value.items()}
    return [data_from_plain(each) for each in value] if isinstance(value, list) else value
