"""JSON text to plain data with marks (RFC 8259), bounded; knows nothing of statecharts."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from json import JSONDecodeError, JSONDecoder

from editor.errors import Flaw, FormatError
from editor.formats.yaml_tree import Mark, Path, decoded
from editor.model.elements import Data

MOST_DEPTH = 100
"""Levels of lists and objects inside each other."""
MOST_DIGITS = 400

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[^\s,:{}\[\]\"]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|\n")
_DECODER = JSONDecoder()
_CONSTANTS: dict[str, Data] = {"true": True, "false": False, "null": None}
_IN_TEXT = {
    "Unterminated": "A text begins here that has no closing quote.",
    "Invalid control": "This character cannot stand in a text. Write it as an escape, such as \\n or \\t.",
    "Invalid \\": "This is no escape. Write \\\\ for a backslash, or \\u with four digits (0 to f).",
}


@dataclass(frozen=True, eq=False)
class JsonTree:
    """A text that was read, what it means, and where keys and values begin."""

    text: str
    value: Data
    keys: dict[Path, int] = field(repr=False)
    values: dict[Path, int] = field(repr=False)

    def mark(self, path: Path) -> Mark:
        """Where the value at a path begins; of the nearest one around it when there is none."""
        return self.place(self.values[self._nearest(path)])

    def key_mark(self, path: Path) -> Mark:
        """Where the key at a path begins, or the item of a list."""
        near = self._nearest(path)
        return self.place(self.keys.get(near, self.values[near]))

    def written(self, path: Path) -> str:
        """The number at a path as it is written; empty for anything else."""
        found = _NUMBER.match(self.text, self.values[path]) if path in self.values else None
        return found[0] if found is not None else ""

    def _nearest(self, path: Path) -> Path:
        while path not in self.values:
            path = path[:-1]
        return path

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def place(self, offset: int) -> Mark:
        """Line and column of an offset."""
        line = bisect_right(self._lines, offset)
        lead = 1 if line == 1 and self.text.startswith("\ufeff") else 0
        return Mark(line, max(1, offset - self._lines[line - 1] + 1 - lead))


def parse(source: str | bytes, *, name: str = "") -> JsonTree:
    """Read one JSON document; `name` is the file's, for messages.

    Raises:
        FormatError: it is not UTF-8, not JSON, has a key twice, or passes the bounds.
    """
    text = decoded(source, name)
    reader = _Reader(text)
    try:
        value = reader.document()
    except _WrongError as wrong:
        raise FormatError([Flaw(wrong.message, *_place(text, wrong.offset))], file=name) from None
    return JsonTree(text, value, reader.keys, reader.values)


def _place(text: str, offset: int) -> Mark:
    return JsonTree(text, None, {}, {}).place(offset)


class _WrongError(Exception):
    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class _Reader:
    """One pass over a text; `at` is how far it got."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.keys: dict[Path, int] = {}
        self.values: dict[Path, int] = {}

    def document(self) -> Data:
        value = self._value((), "A machine in JSON begins with “{”")
        if self._next():
            raise self._wrong("Nothing may follow the end of the machine")
        return value

    def _next(self) -> str:
        """The next character that is no space; empty at the end."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found is not None else self.at
        return self.text[self.at : self.at + 1]

    def _wrong(self, wanted: str) -> _WrongError:
        """What was expected, and what stands there instead."""
        found = self._next()
        word = _WORD.match(self.text, self.at)
        if not found:
            what = "the file ends here"
        elif found == '"':
            what = "a text stands here"
        else:
            what = f"“{word[0][:40] if word is not None else found}” stands here"
        return _WrongError(f"{wanted}, but {what}.", self.at)

    def _value(self, path: Path, wanted: str) -> Data:
        first = self._next()
        self.values[path] = self.at
        if len(path) > MOST_DEPTH:
            raise _WrongError(f"Lists and objects go more than {MOST_DEPTH} levels deep.", self.at)
        if first == "{":
            return self._object(path)
        if first == "[":
            return self._list(path)
        if first == '"':
            return self._string()
        found = _NUMBER.match(self.text, self.at)
        if found is not None:
            return self._number(found)
        word = _WORD.match(self.text, self.at)
        if word is None or word[0] not in _CONSTANTS:
            raise self._wrong(wanted)
        self.at = word.end()
        return _CONSTANTS[word[0]]

    def _object(self, path: Path) -> Data:
        found: dict[str, Data] = {}
        self.at += 1
        if self._next() == "}":
            self.at += 1
            return found
        while True:
            if self._next() != '"':
                raise self._wrong("A key in double quotes is expected")
            start = self.at
            key = self._string()
            here = (*path, key)
            if key in found:
                first = _place(self.text, self.keys[here])
                where = f"first in line {first.line}, column {first.column}, and again here"
                raise _WrongError(f"The key “{key}” stands twice: {where}. Rename or remove one.", start)
            self.keys[here] = start
            if self._next() != ":":
                raise self._wrong("A colon is expected between a key and its value")
            self.at += 1
            found[key] = self._value(here, "A value is expected behind the colon")
            if self._ends("}", "A comma or “}” is expected behind a value"):
                return found

    def _list(self, path: Path) -> Data:
        found: list[Data] = []
        self.at += 1
        if self._next() == "]":
            self.at += 1
            return found
        while True:
            found.append(self._value((*path, len(found)), "A value is expected in a list"))
            if self._ends("]", "A comma or “]” is expected behind a value"):
                return found

    def _ends(self, closing: str, wanted: str) -> bool:
        """Whether a list or an object ends here; if not, a comma is passed."""
        found = self._next()
        if found not in (",", closing) or not found:
            raise self._wrong(wanted)
        self.at += 1
        return found == closing

    def _string(self) -> str:
        start = self.at
        try:
            found: str
            found, self.at = _DECODER.raw_decode(self.text, start)
        except JSONDecodeError as error:
            said = next((words for head, words in _IN_TEXT.items() if error.msg.startswith(head)), error.msg)
            raise _WrongError(said, error.pos) from None
        if _SURROGATE.search(found):
            raise _WrongError("A text has an escape that is half a character. Write the character.", start)
        return found

    def _number(self, found: re.Match[str]) -> int | float:
        if len(found[0]) > MOST_DIGITS:
            raise _WrongError(f"A number has at most {MOST_DIGITS} digits.", self.at)
        self.at = found.end()
        rest = _WORD.match(self.text, self.at)
        if rest is not None:
            self.at = found.start()
            raise self._wrong("A number, a text, true, false or null is expected")
        return float(found[0]) if found[1] or found[2] else int(found[0])
