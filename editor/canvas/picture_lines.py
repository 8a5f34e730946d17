"""The transitions of a picture: routed at once, or drawn for now and routed with care a little at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from editor.canvas.concern import asks_for_states, beside, concerned, gone, renames, rerouted, touching
from editor.canvas.shapes import TransitionShape, route_bounds, told
from editor.canvas.sketch import sketch
from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.bit_by_bit import finished
from editor.layout.choices import Choices, StickyChoices
from editor.layout.index import GridIndex
from editor.layout.memory import Memory
from editor.layout.paths import along
from editor.layout.routing import CAREFUL, PROMPT, Route, routing
from editor.layout.trailing import trailed
from editor.model.changes import Changes, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import Transition

if TYPE_CHECKING:
    from editor.canvas.picture import Picture

HASTY = 12
"""Transitions up to which all are routed at once, whatever happens."""
SKETCHED = 1500
AT_ONCE = 6
"""Lines of which a hand is shown sound routes at each move; of more of them, those with no way points trail."""
_STAYS = Point(0, 0)
_MIDDLE = 0.5

Dirt = list[tuple[str, Rect]]
"""Whose look changed, and where."""
Shifts = Mapping[str, Point | None]
"""How far states moved; None for those that are new, or of another size."""


class LineLayer:
    """Shapes of transitions by id. Invariant: while nothing is `late`, the routes that a new picture would have.

    `sketched` are those of a very large chart that nobody has looked at.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.shapes: dict[str, TransitionShape] = {}
        self.sketched: set[str] = set()
        self.index = GridIndex()
        self._memory = Memory()
        self._choices = Choices()
        self._sticky = StickyChoices(self._choices, self._path)
        self._stirred: set[str] = set()
        self._is_quick = False
        self._late: set[str] = set()
        self._work: Generator[None, None, dict[str, Route]] | None = None

    @property
    def is_late(self) -> bool:
        """Whether something is drawn for now only, until `settle`."""
        return bool(self._late or self._stirred)

    def _path(self, transition: Transition, target: str) -> Sequence[Point]:
        """The path to a target as it is drawn; nothing where it is not."""
        shape = self.shapes.get(transition.id)
        if shape is None or transition.id in self.sketched or shape.route.ends_inside:
            return ()
        return dict(zip(transition.targets, shape.route.paths, strict=False)).get(target, ())

    @property
    def _chart(self) -> Chart:
        return self._picture.chart

    def open(self, *, waits: bool = False, hurries: bool = False) -> None:
        """Draw all of them, or leave that to `settle`; in a hurry many are drawn for now."""
        ids = set(self._chart.transitions)
        self._is_quick = len(ids) > CAREFUL
        if len(ids) > SKETCHED:
            self._sketch()
        elif waits:
            self._late = ids
        elif hurries and PROMPT < len(ids) <= CAREFUL:
            self._put_all(ids, self._found(ids, Choices(), quick=True), None)
            self._late = ids
        else:
            self.route(ids, None)

    def _sketch(self) -> None:
        states, put = self._picture.states, self.index.put
        for id, transition in self._chart.transitions.items():
            shape = sketch(transition, states)
            if shape is not None:
                self.shapes[id] = shape
                put(id, shape.bounds)
        self.sketched.update(self.shapes)

    def refine(self, ids: Iterable[str], most: int | None = None) -> bool:
        """Route those that are only sketched, at `most` so many; whether some were left as they are."""
        wanted = self.sketched.intersection(ids)
        is_much = most is not None and len(wanted) > most
        self.route(set(sorted(wanted)[:most]) if is_much else wanted, None)
        return is_much

    # following what changes

    def follow(
        self, changes: Changes, moved: set[str], shifts: Shifts, dirty: Dirt, *, is_hasty: bool
    ) -> None:
        """Draw what changed, and what lies otherwise as states `moved`; in haste only what has to be, and for now."""
        self._work = None
        for id in [each for each in gone(changes) if each in self.shapes]:
            self._drop(id, dirty)
        self._stirred |= self._choices.touched(rect for _, rect in dirty)
        self._late |= self._concerned(changes, moved)
        self._late &= self._chart.transitions.keys()
        # A changed transition looks different even where its route stays.
        for change in changes:
            if isinstance(change, TransitionChange) and change.id in self.shapes:
                dirty.append((change.id, self.shapes[change.id].area))
        if is_hasty and len(self._chart.transitions) > HASTY:
            self._draw_for_now(changes, moved, shifts, dirty)
        else:
            self.settle(dirty)

    def _concerned(self, changes: Changes, moved: set[str]) -> set[str]:
        """Those whose route may be another: any that is routed with care; else what is near by and not a sketch."""
        chart = self._chart
        was_quick, self._is_quick = self._is_quick, len(chart.transitions) > CAREFUL
        if not (self._is_quick and was_quick):
            return set(chart.transitions)
        found = concerned(chart, changes, moved)
        if any(renames(change) for change in changes):
            found |= asks_for_states(chart) - self.sketched
        return found

    def _draw_for_now(self, changes: Changes, moved: set[str], shifts: Shifts, dirty: Dirt) -> None:
        """What moved as a whole is moved; the rest of what changed is routed by rules of thumb."""
        chart = self._chart
        changed = rerouted(chart, changes, moved)
        at_states = {each for id in shifts for each in touching(chart, id)} - changed
        anew = {id for id in changed if not self._relabel(chart.transitions[id], changes, shifts, dirty)}
        for id in at_states:
            by = _shared(chart.transitions[id], shifts)
            shape = self.shapes.get(id)
            if by is None or shape is None:
                anew.add(id)
            elif by != (0, 0):
                self._put(id, _moved(shape.route, by), dirty)
        if len(anew) > AT_ONCE:
            for id in sorted(anew & at_states):
                trailing = self._trailing(chart.transitions[id], shifts)
                if trailing is not None:
                    self._put(id, trailing, dirty)
                    anew.discard(id)
        self._put_all(anew, self._found(anew, self._sticky, quick=True), dirty)

    def _trailing(self, transition: Transition, shifts: Shifts) -> Route | None:
        """The route that trails after the states it ends at; None for one that is led by way points, or a sketch."""
        shape, bends = self.shapes.get(transition.id), self._picture.diagram.bends.get(transition.id)
        is_led = bends is not None and bool(bends.points)
        if shape is None or is_led or transition.id in self.sketched:
            return None
        paths, by = shape.route.paths, [shifts.get(each, _STAYS) for each in transition.targets]
        start = shifts.get(transition.source, _STAYS)
        if start is None or None in by or len(by) != len(paths) or shape.route.ends_inside:
            return None
        made = tuple(
            trailed(path, start, end) for path, end in zip(paths, by, strict=True) if end is not None
        )
        before, now = along(paths[0], _MIDDLE), along(made[0], _MIDDLE)
        return replace(
            shape.route, paths=made, label=shape.route.label.moved(now.x - before.x, now.y - before.y)
        )

    def _relabel(self, transition: Transition, changes: Changes, shifts: Shifts, dirty: Dirt) -> bool:
        """Keep the path of a transition that only says something else now; whether that was so."""
        shape = self.shapes.get(transition.id)
        mine = [each for each in changes if each.id == transition.id]
        if shape is None or not all(
            isinstance(each, TransitionChange) and _keeps_ends(each) for each in mine
        ):
            return False
        if not mine or sizes.is_row(transition) or shifts.keys() & {transition.source, *transition.targets}:
            return False
        width, height = sizes.pill_size(sizes.pill_parts(self._chart, transition), self._picture.measure)
        middle = shape.route.label.center
        label = Rect(round(middle.x - width / 2), round(middle.y - height / 2), width, height)
        self._put(transition.id, replace(shape.route, label=label), dirty)
        return True

    def settle(self, dirty: Dirt, is_over: Callable[[], bool] | None = None) -> bool:
        """Route what is late, until time `is_over`; whether all is done."""
        if not self.is_late:
            return True
        if self._work is None:
            self._choices.forget(self._stirred)
            stirred, self._stirred = self._stirred, set()
            if self._is_quick:
                self._late |= beside(self._chart, stirred) - self.sketched
            self._work = self._routing(self._late, self._choices, quick=self._is_quick)
        if is_over is None:
            routes = finished(self._work)
        else:
            while True:
                try:
                    next(self._work)
                except StopIteration as end:
                    routes = end.value
                    break
                if is_over():
                    return False
        self._work = None
        late, self._late = self._late, set()
        self._sticky = StickyChoices(self._choices, self._path)
        self._put_all(late, routes, dirty)
        return True

    # routes

    def route(self, ids: set[str], dirty: Dirt | None) -> None:
        """Route some at once, as they will stay."""
        if ids:
            self._put_all(ids, self._found(ids, self._choices, quick=self._is_quick), dirty)

    def _found(self, ids: set[str], choices: Choices, *, quick: bool) -> dict[str, Route]:
        return finished(self._routing(ids, choices, quick=quick)) if ids else {}

    def _routing(
        self, ids: set[str], choices: Choices, *, quick: bool
    ) -> Generator[None, None, dict[str, Route]]:
        picture = self._picture
        return routing(
            picture.chart,
            picture.diagram,
            ids,
            picture.measure,
            quick=quick,
            memory=self._memory,
            near=picture.state_index.meeting,
            choices=choices,
        )

    def _put_all(self, ids: Iterable[str], routes: Mapping[str, Route], dirty: Dirt | None) -> None:
        self.sketched.difference_update(ids)
        for id in sorted(ids):  # far away, lines are painted as they come
            found = routes.get(id)
            if found is None or not found.paths:
                self._drop(id, dirty)
            else:
                self._put(id, found, dirty)

    def _put(self, id: str, found: Route, dirty: Dirt | None) -> None:
        former = self.shapes.get(id)
        if former is not None and former.route == found:
            former.near = None
            is_told = former.told is None or former.told == told(self._chart, self._chart.transitions[id])
            if dirty is not None and not is_told:
                dirty.append((id, former.area))
            return
        shape = TransitionShape(id=id, route=found, bounds=route_bounds(found))
        self.shapes[id] = shape
        self.index.put(id, shape.bounds)
        if dirty is not None:
            dirty.append((id, shape.area))
            if former is not None:
                dirty.append((id, former.area))

    def _drop(self, id: str, dirty: Dirt | None) -> None:
        shape = self.shapes.pop(id, None)
        self.sketched.discard(id)
        self._choices.forget((id,))
        if shape is not None:
            self.index.remove(id)
            if dirty is not None:
                dirty.append((id, shape.area))


def _shared(transition: Transition, shifts: Shifts) -> Point | None:
    """How far all ends of a transition moved together; None where they did not."""
    by = shifts.get(transition.source)
    return by if by is not None and all(shifts.get(each) == by for each in transition.targets) else None


def _moved(found: Route, by: Point) -> Route:
    paths = tuple(tuple(point.moved(*by) for point in path) for path in found.paths)
    return replace(found, paths=paths, label=found.label.moved(*by))


def _keeps_ends(change: TransitionChange) -> bool:
    old, new = change.old, change.new
    if old is None or new is None or sizes.is_row(old):
        return False
    return (old.source, old.targets, old.is_pseudo) == (new.source, new.targets, new.is_pseudo)
