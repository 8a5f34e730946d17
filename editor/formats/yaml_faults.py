"""What can be wrong with a YAML text, in words for the one who wrote it."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

MOST_DEPTH = 100
COMPLEX_KEY = "A list or a mapping cannot be a key. Write a text; quote it when it begins with “[” or “{”."
TOO_DEEP = f"This is nested deeper than {MOST_DEPTH} levels. Move the inner parts out."
_INDENT = "Check the indentation of this line and the one before."
_TAB = "A tab cannot indent. Use spaces."
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_MERGE = (
    "Two versions were merged here and left in conflict. Keep the lines that you want, remove the others."
)
_UNCLOSED = ("',' or '}'", "',' or ']'", "unexpected end of stream", "unexpected document indicator")
_ADVICE = (
    ("mapping values are not allowed", f"A “:” stands where no key can be. {_INDENT} Quote a text with “: ” in it."),
    ("did not find expected key", f"A key is expected here. {_INDENT}"),
    ("could not find expected ':'", "A “:” is missing after this key."),
    ("did not find expected ',' or '}'", "A “,” or “}” is missing."),
    ("did not find expected ',' or ']'", "A “,” or “]” is missing."),
    ("found character that cannot start any token",
     "No text begins like this. Tabs cannot indent; quote a text that begins with “@”, “`” or “%”."),
    ("tab character that violates", _TAB),
    ("found unexpected end of stream", "The quoted text that begins here is not closed."),
    ("found unexpected document indicator", "The quoted text that begins here is not closed before the document ends."),
    ("did not find expected '-' indicator", f"An item that begins with “-” is expected here. {_INDENT}"),
    ("did not find expected node content", "A value is expected here."),
    ("found unknown escape character", "This escape is unknown. In double quotes, write a backslash as two."),
    ("invalid Unicode character escape", "This escape stands for no character. Write the character itself."),
    ("did not find expected <document start>", f"The text goes on where the document has ended. {_INDENT}"),
    ("block sequence entries are not allowed",
     "An item that begins with “-” cannot stand here. Put it on a line of its own."),
    ("found undefined tag handle",
     "Tags are not allowed: only plain data is read. Quote a text that begins with “!”."),
    ("nesting level", TOO_DEEP),
)  # fmt: skip


class Fault(NamedTuple):
    """Something wrong, with the offset where it stands; `first` is another place, named between message and tail."""

    message: str
    offset: int
    first: int | None = None
    tail: str = "."


class Faulty(Exception):  # noqa: N818 - turned into a FormatError where text and name are known
    """Reading cannot go on; carries what was found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(faults)


def syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    """What the parser could not read, and where."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).strip()
    message = next((words for known, words in _ADVICE if known in problem), f"This is not YAML: {problem}.")
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        return Fault(_MERGE, conflict.start())
    if mark is None:
        return Fault(message, getattr(error, "position", 0))
    if text[mark.index : mark.index + 1] == "\t" and "start any token" in problem:
        message = _TAB
    begun = getattr(error, "context_mark", None)
    if begun is None or not any(each in problem for each in _UNCLOSED):
        return Fault(message, mark.index)
    if "unexpected" in problem:
        return Fault(message, begun.index)
    return Fault(f"{message} What is not closed begins in", mark.index, begun.index)
