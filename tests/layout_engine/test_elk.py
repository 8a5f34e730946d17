"""What ELK is asked: the narrowest drawing where that takes no longer than one waits."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from editor.layout_engine import elk
from editor.layout_engine.plan import Edge, Node, NodeKind

PLACEMENT = "elk.layered.nodePlacement.strategy"


def asked(count: int, back: int) -> dict[str, Any]:
    """A row of states of which each of some leads back to the first one."""
    names = [f"s{number}" for number in range(count)]
    states = tuple(Node(id=name, kind=NodeKind.SIMPLE, width=90, height=40) for name in names)
    root = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=states, moving=frozenset(names))
    ends = [*pairwise(names), *((name, names[0]) for name in names[-back:])]
    edges = [Edge(id=f"t{number}", source=a, target=b) for number, (a, b) in enumerate(ends)]
    sizes = dict.fromkeys(names, (90.0, 40.0))
    one: dict[str, Any] = elk.container(root, sizes, edges, elk.DOWN)["layoutOptions"]
    whole: dict[str, Any] = elk.whole_chart(root, {"root": edges}, {}, elk.DOWN)["layoutOptions"]
    return {"one": one[PLACEMENT], "whole": whole[PLACEMENT]}


@pytest.mark.parametrize(
    ("count", "back", "one", "whole"),
    [
        (10, 5, "NETWORK_SIMPLEX", "NETWORK_SIMPLEX"),
        (34, 1, "NETWORK_SIMPLEX", "NETWORK_SIMPLEX"),
        (34, 20, "LINEAR_SEGMENTS", "BRANDES_KOEPF"),
        (200, 60, "BRANDES_KOEPF", "BRANDES_KOEPF"),
    ],
)
def test_long_ways_back_are_placed_by_a_quicker_method(count: int, back: int, one: str, whole: str) -> None:
    assert asked(count, back) == {"one": one, "whole": whole}
