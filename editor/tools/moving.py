"""Dragging states: along, into another parent, onto the way of a transition; or a copy of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, pairwise

from editor.document import arrows, copying, dots, edits, notes
from editor.document.steps import named
from editor.document.undo import Edit
from editor.geometry import Point
from editor.model import labels, queries
from editor.model.elements import StateKind
from editor.tools.base import Modifier, Phase, PointerInput, Scene
from editor.tools.note import kept_in_sight
from editor.tools.snap import Snapping

MOST_LINES = 400
"""Transitions that are looked at whether a dragged state lies on one; beyond, those beside it."""
_REACH = 8.0
"""Screen pixels from a line within which a state is dropped on it."""


class Moving(Phase):
    """States are dragged: always computed from where they started, so nothing drifts.

    What is dragged becomes a child of the deepest other state under the pointer when it is let go. With Ctrl held
    it goes where the hand goes: it sticks to nothing, and stays in its parent, which grows. With Alt held when it
    was pressed a copy is dragged, and what was pressed stays. `before` is what was selected before the press.
    """

    scrolls = True

    def __init__(
        self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase], before: tuple[str, ...]
    ) -> None:
        super().__init__(scene)
        self.then = then
        self.before = before
        chart = scene.document.chart
        still = (chart.root_id, scene.ground)
        chosen = [id for id in scene.selection.ids if id in chart.states and id not in still]
        self.ids = [id for id in chosen if not any(state.id in chosen for state in chart.ancestors(id))]
        self.start = pointer
        self.drop: str | None = None
        self.line: str | None = None
        self.lines = self._lines()
        diagram = scene.document.diagram
        self.copies = bool(pointer.modifiers & Modifier.ALT)
        self.originals = self.ids
        self.written = notes.chosen(diagram, scene.selection.ids)
        verb = "Duplicate" if self.copies else "Move"
        self.gesture = scene.document.gesture(f"{verb} {named(chart, self.ids)}")
        if self.copies:
            self._copy(Point(0, 0))
        self.starts = {id: diagram.boxes[id] for id in self.ids}
        self.dots = dots.carried(chart, diagram, self.ids, scene.selection.ids)
        self.notes = {id: diagram.notes[id] for id in notes.chosen(diagram, scene.selection.ids)}
        self.snapping = Snapping.of_states(scene, self.ids)
        scene.surface.set_cursor("move")

    def _copy(self, by: Point | None) -> None:
        """Drag copies from now on."""
        document = self.scene.document
        edit, copies = copying.duplicate(
            document.chart, document.diagram, self.originals, by, measure=self.scene.surface.measure
        )
        along, written = notes.duplicate(document.diagram, self.written, by)
        self.gesture.apply(Edit(edit.label, (*edit.changes, *along.changes)))
        self.ids = list(copies.values())
        self.scene.selection.replace([*self.ids, *written.values()])

    def move(self, pointer: PointerInput) -> Phase | None:
        """Move the states along and show what they would become a child of."""
        dx, dy = self.snapping.dragged(self.start, pointer, copies=self.copies)
        document = self.scene.document
        moved = edits.move(document.chart, document.diagram, self.starts, dx, dy, dots_of=self.dots)
        held = kept_in_sight(self.scene, [note.rect for note in self.notes.values()], dx, dy)
        along = notes.moved(document.diagram, self.notes, *held)
        self.gesture.apply(Edit(moved.label, (*moved.changes, *along)))
        self.drop = self._drop_target(pointer)
        self.line = self._line_under(pointer)
        self._show_drop()
        return None

    def _drop_target(self, pointer: PointerInput) -> str | None:
        """The new parent, or None where the present ones stay."""
        chart = self.scene.document.chart
        if pointer.modifiers & Modifier.CTRL:
            return None
        target = (
            self.scene.surface.state_at(pointer.at, without=(*self.ids, *self.originals)) or self.scene.ground
        )
        parents = {chart.states[id].parent for id in self.ids}
        if parents == {target} or not edits.can_hold(chart, target, self.ids):
            return None
        return target

    def _lines(self) -> dict[str, tuple[Point, ...]]:
        """The ways of transitions as they are before anything is moved: afterwards they give way to what is dragged.

        None where what is dragged is not to be put on one.
        """
        chart = self.scene.document.chart
        if len(self.ids) != 1 or not arrows.is_free(chart, self.ids[0]):
            return {}
        if chart.states[self.ids[0]].kind not in (StateKind.NORMAL, StateKind.PARALLEL):
            return {}
        beside = chart.children(chart.states[self.ids[0]].parent or chart.root_id)[:MOST_LINES]
        near = (each.id for child in beside for each in chart.outgoing(child.id))
        ids = islice(near, MOST_LINES) if len(chart.transitions) > MOST_LINES else chart.transitions
        return {id: self.scene.surface.path(id) for id in ids}

    def _line_under(self, pointer: PointerInput) -> str | None:
        """The transition on whose way the state would be put; None for none."""
        chart = self.scene.document.chart
        if not self.lines or pointer.modifiers & Modifier.CTRL:
            return None
        parent = self.drop or chart.states[self.ids[0]].parent or chart.root_id
        for id, path in self.lines.items():
            if is_near(path, pointer.at, _REACH / pointer.scale) and arrows.can_split(chart, id, parent):
                return id
        return None

    def _show_drop(self) -> None:
        chart = self.scene.document.chart
        if self.line is not None:
            transition = chart.transitions[self.line]
            parent = queries.container(chart, transition)
            text = f"Insert on the way of {labels.label_text(chart, transition)}"
            self.scene.surface.show_drop(self.drop or parent, text)
        elif self.drop is None:
            self.scene.surface.show_drop(None)
        elif self.drop == chart.root_id:
            self.scene.surface.show_drop(self.drop, "Move to the top level")
        else:
            self.scene.surface.show_drop(self.drop, f"Move into {chart.states[self.drop].key}")

    def release(self, pointer: PointerInput) -> Phase | None:
        """Let go: the parents fit what they hold, and it is one step to undo."""
        document, measure = self.scene.document, self.scene.surface.measure
        if self.drop is None and self.copies and queries.is_region(document.chart, self.ids[0]):
            # regions lie where there is ground for them, not where they are let go
            self.gesture.restart()
            self._copy(None)
        elif self.drop is not None:
            self.gesture.apply(
                edits.reparent(document.chart, document.diagram, self.ids, self.drop, measure=measure)
            )
        else:
            self.gesture.apply(edits.fit_parents(document.chart, document.diagram, self.ids, measure=measure))
        if self.line is not None:
            chart = document.chart
            self.gesture.apply(arrows.put_between(chart, document.diagram, self.line, self.ids[0]))
        self.gesture.commit()
        return self.then(self.scene)

    def cancel(self) -> None:
        """Put everything back exactly, and select what was selected before."""
        self.gesture.cancel()
        self.scene.select(self.before)

    def exit(self) -> None:
        """Take the preview away."""
        self.scene.surface.show_drop(None)
        self.scene.surface.show_snaps(())
        self.scene.surface.set_cursor("arrow")


def is_near(path: tuple[Point, ...], at: Point, reach: float) -> bool:
    """Whether a place is no farther than this from a path."""
    return any(_distance(at, start, end) <= reach for start, end in pairwise(path))


def _distance(at: Point, start: Point, end: Point) -> float:
    dx, dy = end.x - start.x, end.y - start.y
    length = dx * dx + dy * dy
    share = ((at.x - start.x) * dx + (at.y - start.y) * dy) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    x, y = at.x - start.x - share * dx, at.y - start.y - share * dy
    return float((x * x + y * y) ** 0.5)
