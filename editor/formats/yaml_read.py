"""One YAML document from the parser's events straight to plain data and flat tables of places.

The loop sees close to a million events for a machine of 10,000 states, so it does as little as it can.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from editor.formats.yaml_nodes import (
    ALIAS,
    BLOCK_LIST,
    BLOCK_MAP,
    DOUBLE,
    FLOW_LIST,
    FLOW_MAP,
    FOLDED,
    LITERAL,
    PLAIN,
    SINGLE,
    Entries,
)
from editor.formats.yaml_scalars import resolve
from editor.model.elements import Data

MOST_DEPTH = 100
MOST_EXPANDED = 1_000_000
_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "float": (int, float), "bool": (bool,), "null": (type(None),),
}  # fmt: skip
_STYLES = {None: PLAIN, "": PLAIN, "'": SINGLE, '"': DOUBLE, "|": LITERAL, ">": FOLDED}
_Parser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_NONE: Any = object()


class Fault(NamedTuple):
    """Something wrong, with the offset where it stands, and of a key that stands twice where it stood first."""

    message: str
    offset: int
    first: int | None = None


class Faulty(Exception):  # noqa: N818 - turned into a FormatError where text and name are known
    """Reading cannot go on; carries what was found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(faults)


class _Merge:
    """Stands in a mapping for the key `<<` until the mapping ends."""


class _Spoilt:
    """Stands in a mapping for a key that cannot be used, so that the others keep their places."""


class _Anchor(NamedTuple):
    """What an anchor names: its value, its text as a key, its entry, and how large and deep it is."""

    value: Data
    key: str | None
    entry: int
    size: int
    height: int


class _Level(NamedTuple):
    """A collection that is being read: where to go on around it, and how much was expanded before it."""

    around: Any
    in_map: bool
    key: Any
    entry: int
    expanded: int


