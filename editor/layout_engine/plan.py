"""What the engine is asked to draw: nested boxes and lines between them, as plain data that goes over a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from editor.geometry import Point, Rect


class NodeKind(Enum):
    """What a box is to the engine. DOT: where an initial arrow begins. RING: a final or history state."""

    ROOT = "root"
    SIMPLE = "simple"
    COMPOSITE = "composite"
    PARALLEL = "parallel"
    REGION = "region"
    DOT = "dot"
    RING = "ring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box. `width` and `height` are its size, the least one for what holds others; `header` is the top it keeps.

    `margin`: how much more room than usual it keeps along its border; a parallel state between header and regions.

    `name`: width and height of what stands below a ring, with what its state does; lines keep off. `is_last`: it wants
    to end the flow. `place`: where it is, relative to the box around it, if it has a place. `moving`: the children
    that may be placed anew; the others stay. `is_pinned`: it must not be pushed aside either.
    """

    id: str
    kind: NodeKind
    width: float
    height: float
    header: float = 0.0
    margin: float = 0.0
    name: tuple[float, float] = (0.0, 0.0)
    is_last: bool = False
    place: Rect | None = None
    moving: frozenset[str] = frozenset()
    is_pinned: bool = False
    children: tuple[Node, ...] = ()

    def room(self, size: tuple[float, float]) -> tuple[float, float]:
        """What the box takes with its name below, when it has a size."""
        return max(size[0], self.name[0]), size[1] + self.name[1]

    def within(self, x: float, y: float, size: tuple[float, float]) -> Rect:
        """The box of a size in room that begins at a place, in the middle above its name."""
        return Rect(x + (self.room(size)[0] - size[0]) / 2, y, *size)

    def card(self, rect: Rect) -> Rect:
        """The box at a place together with its name below, which may be wider."""
        width, height = self.room(rect[2:])
        return Rect(rect.x - (width - rect.width) / 2, rect.y, width, height)

    def walk(self) -> Iterator[Node]:
        """This box and all inside, parents first, in order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line from a box to a box. `label` is the size of what is written on it.

    `start`: the absolute rectangle where it begins, for one of the machine itself, whose `source` is the root.
    `is_wanted`: it is to be routed. `was`: the route that it has among the places, and `label_at` where its label is
    on it, where a former drawing is to be kept.
    """

    id: str
    source: str
    target: str
    label: tuple[float, float] = (0.0, 0.0)
    start: Rect | None = None
    is_wanted: bool = True
    was: tuple[Point, ...] = ()
    label_at: Rect | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All boxes and lines, with what is asked of them often.

    `keeps`: places and routes are those of a drawing that is to be changed as little as can be.
    """

    root: Node
    edges: tuple[Edge, ...] = ()
    keeps: bool = False
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """All boxes by id, parents first."""
        return {node.id: node for node in self.root.walk()}

    @cached_property
    def parents(self) -> dict[str, str]:
        """The id of the box around each; the root has none."""
        return {child.id: node.id for node in self.root.walk() for child in node.children}

    def line(self, id: str) -> tuple[str, ...]:
        """The ids from the root down to a box itself."""
        found = self._lines.get(id)
        if found is None:
            parent = self.parents.get(id)
            found = (id,) if parent is None else (*self.line(parent), id)
            self._lines[id] = found
        return found

    @property
    def size(self) -> int:
        """How many boxes and lines there are."""
        return len(self.nodes) + len(self.edges)

    def fork(self, one: str, other: str) -> int:
        """How many boxes, from the root down, are around both or one of the two itself."""
        count = 0
        for a, b in zip(self.line(one), self.line(other), strict=False):
            if a != b:
                break
            count += 1
        return count

    def host(self, edge: Edge) -> str:
        """The id of the box that a line lies in: the innermost around both ends, which may be an end itself."""
        line = self.line(edge.source)
        if edge.source == edge.target:
            return line[max(0, len(line) - 2)]
        return line[self.fork(edge.source, edge.target) - 1]

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        edges = [_edge_data(edge) for edge in self.edges]
        return {"root": _node_data(self.root), "edges": edges, "keeps": self.keeps}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Plan:
        """What `to_data` made."""
        edges = tuple(_edge(each) for each in data["edges"])
        return cls(root=_node(data["root"]), edges=edges, keeps=bool(data["keeps"]))


def _node_data(node: Node) -> dict[str, Any]:
    return {
        "id": node.id, "kind": node.kind.value, "size": [node.width, node.height], "header": node.header,
        "margin": node.margin, "name": list(node.name), "last": node.is_last, "place": node.place,
        "moving": sorted(node.moving), "pinned": node.is_pinned,
        "children": [_node_data(child) for child in node.children],
    }  # fmt: skip


def _node(data: dict[str, Any]) -> Node:
    return Node(
        id=data["id"], kind=NodeKind(data["kind"]), width=data["size"][0], height=data["size"][1],
        header=data["header"], margin=data["margin"], name=(data["name"][0], data["name"][1]), is_last=data["last"],
        place=Rect(*data["place"]) if data["place"] else None, moving=frozenset(data["moving"]),
        is_pinned=data["pinned"], children=tuple(_node(child) for child in data["children"]),
    )  # fmt: skip


def _edge_data(edge: Edge) -> dict[str, Any]:
    return {
        "id": edge.id, "ends": [edge.source, edge.target], "label": list(edge.label), "start": edge.start,
        "wanted": edge.is_wanted, "was": edge.was, "label_at": edge.label_at,
    }  # fmt: skip


def _edge(data: dict[str, Any]) -> Edge:
    return Edge(
        id=data["id"], source=data["ends"][0], target=data["ends"][1], label=(data["label"][0], data["label"][1]),
        start=Rect(*data["start"]) if data["start"] else None, is_wanted=data["wanted"],
        was=tuple(Point(x, y) for x, y in data["was"]),
        label_at=Rect(*data["label_at"]) if data["label_at"] else None,
    )  # fmt: skip
