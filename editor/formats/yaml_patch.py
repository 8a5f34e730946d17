"""The smallest change of a YAML text that gives it a new value: what was not edited stays byte for byte.

Old nodes and new values are walked side by side. What stays is skipped, what changed becomes an edit of the text.
Each unit (a pair or item with its comments) that was touched is read again by itself; one that does not mean what
it should, or is written in a way that is not understood here, is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from editor.errors import FormatError
from editor.formats import yaml_plainer, yaml_write
from editor.formats.yaml_match import Moves
from editor.formats.yaml_nodes import Node
from editor.formats.yaml_scalars import readable, write_key
from editor.formats.yaml_text import rewritten
from editor.formats.yaml_tree import Path, Tree, parse
from editor.formats.yaml_units import Edit, Piece, Source, Unfit, Unit, arranged, shifted
from editor.formats.yaml_walk_flow import FlowWalk
from editor.model.elements import Data
from editor.model.sameness import same

MOST_VERIFIED = 200_000
"""Characters up to which the whole result is read again; in larger texts the units that changed are."""
MOST_FLOW_COLUMNS = 100


def patch(tree: Tree, new: Data, moved: Mapping[Path, Path] | None = None) -> str:
    """The text of `tree`, changed so that it means `new`, key order included.

    `moved` names the old path of what now stands at a new one (renamed keys, moved subtrees), so that its
    text and comments go along.
    """
    if same(tree.value, new):
        return tree.text
    moves = Moves(moved or {})
    tree = yaml_plainer.without_explicit_keys(tree, new)
    for attempt in (_patched, _patched_coarsely, _root_replaced):
        text = attempt(tree, new, moves)
        if text is not None:
            return text
    clean = _readable(new)
    return yaml_write.dump(new) if same(clean, new) else patch(tree, clean, moved)


def _readable(value: Data) -> Data:
    """A value whose texts can all be written so that they are read again."""
    if isinstance(value, dict):
        return {readable(key): _readable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_readable(inner) for inner in value]
    return readable(value) if isinstance(value, str) else value


def _patched(tree: Tree, new: Data, moves: Moves) -> str | None:
    """Patched in place; where texts are in the way that change with what follows them, they get quotes first."""
    text, is_rewritten = _patched_to(tree, new, moves)
    if text is not None and not is_rewritten:
        return text
    closed = yaml_plainer.with_closed_texts(tree)
    other, is_other_rewritten = (None, True) if closed is tree else _patched_to(closed, new, moves)
    return other if text is None or not is_other_rewritten else text


def _patched_coarsely(tree: Tree, new: Data, moves: Moves) -> str | None:
    """What does not come out right written anew in larger and larger pieces."""
    found = (_patched_to(tree, new, moves, depth=depth)[0] for depth in (5, 4, 3, 2, 1))
    return next((text for text in found if text is not None), None)


def _patched_to(tree: Tree, new: Data, moves: Moves, *, depth: int | None = None) -> tuple[str | None, bool]:
    """Patched, with all that changed below a depth written anew; None where it does not come out right.

    And whether a unit did not come out right in place, so that it was written anew without its comments.
    """
    if tree.root is None:
        return None, True
    patcher = _Patcher(tree, moves, coarse_at=depth)
    try:
        text = patcher.run(new)
    except Unfit:
        return None, True
    is_right = (not patcher.is_unsure and len(text) > MOST_VERIFIED) or _means(text, new)
    return (text if is_right else None), patcher.is_rewritten


def _root_replaced(tree: Tree, new: Data, _moves: Moves) -> str | None:
    """Everything written anew between the comments and markers before and behind."""
    source, text = Source(tree.text), tree.text
    start = len(text) if tree.root is None else source.line_start(tree.root.start)
    end = start if tree.root is None else source.line_end(source.true_end(tree.root))
    if text.startswith("---", start):
        start += 3
    head = text[:start]
    if head and not head.endswith(("\n", "\ufeff")):
        head += source.newline
    for tail in (text[end:], ""):
        whole = head + source.fresh(yaml_write.dump(new)) + tail
        if _means(whole, new):
            return whole
    return None


def _means(text: str, new: Data) -> bool:
    try:
        return same(parse(text).value, new)
    except FormatError:
        return False


class _Patcher(FlowWalk):
    """Edits block collections, unit by unit."""

    def run(self, new: Data) -> str:
        """The patched text; raises Unfit where it cannot be done in place."""
        assert self.tree.root is not None
        edits = self.value(self.tree.root, new, (), ())
        self.is_unsure = self.is_dirty or self._has_open_texts()
        return self.source.applied(0, len(self.tree.text), edits)

    def _has_open_texts(self) -> bool:
        """Whether a block text may change with what follows it: it keeps blank lines, or ends with the text."""
        text, leaf = self.tree.text, self.tree.root
        while leaf is not None and leaf.pairs:
            leaf = leaf.pairs[-1][1]
        is_cut = leaf is not None and leaf.style in ("|", ">") and not text.endswith("\n")
        return is_cut or "|+" in text or ">+" in text

    # values

    def value(self, node: Node, new: Data, path: Path, old: Path) -> list[Edit]:
        """The edits that give a node a new value; raises Unfit where it must be written anew."""
        has_aliases = self.tree.has_aliases and self.tree.has_aliases_in(node)
        if node.kind == "alias":
            if self._alias_is(node, new):
                return []
            raise Unfit
        if not has_aliases and not self.moves.is_below(path) and same(node.value, new):
            return []
        edits = self._changed(node, new, path, old)
        if node.anchor is not None:
            self.anchors[node.anchor] = new
        return edits

    def _alias_is(self, node: Node, new: Data) -> bool:
        name = self.tree.text[node.start + 1 : node.end]
        return name in self.anchors and same(self.anchors[name], new)

    def _changed(self, node: Node, new: Data, path: Path, old: Path) -> list[Edit]:
        if node.kind == "map" and isinstance(new, dict):
            if node.style:
                return self.flow(node, new, path, old)
            if new:
                return self.block_map(node, new, path, old)
        if node.kind == "list" and isinstance(new, list):
            if node.style:
                return self.flow(node, new, path, old)
            if new:
                return self.block_list(node, new, path, old)
        if node.kind == "scalar" and not isinstance(new, dict | list):
            return [] if same(node.value, new) else self.dirty([self._scalar(node, new)])
        raise Unfit

    def _scalar(self, node: Node, new: Data) -> Edit:
        return rewritten(self.source, node, new, in_flow=self.brackets > 0, quote=self.quote)

    # units of block collections

    def unit(
        self, unit: Unit, value: Node, new: Data, path: Path, make: Callable[[bool], list[Edit]]
    ) -> list[Edit]:
        """The edits of one unit, read again; `make` gives them, in place or (True) with the value written anew."""
        outer, anchors = self.is_dirty, self.anchors
        attempts: list[Callable[[], list[Edit]]] = [
            partial(make, False),
            partial(make, True),
            partial(self._lines_replaced, unit, value, new, path),
        ]
        expected: Data = {path[-1]: new} if isinstance(path[-1], str) else [new]
        for attempt in attempts:
            self.is_dirty, self.anchors = False, dict(anchors)
            try:
                edits = attempt()
            except Unfit:
                continue
            is_coarse = attempt is attempts[0] and len(path) == self.coarse_at and bool(edits)
            if not is_coarse and (not self.is_dirty or self._is_right(unit, edits, expected, anchors)):
                self.is_dirty = outer or (self.is_dirty and not unit.has_own_line)
                return edits
            self.is_rewritten = self.is_rewritten or not is_coarse
        raise Unfit

    def _is_right(self, unit: Unit, edits: list[Edit], expected: Data, anchors: dict[str, Data]) -> bool:
        """Whether a unit with its edits means what it should, read by itself."""
        if not unit.has_own_line:
            return True
        return self.reads_as(self.source.applied(unit.lead, unit.end, edits), expected, anchors)

    def pair(
        self, unit: Unit, pair: tuple[Node | None, Node], new: Data, path: Path, old: Path
    ) -> list[Edit]:
        """The edits of one pair of a block mapping, whose name is the last of its path."""
        key, value = pair
        assert key is not None
        name = str(path[-1])

        def make(anew: bool) -> list[Edit]:
            edits = []
            if key.value != name:
                edits += self.dirty([self._renamed(key, name)])
            if anew:
                return edits + self._value_replaced(unit, self._colon(key, value), value, new, path)
            inner = self.value(value, new, path, old)
            if self._is_too_long(value, inner):
                raise Unfit
            return edits + inner

        return self.unit(unit, value, new, path, make)

    def _renamed(self, key: Node, name: str) -> Edit:
        if key.kind != "scalar":
            raise Unfit
        quote = key.style if key.style in ("'", '"') else ""
        return Edit(self.source.content(key), key.end, write_key(name, quote=quote))

    def _colon(self, key: Node, value: Node) -> int:
        """The offset behind the colon of a pair."""
        colon = self.source.significant(key.end)
        if self.tree.text[colon : colon + 1] != ":":
            raise Unfit
        return colon + 1

    def _is_too_long(self, value: Node, edits: Sequence[Edit]) -> bool:
        """Whether a flow collection on one line has grown so that it reads better as a block."""
        if not value.style or value.kind == "scalar" or not edits or self.tree.has_aliases_in(value):
            return False
        begin, end = self.source.line_start(value.start), value.end
        before = self.tree.text[begin:end]
        if "\n" in before or len(before) > MOST_FLOW_COLUMNS:
            return False
        after = self.source.applied(value.start, end, edits)
        return "\n" not in after and value.start - begin + len(after) > MOST_FLOW_COLUMNS

    def item(self, unit: Unit, value: Node, new: Data, path: Path, old: Path) -> list[Edit]:
        """The edits of one item of a block list."""

        def make(anew: bool) -> list[Edit]:
            if anew:
                return self._value_replaced(unit, unit.start + 1, value, new, path, is_item=True)
            return self.value(value, new, path, old)

        return self.unit(unit, value, new, path, make)

    def _value_replaced(
        self, unit: Unit, start: int, value: Node, new: Data, path: Path, *, is_item: bool = False
    ) -> list[Edit]:
        """What stands behind a colon or dash written anew; comments on the first or last line stay."""
        self.is_dirty = True
        source, text, indent = self.source, self.tree.text, self.source.column(unit.start)
        end = max(start, source.true_end(value))
        room = yaml_write.MOST_COLUMNS - (start - source.line_start(unit.start)) - 1
        fresh = self._fresh_value(new, path, indent, room, value, is_item=is_item)
        is_collection = value.kind in ("map", "list") and not value.style
        is_block = "\n" in text[start:end] and (is_collection or value.style in ("|", ">"))
        tail_end = source.line_end(end)
        above = text[start : max(start, value.start)].splitlines()[:-1]
        behind = text[start : source.line_end(start)] if is_block else text[end:tail_end]
        comment = "  ".join(filter(None, map(_comment, [behind] if is_block else [*above, behind])))
        if "\n" not in fresh[:-1] and not is_block and not above:
            return [Edit(start, end, fresh[:-1])]
        first, _, rest = fresh[:-1].partition("\n")
        lines = first + ("  " + comment if comment else "") + ("\n" + rest if rest else "")
        stop = end + len(text[end:tail_end].rstrip("\r\n"))
        end_of_lines = "\n" if rest and stop == len(text) else ""
        return [Edit(start, stop, source.fresh(lines + end_of_lines))]

    def _lines_replaced(self, unit: Unit, value: Node, new: Data, path: Path) -> list[Edit]:
        """All lines of a unit written anew; comments that stood in behind it stand in its column now."""
        if not unit.has_own_line:
            raise Unfit
        column = self.source.column(unit.start)
        behind = self.tree.text[self.source.line_end(self.source.true_end(value)) : unit.end]
        comments = [line.strip() for line in behind.splitlines() if line.strip()]
        lines = self.fresh_unit(path, new, column)[column:]
        lines += "".join(" " * column + line + self.source.newline for line in comments)
        return self.dirty([Edit(unit.start, unit.end, lines)])

    def _fresh_value(
        self, new: Data, path: Path, indent: int, room: int, value: Node, *, is_item: bool
    ) -> str:
        if new and isinstance(new, dict | list) and self.moves.is_below(path):
            inner = indent + (
                2 if is_item else self.style.step if isinstance(new, dict) else self.style.inset
            )
            return "\n" + "".join(self.fresh_units(new, path, inner)).replace(self.source.newline, "\n")
        if is_item:
            return yaml_write.after_dash(new, indent, self.style, room=room)
        was_empty = value.style == "{" and not value.pairs
        was_block = value.kind in ("map", "list") and not value.style
        in_block = was_empty or (was_block and value.kind == ("map" if isinstance(new, dict) else "list"))
        return yaml_write.after_colon(new, indent, self.style, room=room, in_block=in_block)

    # block mappings

    def block_map(self, node: Node, new: dict[str, Data], path: Path, old: Path) -> list[Edit]:
        """The edits of a block mapping."""
        units = self.source.units(node, is_root=node is self.tree.root)
        names = [str(key.value) for key, _ in node.pairs if key is not None]
        wanted = self.wanted(node, new, path, old) if node.has_merge else list(new)
        sources = [self.source_of(node, name, path, old) for name in wanted]
        is_still = wanted == names and all(
            name == "<<" or source == (*old, name) for name, source in zip(wanted, sources, strict=True)
        )
        pieces = []
        places = {name: place for place, name in enumerate(names)}
        indent = self.source.column(units[0].start)
        for name, origin in zip(wanted, sources, strict=True):
            here = (*path, name)
            if name == "<<" and node.has_merge:
                pieces.append(Piece(places[name], ()))
            elif origin is None:
                pieces.append(Piece(None, (), self.fresh_unit(here, new[name], indent)))
            elif origin[:-1] == old and origin[-1] in places:
                place = places[str(origin[-1])]
                pair = node.pairs[place]
                pieces.append(Piece(place, self._kept(units[place], pair, new[name], here, origin)))
            else:
                pieces.append(Piece(None, (), self.foreign_unit(here, origin, new[name], indent)))
        if is_still:
            return [edit for piece in pieces for edit in piece.edits]
        if not units[0].has_own_line:
            self.is_dirty = True
        return arranged(self.source, units, pieces)

    def _kept(
        self, unit: Unit, pair: tuple[Node | None, Node], new: Data, path: Path, old: Path
    ) -> list[Edit]:
        """The edits of a pair or item that stays; none, quickly, where it is what it was."""
        key, value = pair
        if key is not None and key.anchor is not None and key.value == path[-1]:
            self.anchors[key.anchor] = key.value
        is_settled = not self.moves.is_below(path) and (key is None or key.value == path[-1])
        if is_settled and same(value.value, new) and not self.tree.has_aliases_in(value):
            return []
        if key is None:
            return self.item(unit, value, new, path, old)
        return self.pair(unit, pair, new, path, old)

    # block lists

    def block_list(self, node: Node, new: list[Data], path: Path, old: Path) -> list[Edit]:
        """The edits of a block list."""
        units = self.source.units(node, is_root=node is self.tree.root)
        origins = self.list_origins(node, new, path, old)
        is_still = origins == [(*old, place) for place in range(len(node.pairs))]
        indent = self.source.column(units[0].start)
        pieces = []
        for place, origin in enumerate(origins):
            here = (*path, place)
            if origin is None:
                pieces.append(Piece(None, (), self.fresh_unit(here, new[place], indent)))
            elif origin[:-1] == old and isinstance(origin[-1], int):
                was = origin[-1]
                pieces.append(Piece(was, self._kept(units[was], node.pairs[was], new[place], here, origin)))
            else:
                pieces.append(Piece(None, (), self.foreign_unit(here, origin, new[place], indent)))
        if is_still:
            return [edit for piece in pieces for edit in piece.edits]
        if not units[0].has_own_line:
            self.is_dirty = True
        return arranged(self.source, units, pieces)

    # fresh units

    def fresh_units(self, new: dict[str, Data] | list[Data], path: Path, indent: int) -> list[str]:
        """The lines of each pair or item of a fresh collection, with what moved into it carried along."""
        pairs = new.items() if isinstance(new, dict) else enumerate(new)
        lines = []
        for part, each in pairs:
            here = (*path, part)
            origin = self.moves.origins.get(here)
            made = self.fresh_unit(here, each, indent) if origin is None else None
            lines.append(made if made is not None else self.foreign_unit(here, origin or (), each, indent))
        return lines

    def fresh_unit(self, path: Path, new: Data, indent: int) -> str:
        """The lines of a fresh pair or item."""
        part = path[-1]
        if new and isinstance(new, dict | list) and self.moves.is_below(path):
            is_item = isinstance(part, int)
            inner = indent + (
                2 if is_item else self.style.step if isinstance(new, dict) else self.style.inset
            )
            head = " " * indent + "-" if is_item else yaml_write.pair_head(str(part), indent)
            return self.source.fresh(head + "\n") + "".join(self.fresh_units(new, path, inner))
        if isinstance(part, int):
            return self.source.fresh(yaml_write.item(new, indent, self.style))
        return self.source.fresh(yaml_write.pair(part, new, indent, self.style))

    def foreign_unit(self, path: Path, origin: Path, new: Data, indent: int) -> str:
        """The lines of a pair or item that stood elsewhere, indented for its new place."""
        outer, anchors = self.is_dirty, dict(self.anchors)
        try:
            lines = self._carried(path, origin, new, indent)
            expected: Data = {path[-1]: new} if isinstance(path[-1], str) else [new]
            if not self.reads_as(lines, expected, anchors):
                raise Unfit
        except Unfit:
            self.anchors = anchors
            lines = self.fresh_unit(path, new, indent)
        self.is_dirty = outer
        return lines

    def _carried(self, path: Path, origin: Path, new: Data, indent: int) -> str:
        holder = self._node_at(origin[:-1])
        found = holder.find(origin[-1]) if holder is not None else None
        if holder is None or found is None or isinstance(origin[-1], int) != isinstance(path[-1], int):
            raise Unfit
        if holder.style:
            return self._carried_from_flow(path, origin, found, new, indent)
        units = self.source.units(holder, is_root=holder is self.tree.root)
        place = next(number for number, each in enumerate(holder.pairs) if each is found)
        unit = units[place]
        edits = self._kept(unit, found, new, path, origin)
        column = self.source.column(unit.start)
        return shifted(self.source.whole(unit, edits), indent - column, column)

    def _carried_from_flow(
        self, path: Path, origin: Path, found: tuple[Node | None, Node], new: Data, indent: int
    ) -> str:
        value = found[1]
        text = self.source.applied(value.start, value.end, self.flow_value(value, new, path, origin))
        head = " " * indent + "-" if isinstance(path[-1], int) else yaml_write.pair_head(path[-1], indent)
        return f"{head} {text}{self.source.newline}"

    def _node_at(self, path: Path) -> Node | None:
        node = self.tree.root
        for part in path:
            pair = node.find(part) if node is not None else None
            node = pair[1] if pair is not None else None
        return node


def _comment(line: str) -> str:
    """The comment at the end of a line that holds nothing but an anchor, a block header or blanks before it."""
    found = line.find("#")
    while found > 0 and line[found - 1] not in " \t":
        found = line.find("#", found + 1)
    return line[found:].rstrip() if found >= 0 else ""