class Reader:
    """Reads one text; `known` are values of anchors that stand before it, when it is a part of a text."""

    def __init__(self, text: str, known: Mapping[str, Data] | None = None) -> None:
        self.text = text
        self.entries = Entries()
        self.faults: list[Fault] = []
        self.heights: dict[int, int] = {}
        self.expanded = 0
        self.value: Data = None
        self.is_empty = True
        self.levels: list[_Level] = []
        self.anchors = {
            name: _Anchor(value, str(value), -1, 1, self._height(value))
            for name, value in (known or {}).items()
        }

    def read(self) -> None:
        """Fill `value` and `entries`; raises Faulty."""
        try:
            get = _Parser(self.text).get_event
            get()
            event = get()
            if type(event) is yaml.StreamEndEvent:
                return
            self.is_empty = False
            self._content(get)
            event = get()
            if type(event) is not yaml.StreamEndEvent:
                offset = event.start_mark.index
                self.faults.append(
                    Fault("A second document begins here; a file holds one document only.", offset)
                )
        except yaml.YAMLError as error:
            raise Faulty([*self.faults, _syntax_fault(error)]) from None
        except UnicodeEncodeError as error:
            raise Faulty([Fault("A lone surrogate cannot stand in YAML.", error.start)]) from None
        if self.faults:
            raise Faulty(self.faults)

    def _content(self, get: Any) -> None:
        """All events of the document."""
        entries = self.entries
        kind_of, start_of, end_of = entries.kinds.append, entries.starts.append, entries.ends.append
        next_of, styles = entries.nexts.append, _STYLES
        seen: dict[str, Any] = {}
        holder: list[Data] = []
        current: Any = holder
        in_map, key = False, _NONE
        scalar, document_end = yaml.ScalarEvent, yaml.DocumentEndEvent
        while True:
            event = get()
            kind = type(event)
            if kind is scalar:
                value = text = event.value
                style = event.style
                start_of(event.start_mark.index)
                end_of(event.end_mark.index)
                next_of(0)
                kind_of(styles[style])
                is_key = in_map and key is _NONE
                if not style and not is_key:
                    value = seen.get(text, _NONE)
                    if value is _NONE:
                        value = seen[text] = resolve(text)
                if event.anchor is not None or event.tag is not None:
                    value = self._dressed(event, text, value, is_key)
                if is_key:
                    key = text if text not in current and text != "<<" else self._odd_key(event, current)
                    continue
            elif kind is yaml.AliasEvent:
                is_key = in_map and key is _NONE
                value = self._alias(event, is_key, len(self.levels))
                if is_key:
                    key = value if value not in current else self._odd_key(event, current, value)
                    continue
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                behind = _NONE
                if in_map and key is _NONE:
                    self.faults.append(Fault(_COMPLEX_KEY, event.start_mark.index))
                    key = behind = _Spoilt()
                self._begin(event, _Level(current, in_map, behind, len(entries.starts), self.expanded))
                value = {} if kind is yaml.MappingStartEvent else []
                if in_map:
                    current[key] = value
                else:
                    current.append(value)
                current, in_map, key = value, kind is yaml.MappingStartEvent, _NONE
                continue
            elif kind is document_end:
                self.value = holder[-1]
                return
            elif kind is yaml.DocumentStartEvent:
                continue
            else:
                level = self._end(event, current)
                current, in_map, key = level.around, level.in_map, level.key
                continue
            if in_map:
                current[key] = value
                key = _NONE
            else:
                current.append(value)

    def _begin(self, event: Any, level: _Level) -> None:
        """A collection begins."""
        start = event.start_mark.index
        if len(self.levels) >= MOST_DEPTH:
            raise Faulty([*self.faults, Fault(_TOO_DEEP, start)])
        is_map = type(event) is yaml.MappingStartEvent
        if event.tag is not None and event.tag != _TAG + ("map" if is_map else "seq"):
            self._refuse_tag(event)
        entries = self.entries
        if is_map:
            entries.kinds.append(FLOW_MAP if event.flow_style else BLOCK_MAP)
        else:
            entries.kinds.append(FLOW_LIST if event.flow_style else BLOCK_LIST)
        entries.starts.append(start)
        entries.ends.append(start)
        entries.nexts.append(0)
        if event.anchor is not None:
            entries.anchors[level.entry] = event.anchor
            self.anchors[event.anchor] = _Anchor(None, None, level.entry, 0, 0)
        self.levels.append(level)

    def _end(self, event: Any, value: Any) -> _Level:
        """A collection ends; its merges are carried out and its anchor begins to count."""
        level = self.levels.pop()
        entries = self.entries
        entries.ends[level.entry] = event.end_mark.index
        entries.nexts[level.entry] = len(entries.starts)
        if type(value) is dict and _Merge in value:
            self._merge(level.entry, value)
        name = entries.anchors.get(level.entry)
        if name is not None:
            size = len(entries.starts) - level.entry + self.expanded - level.expanded
            height = self.heights[id(value)] = self._height(value)
            self.anchors[name] = _Anchor(value, None, level.entry, size, height)
        return level

    def _odd_key(self, event: Any, current: dict[Any, Any], text: str | None = None) -> Any:
        """A merge key, or one that stands twice."""
        text = event.value if text is None else text
        if text == "<<" and type(event) is yaml.ScalarEvent and not event.style and _Merge not in current:
            return _Merge
        if text == "<<" and "<<" not in current and _Merge not in current:
            return text
        place = list(current).index(text if text in current else _Merge)
        first = self.entries.starts[self._entry_of(self.levels[-1].entry, place)]
        self.faults.append(Fault(f"The key “{text}” stands twice", event.start_mark.index, first))
        return _Spoilt()

    def _merge(self, entry: int, value: dict[Any, Any]) -> None:
        """What `<<` brings comes first, the keys written here win over it; of several sources the first wins."""
        source = value[_Merge]
        self.entries.own_keys[entry] = ["<<" if key is _Merge else key for key in value]
        self.entries.merges[entry] = source
        merged: dict[str, Any] = {}
        for each in source if isinstance(source, list) else [source]:
            if not isinstance(each, dict):
                message = "The merge key “<<” needs a mapping, or a list of mappings."
                self.faults.append(Fault(message, self._place_of_merge(entry, value)))
                break
            for key, inner in each.items():
                merged.setdefault(key, inner)
        own = {key: inner for key, inner in value.items() if key is not _Merge}
        value.clear()
        value.update(merged)
        value.update(own)

    def _place_of_merge(self, entry: int, value: dict[Any, Any]) -> int:
        return self.entries.starts[self._entry_of(entry, list(value).index(_Merge))]

    def _entry_of(self, entry: int, place: int) -> int:
        """The entry of the key at a place in a mapping."""
        entry += 1
        for _ in range(place):
            entry = self.entries.behind(entry + 1)
        return entry

    def _dressed(self, event: Any, text: str, value: Data, is_key: bool) -> Data:
        """A scalar with a tag or an anchor."""
        tag = event.tag
        if tag == "!":
            value = text
        elif tag is not None:
            name = tag.removeprefix(_TAG)
            if not tag.startswith(_TAG) or name not in (*_SCALAR_TAGS, "map", "seq"):
                self._refuse_tag(event)
            elif name == "str":
                value = text
            elif not is_key:
                value = resolve(text)
                if name not in _SCALAR_TAGS or type(value) not in _SCALAR_TAGS[name]:
                    message = f"“{text}” is not what its tag “!!{name}” says. Remove the tag or mend the value."
                    self.faults.append(Fault(message, event.start_mark.index))
        if event.anchor is not None:
            entry = len(self.entries.starts) - 1
            self.entries.anchors[entry] = event.anchor
            self.anchors[event.anchor] = _Anchor(value, text, entry, 1, 0)
        return value

    def _refuse_tag(self, event: Any) -> None:
        shown = event.tag.replace(_TAG, "!!", 1)
        message = f"The tag “{shown}” is not allowed: only plain data is read. Remove the tag."
        self.faults.append(Fault(message, event.start_mark.index))

    def _alias(self, event: Any, is_key: bool, depth: int) -> Any:
        """The value that an alias stands for."""
        entries, start = self.entries, event.start_mark.index
        anchor = self.anchors.get(event.anchor)
        entries.kinds.append(ALIAS)
        entries.starts.append(start)
        entries.ends.append(event.end_mark.index)
        entries.nexts.append(0)
        name = event.anchor
        if anchor is None:
            message = f"The alias “*{name}” stands for nothing: there is no “&{name}” before it."
            self.faults.append(Fault(message, start))
            return _Spoilt() if is_key else None
        entries.targets[len(entries.starts) - 1] = anchor.entry
        if anchor.size == 0:
            message = f"The alias “*{name}” stands inside “&{name}”, so that it would contain itself."
            self.faults.append(Fault(message, start))
            return _Spoilt() if is_key else None
        if is_key and anchor.key is None:
            self.faults.append(Fault(_COMPLEX_KEY, start))
            return _Spoilt()
        self.expanded += anchor.size
        if self.expanded > MOST_EXPANDED:
            message = "The aliases of this text expand to more than a million parts. Write fewer of them."
            raise Faulty([*self.faults, Fault(message, start)])
        if depth + anchor.height > MOST_DEPTH:
            raise Faulty([*self.faults, Fault(_TOO_DEEP, start)])
        return anchor.key if is_key else anchor.value

    def _height(self, value: Data) -> int:
        """How many levels of collections a value has; of what an anchor names it is known."""
        if not isinstance(value, dict | list):
            return 0
        known = self.heights.get(id(value))
        if known is not None:
            return known
        inner = value.values() if isinstance(value, dict) else value
        return 1 + max(map(self._height, inner), default=0)


