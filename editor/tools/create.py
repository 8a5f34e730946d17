"""Tools that put something where the pointer clicks: a state, a parallel state, a final, a history, an initial.

Placing --press on what can hold a state--> Framing --release--> Placing      (states and parallel states)
Placing --press--> Placing                                                    (all others, and regions)
"""

from __future__ import annotations

from editor.document import edits
from editor.geometry import Point, Rect
from editor.model.elements import StateKind
from editor.tools.base import (
    Button,
    HitKind,
    KeyInput,
    Modifier,
    Phase,
    PointerInput,
    Tool,
    travelled,
)
from editor.tools.place import NEW_STATE, spot_for, within
from editor.tools.snap import Snapping, lets_go, reach_of


class Placing(Phase):
    """Waits for the click that says where, or for Return."""

    kind = StateKind.NORMAL
    size = NEW_STATE
    is_drawn = True
    """Whether a drag says how large it becomes."""

    def press(self, pointer: PointerInput) -> Phase | None:
        """Put the state there, inside the deepest state under the pointer, and open its name; Shift keeps the tool.

        Where a drag can say how large it becomes, that is done when the button is let go.
        """
        if pointer.button is not Button.LEFT:
            return None
        chart, parent = self.scene.document.chart, self.parent_at(pointer)
        holds = edits.can_hold(chart, parent, ())
        if self.is_drawn and holds and chart.states[parent].kind is not StateKind.PARALLEL:
            return Framing(self, pointer)
        self.put(pointer)
        return None

    def parent_at(self, pointer: PointerInput) -> str:
        """What a state that is put there would be in."""
        return self.scene.surface.state_at(pointer.at) or self.scene.ground

    def wants(self, key: str) -> bool:
        """Return puts it."""
        return key == "Return"

    def key(self, key: KeyInput) -> Phase | None:
        """Put the state where the pointer is, or in the middle of what is seen; Shift keeps the tool."""
        if self.wants(key.key):
            middle, at = self.scene.surface.pointed()
            self.put(PointerInput(at=at or middle, modifiers=key.modifiers))
        return None

    def put(self, pointer: PointerInput) -> None:
        """Put a state of the usual size in what is under the pointer.

        Raises:
            ChartError: what is there cannot hold states.
        """
        parent = self.parent_at(pointer)
        self.put_into(parent, spot_for(self.scene, parent, pointer, self.size), pointer)

    def put_into(self, parent: str, rect: Rect, pointer: PointerInput, *, is_drawn: bool = False) -> None:
        """Put a state at the corner of an absolute rectangle inside a parent; as large as that where it was drawn."""
        scene, document = self.scene, self.scene.document
        edit, id = edits.add_state(
            document.chart, document.diagram, parent, within(scene, parent, rect), kind=self.kind,
            size=(rect.width, rect.height) if is_drawn else None, measure=scene.surface.measure,
        )  # fmt: skip
        document.apply(edit)
        scene.selection.replace([id])
        self.exit()
        scene.surface.edit_label(id)
        if not pointer.modifiers & Modifier.SHIFT:
            scene.surface.put_back()

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show where it would be, and in which state; nothing where it is refused."""
        scene, chart = self.scene, self.scene.document.chart
        scene.surface.set_cursor("cross")
        target = scene.surface.state_at(pointer.at)
        parent = target or scene.ground
        holds = edits.can_hold(chart, parent, ())
        scene.surface.show_drop(target if holds else None)
        if holds and chart.states[parent].kind is not StateKind.PARALLEL:
            scene.surface.show_ghost(spot_for(scene, parent, pointer, self.size))
        else:
            scene.surface.show_ghost(None)
            scene.surface.show_snaps(())
        return None

    def exit(self) -> None:
        """Take the preview away."""
        self.scene.surface.show_drop(None)
        self.scene.surface.show_ghost(None)
        self.scene.surface.show_snaps(())


class Framing(Phase):
    """A state is put where the button is let go; when it was dragged, into the rectangle that this drew.

    It sticks to lines and the grid as others do; with Ctrl or Alt nothing sticks. What it covers steps out of it.
    """

    scrolls = True

    def __init__(self, placing: Placing, pointer: PointerInput) -> None:
        super().__init__(placing.scene)
        self.placing = placing
        self.start = pointer
        self.subject = self.parent = placing.parent_at(pointer)
        self.snapping = Snapping.of_new(self.scene, self.parent, (0.0, 0.0))

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show the rectangle."""
        if travelled(self.start, pointer):
            self.scene.surface.show_ghost(self._rect(pointer))
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Put the state."""
        if travelled(self.start, pointer):
            self.placing.put_into(self.parent, self._rect(pointer), pointer, is_drawn=True)
        else:
            self.placing.put(self.start)
        return self.placing

    def exit(self) -> None:
        """Take the preview away."""
        self.placing.exit()

    def _rect(self, pointer: PointerInput) -> Rect:
        """What is drawn, from where it began: no smaller than a state has to be."""
        start, end = self._corner(self.start), self._corner(pointer)
        width, height = max(abs(end.x - start.x), NEW_STATE[0]), max(abs(end.y - start.y), NEW_STATE[1])
        x = start.x if end.x >= start.x else start.x - width
        y = start.y if end.y >= start.y else start.y - height
        return Rect(x, y, width, height)

    def _corner(self, pointer: PointerInput) -> Point:
        return Point(*self.snapping.snapped(*pointer.at, reach_of(pointer), free=lets_go(pointer)))


class PlacingParallel(Placing):
    """Places a parallel state."""

    kind = StateKind.PARALLEL
    size = (320.0, 160.0)


class PlacingFinal(Placing):
    """Places a final state."""

    kind = StateKind.FINAL
    size = (32.0, 52.0)
    is_drawn = False


class PlacingHistory(Placing):
    """Places a shallow history."""

    kind = StateKind.SHALLOW_HISTORY
    size = (28.0, 28.0)
    is_drawn = False


class PlacingDeepHistory(Placing):
    """Places a deep history."""

    kind = StateKind.DEEP_HISTORY
    size = (28.0, 28.0)
    is_drawn = False


class ChoosingInitial(Phase):
    """Waits for a click on the state that its parent is to begin in."""

    def press(self, pointer: PointerInput) -> Phase | None:
        """Make the state under the pointer the initial one of its parent; Shift keeps the tool."""
        document = self.scene.document
        if pointer.button is Button.LEFT and pointer.hit.kind is HitKind.STATE:
            document.apply(edits.set_initial(document.chart, document.diagram, pointer.hit.id))
            self.scene.selection.replace([pointer.hit.id])
            if not pointer.modifiers & Modifier.SHIFT:
                self.scene.surface.put_back()
        return None

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show that a click chooses."""
        self.scene.surface.set_cursor("cross")
        return None


