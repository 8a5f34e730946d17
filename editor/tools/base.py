"""What every tool is made of: pointer and key samples in chart coordinates, a surface to ask, phases to be in.

A tool is a small statechart. A phase is one of its states: an object whose handlers return the next phase, or
None to stay. All that a gesture must remember is in its phase, so leaving the phase forgets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import Protocol

from editor.document.document import Document
from editor.document.selection import Selection
from editor.geometry import Point, Rect
from editor.layout.sizes import Measure
from editor.model.diagram import Label


class Button(Enum):
    """The pointer's button."""

    NONE = auto()
    LEFT = auto()
    MIDDLE = auto()
    RIGHT = auto()


class Modifier(Flag):
    """Keys that are held while something else happens; CTRL is Cmd on macOS."""

    NONE = 0
    SHIFT = auto()
    CTRL = auto()
    ALT = auto()


class HitKind(Enum):
    """What lies under the pointer."""

    NOTHING = auto()
    STATE = auto()
    TRANSITION = auto()
    LABEL = auto()
    NOTE = auto()
    INITIAL = auto()
    RESIZE = auto()
    CONNECT = auto()
    END = auto()
    BEND = auto()
    WAY = auto()
    ADD = auto()
    GHOST = auto()
    PIN = auto()
    STUB = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """The thing under the pointer, by id of its state, transition or note.

    `handle`: side or corner (`n`, `se`, ...) of RESIZE and CONNECT; `source` or `target` of END; the number of a BEND
    (a stretch that can be moved) or of a WAY point that was placed by hand;
    the kind of line to ADD. A GHOST is where a proposed drawing would have the thing, and where it is not yet.
    A PIN is that of a state which no layout moves. A STUB says where a transition goes on of which an end is not drawn;
    `handle`: that end, `source` or `target` with its number.
    """

    kind: HitKind = HitKind.NOTHING
    id: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointerInput:
    """One sample of the pointer; `at` in chart units, `scale` in screen pixels per chart unit."""

    at: Point
    hit: Hit = Hit()
    button: Button = Button.LEFT
    modifiers: Modifier = Modifier.NONE
    clicks: int = 1
    scale: float = 1.0


TRAVEL = 4.0
"""Screen pixels from which a press is a drag."""


def travelled(start: PointerInput, now: PointerInput) -> bool:
    """Whether the pointer has gone far enough to mean a drag."""
    way = max(abs(now.at.x - start.at.x), abs(now.at.y - start.at.y)) * now.scale
    return way >= TRAVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyInput:
    """A key by its name (`Escape`, `Return`, `Left`, `a`)."""

    key: str
    modifiers: Modifier = Modifier.NONE


class Surface(Protocol):
    """What a tool may ask of the canvas, and what it may have it show while a gesture lasts."""

    @property
    def measure(self) -> Measure:
        """Sizes of texts."""

    @property
    def is_snapping(self) -> bool:
        """Whether what is dragged sticks to the grid and to its neighbours."""

    @property
    def grid(self) -> float:
        """The distance between the lines that what is drawn by hand keeps to; 0 for none."""

    @property
    def ground(self) -> str | None:
        """The state that is looked at alone, to which open ground belongs then; None while all is seen."""

    def pointed(self) -> tuple[Point, Point | None]:
        """The middle of what is seen, and where the pointer is; None where it is elsewhere."""

    def rect(self, id: str) -> Rect | None:
        """The absolute rectangle of a state or a note."""

    def path(self, id: str) -> tuple[Point, ...]:
        """The absolute points of a transition's path to its first target with both ends; none if it goes elsewhere."""

    def label_place(self, id: str, dx: float, dy: float) -> Label | None:
        """Where a transition's label is when shifted by this from where it was when first asked in a gesture."""

    def state_at(self, at: Point, without: Iterable[str] = ()) -> str | None:
        """The deepest state at a place, leaving out some and all below them."""

    def under(self, at: Point) -> list[str]:
        """All states and transitions at a place, the topmost first."""

    def elements_in(self, rect: Rect) -> list[str]:
        """States, transitions and notes that lie wholly inside."""

    def show_band(self, rect: Rect | None) -> None:
        """Show the rubber band, or none."""

    def show_preview(self, start: Point | None, end: Point | None, target: str | None = None) -> None:
        """Show a transition being drawn, with the state it would lead to."""

    def show_drop(self, id: str | None, text: str = "") -> None:
        """Show the state that what is dragged would become a child of."""

    def show_snaps(
        self, segments: Iterable[tuple[Point, Point]], gaps: Iterable[tuple[Point, Point]] = ()
    ) -> None:
        """Show the lines that what is dragged is aligned to, and the gaps that are equal, with their width."""

    def show_ghost(self, rect: Rect | None) -> None:
        """Show where a new state would be put, or none."""

    def edit_label(self, id: str, at: Point | None = None) -> None:
        """Open the text field over a name, a label or a note; at a place over the part of it that is there."""

    def add_line(self, id: str, kind: str) -> None:
        """Open the text field for a line of a state's card that is to come: `entry`, `exit` or `invoke`."""

    def write_note(self, rect: Rect) -> None:
        """Open the text field of a note that is to be made there; one without a text is none."""

    def note_height(self, text: str, width: float) -> float:
        """How high a note of this width has to be for all of a text."""

    def set_cursor(self, name: str) -> None:
        """Show `arrow`, `move`, `cross`, `hand`, `size-h`, `size-v`, `size-fdiag` or `size-bdiag`."""

    def say(self, text: str) -> None:
        """Tell in the status bar what happened."""

    def put_back(self) -> None:
        """The tool has done what it was taken for: go on with the select tool."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a phase works on."""

    document: Document
    surface: Surface

    @property
    def selection(self) -> Selection:
        """What is selected."""
        return self.document.selection

    @property
    def ground(self) -> str:
        """The state that open ground belongs to: the machine, or what is looked at alone."""
        return self.surface.ground or self.document.chart.root_id

    def has(self, id: str) -> bool:
        """Whether an element is still there; undo and delete work while a button is down."""
        document = self.document
        return id in document.chart.states or id in document.chart.transitions or id in document.diagram.notes

    def select(self, ids: Iterable[str]) -> None:
        """Select those of `ids` that are still there."""
        self.selection.replace(id for id in ids if self.has(id))


