"""The tool that makes space and takes it away: a line is dragged, and all beyond it goes along.

::

    Waiting --press--> Pulling --release--> Waiting
    Pulling --cancel--> Waiting            (nothing was changed)
"""

from __future__ import annotations

from editor.document import spacing
from editor.document.boxes import Boxes
from editor.document.spacing import Beyond
from editor.geometry import Point, Rect
from editor.layout.sticking import to_grid
from editor.tools.base import Button, Modifier, Phase, PointerInput, Scene, Tool, travelled
from editor.tools.snap import grid_of

_AROUND = 40.0
"""Chart units that the line reaches beyond what it divides."""


class Waiting(Phase):
    """Waiting for the line."""

    def press(self, pointer: PointerInput) -> Phase | None:
        """Begin it here, in the container that is under the pointer."""
        return Pulling(self.scene, pointer) if pointer.button is Button.LEFT else None

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show that a press begins one."""
        self.scene.surface.set_cursor("cross")
        return None


class Pulling(Phase):
    """The line is dragged; what lies beyond it is shown where it would be, and goes there when it is let go.

    The way it is dragged says which way everything goes: to the side or up and down.
    """

    scrolls = True

    def __init__(self, scene: Scene, pointer: PointerInput) -> None:
        super().__init__(scene)
        self.start = pointer
        document = scene.document
        top = scene.surface.ground
        under = scene.surface.state_at(pointer.at) or top
        self.subject = self.container = spacing.container_at(document.chart, document.diagram, under, top)
        self._found: dict[tuple[bool, int], Beyond] = {}

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show what goes, and how far."""
        if travelled(self.start, pointer):
            self._show(*self._asked(pointer))
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Let everything beyond the line go there."""
        if not travelled(self.start, pointer):
            return Waiting(self.scene)
        document, surface = self.scene.document, self.scene.surface
        found, by = self._asked(pointer)
        if by:
            edit = spacing.space(document.chart, document.diagram, found, by, measure=surface.measure)
            document.apply(edit)
            surface.say(f"{edit.label}.")
            surface.put_back()
        return Waiting(self.scene)

    def exit(self) -> None:
        """Take away what is shown."""
        surface = self.scene.surface
        surface.show_ghost(None)
        surface.show_snaps(())
        surface.show_drop(None)

    def _asked(self, pointer: PointerInput) -> tuple[Beyond, float]:
        """What goes, and how far it is to go: by steps of the grid, with Ctrl by single units."""
        dx, dy = pointer.at.x - self.start.at.x, pointer.at.y - self.start.at.y
        is_level = abs(dx) >= abs(dy)
        step = grid_of(self.scene.surface, free=bool(pointer.modifiers & Modifier.CTRL))
        return self._beyond(is_level), to_grid(dx if is_level else dy, step)

    def _beyond(self, is_level: bool) -> Beyond:
        """What is beyond the line one way; it is looked for once, unless the chart changes meanwhile."""
        key = is_level, self.scene.document.revision
        found = self._found.get(key)
        if found is None:
            chart, diagram = self.scene.document.chart, self.scene.document.diagram
            origin = Boxes(chart, diagram).origin(self.container)
            line = self.start.at.x - origin.x if is_level else self.start.at.y - origin.y
            measure = self.scene.surface.measure
            found = spacing.beyond(chart, diagram, self.container, line, is_level=is_level, measure=measure)
            self._found[key] = found
        return found

    def _show(self, found: Beyond, by: float) -> None:
        surface, at = self.scene.surface, self.start.at
        by = found.limited(by)
        dx, dy = (by, 0.0) if found.is_level else (0.0, by)
        surface.show_ghost(found.around.moved(dx, dy) if found.around is not None else None)
        around = surface.rect(self.container) or Rect(at.x, at.y, 0, 0)
        if found.around is not None:
            around = around.united(found.around.united(found.around.moved(dx, dy)))
        low, high = (
            (around.y - _AROUND, around.bottom + _AROUND)
            if found.is_level
            else (around.x - _AROUND, around.right + _AROUND)
        )
        lines = [_line(at.moved(*way), low, high, found.is_level) for way in ((0.0, 0.0), (dx, dy))]
        surface.show_snaps(lines, [(at, at.moved(dx, dy))] if by else ())
        is_inside = self.container != self.scene.document.chart.root_id
        surface.show_drop(self.container if is_inside else None)


def _line(at: Point, low: float, high: float, is_level: bool) -> tuple[Point, Point]:
    """The line through a place, across the way that things go."""
    return (Point(at.x, low), Point(at.x, high)) if is_level else (Point(low, at.y), Point(high, at.y))


class SpaceTool(Tool):
    """Makes space between states, and takes it away."""

    hint = (
        "Drag to push everything beyond the pointer on, or back to pull it closer until it would touch. "
        "Ctrl leaves the grid, Escape gives up."
    )

    def first(self) -> Phase:
        """Waiting for a press."""
        return Waiting(self.scene)
