"""YAML text to plain data with marks, fast and bounded; knows nothing of statecharts.

Keys are always texts. Values follow the core schema of YAML 1.2, so `on` and `yes` are texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from editor import collecting
from editor.errors import Flaw, FormatError
from editor.formats.yaml_faults import Fault, Faulty
from editor.formats.yaml_nodes import Entries, Node
from editor.formats.yaml_read import Reader
from editor.model.elements import Data

Path: TypeAlias = tuple[str | int, ...]
MOST_BYTES = 64 * 1024 * 1024
_MOST_CONTROLS = 20
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|\n")
_BOM = "\ufeff"


class Mark(NamedTuple):
    """A place in a text; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, eq=False)
class Tree:
    """A text that was read, what it means, and where each part stands."""

    text: str
    value: Data
    entries: Entries
    is_empty: bool
    """Whether there is nothing but comments."""

    @cached_property
    def root(self) -> Node | None:
        """The outermost piece; None for a text that is empty."""
        return None if self.is_empty else Node(self.entries, 0, self.value)

    @cached_property
    def has_aliases(self) -> bool:
        """Whether there is any anchor, alias or merge key."""
        return bool(self._special)

    @cached_property
    def _special(self) -> list[int]:
        return sorted({*self.entries.anchors, *self.entries.targets, *self.entries.merges})

    def has_aliases_in(self, node: Node) -> bool:
        """Whether there is an anchor, alias or merge key at or below a node."""
        if not self._special:
            return False
        place = bisect_left(self._special, node.entry)
        return place < len(self._special) and self._special[place] < self.entries.behind(node.entry)

    @cached_property
    def _places(self) -> _Places:
        return _Places(self.text)

    def place(self, offset: int) -> Mark:
        """Line and column of an offset."""
        return self._places.mark(offset)

    def mark(self, path: Path) -> Mark:
        """Where the value at a path begins; of the nearest one around it when there is none."""
        _, value, _ = self._find(path)
        return self.place(value.start) if value is not None else Mark(1, 1)

    def key_mark(self, path: Path) -> Mark:
        """Where the key at a path begins, or the item of a list."""
        key, value, _ = self._find(path)
        found = key or value
        return self.place(found.start) if found is not None else Mark(1, 1)

    def written(self, path: Path) -> str:
        """The scalar at a path as it is written, an alias as what it stands for; empty for anything else."""
        _, node, _ = self._find(path)
        if node is not None and node.kind == "alias":
            node = node.target(node.value)
        return self.text[node.start : node.end] if node is not None and node.kind == "scalar" else ""

    def aliased(self, path: Path) -> bool:
        """Whether the value at a path, or one around it, is not written there but comes by an alias or a merge."""
        return self._find(path)[2]

    def _find(self, path: Path) -> tuple[Node | None, Node | None, bool]:
        """Key and value of a path, as far as it goes, and whether it led through an alias or a merge."""
        key, node, aliased = None, self.root, False
        for part in path:
            here = node
            if here is not None and here.kind == "alias":
                here = here.target(here.value)
            pair = here.find(part) if here is not None else None
            if pair is None and here is not None and here.has_merge and isinstance(part, str):
                pair, aliased = _merged_pair(here, part), True
            if pair is None:
                break
            key, node = pair
            aliased = aliased or node.kind == "alias"
        return key, node, aliased


def _merged_pair(node: Node, key: str) -> tuple[Node | None, Node] | None:
    """The pair that a mapping has by its merge key."""
    merge = node.find("<<")
    sources = [merge[1]] if merge is not None else []
    if sources and sources[0].kind == "list":
        sources = [value for _, value in sources[0].pairs]
    for source in sources:
        here = source.target(source.value) if source.kind == "alias" else source
        if here is None or not isinstance(here.value, dict) or key not in here.value:
            continue
        return here.find(key) or _merged_pair(here, key)
    return None


class _Places:
    """Offsets of a text to lines and columns; a byte order mark takes no column."""

    def __init__(self, text: str) -> None:
        self.lines = [0, *(found.end() for found in _BREAK.finditer(text))]
        self.lead = 1 if text.startswith(_BOM) else 0

    def mark(self, offset: int) -> Mark:
        line = bisect_right(self.lines, offset)
        column = offset - self.lines[line - 1] + 1
        return Mark(line, max(1, column - self.lead) if line == 1 else column)


def parse(source: str | bytes, *, name: str = "") -> Tree:
    """Read one YAML document; `name` is the file's, for messages.

    Raises:
        FormatError: it is not UTF-8, not YAML, has duplicate keys, tags, several documents, or passes the bounds.
    """
    text = decoded(source, name)
    bare = text.removeprefix(_BOM)
    reader = Reader(bare, lead=len(text) - len(bare))
    try:
        with collecting.paused():
            reader.read()
    except Faulty as faulty:
        raise FormatError(_flaws(bare, faulty.faults), file=name) from None
    return Tree(text, reader.value, reader.entries, reader.is_empty)


def value_of(text: str, known: Mapping[str, Data]) -> Data:
    """What a part of a text means, when `known` are the anchors before it.

    Raises:
        FormatError: it cannot stand alone.
    """
    reader = Reader(text, known=known)
    try:
        reader.read()
    except Faulty as faulty:
        raise FormatError(_flaws(text, faulty.faults)) from None
    return reader.value


def decoded(source: str | bytes, name: str = "") -> str:
    """The text of a file.

    Raises:
        FormatError: it is too large, or not UTF-8.
    """
    if len(source) > MOST_BYTES:
        message = f"The text is larger than {MOST_BYTES >> 20} MB. Split it into smaller files."
        raise FormatError([Flaw(message, 1, 1)], file=name)
    if isinstance(source, str):
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        head = source[: error.start].decode("utf-8")
        mark = _Places(head).mark(len(head))
        byte = f"0x{source[error.start]:02x}"
        message = f"The text is not UTF-8: the byte {byte} is not valid here. Save the file as UTF-8."
        raise FormatError([Flaw(message, *mark)], file=name) from None


def _flaws(text: str, faults: list[Fault]) -> list[Flaw]:
    """Faults with lines and columns, in the order of the text; characters that cannot stand explain the rest."""
    places = _Places(text)
    bad = [found for _, found in zip(range(_MOST_CONTROLS), _CONTROL.finditer(text), strict=False)]
    if bad:
        message = "The character U+{:04X} cannot stand in YAML. Remove it, or write it as an escape in double quotes."
        faults = [Fault(message.format(ord(found[0])), found.start()) for found in bad]
    flaws = []
    for fault in sorted(faults, key=lambda fault: fault.offset):
        message, mark = fault.message, places.mark(fault.offset)
        if fault.first is not None:
            message += f" {_words(places.mark(fault.first))}{fault.tail.replace('{}', _words(mark))}"
        flaws.append(Flaw(message, *mark))
    return flaws


def _words(mark: Mark) -> str:
    return f"line {mark.line}, column {mark.column}"