class StateTool(Tool):
    """Puts states."""

    hint = (
        "Click or Return puts a state, a drag draws it as large as you like; inside another state it becomes a child. "
        "With Shift the tool stays for more."
    )

    def first(self) -> Phase:
        """Waiting for a click."""
        return Placing(self.scene)


class ParallelTool(Tool):
    """Puts parallel states."""

    hint = "Click or drag puts a parallel state. Double-click in it makes the first region; State > Add region more."

    def first(self) -> Phase:
        """Waiting for a click."""
        return PlacingParallel(self.scene)


class FinalTool(Tool):
    """Puts final states."""

    hint = "Click to put a final state. With Shift the tool stays for more."

    def first(self) -> Phase:
        """Waiting for a click."""
        return PlacingFinal(self.scene)


class HistoryTool(Tool):
    """Puts shallow histories."""

    hint = "Click inside a composite to put a history that remembers its child."

    def first(self) -> Phase:
        """Waiting for a click."""
        return PlacingHistory(self.scene)


class DeepHistoryTool(Tool):
    """Puts deep histories."""

    hint = "Click inside a composite to put a history that remembers everything inside it."

    def first(self) -> Phase:
        """Waiting for a click."""
        return PlacingDeepHistory(self.scene)


class InitialTool(Tool):
    """Chooses initial states."""

    hint = "Click the state that its parent begins in."

    def first(self) -> Phase:
        """Waiting for a click."""
        return ChoosingInitial(self.scene)
