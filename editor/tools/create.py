"""Tools that put something where the pointer clicks: a state, a parallel state, a final, a history, an initial."""

from __future__ import annotations

from editor.document import edits
from editor.model.elements import StateKind
from editor.tools.base import Button, HitKind, KeyInput, Modifier, Phase, PointerInput, Tool
from editor.tools.place import NEW_STATE, spot_for, within


class Placing(Phase):
    """Waits for the click that says where, or for Return."""

    kind = StateKind.NORMAL
    size = NEW_STATE

    def press(self, pointer: PointerInput) -> Phase | None:
        """Put the state there, inside the deepest state under the pointer, and open its name; Shift keeps the tool."""
        if pointer.button is Button.LEFT:
            self._put(pointer)
        return None

    def wants(self, key: str) -> bool:
        """Return puts it."""
        return key == "Return"

    def key(self, key: KeyInput) -> Phase | None:
        """Put the state where the pointer is, or in the middle of what is seen; Shift keeps the tool."""
        if self.wants(key.key):
            middle, at = self.scene.surface.pointed()
            self._put(PointerInput(at=at or middle, modifiers=key.modifiers))
        return None

    def _put(self, pointer: PointerInput) -> None:
        scene, document = self.scene, self.scene.document
        parent = scene.surface.state_at(pointer.at) or scene.ground
        place = within(scene, parent, spot_for(scene, parent, pointer, self.size))
        edit, id = edits.add_state(
            document.chart, document.diagram, parent, place, kind=self.kind, measure=scene.surface.measure
        )
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


class PlacingParallel(Placing):
    """Places a parallel state."""

    kind = StateKind.PARALLEL
    size = (320.0, 160.0)


class PlacingFinal(Placing):
    """Places a final state."""

    kind = StateKind.FINAL
    size = (32.0, 52.0)


class PlacingHistory(Placing):
    """Places a shallow history."""

    kind = StateKind.SHALLOW_HISTORY
    size = (28.0, 28.0)


class PlacingDeepHistory(Placing):
    """Places a deep history."""

    kind = StateKind.DEEP_HISTORY
    size = (28.0, 28.0)


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

    hint = "Click or Return puts a state; inside another state it becomes a child. With Shift the tool stays for more."

    def first(self) -> Phase:
        """Waiting for a click."""
        return Placing(self.scene)


class ParallelTool(Tool):
    """Puts parallel states."""

    hint = "Click to put a parallel state. Double-click inside makes its first region; State > Add region the next."

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
