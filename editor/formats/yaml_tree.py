"""YAML text to plain data with marks, fast and bounded; knows nothing of statecharts.

Keys are always texts. Values follow the core schema of YAML 1.2, so `on` and `yes` are texts.
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from editor.errors import Flaw, FormatError
from editor.formats.yaml_scalars import resolve
from editor.model.elements import Data

Path = tuple[str | int, ...]
MOST_BYTES = 64 * 1024 * 1024
MOST_DEPTH = 100
MOST_EXPANDED = 1_000_000
_CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_Parser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class Mark(NamedTuple):
    """A place in a text; both count from 1."""

    line: int
    column: int


class Node:
    """A piece of the text: `kind` is `scalar`, `map`, `list` or `alias`; offsets count characters.

    `pairs` of a map are (key, value), items of a list (None, value). `style` is the quote, `|`, `>`, `{` or empty.
    """

    __slots__ = ("anchor", "end", "kind", "pairs", "start", "style", "value")

    def __init__(self, kind: str, start: int, end: int, style: str, anchor: str | None) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.style = style
        self.anchor = anchor
        self.value: Any = None
        self.pairs: list[tuple[Node | None, Node]] = []

    def find(self, part: str | int) -> tuple[Node | None, Node] | None:
        """The pair of a key or item, the last one of that key."""
        if self.kind == "map":
            found = [pair for pair in self.pairs if pair[0] is not None and pair[0].value == part]
            return found[-1] if found else None
        if self.kind == "list" and isinstance(part, int) and 0 <= part < len(self.pairs):
            return self.pairs[part]
        return None


@dataclass(frozen=True)
class Tree:
    """A text that was read, what it means, and where each part stands."""

    text: str
    root: Node | None
    value: Data
    has_aliases: bool

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def place(self, offset: int) -> Mark:
        """Line and column of an offset."""
        line = bisect_right(self._lines, offset)
        return Mark(line, offset - self._lines[line - 1] + 1)

    def mark(self, path: Path) -> Mark:
        """Where the value at a path begins; of the nearest one around it when there is none."""
        _, value = self._find(path)
        return self.place(value.start) if value is not None else Mark(1, 1)

    def key_mark(self, path: Path) -> Mark:
        """Where the key at a path begins; the value's place for items of lists."""
        key, value = self._find(path)
        found = key or value
        return self.place(found.start) if found is not None else Mark(1, 1)

    def _find(self, path: Path) -> tuple[Node | None, Node | None]:
        key: Node | None = None
        node = self.root
        for part in path:
            pair = node.find(part) if node is not None else None
            if pair is None:
                break
            key, node = pair
        return key, node


def parse(source: str | bytes, *, name: str = "") -> Tree:
    """Read one YAML document.

    Raises:
        FormatError: it is not UTF-8, not YAML, has duplicate keys, tags, several documents, or passes the bounds.
    """
    text = _decoded(source, name)
    with _no_collector():
        return _Reader(text, name).read()


@contextmanager
def _no_collector() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _decoded(source: str | bytes, name: str) -> str:
    if len(source) > MOST_BYTES:
        raise FormatError([Flaw(f"The text is larger than {MOST_BYTES >> 20} MB.")], file=name)
    if isinstance(source, bytes):
        try:
            source = source.decode("utf-8")
        except UnicodeDecodeError as error:
            head = error.object[: error.start].decode("utf-8")
            line, column = head.count("\n") + 1, len(head) - head.rfind("\n")
            byte = error.object[error.start]
            message = (
                f"The text is not UTF-8: the byte 0x{byte:02x} is not valid here. Save the file as UTF-8."
            )
            raise FormatError([Flaw(message, line, column)], file=name) from None
    bad = _CONTROL.search(source)
    if bad:
        line, column = (
            source.count("\n", 0, bad.start()) + 1,
            bad.start() - source.rfind("\n", 0, bad.start()),
        )
        message = f"The character U+{ord(bad[0]):04X} cannot stand in YAML. Remove it."
        raise FormatError([Flaw(message, line, column)], file=name)
    return source


