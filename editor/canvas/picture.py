"""Picture: the open document as absolute rectangles and routes, kept in step with its changes; never the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set

from editor.canvas import hits
from editor.canvas.collapse import Seen, between, earlier, folds, has_collapsed, hiders, seen, unfolded
from editor.canvas.concern import touching
from editor.canvas.inside import Inside
from editor.canvas.machine_card import MachineCard
from editor.canvas.picture_asides import Asides
from editor.canvas.picture_lines import Dirt, LineLayer
from editor.canvas.picture_notes import NoteLayer
from editor.canvas.shapes import StateShape, alike
from editor.canvas.stubs import StubLayer
from editor.canvas.touched import Touched
from editor.document.alone import can_stay
from editor.geometry import Point, Rect
from editor.layout.index import Bounds, GridIndex
from editor.layout.routing import Route
from editor.layout.sizes import Measure
from editor.model.changes import (
    BoxChange,
    Changes,
    InfoChange,
    NoteChange,
    StateChange,
    TransitionChange,
    moves_dot,
)
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind
from editor.model.queries import is_region
from editor.tools.base import Hit

GROWN = 14.0


class Picture:
    """Absolute shapes by id. Invariant: after `show`, the same shapes as a new picture of the same document has.

    `states`, `transitions` and `notes` hold what is drawn (a collapsed state hides its inside); `chart` is what is
    drawn, with hidden ends lifted to the collapsed state, `cut` tells which these are and `merged` which transitions
    stand for several (`collapse.Seen`). Of what is `alone` ends that are elsewhere are `stubs`, which `chart` has too.
    """

    def __init__(
        self,
        chart: Chart,
        diagram: Diagram,
        measure: Measure,
        alone: str | None = None,
        *,
        waits: bool = False,
        hurries: bool = False,
    ) -> None:
        """`waits`: no transition is routed before `settle` does; `hurries`: many are drawn for now until then."""
        self.measure = measure
        self._hurries = hurries
        self._waits = waits
        self.states: dict[str, StateShape] = {}
        self.state_index = GridIndex()
        self.chart = chart
        self.diagram = diagram
        self._whole = chart
        self._places = diagram
        self.merged: Mapping[str, tuple[str, ...]] = {}
        self.cut: Mapping[str, frozenset[int]] = {}
        self.alone = alone
        self.stubs = StubLayer()
        self._inside: Inside | None = None
        self._is_folded = False
        self.notes = NoteLayer(diagram)
        self.has_prose = True
        self.asides = Asides(self)
        self.machine = MachineCard(self)
        self._extent: tuple[int, Bounds] | None = None
        self._shifts: dict[str, Point | None] = {}
        self._touched = Touched()
        self._open()

    def show(self, changes: Changes, lifted: Set[str] = frozenset(), *, is_hasty: bool = False) -> list[Rect]:
        """Follow what happened to the document; the areas, in chart units, that look different now.

        What is `lifted` out of the base image leaves no area there. In haste only lines that cannot stay are drawn
        otherwise, by rules of thumb and for now; `settle` then routes with care.
        """
        self._touched.next()
        written = self.notes.show(changes)
        if written and all(isinstance(change, NoteChange) for change in changes):
            self._touched.tell(id for id, _ in written)
            return [rect for id, rect in written if id not in lifted]
        is_other = any(isinstance(change, InfoChange) for change in changes)
        inner = self._inside.follow(changes) if self._inside is not None and not is_other else changes
        if is_other or inner is None:
            return [*self._reopen(), *(rect for _, rect in written)]
        is_folded = self._is_folded or folds(changes, self._places)
        changes, hiding = self._folded(inner) if is_folded else (inner, [])
        dirty: Dirt = []
        self._shifts = {}
        moved = self._show_states(changes, dirty) | self._show_again(hiding, dirty)
        self._lines.follow(changes, moved, self._shifts, dirty, is_hasty=is_hasty)
        dirty += written + self.asides.follow(dirty)
        dirty += self.machine.follow() if not self.is_hasty else []
        self._touched.tell(id for id, _ in dirty)
        return [rect for id, rect in dirty if id not in lifted]

    def settle(self, lifted: Set[str] = frozenset(), is_over: Callable[[], bool] | None = None) -> list[Rect]:
        """Route with care what is drawn for now; the areas that look different now.

        Until time `is_over`, if that is given: then nothing is different yet, and the next call goes on from there.
        """
        dirty: Dirt = []
        if not self.is_hasty or not self._lines.settle(dirty, is_over):
            return []
        if self._waits:
            self._waits = False
            self._open_beside()
            return []
        self._touched.next()
        dirty += self.asides.follow(dirty)
        dirty += self.machine.follow()
        self._touched.tell(id for id, _ in dirty)
        return [rect for id, rect in dirty if id not in lifted]

    def show_prose(self, is_shown: bool) -> bool:
        """Show descriptions on cards, or not; whether that was otherwise before, so that all looks different now."""
        if self.has_prose is is_shown:
            return False
        self.has_prose = is_shown
        self._touched.next()
        for shape in self.states.values():
            shape.near = None
        self.asides.open()
        return True

    def show_alone(self, id: str | None) -> bool:
        """Draw a composite with what is inside of it and nothing else, or all; whether that is another than before."""
        if self.alone == id:
            return False
        self.alone = id
        self._touched.next()
        self._reopen()
        return True

    @property
    def version(self) -> int:
        """How often something else was shown."""
        return self._touched.version

    def touched_since(self, version: int) -> frozenset[str] | None:
        """The ids of what looks different since a version; None when it was too much or too long ago."""
        return self._touched.since(version)

    @property
    def is_whole(self) -> bool:
        """Whether all of the machine is drawn: nothing is collapsed, and no state is alone."""
        return self.alone is None and not self._is_folded

    @property
    def is_hasty(self) -> bool:
        """Whether lines are drawn for now only, until `settle`."""
        return self._lines.is_late

    @property
    def sketched(self) -> set[str]:
        """The transitions of a very large chart that nobody has looked at."""
        return self._lines.sketched

    @property
    def whole(self) -> Chart:
        """The chart with what collapsed states hide."""
        return self._whole

    def extent(self) -> Bounds:
        """The bounds around all that is drawn: left, top, right, bottom."""
        if self._extent is None or self._extent[0] != self.version:
            rect = self.bounds()
            self._extent = (self.version, (rect.x, rect.y, rect.right, rect.bottom))
        return self._extent[1]

    def rect(self, id: str) -> Rect | None:
        """The absolute rectangle of a state or a note; None when it is not drawn."""
        shape = self.states.get(id) or self.notes.shapes.get(id)
        return None if shape is None else shape.rect

    def route(self, id: str) -> Route | None:
        """The absolute route of a transition; None when it is not drawn."""
        self.refine((id,))
        shape = self.transitions.get(id)
        return None if shape is None else shape.route

    def refine(self, ids: Iterable[str], most: int | None = None) -> bool:
        """Route those of these transitions that are only sketched, as large charts are when opened.

        At `most` so many at once; whether some were left as they are.
        """
        return self._lines.refine(ids, most)

    def bounds(self) -> Rect:
        """The rectangle around all that is drawn; empty for an empty chart."""
        drawn = (self.state_index, self.transition_index, self.stubs.index)
        indices = (*drawn, self.notes.index, self.asides.index)
        extents = [each for index in indices if (each := index.extent())]
        rects = [Rect(x0, y0, x1 - x0, y1 - y0) for x0, y0, x1, y1 in extents]
        found = Rect.around([*rects, self.machine.shape.rect] if self.machine.shape is not None else rects)
        return found or Rect(0, 0, 0, 0)

    def hit(self, point: Point, tolerance: float) -> Hit:
        """What lies on top at a place, as far from lines as `tolerance` chart units."""
        return hits.hit(self, point, tolerance)

    def under(self, point: Point, tolerance: float) -> list[str]:
        """All that lies at a place, the topmost first."""
        return hits.under(self, point, tolerance)

    def state_at(self, point: Point, without: Iterable[str] = ()) -> str | None:
        """The deepest state at a place, leaving out some and all below them; None for none."""
        left_out = set(without)
        found = [
            self.states[id]
            for id in self.state_index.meeting(point.x, point.y, point.x, point.y)
            if not left_out or not self._is_within(id, left_out)
        ]
        if not found:
            return None
        return max(found, key=lambda shape: (self._depth(shape.id), -shape.rect.width, shape.id)).id

    def elements_in(self, rect: Rect) -> list[str]:
        """States, transitions and notes that lie wholly inside a rectangle, in this order."""
        area = (rect.x, rect.y, rect.right, rect.bottom)
        states = [id for id in self.state_index.meeting(*area) if rect.encloses(self.states[id].rect)]
        lines = [
            id
            for id in self.transition_index.meeting(*area)
            if all(rect.contains(point) for path in self.transitions[id].route.paths for point in path)
        ]
        return sorted(states) + sorted(lines) + self.notes.inside(rect)

    def with_inside(self, ids: Iterable[str]) -> tuple[set[str], set[str]]:
        """The drawn states among `ids` with all below them, and the transitions that touch any of them."""
        states: set[str] = set()
        stack = [id for id in ids if id in self.states]
        while stack:
            id = stack.pop()
            states.add(id)
            stack.extend(child.id for child in self.chart.children(id) if child.id in self.states)
        lines = {each for id in states for each in touching(self.chart, id)}
        return states, lines | {id for id in ids if id in self.transitions}

    def line_of(self, id: str) -> str:
        """The transition that is drawn in the place of one: itself, or the one that stands for it."""
        return next((first for first, ids in self.merged.items() if id in ids), id)

    def drawn(self, id: str) -> str:
        """The state that is seen in a state's place: itself, or the collapsed one that hides it."""
        found = id
        for state in self._whole.ancestors(id) if id in self._whole.states else ():
            if state.id in self.states and self.states[state.id].is_collapsed:
                found = state.id
        return found

    def _open(self) -> None:
        self._inside = None
        if self.alone is not None and can_stay(self._whole, self._places, self.alone):
            self._inside = Inside(self._whole, self._places, self.alone, self.measure)
        if self._inside is not None or self.notes.is_partial:
            self.notes = NoteLayer(self._places, self._inside.reaches if self._inside is not None else None)
        self._fold()
        self._place(self.chart.root_id, Point(0, 0), -1)
        self._lines = LineLayer(self)
        self.transitions, self.transition_index = self._lines.shapes, self._lines.index
        self._lines.open(waits=self._waits, hurries=self._hurries)
        self._waits = self._waits and self._lines.is_late
        if not self._waits:
            self._open_beside()

    def _open_beside(self) -> None:
        """Draw what keeps off all else."""
        self.asides.open()
        self.machine.open()

    def _fold(self) -> Seen:
        """What is drawn of the chart, or of what is alone."""
        inside = self._inside
        whole = (self._whole, self._places) if inside is None else (inside.chart, inside.diagram)
        self._is_folded = has_collapsed(*whole)
        found = seen(*whole) if self._is_folded else unfolded(*whole)
        self.chart, self.diagram, self.merged, self.cut = found
        return found

    def _folded(self, changes: Changes) -> tuple[Changes, list[str]]:
        """What changes in what is drawn where states are collapsed, and those that hide what changed."""
        before = Seen(self.chart, self.diagram, self.merged, self.cut)
        if not self._is_folded:
            before = unfolded(*earlier(self.chart, self.diagram, changes))
        now = self._fold()
        whole = self._whole if self._inside is None else self._inside.chart
        return between(before, now), hiders(whole, now.chart, changes)

    def _reopen(self) -> list[Rect]:
        before = self.bounds()
        self.states, self.state_index, self.stubs = {}, GridIndex(), StubLayer()
        self._open()
        return [before.united(self.bounds()).grown(GROWN)]

    def _place(self, id: str, origin: Point, level: int, dirty: Dirt | None = None) -> list[str]:
        """Place a state and all below it; the ids whose shape is new. `level` is that of its parent."""
        placed: list[str] = []
        chart, whole, boxes = self.chart, self._whole, self.diagram.boxes
        stack = [(chart.states[id], origin, level, is_region(chart, id))]
        while stack:
            state, at, above, region = stack.pop()
            here = state.id
            box = boxes.get(here)
            own = above if region else above + 1
            if box is not None and here != chart.root_id:
                at = Point(at.x + box.x, at.y + box.y)
                is_composite = whole.has_children(here)
                shape = StateShape(
                    id=here,
                    rect=Rect(at.x, at.y, box.width, box.height),
                    level=max(own, 0),
                    is_region=region,
                    is_leaf=not (is_composite or region),
                    is_collapsed=box.collapsed and is_composite,
                    tint=box.tint,
                )
                if self._put_state(shape, dirty):
                    placed.append(here)
            elif here in self.states:
                self._drop_state(here, dirty)
            else:
                own = -1 if here == chart.root_id else own
            if chart.has_children(here):
                is_split = state.kind is StateKind.PARALLEL
                stack += [
                    (child, at, own, is_split and not child.kind.is_history) for child in chart.children(here)
                ]
        return placed

    def _put_state(self, shape: StateShape, dirty: Dirt | None) -> bool:
        if self._inside is not None and shape.id in self._inside.stubs:
            areas = self.stubs.put(self._inside.stubs[shape.id], self.chart.states[shape.id].key, shape.rect)
            if dirty is not None:
                dirty += [(self._inside.stubs[shape.id].transition, each) for each in areas]
                self._shifts.update({shape.id: None} if areas else {})
            return bool(areas)
        former = self.states.get(shape.id)
        if dirty is not None:
            if former is not None:
                if alike(former, shape):
                    return False
                dirty.append((shape.id, former.rect.grown(GROWN)))
            self._shifts[shape.id] = _shift(former, shape)
            dirty.append((shape.id, shape.rect.grown(GROWN)))
        self.states[shape.id] = shape
        x, y, width, height = shape.rect
        self.state_index.put(shape.id, (x, y, x + width, y + height))
        return True

    def _drop_state(self, id: str, dirty: Dirt | None) -> None:
        if id in self.stubs.shapes and dirty is not None:
            dirty += [(id, each) for each in self.stubs.remove(id)]
        shape = self.states.pop(id, None)
        if shape is not None:
            self.state_index.remove(id)
            if dirty is not None:
                dirty.append((id, shape.rect.grown(GROWN)))

    def _show_states(self, changes: Changes, dirty: Dirt) -> set[str]:
        """Place anew what changed; the ids of states whose transitions may lie elsewhere now."""
        touched: dict[str, None] = {}
        for change in changes:
            if isinstance(change, StateChange | BoxChange) and not moves_dot(change):
                touched[change.id] = None
            if isinstance(change, StateChange):
                # A composite's look depends on its children (leaf or not, names of the regions' parents).
                for record in (change.old, change.new):
                    if record is not None and record.parent is not None:
                        touched[record.parent] = None
            if isinstance(change, TransitionChange):
                for end in (change.old, change.new):
                    if end is not None:
                        touched[end.source] = None
        moved: set[str] = set()
        for id in self._regions_beside(touched):
            self._refresh(id, dirty)
        for id in touched:
            if id not in self.chart.states:
                self._drop_state(id, dirty)
                continue
            self._refresh(id, dirty)
            moved.add(id)
            moved.update(self._place(id, *self._ground(id), dirty))
        return moved

    def _show_again(self, ids: Iterable[str], dirty: Dirt) -> set[str]:
        """Place states anew that are drawn as they were, but for what they say; the ids of those that are not."""
        moved: set[str] = set()
        for id in ids:
            self._refresh(id, dirty)
            moved.update(self._place(id, *self._ground(id), dirty))
        return moved

    def _regions_beside(self, ids: Iterable[str]) -> set[str]:
        """The regions whose dividers may lie elsewhere: all that share a parent with one of these, and all in them."""
        chart = self.chart
        states = [chart.states[id] for id in ids if id in chart.states]
        parents = {state.id for state in states} | {
            state.parent for state in states if state.parent is not None
        }
        return {
            child.id
            for parent in parents
            if chart.states[parent].kind is StateKind.PARALLEL
            for child in chart.children(parent)
        }

    def _refresh(self, id: str, dirty: Dirt) -> None:
        shape = self.states.get(id)
        if shape is not None:
            shape.near = None
            dirty.append((id, shape.rect.grown(GROWN)))

    def _ground(self, id: str) -> tuple[Point, int]:
        """Where a state's parent is, and its level."""
        line = [state.id for state in self.chart.ancestors(id)]
        if not line:
            return Point(0, 0), -1
        level = -1
        for each in reversed(line[:-1]):
            level += 0 if is_region(self.chart, each) else 1
        return self.diagram.absolute(reversed(line)), level

    def _depth(self, id: str) -> int:
        return sum(1 for _ in self.chart.ancestors(id))

    def _is_within(self, id: str, ids: set[str]) -> bool:
        return id in ids or any(state.id in ids for state in self.chart.ancestors(id))


def _shift(former: StateShape | None, now: StateShape) -> Point | None:
    """How far a state moved; None for one that is new, or of another size."""
    if former is None or (former.rect.width, former.rect.height) != (now.rect.width, now.rect.height):
        return None
    return Point(now.rect.x - former.rect.x, now.rect.y - former.rect.y)
