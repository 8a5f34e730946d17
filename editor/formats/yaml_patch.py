"""The smallest change of a YAML text that gives it a new value: what was not edited stays byte for byte.

A block collection is a row of segments, one a pair or item: from the end of the line of the one before to the
end of its own last line, so that the comments above it belong to it. Values that stay are only walked through;
a collection whose keys change has its segments put together anew.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from editor.errors import FormatError
from editor.formats import yaml_write
from editor.formats.yaml_scalars import write_key, write_scalar
from editor.formats.yaml_tree import Node, Path, Tree, parse
from editor.model.elements import Data

MOST_VERIFIED = 300_000
"""Characters up to which the result is read again; larger texts rely on the tests."""


def same(a: Data, b: Data) -> bool:
    """Equality that minds types and the order of keys."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same(value, b[key]) for key, value in a.items())
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    return a == b or (a != a and b != b)


def patch(tree: Tree, new: Data, moved: Mapping[Path, Path] | None = None) -> str:
    """The text of `tree`, changed so that it means `new`.

    `moved` names the old path of what now stands at a new one (renamed keys, moved subtrees), so that its
    text and comments go along.
    """
    if same(tree.value, new):
        return tree.text
    if tree.root is None or not isinstance(new, dict | list) or not new:
        return _whole(tree, new)
    for expand in (False, True):
        text = _Patcher(tree, dict(moved or {}), expand=expand).run(new)
        if text is not None and ((len(text) > MOST_VERIFIED and not tree.has_aliases) or _means(text, new)):
            return text
    return _whole(tree, new)


def _means(text: str, new: Data) -> bool:
    try:
        return same(parse(text).value, new)
    except FormatError:
        return False


def _whole(tree: Tree, new: Data) -> str:
    """Everything written anew below the comments that head the text."""
    head: list[str] = []
    for line in tree.text.splitlines(keepends=True):
        if line.strip() and not line.lstrip("\ufeff").startswith("#"):
            break
        head.append(line)
    lead = "".join(head)
    if lead and not lead.endswith("\n"):
        lead += "\n"
    return lead + yaml_write.dump(new)


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


class _Unfit(Exception):  # noqa: N818 - no error: a place that cannot be patched and is written anew around
    """The text cannot be patched here."""