class _Reader:
    """Turns the parser's events into nodes and plain values."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.lead = 1 if text.startswith("\ufeff") else 0
        self.anchors: dict[str, Node] = {}
        self.open: set[str] = set()
        self.flaws: list[Flaw] = []
        self.expanded = 0
        self.has_aliases = False

    def read(self) -> Tree:
        try:
            parser = _Parser(self.text[self.lead :])
            root = self._document(parser)
        except yaml.YAMLError as error:
            raise FormatError([*self.flaws, _syntax_flaw(error)], file=self.name) from None
        except RecursionError:
            raise FormatError(
                [Flaw(f"The text is nested deeper than {MOST_DEPTH} levels.")], file=self.name
            ) from None
        if self.flaws:
            raise FormatError(self.flaws, file=self.name)
        return Tree(self.text, root, root.value if root is not None else None, self.has_aliases)

    def _document(self, parser: Any) -> Node | None:
        root: Node | None = None
        documents = 0
        get = parser.get_event
        while True:
            event = get()
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                return root
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._flaw("A second document begins here; a machine is one document.", event)
                    return root
            elif kind not in (yaml.StreamStartEvent, yaml.DocumentEndEvent):
                root = self._node(get, event, 0)

    def _flaw(self, message: str, event: Any) -> None:
        self.flaws.append(Flaw(message, event.start_mark.line + 1, event.start_mark.column + 1))

    def _node(self, get: Any, event: Any, depth: int) -> Node:
        kind = type(event)
        mark = event.start_mark
        start, end = mark.index + self.lead, event.end_mark.index + self.lead
        if kind is yaml.AliasEvent:
            return self._alias(event, start, end)
        if event.tag is not None and event.tag != "!" and event.tag not in _CORE_TAGS:
            self._flaw(f"The tag “{event.tag}” is not allowed: a definition holds plain data only.", event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event, start, end)
        if depth >= MOST_DEPTH:
            flaw = Flaw(f"This is nested deeper than {MOST_DEPTH} levels.", mark.line + 1, mark.column + 1)
            raise FormatError([*self.flaws, flaw], file=self.name)
        node = Node(
            "map" if kind is yaml.MappingStartEvent else "list",
            start,
            end,
            "{" if event.flow_style else "",
            event.anchor,
        )
        if event.anchor is not None:
            self.anchors[event.anchor] = node
            self.open.add(event.anchor)
        last = self._map(get, node, depth) if node.kind == "map" else self._list(get, node, depth)
        node.end = last.end_mark.index + self.lead
        if event.anchor is not None:
            self.open.discard(event.anchor)
        return node

    def _scalar(self, event: Any, start: int, end: int) -> Node:
        node = Node("scalar", start, end, event.style or "", event.anchor)
        text = event.value
        plain = event.implicit[0] and not event.style
        node.value = resolve(text) if plain else text
        if event.tag in _CORE_TAGS and not event.tag.endswith(":str"):
            node.value = resolve(text)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _alias(self, event: Any, start: int, end: int) -> Node:
        node = Node("alias", start, end, "", event.anchor)
        self.has_aliases = True
        target = self.anchors.get(event.anchor)
        if target is None:
            self._flaw(
                f"The alias “*{event.anchor}” stands for nothing: there is no “&{event.anchor}” before it.",
                event,
            )
        elif event.anchor in self.open:
            self._flaw(f"The alias “*{event.anchor}” stands inside what it stands for.", event)
        else:
            node.value = target.value
            self.expanded += _weight(target.value, MOST_EXPANDED)
            if self.expanded > MOST_EXPANDED:
                mark = event.start_mark
                flaw = Flaw(
                    "The aliases expand to more than a million parts.", mark.line + 1, mark.column + 1
                )
                raise FormatError([*self.flaws, flaw], file=self.name)
        return node

    def _list(self, get: Any, node: Node, depth: int) -> Any:
        values: list[Any] = []
        node.value = values
        while True:
            event = get()
            if type(event) is yaml.SequenceEndEvent:
                return event
            item = self._node(get, event, depth + 1)
            node.pairs.append((None, item))
            values.append(item.value)

    def _map(self, get: Any, node: Node, depth: int) -> Any:
        values: dict[str, Any] = {}
        merged: list[Any] = []
        node.value = values
        seen: dict[str, Any] = {}
        while True:
            event = get()
            if type(event) is yaml.MappingEndEvent:
                break
            key = self._key(get, event, depth)
            value = self._node(get, get(), depth + 1)
            node.pairs.append((key, value))
            if key.value == "<<" and not key.style:
                merged.extend(value.value if isinstance(value.value, list) else [value.value])
                self.has_aliases = True
                continue
            if key.value in seen:
                first = seen[key.value]
                self._flaw(
                    f"The key “{key.value}” stands twice: first in line {first.line + 1}, column {first.column + 1}.",
                    event,
                )
            seen[key.value] = event.start_mark
            values[key.value] = value.value
        for source in merged:
            if not isinstance(source, dict):
                self._flaw("A merge key “<<” needs a mapping, or a list of them.", event)
                continue
            for name, value in source.items():
                values.setdefault(name, value)
        return event

    def _key(self, get: Any, event: Any, depth: int) -> Node:
        node = self._node(get, event, depth + 1)
        if type(event) is yaml.ScalarEvent:
            node.value = event.value
        elif isinstance(node.value, str | int | float) and node.kind == "alias":
            node.value = str(node.value)
        else:
            self._flaw("A key must be a text, not a list or a mapping.", event)
            node.value = "?"
        return node


def _weight(value: Any, most: int) -> int:
    """How many parts a value has, counted no further than `most`."""
    count, waiting = 0, [value]
    while waiting and count <= most:
        each = waiting.pop()
        count += 1
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return count


_ADVICE = {
    "mapping values are not allowed": "A “:” stands where no key can be. Check the indentation; quote “: ”.",
    "did not find expected key": "A key is expected here. Check the indentation of this line and the one before.",
    "could not find expected ':'": "A “:” is missing after this key.",
    "did not find expected ',' or '}'": "A “,” or “}” is missing.",
    "did not find expected ',' or ']'": "A “,” or “]” is missing.",
    "found character that cannot start any token": "No text begins like this. Tabs cannot indent; quote “@”, “`”, “%”.",
    "found unexpected end of stream": "The text ends in the middle: a quote or bracket is not closed.",
    "did not find expected '-' indicator": "An item that begins with “-” is expected here. Check the indentation.",
    "did not find expected node content": "A value is expected here.",
    "found unknown escape character": "This escape is unknown. In double quotes, write a backslash as two.",
    "did not find expected <document start>": "The text goes on after the end of the document. Check the indentation.",
}


def _syntax_flaw(error: yaml.YAMLError) -> Flaw:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    message = next(
        (words for known, words in _ADVICE.items() if known in problem), f"This is not YAML: {problem}."
    )
    return Flaw(message, mark.line + 1 if mark else None, mark.column + 1 if mark else None)
