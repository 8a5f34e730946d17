"""Routes of a whole chart, with care: each path is chosen among many, knowing the states and paths in its way.

What is drawn depends on the chart and the diagram alone. In turn: sides for all ends, places along the sides,
paths from the shortest on with a first place for each label, paths that meet others once more, places for labels.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from functools import partial

from editor.geometry import Point, Rect
from editor.layout import pills, sizes
from editor.layout.bit_by_bit import finished
from editor.layout.board import HIT, Board, Wall, WallSet, joined, plain_cost
from editor.layout.ends import (
    SideChoice,
    Sides,
    areas,
    by_plain_cost,
    given_end,
    is_hit,
    make_ends,
    place_ends,
    reach,
    strain,
)
from editor.layout.frame import Frame
from editor.layout.maze import way_around
from editor.layout.memory import Memory
from editor.layout.paths import label_place, length, shifted
from editor.layout.pills import PillPlaces, Size, edges
from editor.layout.shapes import shapes
from editor.layout.wires import Collection, Paths, Wire
from editor.model.diagram import Label
from editor.model.elements import Transition, TriggerKind, is_unresolved

_TROUBLE = 20.0
_FIRM = 3
"""How many times more it counts to run below a pill that cannot step aside."""
_STEPS = tuple(way * step * 14.0 for step in range(1, 9) for way in (1, -1))
_Found = tuple[tuple[tuple[Point, ...], Rect | None], Wall, list[Wall]]
Routes = dict[str, tuple[Paths, Rect]]


def routing(frame: Frame, memory: Memory | None = None) -> Generator[None, None, Routes]:
    """Find paths and label of every transition that has ends, rows left out; the last step gives them.

    What a memory has need not be found anew. Nothing may change between two steps; who stops before the last one
    has done nothing.
    """
    return _Careful(frame, memory or Memory()).steps()


def route_all(frame: Frame, memory: Memory | None = None) -> Routes:
    """All of that at once."""
    return finished(routing(frame, memory))


class _Careful:
    def __init__(self, frame: Frame, memory: Memory) -> None:
        self.memory = memory
        self.frame = frame
        self.chart = frame.chart
        self.board = Board()
        self.collection = Collection(frame)
        self.wires = self.collection.wires
        self.sides: Sides = {}
        self.pills: dict[str, Size] = {}
        self.labels: dict[str, Label] = {}
        self.seen: list[Point] = []

    def steps(self) -> Generator[None, None, Routes]:
        """Find all of them, a little at each step."""
        self.memory.begin()
        yield from self.collection.fill()
        self.places = PillPlaces(self._solid(), self.board)
        titles = self._titles()
        yield
        yield from self._keep_what_is_given()
        yield
        firm = {f"{id} {time}": pill for id, pill in self.places.found.items() for time in range(1 + _FIRM)}
        written = titles | firm
        choice = SideChoice(self.frame, self.collection.walls, self.sides, written, self.memory)
        yield
        yield from choice.choose_all(self.wires)
        make_ends(self.frame, self.wires, self.sides)
        yield
        place_ends(self.wires, self.sides)
        yield
        yield from self._draw()
        paths: dict[str, Paths] = dict(self.collection.fixed)
        for wire in self.wires:
            paths[wire.transition.id] = (*paths.get(wire.transition.id, ()), wire.path)
        yield from self._place_labels(paths)
        labels = self.places.found
        self.memory.end()
        return {id: (found, labels.get(id, Rect(0, 0, 0, 0))) for id, found in paths.items()}

    # what is given

    def _keep_what_is_given(self) -> Iterator[None]:
        """Put paths and pills placed by hand on the board, and their ends on the sides, which others keep away from."""
        for id, paths in self.collection.fixed.items():
            yield
            transition = self.chart.transitions[id]
            for path in paths:
                self.board.add(path, id)
            if transition.trigger.kind is TriggerKind.INITIAL:
                self._take_side(self.frame.ends(transition)[0][0], paths[0][::-1])
                continue
            self._take_side(transition.source, paths[0])
            for (target, _), path in zip(self.frame.ends(transition), paths, strict=False):
                self._take_side(target, path[::-1])
            self._note_pill(transition)
            if id in self.labels:
                self._place_pill(id, paths[0])
        drawn = {
            id: [each for path in paths for each in areas(path)]
            for id, paths in self.collection.fixed.items()
        }
        for id, rect in self.places.found.items():
            drawn[id].append(edges(rect))
        yield
        self.memory.keep("fixed", {id: tuple(each) for id, each in drawn.items()})

    def _take_side(self, state: str, path: tuple[Point, ...]) -> None:
        rect = None if state == self.chart.root_id or is_unresolved(state) else self.frame.rect(state)
        if rect is not None:
            end = given_end(rect, path)
            self.sides.setdefault((state, end.side), []).append(end)

    def _note_pill(self, transition: Transition) -> None:
        """Note the size of a pill that is wanted, or the place it was given."""
        size = self.frame.pill(transition)
        bends = self.frame.diagram.bends.get(transition.id)
        if size[0]:
            self.pills[transition.id] = size
            if bends is not None and bends.label is not None:
                self.labels[transition.id] = bends.label

    def _place_pill(self, id: str, path: tuple[Point, ...]) -> Rect:
        """Put a pill where it was given a place, else to the best place as things are."""
        label = self.labels.get(id)
        if label is None:
            self.places.put(id, path, self.pills[id])
        else:
            self.places.move(id, label_place(path, self.pills[id], label))
        return self.places.found[id]

    def _solid(self) -> list[Rect]:
        """What labels keep off: cards without children, headers of those with children, initial dots."""
        found = [Rect(dot.x - 8, dot.y - 8, 16, 16) for dot in self.collection.dots]
        for state in self.chart.states.values():
            card = self.frame.card(state.id)
            if card is not None:
                found.append(sizes.solid(self.chart, state.id, card, self.frame.measure))
        self.memory.keep("cards", {number: (edges(card),) for number, card in enumerate(found)})
        return found

    def _titles(self) -> dict[str, Rect]:
        """The names of states that hold others: lines and labels keep off them as off labels, where they can."""
        found = {}
        for state in self.chart.states.values():
            card = self.frame.card(state.id)
            title = None if card is None else sizes.title_area(self.chart, state.id, card, self.frame.measure)
            if title is not None:
                found[f"title of {state.id}"] = title
        for key, title in found.items():
            self.board.put_pill(title, key)
        self.memory.keep("titles", {key: (edges(title),) for key, title in found.items()})
        return found

    # paths

    def _draw(self) -> Iterator[None]:
        """The short ones first; then once more those that meet others, now that all are known."""
        order = sorted(self.wires, key=lambda each: (len(each.draft) > 2, length(each.draft)))
        for wire in order:
            if wire.number == 0:
                self._note_pill(wire.transition)
        ranks = {wire.key: (len(wire.draft) > 2, length(wire.draft)) for wire in order}
        self.memory.enter(("paths", "paths again"), ranks)
        for wire in order:
            inputs = self._inputs(wire)
            wire.path, pill = self.memory.step("paths", wire.key, inputs, partial(self._find, wire))
            self._put(wire, pill)
            yield
        for wire in order:
            inputs = (self._inputs(wire), wire.path, self.places.found.get(wire.transition.id))
            self.board.remove(wire.path, wire.transition.id)
            again = partial(self._find_again, wire)
            wire.path, pill = self.memory.step("paths again", wire.key, inputs, again)
            self._put(wire, pill)
            yield

    def _inputs(self, wire: Wire) -> tuple[object, ...]:
        assert wire.a_end is not None
        assert wire.b_end is not None
        ends = wire.a_end.point, wire.b_end.point, wire.a, wire.b, wire.start, wire.end
        return *ends, wire.walls, wire.cage, self._size(wire), self.labels.get(wire.transition.id)

    def _size(self, wire: Wire) -> Size | None:
        """The size of the pill that goes with a wire, if it has one."""
        return self.pills.get(wire.transition.id) if wire.number == 0 else None

    def _put(self, wire: Wire, pill: Rect | None) -> None:
        self.board.add(wire.path, wire.transition.id)
        if pill is not None:
            self.places.move(wire.transition.id, pill)

    def _find(self, wire: Wire) -> _Found:
        """The best path as things are, with a place for the pill."""
        self.seen = []
        best, path = self._best(wire)
        if best >= HIT and is_hit(path, wire.walls):
            path = self._best_around(wire, best, path)
        return self._found(wire, path)

    def _find_again(self, wire: Wire) -> _Found:
        """Another path for one that meets others, if there is a better one."""
        path = wire.path
        self.seen = list(path)
        alone = plain_cost(path) + strain(path, wire.cage)
        cost = self.board.cost(
            path, wire.walls, wire.transition.id, base=alone, pills=self._pills_near(wire, path)
        )
        if cost > alone + _TROUBLE:
            _, other = self._nudged(wire, cost, path)
            if other != path:
                return self._found(wire, other)
        size = self._size(wire)
        return (path, None if size is None else self.places.found[wire.transition.id]), *self._traces(
            wire, path
        )

    def _found(self, wire: Wire, path: tuple[Point, ...]) -> _Found:
        size = self._size(wire)
        if size is None:
            return (path, None), *self._traces(wire, path)
        self.board.add(path, wire.transition.id)
        pill = self._place_pill(wire.transition.id, path)
        self.board.remove(path, wire.transition.id)
        return (path, pill), *self._traces(wire, path)

    def _best(self, wire: Wire) -> tuple[float, tuple[Point, ...]]:
        assert wire.a_end is not None
        assert wire.b_end is not None
        start, end = wire.a_end.point, wire.b_end.point
        out_a, out_b = wire.ways(wire.a, wire.b)
        pills = self._pills_near(wire, (start, end))
        best = float("inf")
        chosen: tuple[Point, ...] = (start, end)
        for bound, path in by_plain_cost(shapes(start, out_a, end, out_b, wire.walls), wire.cage):
            if bound >= best:
                break
            self.seen += path
            cost = self.board.cost(path, wire.walls, wire.transition.id, base=bound, best=best, pills=pills)
            if cost < best:
                best, chosen = cost, tuple(path)
        return best, chosen

    def _traces(self, wire: Wire, path: tuple[Point, ...]) -> tuple[Wall, list[Wall]]:
        """The area that a path was sought in, with its pill, and the areas of both."""
        size = self._size(wire)
        around, drawn = reach(self.seen), areas(path)
        if size is not None:
            around = joined(around, pills.reach(path, size))
            drawn.append(edges(self.places.found[wire.transition.id].grown(1)))
        return around, drawn

    def _best_around(self, wire: Wire, best: float, plain: tuple[Point, ...]) -> tuple[Point, ...]:
        """The way around walls that no plain path keeps off, if there is one."""
        assert wire.a_end is not None
        assert wire.b_end is not None
        out_a, out_b = wire.ways(wire.a, wire.b)
        found = way_around([(wire.a_end.point, out_a)], [(wire.b_end.point, out_b)], wire.walls, wire.cage)
        if found is None:
            return plain
        path = found[2]
        self.seen += path
        pills = self._pills_near(wire, path)
        alone = plain_cost(path) + strain(path, wire.cage)
        cost = self.board.cost(path, wire.walls, wire.transition.id, base=alone, best=best, pills=pills)
        return self._nudged(wire, cost, path)[1] if cost < best else plain

    def _nudged(self, wire: Wire, best: float, path: tuple[Point, ...]) -> tuple[float, tuple[Point, ...]]:
        """A path whose inner stretches lie in better lanes, one after the other."""
        pills = self._pills_near(wire, path)
        for number in range(1, len(path) - 2):
            base = path
            for step in _STEPS:
                tried = shifted(base, number, step)
                if tried is None:
                    continue
                alone = plain_cost(tried) + strain(tried, wire.cage)
                if alone >= best:
                    continue
                self.seen += tried
                cost = self.board.cost(
                    tried, wire.walls, wire.transition.id, base=alone, best=best, pills=pills
                )
                if cost < best:
                    best, path = cost, tried
        return best, path

    def _pills_near(self, wire: Wire, path: Sequence[Point]) -> WallSet:
        """The pills near a path; those on paths that are given count more, as they will not step off it."""
        xs, ys = [point.x for point in path], [point.y for point in path]
        area = min(xs) - 120, min(ys) - 120, max(xs) + 120, max(ys) + 120
        near = self.board.pills_met(area, wire.transition.id)
        firm = [each for each in near if each in self.labels and each in self.collection.fixed] * _FIRM
        return WallSet(self.board.pill(each) for each in (*near, *firm))

    # labels

    def _place_labels(self, paths: dict[str, Paths]) -> Iterator[None]:
        wanted = {id: (paths[id][0], size) for id, size in self.pills.items() if id not in self.labels}
        return self.places.arrange(wanted, self.memory)