class _Patcher:
    """One run of `patch`: walks old nodes and new values side by side and gathers edits."""

    def __init__(self, tree: Tree, moved: dict[Path, Path], *, expand: bool) -> None:
        self.tree = tree
        self.text = tree.text
        self.newline = "\r\n" if "\r\n" in tree.text else "\n"
        self.moved = moved
        self.expand = expand
        self.step = self._detect_step()

    def run(self, new: Data) -> str | None:
        """The patched text; None where it cannot be done in place."""
        root = self.tree.root
        assert root is not None
        try:
            edits = self.value(root, new, ())
        except _Unfit:
            return None
        return self.applied(0, len(self.text), edits)

    def applied(self, start: int, end: int, edits: list[_Edit]) -> str:
        """A stretch of the old text with the edits inside it made."""
        parts: list[str] = []
        at = start
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            if edit.start < at:
                raise _Unfit
            parts += (self.text[at : edit.start], edit.text)
            at = edit.end
        parts.append(self.text[at:end])
        return "".join(parts)

    def _detect_step(self) -> int:
        root = self.tree.root
        waiting = [root] if root is not None else []
        while waiting:
            node = waiting.pop(0)
            for _, value in node.pairs if node.kind == "map" and not node.style else ():
                if value.kind == "map" and not value.style and value.pairs:
                    step = self.column(value.start) - self.column(node.start)
                    if 1 <= step <= 8:
                        return step
                waiting.append(value)
            if len(waiting) > 500:
                break
        return 2

    def column(self, offset: int) -> int:
        """How far an offset is from the beginning of its line."""
        begin = self.text.rfind("\n", 0, offset) + 1
        return offset - begin - (1 if self.text.startswith("\ufeff") and begin == 0 else 0)

    def line_end(self, offset: int) -> int:
        """The offset behind the line break that follows."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1

    def true_end(self, node: Node) -> int:
        """Where the text of a node ends, without the comments and blank lines behind it."""
        while node.kind in ("map", "list") and not node.style and node.pairs:
            key, value = node.pairs[-1]
            if value.kind == "scalar" and value.start == value.end and key is not None:
                colon = self.text.find(":", key.end)
                return max(colon + 1, value.end if value.end <= self.line_end(key.end) else 0)
            node = value
        if node.kind == "scalar" and node.style in ("|", ">"):
            return node.start + len(self.text[node.start : node.end].rstrip(" \r\n"))
        return node.end

    def lines(self, text: str) -> str:
        """Fresh lines in the line ends of this text."""
        return text.replace("\n", self.newline) if self.newline != "\n" else text

    # values

    def value(self, node: Node, new: Data, path: Path) -> list[_Edit]:
        """The edits that give a node a new value."""
        if node.kind == "alias":
            if same(node.value, new) and not self.expand:
                return []
            if isinstance(new, dict | list):
                return [_Edit(node.start, node.end, yaml_write.inline(new))]
            return [_Edit(node.start, node.end, write_scalar(new, flow=True))]
        if same(node.value, new) and not (self.expand and self.tree.has_aliases):
            return []
        if node.kind == "map" and isinstance(new, dict) and (new or node.style):
            return self.flow(node, new, path) if node.style else self.block_map(node, new, path)
        if node.kind == "list" and isinstance(new, list) and (new or node.style):
            return self.flow(node, new, path) if node.style else self.block_list(node, new, path)
        if node.kind == "scalar" and not isinstance(new, dict | list):
            return [self.scalar(node, new)] if not same(node.value, new) else []
        raise _Unfit

    def scalar(self, node: Node, new: Data) -> _Edit:
        """A scalar in the quotes that it had."""
        is_long = isinstance(new, str) and "\n" in new and not node.style
        if node.style in ("|", ">") or node.start == node.end or is_long:
            raise _Unfit
        begin = node.start
        if node.anchor is not None:
            begin = self.text.index(node.anchor, node.start) + len(node.anchor)
            begin += len(self.text[begin : node.end]) - len(self.text[begin : node.end].lstrip())
        in_flow = self._in_flow(node)
        quote = node.style if isinstance(new, str) else ""
        return _Edit(begin, node.end, write_scalar(new, flow=in_flow, quote=quote))

    def _in_flow(self, node: Node) -> bool:
        before = self.text[self.text.rfind("\n", 0, node.start) + 1 : node.start]
        return "{" in before or "[" in before or "," in before or before.strip() == ""

    # block collections

    def segments(self, node: Node) -> list[tuple[int, int, int]]:
        """For each pair or item: begin of its own lines, of its text, and end of its last line."""
        found = []
        at = -1
        for key, value in node.pairs:
            start = key.start if key is not None else self.dash(value)
            end = self.line_end(self.true_end_of(key, value))
            found.append((self._above(node, start) if at < 0 else at, start, end))
            at = end
        return found

    def _above(self, node: Node, start: int) -> int:
        """Where the comments directly above the first pair begin; those that head the text stay where they are."""
        line = start - self.column(start)
        if node is self.tree.root or self.text[line:start].strip(" "):
            return start
        begin = start
        while line > 0:
            above = self.text.rfind("\n", 0, line - 1) + 1
            if self.text[above:line].strip()[:1] != "#":
                break
            begin = line = above
        return begin

    def dash(self, value: Node) -> int:
        """Where the dash of an item stands."""
        found = self.text.rfind("-", 0, value.start)
        if found < 0:
            raise _Unfit
        return found

    def true_end_of(self, key: Node | None, value: Node) -> int:
        """Where the text of a pair or item ends."""
        if value.kind == "scalar" and value.start == value.end:
            return key.end if key is not None else value.end
        return self.true_end(value)

    def block_map(self, node: Node, new: dict[str, Data], path: Path) -> list[_Edit]:
        """The edits of a block mapping."""
        own = [key.value for key, _ in node.pairs if key is not None]
        has_merge = "<<" in own
        if has_merge and self.expand:
            raise _Unfit
        wanted = [key for key in new if not self._is_merged(node, key, new, own)] if has_merge else list(new)
        sources = [self._source(node, key, path) for key in wanted]
        if has_merge:
            sources.insert(own.index("<<"), ("<<", None))
            wanted.insert(own.index("<<"), "<<")
        kept = [source[0] for source in sources if source is not None and source[1] is None]
        if kept == own and len(wanted) == len(own):
            return self._in_place(node, wanted, new, path)
        return [self._rebuilt(node, wanted, sources, new, path)]

    def _is_merged(self, node: Node, key: str, new: dict[str, Data], own: list[str]) -> bool:
        return key not in own and key in node.value and same(node.value[key], new[key])

    def _source(self, node: Node, key: str, path: Path) -> tuple[str, Path | None] | None:
        """The old key that a new one continues, with its old path when that was elsewhere; None for a fresh one."""
        origin = self.moved.get((*path, key))
        old_parent = self._old_path(path)
        if origin is not None:
            return (str(origin[-1]), None) if origin[:-1] == old_parent else (str(origin[-1]), origin)
        if (*old_parent, key) in self.moved.values():
            return None
        return (key, None) if node.find(key) is not None else None

    def _old_path(self, path: Path) -> Path:
        """Where what stands at a path now stood before."""
        for cut in range(len(path), 0, -1):
            origin = self.moved.get(path[:cut])
            if origin is not None:
                return (*origin, *path[cut:])
        return path

    def _in_place(self, node: Node, wanted: list[str], new: dict[str, Data], path: Path) -> list[_Edit]:
        edits: list[_Edit] = []
        for (key, value), name in zip(node.pairs, wanted, strict=True):
            assert key is not None
            if name != "<<":
                edits += self.pair(key, value, name, new[name], (*path, name))
        return edits

    def pair(self, key: Node, value: Node, name: str, new: Data, path: Path) -> list[_Edit]:
        """The edits of one pair of a block mapping."""
        edits = []
        if key.value != name:
            quote = key.style if key.style in ("'", '"') else ""
            edits.append(_Edit(key.start, key.end, write_key(name, quote=quote)))
        if same(value.value, new) and not self.expand and not self._has_moves(path):
            return edits
        try:
            return edits + self.value(value, new, path)
        except _Unfit:
            colon = self.text.index(":", key.end)
            indent = self.column(key.start)
            end = max(self.true_end_of(key, value), colon + 1)
            fresh = yaml_write.after_colon(
                new, indent, self.step, room=yaml_write.MOST_INLINE - indent - len(name)
            )
            tail = self.text[end : self.line_end(end)]
            if "\n" not in fresh[:-1] and "\n" not in self.text[colon:end]:
                return [*edits, _Edit(colon + 1, end, fresh[:-1])]
            comment = (
                "  " + tail.strip()
                if tail.strip().startswith("#") and "\n" not in self.text[colon:end]
                else ""
            )
            first, _, rest = fresh.partition("\n")
            text = self.lines(first + comment + "\n" + rest)
            return [
                *edits,
                _Edit(colon + 1, self.line_end(end), text if tail.endswith("\n") or rest else text[:-1]),
            ]

    def _has_moves(self, path: Path) -> bool:
        return any(new[: len(path)] == path for new in self.moved)

    def _rebuilt(
        self,
        node: Node,
        wanted: list[str],
        sources: list[tuple[str, Path | None] | None],
        new: dict[str, Data],
        path: Path,
    ) -> _Edit:
        """The whole mapping put together from old segments and fresh ones."""
        indent = self.column(node.pairs[0][0].start) if node.pairs[0][0] is not None else 0
        segments = self.segments(node)
        places = {key.value: place for place, (key, _) in enumerate(node.pairs) if key is not None}
        parts: list[str] = []
        for name, source in zip(wanted, sources, strict=True):
            if source is None:
                parts.append(self._fresh(name, new[name], (*path, name), indent))
            elif source[1] is None:
                parts.append(self._old_segment(node, places[source[0]], segments, name, new, path, indent))
            else:
                parts.append(self._foreign_segment(source[1], name, new[name], (*path, name), indent))
        return self._joined(parts, segments[0][0], segments[-1][2], indent)

    def _joined(self, parts: list[str], start: int, end: int, indent: int) -> _Edit:
        whole = "".join(part if part.endswith("\n") else part + self.newline for part in parts)
        if start == 0 or self.text[start - 1] == "\n":
            stripped = whole.lstrip("\r\n")
            if end == len(self.text) and not self.text.endswith("\n"):
                stripped = stripped[: -len(self.newline)]
            return _Edit(start, end, stripped)
        stripped = whole.lstrip(" ") if not whole.lstrip(" ").startswith(("\n", "\r")) else whole.lstrip()
        if stripped.startswith("#") and self.text[self.text.rfind("\n", 0, start) + 1 : start].strip():
            raise _Unfit
        if end == len(self.text) and not self.text.endswith("\n"):
            stripped = stripped[: -len(self.newline)]
        return _Edit(start, end, stripped)

    def _old_segment(
        self,
        node: Node,
        place: int,
        segments: list[tuple[int, int, int]],
        name: str,
        new: dict[str, Data],
        path: Path,
        indent: int,
    ) -> str:
        begin, start, end = segments[place]
        key, value = node.pairs[place]
        assert key is not None
        edits = [] if name == "<<" else self.pair(key, value, name, new[name], (*path, name))
        lead = "" if begin != start else " " * indent
        return lead + self.applied(begin, end, edits)

    def _fresh(self, name: str, new: Data, path: Path, indent: int) -> str:
        """The lines of a new pair; what moved into it brings its text along."""
        if not isinstance(new, dict) or not self._has_moves(path):
            return self.lines(yaml_write.pair(name, new, indent, self.step))
        parts = [" " * indent + write_key(name) + ":" + self.newline]
        for key, value in new.items():
            origin = self.moved.get((*path, key))
            if origin is None:
                parts.append(self._fresh(key, value, (*path, key), indent + self.step))
            else:
                parts.append(self._foreign_segment(origin, key, value, (*path, key), indent + self.step))
        return "".join(part if part.endswith("\n") else part + self.newline for part in parts)

    def _foreign_segment(self, origin: Path, name: str, new: Data, path: Path, indent: int) -> str:
        """The text of a pair that stood elsewhere, indented for its new place."""
        holder = self.tree.root
        for part in origin[:-1]:
            pair = holder.find(part) if holder is not None else None
            holder = pair[1] if pair is not None else None
        found = holder.find(origin[-1]) if holder is not None else None
        if holder is None or found is None or holder.style or found[0] is None:
            return self.lines(yaml_write.pair(name, new, indent, self.step))
        segments = self.segments(holder)
        place = next(number for number, each in enumerate(holder.pairs) if each[1] is found[1])
        begin, start, end = segments[place]
        old_indent = self.column(found[0].start)
        text = (" " * old_indent if begin == start else "") + self.applied(
            begin, end, self.pair(found[0], found[1], name, new, path)
        )
        return _shifted(text, indent - old_indent).lstrip("\r\n")

    def block_list(self, node: Node, new: list[Data], path: Path) -> list[_Edit]:
        """The edits of a block list: items that stay are found by equality, then by position."""
        matches = self._matched(node, new, path)
        if matches == list(range(len(node.pairs))):
            edits: list[_Edit] = []
            for place, (_, value) in enumerate(node.pairs):
                edits += self._item(value, new[place], (*path, place))
            return edits
        segments = self.segments(node)
        indent = self.column(segments[0][1])
        parts = []
        for place, (source, wanted) in enumerate(zip(matches, new, strict=True)):
            if source is None:
                parts.append(self.lines(yaml_write.item(wanted, indent, self.step)))
                continue
            begin, start, end = segments[source]
            lead = " " * indent if begin == start else ""
            parts.append(
                lead + self.applied(begin, end, self._item(node.pairs[source][1], wanted, (*path, place)))
            )
        return [self._joined(parts, segments[0][0], segments[-1][2], indent)]

    def _item(self, value: Node, new: Data, path: Path) -> list[_Edit]:
        if same(value.value, new) and not self.expand and not self._has_moves(path):
            return []
        try:
            return self.value(value, new, path)
        except _Unfit:
            dash = self.dash(value)
            indent = self.column(dash)
            end = self.true_end_of(None, value)
            fresh = yaml_write.item(new, indent, self.step)[indent:]
            return [_Edit(dash, end, self.lines(fresh)[: -len(self.newline)])]

    def _matched(self, node: Node, new: list[Data], path: Path) -> list[int | None]:
        old = [repr(value.value) for _, value in node.pairs]
        fresh = [repr(value) for value in new]
        matches: list[int | None] = [None] * len(new)
        for place in range(len(new)):
            origin = self.moved.get((*path, place))
            if origin is not None and origin[:-1] == self._old_path(path) and isinstance(origin[-1], int):
                matches[place] = origin[-1]
        if any(match is not None for match in matches):
            return matches
        matcher = difflib.SequenceMatcher(a=old, b=fresh, autojunk=False)
        for tag, a, a_end, b, b_end in matcher.get_opcodes():
            if tag == "equal" or tag == "replace":
                for shift in range(min(a_end - a, b_end - b)):
                    matches[b + shift] = a + shift
        return matches

    # flow collections

    def flow(self, node: Node, new: dict[str, Data] | list[Data], path: Path) -> list[_Edit]:
        """The edits of a flow collection: in place where its keys stay, else its entries put together anew."""
        if node.value == {} or node.value == [] or not new or not node.pairs:
            inside = yaml_write.inline(new)
            if not node.pairs and new and not yaml_write.is_short(new, yaml_write.MOST_INLINE):
                raise _Unfit
            opening = "[" if node.kind == "list" else "{"
            start = node.start if node.anchor is None else self.text.index(opening, node.start)
            return [_Edit(start, node.end, inside)]
        names: list[str | int] = list(new) if isinstance(new, dict) else list(range(len(new)))
        own: list[str | int] = [
            key.value if key is not None else place for place, (key, _) in enumerate(node.pairs)
        ]
        if names == own and "<<" not in own:
            edits: list[_Edit] = []
            for (_, value), name in zip(node.pairs, names, strict=True):
                edits += self.flow_value(value, new[name], (*path, name))  # type: ignore[index]
            return edits
        if "<<" in own or "#" in self.text[node.start : node.end]:
            raise _Unfit
        entries = [self._flow_entry(node, name, new, path) for name in names]
        first, last = node.pairs[0], node.pairs[-1]
        start = (first[0] or first[1]).start
        text = ", ".join(entries)
        is_one_line = "\n" not in self.text[node.start : node.end]
        if is_one_line and self.column(start) + len(text) > 100 and self._can_break(node):
            raise _Unfit
        return [_Edit(start, self._flow_end(last), text)]

    def _can_break(self, node: Node) -> bool:
        line = self.text[self.text.rfind("\n", 0, node.start) + 1 : node.start]
        return "{" not in line and "[" not in line

    def _flow_end(self, pair: tuple[Node | None, Node]) -> int:
        key, value = pair
        return max(value.end, key.end if key is not None else 0)

    def flow_value(self, value: Node, new: Data, path: Path) -> list[_Edit]:
        """The edits of a value inside a flow collection."""
        if same(value.value, new) and not self.expand:
            return []
        try:
            return self.value(value, new, path)
        except _Unfit:
            if value.start == value.end:
                raise
            return [_Edit(value.start, value.end, yaml_write.inline(new))]

    def _flow_entry(self, node: Node, name: str | int, new: dict[str, Data] | list[Data], path: Path) -> str:
        value = new[name]  # type: ignore[index]
        if isinstance(name, int):
            for _, old in node.pairs:
                if same(old.value, value):
                    return self.text[old.start : old.end]
            return yaml_write.inline(value)
        source = self._source(node, name, path)
        pair = node.find(source[0]) if source is not None and source[1] is None else None
        if pair is None or pair[0] is None or pair[1].start == pair[1].end:
            return f"{write_key(name, flow=True)}: {yaml_write.inline(value)}"
        key, old = pair
        edits = self.flow_value(old, value, (*path, name))
        if key is not None and key.value != name:
            edits.append(_Edit(key.start, key.end, write_key(name, flow=True)))
        return self.applied(key.start, old.end, edits) if key is not None else yaml_write.inline(value)


def _shifted(text: str, by: int) -> str:
    if by == 0:
        return text
    lines = text.splitlines(keepends=True)
    if by > 0:
        return "".join(" " * by + line if line.strip() else line for line in lines)
    return "".join(line[min(-by, len(line) - len(line.lstrip(" "))) :] for line in lines)
