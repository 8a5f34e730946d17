"""A bench to try tools on: a document with known boxes, a surface that remembers, and a hand with a pointer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from editor.document.document import Document
from editor.geometry import Point, Rect
from editor.layout.frame import Frame
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import BoxChange, apply_to_diagram
from editor.model.diagram import Box, Diagram, Label
from editor.model.elements import TriggerKind, is_unresolved
from editor.tools.base import Button, Hit, HitKind, KeyInput, Modifier, PointerInput, Scene, Tool
from editor.tools.connect import border_point
from tests.charts import MEASURE, chart, id_of

MACHINE = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {}
  p:
    initial: c
    states:
      c: {on: {NEXT: d}}
      d: {}
  r:
    type: parallel
    states:
      left: {initial: l1, states: {l1: {}}}
      right: {}
  done: {type: final}
"""
PLACES = {
    "a": (40, 40, 120, 40), "b": (240, 40, 120, 40),
    "p": (40, 160, 320, 160), "p.c": (24, 64, 120, 40), "p.d": (176, 64, 120, 40),
    "r": (40, 400, 480, 200), "r.left": (16, 48, 216, 136), "r.left.l1": (24, 56, 120, 40),
    "r.right": (248, 48, 216, 136), "done": (440, 40, 32, 32),
}  # fmt: skip
"""Boxes within the parent, on the grid; each holds its children with room to spare."""