_COMPLEX_KEY = "A list or a mapping cannot be a key. Write a text; quote it when it begins with “[” or “{”."
_TOO_DEEP = f"This is nested deeper than {MOST_DEPTH} levels."
_ADVICE = {
    "mapping values are not allowed": "A “:” stands where no key can be. Check the indentation; quote a text with “: ” in it.",
    "did not find expected key": "A key is expected here. Check the indentation of this line and the one before.",
    "could not find expected ':'": "A “:” is missing after this key.",
    "did not find expected ',' or '}'": "A “,” or “}” is missing.",
    "did not find expected ',' or ']'": "A “,” or “]” is missing.",
    "found character that cannot start any token": "No text begins like this. Tabs cannot indent; quote a text that begins with “@”, “`” or “%”.",
    "found unexpected end of stream": "The text ends in the middle: a quote or a bracket is not closed.",
    "did not find expected '-' indicator": "An item that begins with “-” is expected here. Check the indentation.",
    "did not find expected node content": "A value is expected here.",
    "found unknown escape character": "This escape is unknown. In double quotes, write a backslash as two.",
    "did not find expected <document start>": "The text goes on where the document has ended. Check the indentation.",
    "block sequence entries are not allowed": "An item that begins with “-” cannot stand here. Put it on a line of its own.",
    "found undefined tag handle": "Tags are not allowed: only plain data is read. Quote a text that begins with “!”.",
    "nesting level": _TOO_DEEP,
}  # fmt: skip


def _syntax_fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).strip()
    message = next(
        (words for known, words in _ADVICE.items() if known in problem), f"This is not YAML: {problem}."
    )
    return Fault(message, mark.index if mark is not None else getattr(error, "position", 0))
