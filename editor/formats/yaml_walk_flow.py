"""The walk through flow collections."""

from __future__ import annotations

from collections.abc import Sequence

from editor.formats import yaml_flow, yaml_write
from editor.formats.yaml_nodes import Node
from editor.formats.yaml_scalars import write_key
from editor.formats.yaml_tree import Path
from editor.formats.yaml_units import Edit, Piece, Unfit
from editor.formats.yaml_walk import Walk
from editor.model.elements import Data
from editor.model.sameness import same


class FlowWalk(Walk):
    """Edits what stands in brackets."""

    def flow(self, node: Node, new: dict[str, Data] | list[Data], path: Path, old: Path) -> list[Edit]:
        """The edits of a flow collection."""
        if not node.pairs or not new:
            return self._flow_refilled(node, new)
        if isinstance(new, dict):
            if node.has_merge:
                wanted: Sequence[str | int] = self.wanted(node, new, path, old)
            else:
                wanted = list(new)
            sources = [self.source_of(node, name, path, old) for name in wanted]
        else:
            wanted = list(range(len(new)))
            sources = self.list_origins(node, new, path, old)
        places = {place if key is None else key.value: place for place, (key, _) in enumerate(node.pairs)}
        pieces = []
        for name, origin in zip(wanted, sources, strict=True):
            here = (*path, name)
            if name == "<<" and node.has_merge:
                pieces.append(Piece(places[name], ()))
                continue
            value = new[name]  # type: ignore[index]
            if origin is not None and origin[:-1] == old and origin[-1] in places:
                place = places[origin[-1]]
                pieces.append(Piece(place, self._flow_pair(node.pairs[place], value, here, origin)))
            else:
                pieces.append(Piece(None, (), self._fresh_entry(name, value)))
        if [piece.old for piece in pieces] == list(range(len(node.pairs))):
            return [edit for piece in pieces for edit in piece.edits]
        entries = yaml_flow.entries(self.source, node)
        return self.dirty(yaml_flow.arranged(self.source, node, entries, pieces))

    def _fresh_entry(self, name: str | int, value: Data) -> str:
        if isinstance(name, int):
            return yaml_write.inline(value, quote=self.quote)
        return yaml_write.inline_pair(name, value, quote=self.quote)

    def _flow_refilled(self, node: Node, new: dict[str, Data] | list[Data]) -> list[Edit]:
        """An empty collection filled, or all taken out of one."""
        start = self.source.content(node)
        if self.tree.text[start] not in "{[" or (new and not self.brackets):
            raise Unfit
        return self.dirty([Edit(start, node.end, yaml_write.inline(new, quote=self.quote))])

    def _flow_pair(self, pair: tuple[Node | None, Node], new: Data, path: Path, old: Path) -> list[Edit]:
        key, value = pair
        edits = []
        if key is not None and key.value != path[-1]:
            if key.kind != "scalar":
                raise Unfit
            quote = key.style if key.style in ("'", '"') else ""
            name = write_key(str(path[-1]), flow=True, quote=quote)
            edits += self.dirty([Edit(self.source.content(key), key.end, name)])
        if key is not None and value.start == value.end and not same(value.value, new):
            end = yaml_flow.entry_end(self.source, key, value)
            lead = ": " if end == key.end else "" if self.tree.text[end - 1] == " " else " "
            return edits + self.dirty([Edit(end, end, lead + yaml_write.inline(new, quote=self.quote))])
        return edits + self.flow_value(value, new, path, old)

    def flow_value(self, value: Node, new: Data, path: Path, old: Path) -> list[Edit]:
        """The edits of a value inside a flow collection."""
        anchors, outer = dict(self.anchors), self.is_dirty
        self.brackets += 1
        try:
            return self.value(value, new, path, old)
        except Unfit:
            self.anchors, self.is_dirty = anchors, outer
            return self.dirty([Edit(value.start, value.end, yaml_write.inline(new, quote=self.quote))])
        finally:
            self.brackets -= 1
