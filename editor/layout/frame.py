"""Absolute rectangles of what transitions end at, and the routes that need no search: rows and initial arrows."""

from __future__ import annotations

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.paths import orthogonal, sides, simplified
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind, Transition, is_unresolved

DOT = 6.0
REACH = 28.0
EDGE = 8.0
"""Least distance of a dot placed by hand from the border and the name of its state, and from the states in it."""
_MANY = 100


class Frame:
    """One call's view of a chart and its diagram; what is asked twice is looked up once."""

    def __init__(self, chart: Chart, diagram: Diagram, measure: Measure) -> None:
        self.chart = chart
        self.diagram = diagram
        self.measure = measure
        self._rects: dict[str, Rect | None] = {}
        self._pills: dict[str, tuple[float, float]] = {}
        self._origins: dict[str, Point] = {chart.root_id: Point(0, 0)}

    def origin(self, id: str) -> Point:
        """The absolute top left corner of a state."""
        found = self._origins.get(id)
        if found is None:
            parent = self.chart.states[id].parent
            above = self.origin(parent) if parent is not None else Point(0, 0)
            box = self.diagram.boxes.get(id)
            found = Point(above.x + box.x, above.y + box.y) if box is not None else above
            self._origins[id] = found
        return found

    def card(self, id: str) -> Rect | None:
        """The absolute rectangle of a state with its name; None for the root and where no box is."""
        box = self.diagram.boxes.get(id)
        if box is None or id == self.chart.root_id:
            return None
        at = self.origin(id)
        return Rect(at.x, at.y, box.width, box.height)

    def rect(self, id: str) -> Rect | None:
        """The absolute rectangle that transitions end at; rings of final and history states, not their names."""
        if id not in self._rects:
            rect = self.card(id)
            if rect is not None and self.is_round(id):
                rect = sizes.ring(rect)
            self._rects[id] = rect
        return self._rects[id]

    def is_round(self, id: str) -> bool:
        """Whether a state is drawn as a ring."""
        kind = self.chart.states[id].kind
        return kind is StateKind.FINAL or kind.is_history

    def start(self, transition: Transition) -> Rect | None:
        """The rectangle a transition starts at; a small port at the top left for the root's own."""
        if transition.source != self.chart.root_id:
            return self.rect(transition.source)
        place = [each.id for each in self.chart.outgoing(transition.source)].index(transition.id)
        return Rect(8, 8 + 28 * place, 12, 12)

    def ends(self, transition: Transition) -> list[tuple[str, Rect]]:
        """The targets that are drawn, with their rectangles."""
        targets = [target for target in transition.targets if not is_unresolved(target)]
        return [(target, rect) for target in targets if (rect := self.rect(target)) is not None]

    def pill(self, transition: Transition) -> tuple[float, float]:
        """The size of a transition's label."""
        found = self._pills.get(transition.id)
        if found is None:
            found = sizes.pill_size(sizes.pill_parts(self.chart, transition), self.measure)
            self._pills[transition.id] = found
        return found

    def row(self, transition: Transition) -> tuple[tuple[Point, Point], Rect] | None:
        """The stub and the label of a transition that stays inside its state."""
        source = self.rect(transition.source)
        if source is None:
            if transition.source != self.chart.root_id:
                return None
            at = self.origin(transition.source)
            source = Rect(at.x, at.y - sizes.HEADER, 240, 40)
        place = [each.id for each in sizes.rows(self.chart, transition.source)].index(transition.id)
        state = self.chart.states[transition.source]
        lines = len(sizes.detail_lines(self.chart, state))
        top = source.y + sizes.HEADER + (lines * sizes.LINE + 6 if lines else 2) + place * sizes.ROW
        width, height = self.pill(transition)
        label = Rect(source.x + 10, top + 2, min(width, source.width - 36), height)
        middle = label.y + height / 2
        return (Point(label.right, middle), Point(label.right + 14, middle)), label

    def initial(self, transition: Transition) -> tuple[Point, ...] | None:
        """The path from the initial dot to the first target: where it was put, else a free place beside that.

        Of several targets the others are reached from the same dot, by paths that have to be sought.
        """
        ends = self.ends(transition)
        if not ends:
            return None
        target, rect = ends[0]
        box = self.diagram.boxes.get(transition.source)
        given = box.initial if box is not None else None
        if given is not None:
            return arrow(self.origin(transition.source).moved(*given), rect)
        return arrow(self._beside(target, rect, transition.source), rect)

    def _beside(self, target: str, rect: Rect, source: str) -> Point:
        """A free place beside a target, or beside the child of a source that it lies in."""
        outer = next((each.id for each in self.chart.ancestors(target) if each.parent == source), target)
        around = self.rect(outer) or rect
        places = [*_places_beside(rect), *_places_beside(around)]
        return next((each for each in places if self._is_free(each, source)), _places_beside(around)[0])

    def _is_free(self, at: Point, source: str) -> bool:
        """Whether no other child of `source` lies around a place, and the place is inside it, below its header."""
        own = self.card(source)
        if own is not None:
            header = 20.0 if queries.is_region(self.chart, source) else sizes.HEADER
            inside = Rect(own.x, own.y + header, own.width, own.height - header)
            if not inside.grown(-DOT - 2).contains(at):
                return False
        spot = Rect(at.x - 12, at.y - 12, 24, 24)
        children = self.chart.children(source)
        if len(children) > _MANY:
            return True
        return not any(
            (rect := self.card(child.id)) is not None and rect.intersects(spot) for child in children
        )


def _places_beside(rect: Rect) -> tuple[Point, ...]:
    """Places of a dot beside a rectangle, the wanted ones first."""
    middle = rect.center
    left, above = Point(rect.x - REACH, middle.y), Point(middle.x, rect.y - REACH)
    return left, above, Point(rect.x + 20, rect.y - REACH), Point(middle.x, rect.bottom + REACH)


def arrow(dot: Point, rect: Rect) -> tuple[Point, ...]:
    """The path from an initial dot to a rectangle: straight where it faces a side, else with one or two corners."""
    middle = rect.center
    if rect.y < dot.y < rect.bottom and not rect.x < dot.x < rect.right:
        return dot, Point(rect.x if dot.x < rect.x else rect.right, dot.y)
    if rect.x < dot.x < rect.right and not rect.y < dot.y < rect.bottom:
        return dot, Point(dot.x, rect.y if dot.y < rect.y else rect.bottom)
    around = Rect(dot.x - DOT, dot.y - DOT, 2 * DOT, 2 * DOT)
    a, b = sides(around, rect)
    end = Point(middle.x + b.dx * rect.width / 2, middle.y + b.dy * rect.height / 2)
    return simplified(orthogonal(dot, a, end, b))
