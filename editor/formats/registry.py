"""The formats there are, and what reading one gives; knows no format from the inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import PurePath
from typing import Protocol

from editor.errors import FileError
from editor.formats.native_keys import SYNONYMS
from editor.formats.xml_source import Source
from editor.formats.yaml_tree import Mark, Path, Tree
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Data, Transition
from editor.model.problems import Problem
from editor.model.surroundings import Surroundings

MOST_HEAD = 20_000
"""Bytes of a text that are looked at for its format."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing machines; `start` is a pattern of how a text in it begins.

    `module` has its `read`; where it is writable also `write` for a new file, `patch` for saving over what was read,
    and `encode`, which gives the bytes of either.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    start: str = ""
    is_writable: bool = False


_STATECHART = r"""(?>[ \t\r\n]+|\#[^\r\n]*+|%YAML[^\r\n]*+|---|\{)*+["']?statechart["']?[ \t]*:"""
"""A text in YAML of which the first key is `statechart`; behind comments, which may be long."""

FORMATS = (
    Format("YAML", (".yaml", ".yml"), "editor.formats.native", is_writable=True),
    Format("sismic", (), "editor.formats.sismic", start=_STATECHART),
    Format("XState", (".json",), "editor.formats.xstate"),
    Format(
        "SCXML",
        (".scxml", ".xml"),
        "editor.formats.scxml",
        start=r"<(\?xml|!--|([\w.-]+:)?scxml[\s>])",
        is_writable=True,
    ),
)
READABLE = tuple(suffix for each in FORMATS for suffix in each.suffixes)
"""What files end in that can be opened."""
SUFFIXES = tuple(suffix for each in FORMATS if each.is_writable for suffix in each.suffixes)
"""What files end in that can be written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A machine as its file holds it, and what the file does not hold or others take otherwise."""

    data: bytes
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a conversion or a layout could not keep; line and column count from 1."""

    message: str
    line: int | None = None
    column: int | None = None


class Marked(Protocol):
    """A text that was read: what it means, and where each part of that stands in it."""

    @property
    def value(self) -> Data:
        """What it means, as plain data."""

    def mark(self, path: Path) -> Mark:
        """Where the value at a path begins; of the nearest one around it when there is none."""

    def key_mark(self, path: Path) -> Mark:
        """Where the key at a path begins, or the item of a list."""

    def written(self, path: Path) -> str:
        """The number at a path as it is written."""


class Unmarked:
    """A value that stands in no text, or stands in one otherwise, of which the places are told then."""

    def __init__(self, value: Data, tree: Marked | None = None) -> None:
        self.value = value
        self._tree = tree

    def mark(self, path: Path) -> Mark:
        """Where the value at a path begins."""
        return self._tree.mark(path) if self._tree is not None else Mark(1, 1)

    def key_mark(self, path: Path) -> Mark:
        """Where the key at a path begins."""
        return self._tree.key_mark(path) if self._tree is not None else Mark(1, 1)

    def written(self, path: Path) -> str:
        """The number at a path as it is written."""
        return self._tree.written(path) if self._tree is not None else ""


@dataclass(frozen=True)
class Places:
    """Where elements stand in the text: the path of each in the tree, and from there line and column.

    Formats without such a tree tell the `marks` of elements and their fields instead.
    """

    tree: Marked | None = None
    paths: dict[str, Path] = field(default_factory=dict)
    marks: dict[tuple[str, str], Mark] = field(default_factory=dict)

    def find(self, element: str, field: str = "", *, is_key: bool = False) -> Mark | None:
        """Line and column of an element, or of a field of it; None where it stands in no text.

        A field is where its value begins when that is a single word or text, else where its key does; `is_key` asks
        for the key in any case. Where the file has no such field it is what stands around it.
        """
        if self.marks:
            while field and (element, field) not in self.marks:
                field = field.rpartition(".")[0]
            return self.marks.get((element, field))
        path = self.paths.get(element)
        if self.tree is None or path is None:
            return None
        value = self.value_at(path)
        head, dot, rest = field.partition(".")
        word = _WORDS.get(head, head)
        if word == "target" and not isinstance(value, dict):
            whole: Path = (*path, *_steps(value, rest))
            return self.tree.mark(whole)
        inside = _steps(value, f"{word}{dot}{rest}") if word else ()
        whole = (*path, *inside)
        is_word = bool(inside) and not is_key and isinstance(self.value_at(whole), str | int | float)
        return self.tree.mark(whole) if is_word else self.tree.key_mark(whole)

    def value_at(self, path: Path) -> Data:
        """What the file has at a path; None where it has nothing."""
        value: Data = self.tree.value if self.tree is not None else None
        for part in path:
            if isinstance(value, dict) and isinstance(part, str):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value


_WORDS = {
    "targets": "target",
    "kind": "type",
    "declared_id": "id",
    "invokes": "invoke",
    "key": "",
    "trigger": "",
}
"""Fields of records whose word in a file is another one; an empty word is the element itself."""


def _steps(value: Data, field: str) -> Path:
    """The path that a dotted field takes through plain data; a key with a dot is matched before it is split.

    Where a list may stand, a single item stands for a list of one.
    """
    steps: list[str | int] = []
    rest = field
    while rest:
        head = _head(value, rest)
        if isinstance(value, list) and head.isdigit() and int(head) < len(value):
            steps.append(int(head))
            value = value[int(head)]
        elif isinstance(value, dict) and (head in value or SYNONYMS.get(head) in value):
            word = head if head in value else SYNONYMS[head]
            steps.append(word)
            value = value[word]
        elif head != "0" or isinstance(value, list):
            break
        rest = rest[len(head) + 1 :]
    return tuple(steps)


def _head(value: Data, rest: str) -> str:
    """The part of a field that names what stands here: the longest key that it begins with, else up to a dot."""
    head = rest
    while isinstance(value, dict) and head not in value and "." in head:
        head = head.rpartition(".")[0]
    known = isinstance(value, dict) and (head in value or SYNONYMS.get(head) in value)
    return head if known else rest.partition(".")[0]


@dataclass(frozen=True)
class Loaded:
    """What a text was read to. `chart` is as loaded and is not written to after `files` has copied it.

    `neighbours` reads what the machine names. What was read is a `tree` of YAML, a source in `xml`, or a `text`.
    `is_import`: it is in a format that cannot be written, whatever the file is called, so that it is never saved over.
    `ids` are those that states have in the file, where it needs them to be unique.
    """

    chart: Chart
    tree: Tree | None = None
    places: Places = field(default_factory=Places)
    problems: tuple[Problem, ...] = ()
    notices: tuple[Notice, ...] = ()
    diagram: Diagram | None = None
    name: str = ""
    neighbours: Surroundings | None = None
    text: str = ""
    is_import: bool = False
    xml: Source | None = None
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str | None:
        """The text that was read; None where it is not known."""
        if self.tree is not None:
            return self.tree.text
        return self.xml.text if self.xml is not None else self.text or None

    @property
    def data(self) -> bytes:
        """What was read, as it is in its file."""
        return (
            self.xml.encoded(self.xml.text) if self.xml is not None else (self.source or "").encode("utf-8")
        )


def format_of(path: PurePath) -> Format:
    """The format that a file name says.

    Raises:
        FileError: names the formats there are.
    """
    suffix = path.suffix.lower()
    for each in FORMATS:
        if suffix in each.suffixes:
            return each
    raise FileError(
        f"{path}: no format is known for “{path.suffix or path.name}”. Machines end in {_listed(READABLE)}."
    )


def check_suffix(path: PurePath) -> None:
    """Refuse a file name of which no format can be written.

    Raises:
        FileError: names the formats there are.
    """
    _writable(format_of(path), path)


def _writable(found: Format, path: PurePath) -> Format:
    if not found.is_writable:
        raise FileError(f"{path}: {found.name} cannot be written. Save as {_listed(SUFFIXES)} instead.")
    return found


def format_by_start(data: str | bytes, path: PurePath) -> Format:
    """The format that the beginning of a text shows, else that of the name.

    Raises:
        FileError: no format has such a name.
    """
    named = format_of(path)
    return _shown(data) or named


def read(data: str | bytes, path: PurePath) -> Loaded:
    """A machine in the format that its content shows, else its name.

    Raises:
        FileError: no format has such a name.
        FormatError: it is no machine.
    """
    found = format_by_start(data, path)
    reader = import_module(found.module).read
    loaded: Loaded = reader(data, name=str(path))
    return loaded if found.is_writable else replace(loaded, is_import=True)


def _shown(data: str | bytes) -> Format | None:
    """The format that a text shows by how it begins."""
    start = data[:MOST_HEAD].encode(errors="replace") if isinstance(data, str) else data[:MOST_HEAD]
    head = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return next((each for each in FORMATS if each.start and re.match(each.start.encode(), head)), None)


def write(chart: Chart, path: PurePath, loaded: Loaded | None = None) -> Written:
    """A machine for a file of a name, in the format of that; what was read of it is changed only where it differs.

    A file that was read in another format than its name says stays in that.

    Raises:
        FileError: no format has such a name, or it cannot hold something that the machine has.
    """
    found = _writable(format_of(path), path)
    if loaded is not None and loaded.source is not None and loaded.name == str(path):
        if loaded.is_import:
            raise FileError(
                f"{path} is in a format that cannot be written. Choose another name with Save as."
            )
        found = _shown(loaded.source) or found
    module = import_module(found.module)
    text, notices = module.patch(loaded, chart) if loaded is not None else module.write(chart)
    data: bytes = module.encode(text, loaded)
    return Written(data, notices)


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def with_ids_of(chart: Chart, fresh: Loaded) -> Loaded:
    """A fresh reading of what was written of a chart, told in the ids that the chart gives the same elements."""
    ours = dict(same_elements(fresh.chart, chart))
    paths = {ours[id]: path for id, path in fresh.places.paths.items() if id in ours}
    marks = {(ours[id], field): mark for (id, field), mark in fresh.places.marks.items() if id in ours}
    problems = tuple(
        replace(problem, element=ours[problem.element])
        for problem in fresh.problems
        if problem.element in ours
    )
    ids = {ours[id]: name for id, name in fresh.ids.items() if id in ours}
    return replace(
        fresh, ids=ids, chart=chart, places=replace(fresh.places, paths=paths, marks=marks), problems=problems
    )


def same_elements(theirs: Chart, ours: Chart) -> Iterator[tuple[str, str]]:
    """The ids of the same element in two charts: states by their keys, transitions by source and trigger."""
    yield theirs.info.id, ours.info.id
    waiting = [(theirs.root_id, ours.root_id)]
    while waiting:
        their_id, our_id = waiting.pop()
        yield their_id, our_id
        by_trigger: dict[tuple[object, ...], list[str]] = {}
        for transition in theirs.outgoing(their_id):
            by_trigger.setdefault(_trigger_of(theirs, transition), []).append(transition.id)
        for transition in ours.outgoing(our_id):
            same = by_trigger.get(_trigger_of(ours, transition))
            if same:
                yield same.pop(0), transition.id
        keys = {child.key: child.id for child in theirs.children(their_id)}
        waiting += [(keys[child.key], child.id) for child in ours.children(our_id) if child.key in keys]


def _trigger_of(chart: Chart, transition: Transition) -> tuple[object, ...]:
    trigger = transition.trigger
    uids = [invoke.uid for invoke in chart.states[transition.source].invokes]
    return (trigger.kind, trigger.text, uids.index(trigger.invoke) if trigger.invoke in uids else -1)
