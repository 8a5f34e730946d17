"""Drawing a transition from a handle or a state, and moving one of its ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from editor.document import alone, edits
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.model.elements import StateKind
from editor.tools.aim import WAYS, Aiming, targets
from editor.tools.base import Button, HitKind, KeyInput, Phase, PointerInput, Scene, Tool, travelled
from editor.tools.place import NEW_STATE, place_for

_APART = 96.0


class Connecting(Phase):
    """A transition is drawn out of a state; over nothing it makes its target too.

    A click on a handle, without a drag, makes a transition to a new state on that side.
    """

    scrolls = True

    def __init__(self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase]) -> None:
        super().__init__(scene)
        self.start = pointer
        self.subject = self.source = pointer.hit.id
        self.target: str | None = None
        self.then = then

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show where the transition would lead."""
        rect = self.scene.surface.rect(self.source)
        self.target = self.scene.surface.state_at(pointer.at)
        start = border_point(rect, pointer.at) if rect is not None else self.start.at
        self.scene.surface.show_preview(start, pointer.at, self.target)
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Make the transition, and its target where there is none; then its label is typed."""
        is_click = not travelled(self.start, pointer)
        if is_click and self.start.hit.kind is not HitKind.CONNECT:
            return self.then(self.scene)
        target = None if is_click else self.scene.surface.state_at(pointer.at)
        id = self._connect(target, self._beside() if is_click else pointer.at, is_beside=is_click)
        self.scene.selection.replace([id])
        self.scene.surface.edit_label(id)
        return self.then(self.scene)

    def _connect(self, target: str | None, at: Point, *, is_beside: bool) -> str:
        """The new transition; its target is made at `at` over open ground, beside the source for a click."""
        document, chart = self.scene.document, self.scene.document.chart
        with document.gesture("Connect") as gesture:
            if target is None or self._is_open_ground(target):
                parent = chart.states[self.source].parent if is_beside else target
                edit, target = self._new_target(at, self._parent(parent))
                gesture.apply(edit)
            edit, id = edits.connect(chart, document.diagram, self.source, (target,))
            gesture.apply(edit)
        return id

    def _parent(self, wanted: str | None) -> str:
        """What a new target goes into; what is looked at alone where it would not be seen else."""
        ground, chart = self.scene.surface.ground, self.scene.document.chart
        is_beyond = ground is not None and (wanted is None or not alone.holds(chart, ground, wanted))
        return self.scene.ground if is_beyond else wanted or chart.root_id

    def _is_open_ground(self, target: str) -> bool:
        """Whether the pointer is inside a state around the source, where a new child of that one is meant."""
        chart = self.scene.document.chart
        return any(state.id == target for state in chart.ancestors(self.source))

    def _new_target(self, at: Point, parent: str) -> tuple[Edit, str]:
        document, surface = self.scene.document, self.scene.surface
        place = place_for(self.scene, parent, at, NEW_STATE)
        return edits.add_state(document.chart, document.diagram, parent, place, measure=surface.measure)

    def _beside(self) -> Point:
        """The middle of a state one step away from the handle that was clicked."""
        rect = self.scene.surface.rect(self.source) or Rect(self.start.at.x, self.start.at.y, 0, 0)
        width, height = NEW_STATE
        ways = {
            "e": (rect.width / 2 + _APART + width / 2, 0.0),
            "w": (-rect.width / 2 - _APART - width / 2, 0.0),
            "n": (0.0, -rect.height / 2 - _APART - height / 2),
            "s": (0.0, rect.height / 2 + _APART + height / 2),
        }
        return rect.center.moved(*ways.get(self.start.hit.handle, ways["e"]))

    def exit(self) -> None:
        """Take the preview away."""
        self.scene.surface.show_preview(None, None)


class Reattaching(Phase):
    """An end of a transition is dragged to another state; guard, actions and delay stay as they are."""

    scrolls = True

    def __init__(self, scene: Scene, pointer: PointerInput, then: Callable[[Scene], Phase]) -> None:
        super().__init__(scene)
        self.start = pointer
        self.subject = self.id = pointer.hit.id
        self.end = pointer.hit.handle
        self.then = then

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show the state that the end would be at; none where it is refused."""
        target = self.scene.surface.state_at(pointer.at)
        if target is not None and self._refusal(target):
            target = None
        path = self.scene.surface.path(self.id)
        fixed = (path[-1] if self.end == "source" else path[0]) if path else self.start.at
        ends = (pointer.at, fixed) if self.end == "source" else (fixed, pointer.at)
        self.scene.surface.show_preview(*ends, target)
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Attach the end; over nothing, or where it is refused, the transition stays as it was, as after a click."""
        document = self.scene.document
        if not travelled(self.start, pointer):
            return self.then(self.scene)
        target = self.scene.surface.state_at(pointer.at)
        if target is None:
            self.scene.surface.say("The end was let go over no state; the transition stays as it was.")
        elif refusal := self._refusal(target):
            self.scene.surface.say(refusal)
        else:
            document.apply(edits.reconnect(document.chart, document.diagram, self.id, self.end, target))
        return self.then(self.scene)

    def _refusal(self, target: str) -> str:
        """Why the end cannot be at a state; nothing when it can."""
        document = self.scene.document
        try:
            edits.reconnect(document.chart, document.diagram, self.id, self.end, target)
        except ChartError as error:
            return str(error)
        return ""

    def exit(self) -> None:
        """Take the preview away."""
        self.scene.surface.show_preview(None, None)


class Waiting(Phase):
    """The connect tool with nothing begun: a press on a state begins a transition."""

    def press(self, pointer: PointerInput) -> Phase | None:
        """Begin a transition out of the state under the pointer; nothing leads out of a final one."""
        if pointer.button is not Button.LEFT or pointer.hit.kind not in (HitKind.STATE, HitKind.CONNECT):
            return None
        state = self.scene.document.chart.states[pointer.hit.id]
        if state.kind is StateKind.FINAL:
            self.scene.surface.say(f"“{state.key}” is final: nothing leads out of it.")
            return None
        return Connecting(self.scene, pointer, Waiting)

    def wants(self, key: str) -> bool:
        """An arrow begins to choose a target for what is selected."""
        return key in WAYS and bool(self._sources())

    def key(self, key: KeyInput) -> Phase | None:
        """Choose the target of transitions out of the selected states by keys."""
        if not self.wants(key.key):
            return None
        aiming = Aiming(self.scene, self._sources(), Waiting)
        return aiming.key(key) or aiming

    def offers(self) -> Sequence[str]:
        """Where a transition out of the selected states may lead; what it may lead out of where there is none."""
        found = targets(self.scene)
        return found if self._sources() else self._open(found)

    def chosen(self, id: str) -> Phase | None:
        """Lead transitions there, or begin there."""
        sources = self._sources()
        if sources:
            return Aiming(self.scene, sources, Waiting).chosen(id)
        self.scene.selection.replace([id])
        return None

    def _sources(self) -> list[str]:
        chart = self.scene.document.chart
        return self._open(id for id in self.scene.selection.ids if id in chart.states and id != chart.root_id)

    def _open(self, ids: Iterable[str]) -> list[str]:
        """Those of some states that are not final."""
        chart = self.scene.document.chart
        return [id for id in ids if chart.states[id].kind is not StateKind.FINAL]

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show that a press connects."""
        self.scene.surface.set_cursor("cross")
        return None


class ConnectTool(Tool):
    """Draws transitions from state to state."""

    hint = "Drag from a state to another. Over open ground the target is made too. Letters or arrow keys choose by key."

    def first(self) -> Phase:
        """Waiting for a press."""
        return Waiting(self.scene)


def border_point(rect: Rect, toward: Point) -> Point:
    """The middle of the side of `rect` that faces a point."""
    dx, dy = toward.x - rect.center.x, toward.y - rect.center.y
    if abs(dx) * rect.height >= abs(dy) * rect.width:
        return Point(rect.right if dx > 0 else rect.x, rect.center.y)
    return Point(rect.center.x, rect.bottom if dy > 0 else rect.y)
