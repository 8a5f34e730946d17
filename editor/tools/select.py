"""The select tool: click, band, move, drop into another parent, resize; hands over to connecting.

::

    Idle --press on element--> Pressing --travelled--> Moving | DotMoving | LabelMoving | Bending --release--> Idle
    Idle --press on handle---> Resizing | Connecting | Reattaching | Bending --release--> Idle
    Idle --press on nothing--> Banding --release--> Idle
    Pressing --release--> Idle      (that was a click)
    any --cancel--> Idle            (no trace)
"""

from __future__ import annotations

from editor.document import accepting, edits, notes
from editor.geometry import Point, Rect
from editor.layout.sizes import HEADER, header_height, is_name_in_middle, is_row
from editor.model import queries
from editor.model.elements import State, StateKind, Transition
from editor.tools.base import (
    Button,
    Hit,
    HitKind,
    KeyInput,
    Modifier,
    Phase,
    PointerInput,
    Scene,
    Tool,
    travelled,
)
from editor.tools.bend import Bending, LabelMoving, WayMoving
from editor.tools.connect import Connecting, Reattaching
from editor.tools.dot import DotMoving
from editor.tools.moving import Moving
from editor.tools.note import NoteMoving, NoteResizing
from editor.tools.place import NEW_STATE, place_for
from editor.tools.resize import Resizing

_DOUBLE = 2
_HANDLES = (HitKind.RESIZE, HitKind.CONNECT, HitKind.END, HitKind.BEND, HitKind.WAY, HitKind.ADD)
_MARGIN = 16.0
"""What a composite keeps free beside and below its children."""


class Idle(Phase):
    """Nothing goes on: the next press decides."""

    def press(self, pointer: PointerInput) -> Phase | None:
        """Begin what the thing under the pointer asks for."""
        if pointer.button is not Button.LEFT:
            return None
        hit = pointer.hit
        is_handle = hit.kind in _HANDLES
        if pointer.clicks == _DOUBLE:
            return None if is_handle or hit.kind in (HitKind.GHOST, HitKind.PIN) else self._double(pointer)
        if hit.kind is HitKind.ADD:
            self.scene.surface.add_line(hit.id, hit.handle)
            return None
        if hit.kind is HitKind.PIN:
            release(self.scene, hit.id)
            return None
        if hit.kind is HitKind.RESIZE and hit.id in self.scene.document.diagram.notes:
            return NoteResizing(self.scene, pointer, Idle)
        if hit.kind is HitKind.RESIZE:
            return Resizing(self.scene, pointer, Idle)
        if hit.kind is HitKind.CONNECT:
            return Connecting(self.scene, pointer, Idle)
        if hit.kind is HitKind.END:
            return Reattaching(self.scene, pointer, Idle)
        if hit.kind is HitKind.BEND:
            return Bending(self.scene, pointer, Idle, tuple(self.scene.selection.ids))
        if hit.kind is HitKind.WAY:
            before = tuple(self.scene.selection.ids)
            if hit.id not in before:
                self.scene.select((hit.id,))
            return WayMoving(self.scene, pointer, Idle, before)
        bare = Modifier.SHIFT | Modifier.ALT
        if hit.kind is HitKind.NOTHING or pointer.modifiers & bare == bare:
            return Banding(self.scene, pointer)
        return Pressing(self.scene, pointer)

    def move(self, pointer: PointerInput) -> Phase | None:
        """Show by the cursor what a press would begin."""
        self.scene.surface.set_cursor(cursor_of(pointer.hit))
        return None

    def _double(self, pointer: PointerInput) -> Phase | None:
        """Rename what has a name under the pointer; on open ground or inside a composite make a state."""
        scene, hit = self.scene, pointer.hit
        chart = scene.document.chart
        if hit.kind in (HitKind.TRANSITION, HitKind.LABEL, HitKind.INITIAL, HitKind.NOTE):
            scene.surface.edit_label(hit.id, pointer.at)
            return None
        if hit.kind is HitKind.STATE:
            state = chart.states[hit.id]
            rect = scene.surface.rect(hit.id)
            header = max(HEADER, header_height(chart, hit.id, scene.surface.measure))
            in_header = rect is not None and pointer.at.y < rect.y + header
            is_simple = not chart.has_children(hit.id) and not queries.is_region(chart, hit.id)
            if in_header or (is_simple and not has_room(scene, state, pointer.at)):
                scene.surface.edit_label(state.id, pointer.at)
                return None
        make_state(scene, pointer.at)
        return None


