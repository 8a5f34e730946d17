"""Reading a layout that is in the form we write ourselves, a box a line, many times faster than YAML is read."""

from __future__ import annotations

import re

from editor.errors import FormatError
from editor.formats.yaml_tree import parse
from editor.model.elements import Data

_PRINTED = r"[\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
"""What YAML takes for a character of a line: no control characters, and none of its other line breaks."""
HEAD = re.compile(rf"(?:#{_PRINTED}*\n|[ \t]*\n)*")
_BOX = re.compile(r"  ([A-Za-z_][\w.%]*): \[(-?\d{1,7}), (-?\d{1,7}), (-?\d{1,7}), (-?\d{1,7})\]\n", re.ASCII)
_STATES = "states:\n"
_ROOT = re.compile(r"  \.: \{initial: \[(-?\d{1,7}), (-?\d{1,7})\]\}\n", re.ASCII)
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def read_lines(text: str) -> dict[str, Data] | None:
    """What the text says, exactly as YAML would have it; None when YAML must be asked.

    The states are read line by line as long as each is a plain box; what follows them is left to YAML.
    """
    head = HEAD.match(text)
    at = 0 if head is None else head.end()
    if not text.startswith(_STATES, at):
        return None
    at += len(_STATES)
    states: dict[str, Data] = {}
    count = 0
    if (first := _ROOT.match(text, at)) is not None:
        states["."] = {"initial": [int(first[1]), int(first[2])]}
        count, at = 1, first.end()
    while (line := _BOX.match(text, at)) is not None:
        key, x, y, width, height = line.groups()
        states[key] = [int(x), int(y), int(width), int(height)]
        count += 1
        at = line.end()
    if len(states) != count or not states or not states.keys().isdisjoint(_WORDS):
        return None
    rest = _read_rest(text[at:])
    return None if rest is None or "states" in rest else {"states": states, **rest}


def _read_rest(text: str) -> dict[str, Data] | None:
    """What follows the states, when it begins at the margin and is whole in itself."""
    if not text.strip(" \n"):
        return {}
    if not text[0].isalpha():
        return None
    try:
        value = parse(text).value
    except FormatError:
        return None
    return value if isinstance(value, dict) else None
