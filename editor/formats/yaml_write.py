"""Plain data to YAML text that looks written by hand: short things on one line, the rest in blocks."""

from __future__ import annotations

from editor.formats.yaml_scalars import write_key, write_scalar
from editor.model.elements import Data

MOST_INLINE = 72
_STEP = 2


def dump(value: Data) -> str:
    """A whole document."""
    if isinstance(value, dict | list) and value:
        return block(value, 0)
    return inline(value) + "\n"


def inline(value: Data) -> str:
    """One line in flow style."""
    if isinstance(value, dict):
        parts = (f"{write_key(key, flow=True)}: {inline(each)}" for key, each in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(each) for each in value) + "]"
    return write_scalar(value, flow=True)


def is_short(value: Data, room: int) -> bool:
    """Whether a collection reads well on one line: it fits, and holds little."""
    if not value:
        return True
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if any(isinstance(each, str) and "\n" in each for each in parts):
        return False
    if len(parts) > 4 or any(_depth(each) > 1 for each in parts):
        return False
    return len(inline(value)) <= room


def _depth(value: Data) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(each) for each in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((_depth(each) for each in value), default=0)
    return 0


def block(value: Data, indent: int, step: int = _STEP) -> str:
    """Whole lines, each indented by at least `indent` spaces; for a collection that is not empty."""
    if isinstance(value, dict):
        return "".join(pair(key, each, indent, step) for key, each in value.items())
    if isinstance(value, list):
        return "".join(item(each, indent, step) for each in value)
    raise TypeError("a collection is needed")


def pair(key: str, value: Data, indent: int, step: int = _STEP, *, written: str = "") -> str:
    """The lines of one key with its value; `written` is the key's text when it is there already."""
    head = " " * indent + (written or write_key(key)) + ":"
    return head + after_colon(value, indent, step, room=MOST_INLINE - len(head), level=indent // step)


def after_colon(value: Data, indent: int, step: int, *, room: int, level: int = 2) -> str:
    """What follows the colon of a key that stands at `indent`, with the newline at the end."""
    if isinstance(value, dict) and value and not (level > 0 and is_short(value, room)):
        return "\n" + block(value, indent + step, step)
    if isinstance(value, list) and value and not is_short(value, room):
        return "\n" + block(value, indent + step, step)
    if isinstance(value, str) and "\n" in value:
        return " " + multiline(value, indent + step)
    return " " + (inline(value) if isinstance(value, dict | list) else write_scalar(value)) + "\n"


def item(value: Data, indent: int, step: int = _STEP) -> str:
    """The lines of one item of a list."""
    head = " " * indent + "- "
    if isinstance(value, dict | list) and value and not is_short(value, MOST_INLINE - indent):
        return head + block(value, indent + 2, step)[indent + 2 :]
    if isinstance(value, str) and "\n" in value:
        return head + multiline(value, indent + 2)
    return head + (inline(value) if isinstance(value, dict | list) else write_scalar(value)) + "\n"


def multiline(text: str, indent: int) -> str:
    """A text of several lines as a literal block, or in double quotes where a block cannot hold it."""
    lines = text.split("\n")
    bare = all(line.isprintable() for line in lines)
    if not bare or text.startswith((" ", "\n")) or not text.strip():
        return write_scalar(text, quote='"') + "\n"
    if text.endswith("\n"):
        chomp = "+" if text.endswith("\n\n") else ""
        lines.pop()
    else:
        chomp = "-"
    return f"|{chomp}\n" + "".join((" " * indent + line if line else "") + "\n" for line in lines)