def has_room(scene: Scene, state: State, at: Point) -> bool:
    """Whether a simple state was drawn so large that a place away from its texts is open ground for a child."""
    rect = scene.surface.rect(state.id)
    if rect is None or state.kind not in (StateKind.NORMAL, StateKind.PARALLEL):
        return False
    chart = scene.document.chart
    header = header_height(chart, state.id, scene.surface.measure)
    width, height = NEW_STATE
    if rect.width < width + 2 * _MARGIN or rect.height < header + height + _MARGIN:
        return False
    is_name = is_name_in_middle(chart, state.id) and abs(at.y - rect.center.y) <= HEADER / 2
    return at.y > rect.y + header and not is_name


def cursor_of(hit: Hit) -> str:
    """The cursor that tells what a press would do here."""
    if hit.kind is HitKind.RESIZE:
        return {
            "n": "size-v", "s": "size-v", "e": "size-h", "w": "size-h",
            "nw": "size-fdiag", "se": "size-fdiag", "ne": "size-bdiag", "sw": "size-bdiag",
        }[hit.handle]  # fmt: skip
    if hit.kind in (HitKind.CONNECT, HitKind.END):
        return "cross"
    if hit.kind in (HitKind.ADD, HitKind.PIN, HitKind.STUB):
        return "hand"
    return "move" if hit.kind in (HitKind.BEND, HitKind.WAY, HitKind.INITIAL) else "arrow"


def release(scene: Scene, id: str) -> None:
    """Take out the pin of a state, so that layouts may move it."""
    document = scene.document
    edit = accepting.set_pinned(document.chart, document.diagram, [id], is_pinned=False)
    document.apply(edit)
    scene.surface.say("Released: layouts may move it. Dragging it pins it again.")


def make_state(scene: Scene, at: Point) -> str:
    """Put a state where the pointer is, as a child of the deepest state there; opens its name for typing."""
    chart = scene.document.chart
    parent = scene.surface.state_at(at) or scene.ground
    place = place_for(scene, parent, at, NEW_STATE)
    edit, id = edits.add_state(chart, scene.document.diagram, parent, place, measure=scene.surface.measure)
    scene.document.apply(edit)
    scene.selection.replace([id])
    scene.surface.edit_label(id)
    return id


