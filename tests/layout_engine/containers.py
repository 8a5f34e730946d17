"""Containers with states in given places, for what moves these."""

from __future__ import annotations

from editor.geometry import Rect
from editor.layout_engine.plan import Node, NodeKind


def container(
    places: list[Rect], pinned: frozenset[int] = frozenset(), size: tuple[float, float] = (400, 300)
) -> Node:
    """A composite of a size; its states are called s0, s1 and so on."""
    children = tuple(
        Node(
            id=f"s{number}", kind=NodeKind.SIMPLE, width=each.width, height=each.height, place=each,
            is_pinned=number in pinned,
        )
        for number, each in enumerate(places)
    )  # fmt: skip
    place = Rect(0, 0, *size)
    return Node(id="c", kind=NodeKind.COMPOSITE, width=10, height=10, place=place, children=children)


def sizes_of(node: Node) -> dict[str, tuple[float, float]]:
    """The sizes of its states, as they are."""
    return {child.id: (child.width, child.height) for child in node.children}