class Phase:
    """A state of a tool; handlers return the next phase, or None to stay.

    `subject` is the element without which the phase has no meaning; the tool ends the phase when it is gone.
    `scrolls` tells whether the canvas goes along when the pointer is dragged to its edge.
    """

    subject = ""
    scrolls = False

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @property
    def name(self) -> str:
        """The name of the phase, for tests and for the status bar."""
        return type(self).__name__

    def press(self, pointer: PointerInput) -> Phase | None:
        """A button went down."""
        return None

    def move(self, pointer: PointerInput) -> Phase | None:
        """The pointer moved, with or without a button."""
        return None

    def release(self, pointer: PointerInput) -> Phase | None:
        """A button went up."""
        return None

    def key(self, key: KeyInput) -> Phase | None:
        """A key went down."""
        return None

    def wants(self, key: str) -> bool:
        """Whether a key, by its name, means something here, whatever it means elsewhere."""
        return False

    def offers(self) -> Sequence[str]:
        """The elements that may be chosen now by letters."""
        return ()

    def chosen(self, id: str) -> Phase | None:
        """One of `offers` was chosen."""
        return None

    def exit(self) -> None:
        """The phase is left for another."""

    def cancel(self) -> None:
        """What the phase had begun is taken back without a trace."""


class Dragging(Phase):
    """What was pressed is dragged in one gesture: letting go keeps what became of it, Escape puts it back.

    `before` is what was selected before the press, `then` makes the phase that follows.
    """

    scrolls = True

    def __init__(
        self,
        scene: Scene,
        pointer: PointerInput,
        then: Callable[[Scene], Phase],
        before: tuple[str, ...],
        title: str,
    ) -> None:
        super().__init__(scene)
        self.start = pointer
        self.id = pointer.hit.id
        self.then = then
        self.before = before
        self.gesture = scene.document.gesture(title)

    def release(self, pointer: PointerInput) -> Phase | None:
        """Keep what it became."""
        self.gesture.commit()
        return self.then(self.scene)

    def cancel(self) -> None:
        """Put everything back exactly, and select what was selected before."""
        self.gesture.cancel()
        self.scene.select(self.before)


class Tool:
    """Runs the phases of a tool, from the first one its class names.

    The left button alone ends what it began. A handler may raise an `EditorError` for what the chart refuses;
    whoever called it then calls `cancel` and tells the message.
    """

    hint = ""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.phase = self.first()

    def first(self) -> Phase:
        """The phase in which nothing is going on."""
        return Phase(self.scene)

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is going on: no button is down, and nothing waits for a second step."""
        return self.phase.name == self.first().name

    def press(self, pointer: PointerInput) -> None:
        """Hand a press to the phase."""
        self._end_without_subject()
        self._go(self.phase.press(pointer))

    def move(self, pointer: PointerInput) -> None:
        """Hand a move to the phase, and to the one it leads to: a drag may have no other sample."""
        self._end_without_subject()
        before = self.phase
        self._go(before.move(pointer))
        if self.phase is not before:
            self.phase.move(pointer)

    def release(self, pointer: PointerInput) -> None:
        """Hand a release of the left button to the phase."""
        self._end_without_subject()
        if pointer.button is Button.LEFT:
            self._go(self.phase.release(pointer))

    def key(self, key: KeyInput) -> bool:
        """Hand a key to the phase; whether Escape ended a gesture."""
        if key.key == "Escape":
            return self.cancel()
        self._end_without_subject()
        self._go(self.phase.key(key))
        return False

    def choose(self, id: str) -> None:
        """Hand an element that was chosen by letters to the phase."""
        self._end_without_subject()
        if id in self.phase.offers():
            self._go(self.phase.chosen(id))

    def cancel(self) -> bool:
        """End what goes on without a trace; whether something went on. What is shown of it goes in any case."""
        if self.is_at_rest:
            self.phase.exit()
            return False
        self.phase.cancel()
        self._go(self.first())
        return True

    def _end_without_subject(self) -> None:
        if self.phase.subject and not self.scene.has(self.phase.subject):
            self.cancel()

    def _go(self, phase: Phase | None) -> None:
        if phase is not None:
            self.phase.exit()
            self.phase = phase
