"""What the walks through old nodes and new values share: state, and what continues what."""

from __future__ import annotations

from abc import ABC, abstractmethod

from editor.errors import FormatError
from editor.formats.yaml_match import Moves, laid_beside
from editor.formats.yaml_nodes import Node
from editor.formats.yaml_style import detected
from editor.formats.yaml_tree import Path, Tree, value_of
from editor.formats.yaml_units import Edit, Source
from editor.model.elements import Data
from editor.model.sameness import same


class Walk(ABC):
    """One run of a patch.

    `path` is always where something stands in the new value, `old` where it stood. `anchors` are the values that
    the anchors have in the new text, as far as it is made; `is_dirty` that something was edited since the unit
    around began and is not read again yet; `is_rewritten` that a unit did not come out right in place. Units that
    lie `coarse_at` levels deep are written anew when anything in them changed. `brackets` counts the flow
    collections around; `quote` is what every text has in JSON.
    """

    def __init__(self, tree: Tree, moves: Moves, *, coarse_at: int | None) -> None:
        self.tree = tree
        self.moves = moves
        self.coarse_at = coarse_at
        self.source = Source(tree.text)
        self.style = detected(self.source, tree.root)
        self.anchors: dict[str, Data] = {}
        self.is_dirty = False
        self.is_unsure = False
        self.is_rewritten = False
        self.brackets = 0
        self.quote = '"' if _is_json(tree.root) else ""

    @abstractmethod
    def value(self, node: Node, new: Data, path: Path, old: Path) -> list[Edit]:
        """The edits that give a node a new value; raises Unfit where it must be written anew."""

    def dirty(self, edits: list[Edit]) -> list[Edit]:
        """The edits, noted as not read again yet."""
        self.is_dirty = True
        return edits

    def reads_as(self, text: str, expected: Data, anchors: dict[str, Data]) -> bool:
        """Whether a part of the new text, behind these anchors, means what it should."""
        try:
            return same(value_of(text, anchors), expected)
        except FormatError:
            return False

    def source_of(self, node: Node, name: str | int, path: Path, old: Path) -> Path | None:
        """The old path that a key in a new place continues."""
        return self.moves.source((*path, name), old, lambda part: node.find(part) is not None)

    def list_origins(self, node: Node, new: list[Data], path: Path, old: Path) -> list[Path | None]:
        """For each new item the old path that it continues."""
        known = {
            place: self.moves.origins[(*path, place)]
            for place in range(len(new))
            if (*path, place) in self.moves.origins
        }
        free = [place for place in range(len(node.pairs)) if (*old, place) not in self.moves.taken]
        rest = [place for place in range(len(new)) if place not in known]
        matches = laid_beside([node.pairs[place][1].value for place in free], [new[place] for place in rest])
        found: list[Path | None] = [known.get(place) for place in range(len(new))]
        for place, match in zip(rest, matches, strict=True):
            found[place] = None if match is None else (*old, free[match])
        return found

    def wanted(self, node: Node, new: dict[str, Data], path: Path, old: Path) -> list[str]:
        """The keys to write in a mapping that merges: with `<<` where the rest gives the new value, else all."""
        names = [str(key.value) for key, _ in node.pairs if key is not None]
        merged = self._merged(node)
        if merged is None:
            return list(new)
        own = [
            key
            for key in new
            if key in names or key not in merged or not same(merged[key], new[key])
            or (*path, key) in self.moves.origins
        ]  # fmt: skip
        if not same({**merged, **{key: new[key] for key in own}}, new):
            return list(new)
        place = len([name for name in names[: names.index("<<")] if name in own])
        return [*own[:place], "<<", *own[place:]]

    def _merged(self, node: Node) -> dict[str, Data] | None:
        """What the merge key of a mapping will bring in the new text."""
        found = node.find("<<")
        sources = [found[1]] if found is not None else []
        if sources and sources[0].kind == "list":
            sources = [value for _, value in sources[0].pairs]
        merged: dict[str, Data] = {}
        for source in sources:
            value = source.value
            if source.kind == "alias":
                value = self.anchors.get(self.tree.text[source.start + 1 : source.end])
            elif self.tree.has_aliases_in(source):
                return None
            if not isinstance(value, dict):
                return None
            merged = {**merged, **{key: each for key, each in value.items() if key not in merged}}
        return merged


def _is_json(root: Node | None) -> bool:
    """Whether a text is written as JSON is, which it should stay."""
    if root is None or root.style != "{":
        return False
    inner = [pair for pair in root.pairs if root.kind == "map"] or (
        root.pairs[0][1].pairs if root.pairs else []
    )
    return bool(inner) and all(key is not None and key.style == '"' for key, _ in inner)
