"""Where the pieces of a YAML text stand: flat tables filled while reading, seen as a tree of nodes when asked for."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

from editor.model.elements import Data

PLAIN, SINGLE, DOUBLE, LITERAL, FOLDED, ALIAS, BLOCK_MAP, FLOW_MAP, BLOCK_LIST, FLOW_LIST = range(10)
_FORMS = (
    ("scalar", ""), ("scalar", "'"), ("scalar", '"'), ("scalar", "|"), ("scalar", ">"), ("alias", ""),
    ("map", ""), ("map", "{"), ("list", ""), ("list", "{"),
)  # fmt: skip


def _offsets() -> array[int]:
    return array("I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """One entry a scalar, collection or alias, in the order of the text; offsets count characters.

    They count behind a byte order mark, whose length is `lead`. The other tables go by entry: `kinds` of all but
    plain scalars; `nexts`, the entry behind a collection and all within it; `anchors`; `targets` of aliases (an
    entry, or -1); of mappings that merge with `<<` the `own_keys` that are written in them, in order, and in
    `merges` the value of the `<<`.
    """

    lead: int = 0
    kinds: dict[int, int] = field(default_factory=dict)
    starts: array[int] = field(default_factory=_offsets)
    ends: array[int] = field(default_factory=_offsets)
    nexts: dict[int, int] = field(default_factory=dict)
    anchors: dict[int, str] = field(default_factory=dict)
    targets: dict[int, int] = field(default_factory=dict)
    own_keys: dict[int, list[str]] = field(default_factory=dict)
    merges: dict[int, Data] = field(default_factory=dict)

    def behind(self, entry: int) -> int:
        """The entry that follows a whole subtree."""
        return self.nexts.get(entry, entry + 1)


class Node:
    """A piece of the text: `kind` is `scalar`, `map`, `list` or `alias`; offsets count characters.

    `style` is the quote, `|`, `>`, `{` for flow, or empty. The end of a block collection is that of its last
    entry's own text only for scalars and flow; `editor.formats.yaml_units` knows more.
    """

    __slots__ = (
        "_pairs", "_table", "anchor", "end", "entries", "entry", "kind", "start", "style", "value",
    )  # fmt: skip

    def __init__(self, entries: Entries, entry: int, value: Data) -> None:
        self.entries = entries
        self.entry = entry
        self.value = value
        self.kind, self.style = _FORMS[entries.kinds.get(entry, PLAIN)]
        self.start = entries.starts[entry] + entries.lead
        self.end = entries.ends[entry] + entries.lead
        self.anchor = entries.anchors.get(entry)
        self._pairs: list[tuple[Node | None, Node]] | None = None
        self._table: dict[str, tuple[Node | None, Node]] | None = None

    @property
    def pairs(self) -> list[tuple[Node | None, Node]]:
        """(key, value) of each key that is written, `<<` too; (None, value) of each item."""
        if self._pairs is None:
            self._pairs = self._read_pairs()
        return self._pairs

    @property
    def has_merge(self) -> bool:
        """Whether this is a mapping with a merge key."""
        return self.entry in self.entries.merges

    def _read_pairs(self) -> list[tuple[Node | None, Node]]:
        pairs: list[tuple[Node | None, Node]] = []
        entries, place, value = self.entries, self.entry + 1, self.value
        if self.kind == "list" and isinstance(value, list):
            for each in value:
                pairs.append((None, Node(entries, place, each)))
                place = entries.behind(place)
        elif self.kind == "map" and isinstance(value, dict):
            for name in entries.own_keys.get(self.entry, value):
                key = Node(entries, place, name)
                is_merge = name == "<<" and self.has_merge and place not in entries.kinds
                inner = entries.merges[self.entry] if is_merge else value[name]
                pairs.append((key, Node(entries, place + 1, inner)))
                place = entries.behind(place + 1)
        return pairs

    def find(self, part: str | int) -> tuple[Node | None, Node] | None:
        """The pair of a key or item that is written here; None when it is not, or comes by a merge."""
        if self.kind == "map":
            if self._table is None:
                self._table = {str(pair[0].value): pair for pair in self.pairs if pair[0] is not None}
            return self._table.get(part) if isinstance(part, str) else None
        if self.kind == "list" and isinstance(part, int) and 0 <= part < len(self.pairs):
            return self.pairs[part]
        return None

    def target(self, value: Any) -> Node | None:
        """Of an alias, what it stands for."""
        entry = self.entries.targets.get(self.entry, -1)
        return Node(self.entries, entry, value) if entry >= 0 else None