class FakeSurface:
    """Finds states by their boxes, draws every transition as one straight line, and remembers what it shows."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.measure: Measure = MEASURE
        self.is_snapping = True
        self.grid = 8.0
        self.ground: str | None = None
        self.band: Rect | None = None
        self.preview: tuple[Point, Point, str | None] | None = None
        self.drop: str | None = None
        self.drop_text = ""
        self.snaps: tuple[tuple[Point, Point], ...] = ()
        self.gaps: tuple[tuple[Point, Point], ...] = ()
        self.ghost: Rect | None = None
        self.pointer: Point | None = None
        self.labels: list[str] = []
        self.written: list[Rect] = []
        self.text_height = 32.0
        self.cursor = "arrow"
        self.said: list[str] = []
        self.is_put_back = False

    def pointed(self) -> tuple[Point, Point | None]:
        return Point(700, 300), self.pointer

    def rect(self, id: str) -> Rect | None:
        note = self.document.diagram.notes.get(id)
        if note is not None:
            return note.rect
        box = self.document.diagram.boxes.get(id)
        if box is None:
            return None
        around = [state.id for state in self.document.chart.ancestors(id)]
        return box.rect.moved(*self.document.diagram.absolute(reversed(around)))

    def path(self, id: str) -> tuple[Point, ...]:
        transition = self.document.chart.transitions[id]
        if transition.trigger.kind is TriggerKind.INITIAL:
            return Frame(self.document.chart, self.document.diagram, self.measure).initial(transition) or ()
        source = self.rect(transition.source)
        target = next((self.rect(each) for each in transition.targets if not is_unresolved(each)), source)
        if source is None or target is None:
            return ()
        return border_point(source, target.center), border_point(target, source.center)

    def label_place(self, id: str, dx: float, dy: float) -> Label | None:
        return Label(along=0.5, dx=dx, dy=dy) if self.path(id) else None

    def state_at(self, at: Point, without: Iterable[str] = ()) -> str | None:
        out = set(without)
        found = [
            id
            for id in self.document.diagram.boxes
            if id != self.document.chart.root_id
            and not out & set(queries.lineage(self.document.chart, id))
            and (rect := self.rect(id)) is not None
            and rect.contains(at)
        ]
        return max(found, key=lambda id: len(queries.lineage(self.document.chart, id)), default=None)

    def under(self, at: Point) -> list[str]:
        found, id = [], self.state_at(at)
        while id is not None:
            found.append(id)
            id = self.state_at(at, without=found)
        return (
            [*found, *(state.id for state in self.document.chart.ancestors(found[0]) if state.parent)]
            if found
            else []
        )

    def elements_in(self, rect: Rect) -> list[str]:
        states = [id for id in self.document.diagram.boxes if rect.encloses(self.rect(id) or rect)]
        lines = [
            id
            for id in self.document.chart.transitions
            if (path := self.path(id)) and all(rect.contains(point) for point in path)
        ]
        return sorted(states) + sorted(lines)

    def show_band(self, rect: Rect | None) -> None:
        self.band = rect

    def show_preview(self, start: Point | None, end: Point | None, target: str | None = None) -> None:
        self.preview = (start, end, target) if start is not None and end is not None else None

    def show_drop(self, id: str | None, text: str = "") -> None:
        self.drop, self.drop_text = id, text

    def show_snaps(
        self, segments: Iterable[tuple[Point, Point]], gaps: Iterable[tuple[Point, Point]] = ()
    ) -> None:
        self.snaps, self.gaps = tuple(segments), tuple(gaps)

    def show_ghost(self, rect: Rect | None) -> None:
        self.ghost = rect

    def edit_label(self, id: str, at: Point | None = None) -> None:
        self.labels.append(id)

    def add_line(self, id: str, kind: str) -> None:
        self.labels.append(f"{id} {kind}")

    def write_note(self, rect: Rect) -> None:
        self.written.append(rect)

    def note_height(self, text: str, width: float) -> float:
        return self.text_height

    def set_cursor(self, name: str) -> None:
        self.cursor = name

    def say(self, text: str) -> None:
        self.said.append(text)

    def put_back(self) -> None:
        self.is_put_back = True


class Bench:
    """A tool of a class on a document of its own, and a pointer to work it with."""

    def __init__(
        self,
        tool: type[Tool],
        text: str = MACHINE,
        places: Mapping[str, tuple[float, float, float, float]] = PLACES,
    ) -> None:
        made, diagram = chart(text), Diagram()
        boxes = [
            Box(id=id_of(made, path), x=x, y=y, width=width, height=height)
            for path, (x, y, width, height) in places.items()
        ]
        apply_to_diagram(diagram, [BoxChange(box.id, None, box) for box in boxes])
        self.document = Document(made, diagram)
        self.surface = FakeSurface(self.document)
        self.tool = tool(Scene(self.document, self.surface))

    # asking

    def id(self, path: str) -> str:
        """The id of a state by its dotted path."""
        return id_of(self.document.chart, path)

    def line(self, path: str, number: int = 0) -> str:
        """The id of one of the transitions of a state, initial ones left out."""
        own = [each for each in self.document.chart.outgoing(self.id(path)) if not each.is_pseudo]
        return own[number].id

    def initial(self, path: str = "") -> str:
        """The id of the initial transition of a state, or of the machine."""
        made = self.document.chart
        found = queries.initial_transition(made, self.id(path) if path else made.root_id)
        assert found is not None, path
        return found.id

    def dot(self, path: str = "") -> Point:
        """Where the initial dot of a state, or of the machine, is on the canvas."""
        return self.surface.path(self.initial(path))[0]

    def box(self, path: str) -> tuple[float, float, float, float]:
        """The box of a state within its parent."""
        rect = self.document.diagram.boxes[self.id(path)].rect
        return rect.x, rect.y, rect.width, rect.height

    def middle(self, path: str) -> Point:
        """The middle of a state on the canvas."""
        rect = self.surface.rect(self.id(path))
        assert rect is not None
        return rect.center

    def selected(self) -> set[str]:
        """The dotted paths of the selected states, and the ids of selected transitions."""
        made = self.document.chart
        return {
            queries.dotted_path(made, id) if id in made.states else id for id in self.document.selection.ids
        }

    def contents(self) -> tuple[Any, ...]:
        """All that a gesture without a trace must leave as it was."""
        made, diagram, stack = self.document.chart, self.document.diagram, self.document.undo_stack
        return (
            dict(made.states), dict(made.transitions), made.info, dict(diagram.boxes), dict(diagram.bends),
            self.document.selection.ids, stack.can_undo, stack.undo_label,
        )  # fmt: skip

    def is_calm(self) -> bool:
        """Whether nothing of a gesture is shown, and none is open."""
        surface = self.surface
        self.document.gesture("asked").cancel()
        shown = surface.band, surface.preview, surface.drop, surface.ghost
        return shown == (None,) * 4 and not (surface.snaps or surface.gaps or surface.drop_text)

    def undo_steps(self) -> int:
        """Take everything back; how many steps that took."""
        count = 0
        while self.document.undo_stack.can_undo:
            self.document.undo()
            count += 1
        return count

    # doing

    def hit(self, at: Point) -> Hit:
        """The deepest state at a place, or nothing."""
        id = self.surface.state_at(at)
        return Hit(kind=HitKind.STATE, id=id) if id is not None else Hit()

    def press(
        self,
        at: Point,
        hit: Hit | None = None,
        *,
        modifiers: Modifier = Modifier.NONE,
        clicks: int = 1,
        button: Button = Button.LEFT,
        scale: float = 1.0,
    ) -> None:
        """Press on what lies there, or on a given handle."""
        under = hit if hit is not None else self.hit(at)
        self.tool.press(
            PointerInput(at=at, hit=under, modifiers=modifiers, clicks=clicks, button=button, scale=scale)
        )

    def move(self, at: Point, *, modifiers: Modifier = Modifier.NONE, scale: float = 1.0) -> None:
        """Move there with the button as it is."""
        self.tool.move(
            PointerInput(at=at, hit=self.hit(at), modifiers=modifiers, button=Button.NONE, scale=scale)
        )

    def release(
        self, at: Point, *, modifiers: Modifier = Modifier.NONE, button: Button = Button.LEFT
    ) -> None:
        """Let the button go."""
        self.tool.release(PointerInput(at=at, hit=self.hit(at), modifiers=modifiers, button=button))

    def click(self, at: Point, hit: Hit | None = None, *, modifiers: Modifier = Modifier.NONE) -> None:
        """Press and let go at one place."""
        self.press(at, hit, modifiers=modifiers)
        self.release(at, modifiers=modifiers)

    def double_click(self, at: Point, hit: Hit | None = None) -> None:
        """Click, and press and let go once more."""
        self.click(at, hit)
        self.press(at, hit, clicks=2)
        self.release(at)

    def carry(
        self, start: Point, end: Point, hit: Hit | None = None, *, modifiers: Modifier = Modifier.NONE
    ) -> None:
        """Press, move by way of the middle to the end, and hold."""
        self.press(start, hit, modifiers=modifiers)
        self.move(Point((start.x + end.x) / 2, (start.y + end.y) / 2), modifiers=modifiers)
        self.move(end, modifiers=modifiers)

    def drag(
        self, start: Point, end: Point, hit: Hit | None = None, *, modifiers: Modifier = Modifier.NONE
    ) -> None:
        """Carry, and let go."""
        self.carry(start, end, hit, modifiers=modifiers)
        self.release(end, modifiers=modifiers)

    def escape(self) -> bool:
        """Press Escape; whether it meant something."""
        return self.tool.key(KeyInput(key="Escape"))
