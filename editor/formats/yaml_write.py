"""Plain data to YAML text that looks written by hand: short things on one line, the rest in blocks."""

from __future__ import annotations

from dataclasses import dataclass

from editor.formats.yaml_scalars import write_key, write_scalar
from editor.model.elements import Data

MOST_COLUMNS = 80
_MOST_KEY = 800
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Style:
    """How far blocks stand in: mappings and texts under their key, and lists under theirs."""

    step: int = 2
    inset: int = 2


HOUSE = Style()


def dump(value: Data) -> str:
    """A whole document."""
    if isinstance(value, dict | list) and value:
        return block(value, 0)
    return inline(value) + "\n"


def inline(value: Data, *, quote: str = "") -> str:
    """One line in flow style; with `"` for `quote` every key and text has quotes, as in JSON."""
    if isinstance(value, dict):
        return "{" + ", ".join(inline_pair(key, each, quote=quote) for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(each, quote=quote) for each in value) + "]"
    return write_scalar(value, flow=True, quote=quote)


def inline_pair(key: str, value: Data, *, quote: str = "") -> str:
    """A key with its value in flow style."""
    written = write_key(key, flow=True, quote=quote)
    return f"{'? ' if len(written) > _MOST_KEY else ''}{written}: {inline(value, quote=quote)}"


def is_short(value: Data, room: int) -> bool:
    """Whether a collection reads well on one line: it fits, and holds little."""
    if not isinstance(value, dict | list) or not value:
        return True
    parts = list(value.values()) if isinstance(value, dict) else value
    if any(isinstance(each, str) and "\n" in each for each in parts):
        return False
    is_nested = any(_depth(each) > 1 for each in parts)
    if is_nested or (len(parts) > _MOST_PARTS and any(isinstance(each, dict | list) for each in parts)):
        return False
    return len(inline(value)) <= room


def _depth(value: Data) -> int:
    """How deep a value is, counted no further than it matters."""
    if not isinstance(value, dict | list) or not value:
        return 0
    parts = value.values() if isinstance(value, dict) else value
    return 1 + any(isinstance(each, dict | list) and each for each in parts)


def _holds_mapping(value: dict[str, Data]) -> bool:
    return any(isinstance(each, dict) and each for each in value.values())


def block(value: Data, indent: int, style: Style = HOUSE) -> str:
    """Whole lines, each indented by at least `indent` spaces; for a collection that is not empty."""
    if isinstance(value, dict):
        return "".join(pair(key, each, indent, style) for key, each in value.items())
    if isinstance(value, list):
        return "".join(item(each, indent, style) for each in value)
    raise TypeError("a collection is needed")


def pair(key: str, value: Data, indent: int, style: Style = HOUSE) -> str:
    """The lines of one key with its value."""
    head = pair_head(key, indent)
    return head + after_colon(value, indent, style, room=MOST_COLUMNS - len(head) - 1)


def pair_head(key: str, indent: int) -> str:
    """A key with its colon; one that is too long for a line with its colon has it on the next."""
    written = write_key(key)
    margin = " " * indent
    return f"{margin}? {written}\n{margin}:" if len(written) > _MOST_KEY else f"{margin}{written}:"


def after_colon(value: Data, indent: int, style: Style, *, room: int, in_block: bool = False) -> str:
    """What follows the colon of a key that stands at `indent`, with the line break at the end.

    `in_block` writes a collection as a block however short it is.
    """
    if isinstance(value, dict) and value:
        is_high = indent == 0 or (indent < 2 * style.step and _holds_mapping(value))
        if in_block or is_high or not is_short(value, room):
            return "\n" + block(value, indent + style.step, style)
    if isinstance(value, list) and value and (in_block or not is_short(value, room)):
        return "\n" + block(value, indent + style.inset, style)
    if isinstance(value, str) and "\n" in value:
        return " " + multiline(value, indent + style.step)
    return " " + (inline(value) if isinstance(value, dict | list) else write_scalar(value)) + "\n"


def item(value: Data, indent: int, style: Style = HOUSE) -> str:
    """The lines of one item of a list."""
    return " " * indent + "-" + after_dash(value, indent, style, room=MOST_COLUMNS - indent - 2)


def after_dash(value: Data, indent: int, style: Style, *, room: int) -> str:
    """What follows the dash of an item that stands at `indent`, with the line break at the end."""
    if isinstance(value, dict | list) and value:
        is_bare = isinstance(value, dict) and len(value) == 1 and _holds_mapping(value)
        if is_bare or not is_short(value, room):
            return " " + block(value, indent + 2, style)[indent + 2 :]
    if isinstance(value, str) and "\n" in value:
        return " " + multiline(value, indent + 2)
    return " " + (inline(value) if isinstance(value, dict | list) else write_scalar(value)) + "\n"


def multiline(text: str, indent: int) -> str:
    """A text of several lines as a literal block, or in double quotes where a block cannot hold it."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    is_odd = text.startswith((" ", "\n")) or body.endswith("\n") or not body.strip()
    if is_odd or not all(line.isprintable() for line in lines):
        return write_scalar(text, quote='"') + "\n"
    chomp = "" if text.endswith("\n") else "-"
    return f"|{chomp}\n" + "".join((" " * indent + line if line else "") + "\n" for line in lines)
