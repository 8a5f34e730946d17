"""Which way a container reads: its transitions without those that lead back, and the plain layering by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from editor.layout.auto_level import Level

Layers = tuple[tuple[tuple[str, float], ...], ...]
"""States layer by layer, each with the place of its middle across the flow."""

Flow = Counter[tuple[str, str]]
"""How many transitions lead from a state on to another, or back: counted the way the drawing reads."""

_GAP = 56.0
_MOST_BESIDE = 20


def parts(level: Level) -> list[Level]:
    """The connected parts, the one with the initial state first; states without any way stand alone."""
    beside = _beside(level)
    seen: set[str] = set()
    found = []
    for start in _starts(level):
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            fresh = beside[waiting.pop()] - part
            part |= fresh
            waiting += sorted(fresh)
        seen |= part
        found.append(level.part(part))
    return found


def _beside(level: Level) -> dict[str, set[str]]:
    beside: dict[str, set[str]] = {id: set() for id in level.ids}
    for way in level.ways:
        beside[way.source].add(way.target)
        beside[way.target].add(way.source)
    return beside


def _starts(level: Level) -> tuple[str, ...]:
    return (level.first, *level.ids) if level.first is not None else level.ids


def flow(level: Level) -> Flow:
    """The ways without cycles: what leads back to where the walk from the initial state came through is turned."""
    count = Counter((way.source, way.target) for way in level.ways if way.source != way.target)
    onward: dict[str, list[str]] = {id: [] for id in level.ids}
    for source, target in count:
        onward[source].append(target)
    done = {id: number for number, id in enumerate(_finished(level, onward))}
    turned: Flow = Counter()
    for (source, target), number in count.items():
        is_onward = source == level.first or (target != level.first and done[target] < done[source])
        turned[(source, target) if is_onward else (target, source)] += number
    return turned


def _finished(level: Level, onward: dict[str, list[str]]) -> Iterator[str]:
    """States in the order in which a walk into the depth is done with them."""
    seen: set[str] = set()
    for start in _roots(level):
        if start in seen:
            continue
        seen.add(start)
        walk = [(start, iter(onward[start]))]
        while walk:
            here, rest = walk[-1]
            there = next((each for each in rest if each not in seen), None)
            if there is None:
                walk.pop()
                yield here
            else:
                seen.add(there)
                walk.append((there, iter(onward[there])))


def _roots(level: Level) -> list[str]:
    """Where walks start: the initial state, then those that nothing leads to, then all."""
    reached = {way.target for way in level.ways if way.source != way.target}
    first = [level.first] if level.first is not None else []
    return [*first, *(id for id in level.ids if id not in reached), *level.ids]


def last(level: Level, turned: Flow) -> frozenset[str]:
    """The final states that nothing leads on from: they stand at the end."""
    return level.rings - {source for source, _ in turned} - {level.first}


def plain_layers(level: Level, turned: Flow, *, is_level: bool) -> Layers:
    """Layers by the longest way of a flow from a start, in document order, each centred: quick, knows no crossings.

    Layers that would be endless are parted.
    `is_level`: the flow goes right, so that states lie below each other within a layer.
    """
    depth = _depths(level, turned)
    deepest = max(depth.values())
    depth.update(dict.fromkeys(last(level, turned), deepest))
    layers: list[list[str]] = [[] for _ in range(deepest + 1)]
    for id in level.ids:
        layers[depth[id]].append(id)
    most = _MOST_BESIDE + round(len(level.ids) ** 0.5)
    pieces = [layer[at : at + most] for layer in layers for at in range(0, len(layer), most)]
    return tuple(_centred(level, piece, is_level) for piece in pieces)


def _depths(level: Level, turned: Flow) -> dict[str, int]:
    onward: dict[str, list[str]] = {id: [] for id in level.ids}
    missing = Counter(target for _, target in turned)
    for source, target in turned:
        onward[source].append(target)
    ready = [id for id in level.ids if not missing[id]]
    depth = dict.fromkeys(level.ids, 0)
    for here in ready:
        for there in onward[here]:
            depth[there] = max(depth[there], depth[here] + 1)
            missing[there] -= 1
            if not missing[there]:
                ready.append(there)
    return depth


def _centred(level: Level, layer: list[str], is_level: bool) -> tuple[tuple[str, float], ...]:
    spans = [level.extents[id][1 if is_level else 0] for id in layer]
    at = -(sum(spans) + _GAP * (len(spans) - 1)) / 2
    placed = []
    for id, span in zip(layer, spans, strict=True):
        placed.append((id, at + span / 2))
        at += span + _GAP
    return tuple(placed)
