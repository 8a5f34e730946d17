"""One YAML document from the parser's events straight to plain data and flat tables of places.

The loop sees close to a million events for a machine of 10,000 states, so it does as little as it can.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from editor.formats.yaml_faults import COMPLEX_KEY, MOST_DEPTH, TOO_DEEP, Fault, Faulty, syntax_fault
from editor.formats.yaml_nodes import (
    ALIAS,
    BLOCK_LIST,
    BLOCK_MAP,
    DOUBLE,
    FLOW_LIST,
    FLOW_MAP,
    FOLDED,
    LITERAL,
    SINGLE,
    Entries,
)
from editor.formats.yaml_scalars import resolve
from editor.model.elements import Data

MOST_EXPANDED = 1_000_000
_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS: dict[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "float": (int, float), "bool": (bool,), "null": (type(None),),
}  # fmt: skip
_STYLES = {"'": SINGLE, '"': DOUBLE, "|": LITERAL, ">": FOLDED}
_Parser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_NONE: Any = object()


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


class Reader:
    """Reads one text, `lead` characters behind the real beginning.

    `known` are the values of the anchors that stand before it, when it is a part of a text.
    """

    def __init__(self, text: str, *, lead: int = 0, known: Mapping[str, Data] | None = None) -> None:
        self.text = text
        self.entries = Entries(lead=lead)
        self.faults: list[Fault] = []
        self.heights: dict[int, int] = {}
        self.expanded = 0
        self.value: Data = None
        self.is_empty = True
        self.levels: list[tuple[Any, bool, Any, int, int]] = []
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
            raise Faulty([*self.faults, syntax_fault(error, self.text)]) from None
        except UnicodeEncodeError as error:
            raise Faulty([Fault("A lone surrogate cannot stand in YAML.", error.start)]) from None
        if self.faults:
            raise Faulty(self.faults)

    def _content(self, get: Any) -> None:
        """All events of the document."""
        entries, levels, none = self.entries, self.levels, _NONE
        starts, ends, kinds, nexts = entries.starts, entries.ends, entries.kinds, entries.nexts
        start_of, end_of, anchors = starts.append, ends.append, entries.anchors
        seen: dict[str, Any] = {}
        holder: list[Data] = []
        current: Any = holder
        in_map, key = False, none
        scalar, mapping, sequence = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        document_end = yaml.DocumentEndEvent
        while True:
            event = get()
            kind = type(event)
            if kind is scalar:
                value = text = event.value
                style = event.style
                start_of(event.start_mark.index)
                end_of(event.end_mark.index)
                is_key = in_map and key is none
                if style:
                    kinds[len(starts) - 1] = _STYLES[style]
                elif not is_key:
                    value = seen.get(text, none)
                    if value is none:
                        value = seen[text] = resolve(text)
                if event.anchor is not None or event.tag is not None:
                    value = self._dressed(event, text, value, is_key)
                if is_key:
                    key = text if text not in current and text != "<<" else self._odd_key(event, current)
                    continue
            elif kind is yaml.AliasEvent:
                is_key = in_map and key is none
                value = self._alias(event, is_key, len(self.levels))
                if is_key:
                    key = value if value not in current else self._odd_key(event, current, value)
                    continue
            elif kind is mapping or kind is sequence:
                entry, behind = len(starts), none
                if in_map and key is none:
                    key = behind = _Spoilt()
                is_plain = event.anchor is None and event.tag is None and behind is none
                if not is_plain or len(levels) >= MOST_DEPTH:
                    self._begin(event, entry, behind is not none)
                start_of(event.start_mark.index)
                end_of(0)
                levels.append((current, in_map, behind, entry, self.expanded))
                value = {} if kind is mapping else []
                if in_map:
                    current[key] = value
                else:
                    current.append(value)
                current, in_map, key = value, kind is mapping, none
                kinds[entry] = (
                    (FLOW_MAP if in_map else FLOW_LIST)
                    if event.flow_style
                    else BLOCK_MAP
                    if in_map
                    else BLOCK_LIST
                )
                continue
            elif kind is document_end:
                self.value = holder[-1]
                return
            elif kind is yaml.DocumentStartEvent:
                continue
            else:
                value, was_map = current, in_map
                current, in_map, key, entry, expanded = levels.pop()
                ends[entry] = event.end_mark.index
                nexts[entry] = len(starts)
                if was_map and _Merge in value:
                    self._merge(entry, value)
                if entry in anchors:
                    self._end(anchors[entry], entry, value, self.expanded - expanded)
                continue
            if in_map:
                current[key] = value
                key = none
            else:
                current.append(value)

    def _begin(self, event: Any, entry: int, is_key: bool) -> None:
        """A collection begins that is too deep, stands where a key should, or has a tag or an anchor."""
        start = event.start_mark.index
        if len(self.levels) >= MOST_DEPTH:
            raise Faulty([*self.faults, Fault(TOO_DEEP, start)])
        if is_key:
            self.faults.append(Fault(COMPLEX_KEY, start))
        kind = "map" if type(event) is yaml.MappingStartEvent else "seq"
        if event.tag is not None and event.tag not in ("!", _TAG + kind):
            self._refuse_tag(event)
        if event.anchor is not None:
            self.entries.anchors[entry] = event.anchor
            self.anchors[event.anchor] = _Anchor(None, None, entry, 0, 0)

    def _end(self, name: str, entry: int, value: Data, expanded: int) -> None:
        """A collection with an anchor ends, which begins to count."""
        size = len(self.entries.starts) - entry + expanded
        height = self.heights[id(value)] = self._height(value)
        self.anchors[name] = _Anchor(value, None, entry, size, height)

    def _odd_key(self, event: Any, current: dict[Any, Any], text: str | None = None) -> Any:
        """A merge key, or one that stands twice."""
        text = event.value if text is None else text
        if text == "<<" and type(event) is yaml.ScalarEvent and not event.style and _Merge not in current:
            return _Merge
        if text == "<<" and "<<" not in current and _Merge not in current:
            return text
        place = list(current).index(text if text in current else _Merge)
        first = self.entries.starts[self._entry_of(self.levels[-1][3], place)]
        message, tail = f"The key “{text}” stands twice: first in", ", again in {}. Rename or remove one."
        self.faults.append(Fault(message, event.start_mark.index, first, tail))
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
                    message = (
                        f"“{text}” is not what its tag “!!{name}” says. Remove the tag or mend the value."
                    )
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
        entries.kinds[len(entries.starts)] = ALIAS
        entries.starts.append(start)
        entries.ends.append(event.end_mark.index)
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
            self.faults.append(Fault(COMPLEX_KEY, start))
            return _Spoilt()
        self.expanded += anchor.size
        if self.expanded > MOST_EXPANDED:
            message = "The aliases of this text expand to more than a million parts. Write fewer of them."
            raise Faulty([*self.faults, Fault(message, start)])
        if depth + anchor.height > MOST_DEPTH:
            raise Faulty([*self.faults, Fault(TOO_DEEP, start)])
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
