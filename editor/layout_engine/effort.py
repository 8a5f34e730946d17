"""How much work a graph is for ELK, told from how far its lines reach, before it is asked.

ELK puts a point of each long line into each layer that it passes, and the work of placing these grows faster than
their number: 34 states in a row with 60 ways back take 20 seconds by the method that gives the narrowest drawings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def points(order: Sequence[str], lines: Iterable[tuple[str, str]]) -> int:
    """About how many points there are to place: states, and one for each layer that a line passes.

    Layers are told as if each line led from what is earlier in the order to what is later, as it is when ELK takes
    lines that lead back for reversed. Lines from a state into itself, and to others than these, count nothing.
    """
    places = {id: place for place, id in enumerate(order)}
    known = ((places[a], places[b]) for a, b in lines if a in places and b in places)
    ahead = sorted((max(ends), min(ends)) for ends in known if ends[0] != ends[1])
    layers = [0] * len(order)
    for end, start in ahead:
        layers[end] = max(layers[end], layers[start] + 1)
    return len(order) + sum(layers[end] - layers[start] - 1 for end, start in ahead)