class Pressing(Phase):
    """The button is down on an element; it is a click until it travels."""

    def __init__(self, scene: Scene, pointer: PointerInput) -> None:
        super().__init__(scene)
        self.start = pointer
        self.subject = pointer.hit.id
        self.before = tuple(scene.selection.ids)
        self.was_selected = pointer.hit.id in self.before
        self.adds = bool(pointer.modifiers & Modifier.SHIFT)
        if not self.was_selected and not self.adds:
            scene.selection.replace([pointer.hit.id])

    def move(self, pointer: PointerInput) -> Phase | None:
        """Turn into a drag once the pointer has travelled."""
        if not travelled(self.start, pointer):
            return None
        if self.start.hit.kind is HitKind.GHOST:
            self.scene.surface.say("This is a proposal: accept it first (Return), then drag what it placed.")
            return None
        if self.start.hit.kind is HitKind.STATE and self.start.hit.id == self.scene.surface.ground:
            self.scene.select(self.before)
            return Banding(self.scene, self.start)  # what is looked at alone is the ground, and stays
        if self.adds and not self.was_selected:
            self.scene.selection.add(self.start.hit.id)
        elif self.start.hit.id not in self.scene.selection.ids:
            # keys may have selected something else since: what was pressed is what is dragged
            self.scene.selection.replace([self.start.hit.id])
        if self._moves_states():
            return Moving(self.scene, self.start, Idle, self.before)
        if notes.chosen(self.scene.document.diagram, self.scene.selection.ids):
            return NoteMoving(self.scene, self.start, Idle, self.before)
        kind = self.start.hit.kind
        if kind is HitKind.INITIAL:
            return DotMoving(self.scene, self.start, Idle, self.before)
        transition = self.scene.document.chart.transitions[self.start.hit.id]
        if is_row(transition):
            return self._move_source(transition)
        if kind is HitKind.LABEL:
            return LabelMoving(self.scene, self.start, Idle, self.before)
        has_path = kind is HitKind.TRANSITION and len(self.scene.surface.path(transition.id)) > 1
        return Bending(self.scene, self.start, Idle, self.before) if has_path else None

    def _move_source(self, transition: Transition) -> Phase | None:
        """A transition that stands inside its state, as its other lines do, is a place to take the state by."""
        if transition.source == self.scene.document.chart.root_id:
            return None
        self.scene.selection.replace([transition.source])
        return Moving(self.scene, self.start, Idle, self.before)

    def _moves_states(self) -> bool:
        ground = self.scene.surface.ground
        return any(id in self.scene.document.chart.states for id in self.scene.selection.ids if id != ground)

    def release(self, pointer: PointerInput) -> Phase | None:
        """A click: select this alone, or add it to or take it from the selection."""
        id = self.start.hit.id
        if not self.adds:
            goes_on = bool(self.start.modifiers & (Modifier.CTRL | Modifier.ALT))
            self.scene.selection.replace([self._below() if goes_on else id])
        elif self.was_selected:
            self.scene.selection.remove(id)
        else:
            self.scene.selection.add(id)
        return Idle(self.scene)

    def _below(self) -> str:
        """What is under the pointer; where something there was selected alone, the next one below or around that.

        Beyond the outermost one it begins again at what is on top.
        """
        chart, id = self.scene.document.chart, self.start.hit.id
        if id in self.scene.document.diagram.notes:
            return id  # a note stands on the canvas, around it is nothing
        inner = chart.transitions[id].source if id in chart.transitions else id
        under = [id, *self.scene.surface.under(self.start.at), *reversed(queries.lineage(chart, inner))]
        line = [each for each in dict.fromkeys(under) if each != chart.root_id]
        place = line.index(self.before[0]) + 1 if len(self.before) == 1 and self.before[0] in line else 0
        return line[place % len(line)]

    def cancel(self) -> None:
        """Select again what was selected before."""
        self.scene.select(self.before)


class Banding(Phase):
    """A rubber band is drawn; what lies wholly inside is selected."""

    scrolls = True

    def __init__(self, scene: Scene, pointer: PointerInput) -> None:
        super().__init__(scene)
        self.start = pointer
        self.before = tuple(scene.selection.ids)
        self.base = self.before if pointer.modifiers & Modifier.SHIFT else ()

    def move(self, pointer: PointerInput) -> Phase | None:
        """Draw the band and select what it holds."""
        band = Rect.between(self.start.at, pointer.at)
        self.scene.surface.show_band(band)
        self.scene.select([*self.base, *self.scene.surface.elements_in(band)])
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """Select what the band holds now, whether a move told of it or not; a click on nothing selects nothing."""
        if travelled(self.start, pointer):
            self.move(pointer)
        else:
            self.scene.select(self.base)
        return Idle(self.scene)

    def cancel(self) -> None:
        """Select again what was selected before."""
        self.scene.select(self.before)

    def exit(self) -> None:
        """Take the band away."""
        self.scene.surface.show_band(None)


class SelectTool(Tool):
    """Selects, moves, resizes, bends, connects."""

    hint = "Double-click makes a state. Drag from a handle to connect. Shift adds to the selection, Alt+drag copies."

    def first(self) -> Phase:
        """Waiting for a press."""
        return Idle(self.scene)

    def key(self, key: KeyInput) -> bool:
        """Escape ends a gesture, else clears the selection."""
        ended = super().key(key)
        if key.key == "Escape" and not ended and self.scene.selection.ids:
            self.scene.selection.replace([])
            return True
        return ended
