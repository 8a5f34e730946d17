"""Letters on the canvas: what is in view can be chosen by typing the one or two that stand beside it.

A tool offers what may be chosen now (`Phase.offers`); without one of these any element may be gone to. The letters
are given when something changes: what is seen, what is offered, or the chart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter

from editor.canvas.measure import font
from editor.canvas.theme import color
from editor.commands import arranging
from editor.document import edits
from editor.document.steps import outermost
from editor.errors import EditorError
from editor.geometry import Rect
from editor.layout.sizes import TextStyle
from editor.tools import letters

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

_HEIGHT = 18.0
_ROOM = 10.0
"""Pixels that a plate is high, and wider than its letters."""
_LEAST = 3.0
"""Pixels that something must be wide and high to be offered."""
Deed = Callable[[str, bool], None]


class Plate(NamedTuple):
    """The letters of an element, and where they stand in the viewport."""

    id: str
    word: str
    rect: Rect


class Lettering:
    """The letters of a view; none while nothing is to be chosen."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._deed: Deed | None = None
        self._offers: Sequence[str] = ()
        self._typed = ""
        self._known: tuple[object, ...] = ()
        self._plates: list[Plate] = []
        view.session.changed.subscribe(lambda changes: self._forget())
        view.session.document_replaced.subscribe(self._forget)

    def ask_to_go(self) -> None:
        """Let any element in view be chosen, to go to it."""
        picture, root = self._view.picture, self._view.picture.chart.root_id
        offers = [*(id for id in picture.states if id != root), *picture.transitions]
        self.ask(offers, self._go_to, "Type the letters of what to go to; Shift selects it as well.")

    def ask_to_move(self) -> None:
        """Let a state be chosen, to move what is selected into it."""
        session, chart = self._view.session, self._view.session.document.chart
        ids = outermost(chart, session.selection.ids)
        parents = {chart.states[id].parent for id in ids}
        offers = [
            id for id in self._view.picture.states if {id} != parents and edits.can_hold(chart, id, ids)
        ]

        def deed(id: str, is_added: bool) -> None:
            try:
                arranging.move_into(session, ids, id)
            except EditorError as error:
                session.say(str(error))

        self.ask(offers, deed, "Type the letters of the state to move into.")

    def ask_to_lead(self, end: str) -> None:
        """Let a state be chosen, to lead the selected transition to it, or from it."""
        session = self._view.session
        [moved] = session.selection.ids

        def deed(id: str, is_added: bool) -> None:
            document = session.document
            try:
                edit = edits.reconnect(document.chart, document.diagram, moved, end, id)
                document.apply(edit)
            except EditorError as error:
                session.say(str(error))
            else:
                session.say(edit.label)

        word = "from" if end == "source" else "to"
        self.ask([*self._view.picture.states], deed, f"Type the letters of the state to lead {word}.")

    def ask(self, offers: Sequence[str], deed: Deed, hint: str) -> None:
        """Let one of some elements be chosen that are in view; the deed is told of it, and whether Shift was held."""
        self._view.labelling.close()
        self._offers, self._deed, self._typed = offers, deed, ""
        if self.plates():
            self._view.session.say(f"{hint} Escape ends.")
        else:
            self._deed = None
            self._view.session.say("Nothing to choose is in view.")
        self._view.viewport().update()

    def end(self) -> bool:
        """Let nothing be chosen any more that no tool offers; whether something was to be."""
        was_asked, self._deed, self._typed = self._deed is not None, None, ""
        self._view.viewport().update()
        return was_asked

    def _go_to(self, id: str, is_added: bool) -> None:
        selection = self._view.session.selection
        if is_added:
            (selection.remove if id in selection.ids else selection.add)(id)
        else:
            selection.replace([id])
        self._view.visiting.jump_to(id)

    # keys

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is a letter that chooses now, whatever it means elsewhere."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_bare = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        text = event.text().lower()
        is_letter = bool(text) and (text in letters.LETTERS or (text == "\b" and bool(self._typed)))
        return is_bare and is_letter and bool(self.plates())

    def take(self, event: QKeyEvent) -> bool:
        """Choose by a letter, or take one back; whether it was one."""
        if not self.wants(event):
            return False
        text = event.text().lower()
        if text == "\b":
            self._typed = ""
        else:
            words = {plate.word: plate.id for plate in self.plates()}
            self._typed, id = letters.chosen(words, self._typed + text)
            if id:
                self._choose(id, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        self._view.viewport().update()
        return True

    def _choose(self, id: str, is_added: bool) -> None:
        deed = self._deed
        self.end()
        if deed is not None:
            deed(id, is_added)
        else:
            self._view.choose(id)

    # what is offered, and where its letters stand

    def plates(self) -> list[Plate]:
        """The letters of all that may be chosen now and is in view, the nearest first, none upon another."""
        view = self._view
        offers = self._offers if self._deed is not None else view.tool.phase.offers()
        if not offers:
            return []
        known = (view.camera, view.viewport().size().toTuple(), tuple(offers))
        if known != self._known:
            self._known = known
            self._plates = self._placed(offers)
        return self._plates

    def _forget(self) -> None:
        self._known = ()

    def _placed(self, offers: Iterable[str]) -> list[Plate]:
        view = self._view
        room = Rect(0, 0, *view.viewport().size().toTuple())
        seen: dict[str, Rect] = {}
        for id in offers:
            rect = self._rect(id)
            if rect is not None and min(rect.width, rect.height) >= _LEAST and room.intersects(rect):
                seen[id] = rect
        start = self._start(room)
        order = sorted(seen, key=lambda id: (_way(seen[id], start), id))
        width = QFontMetricsF(font(TextStyle.LABEL)).horizontalAdvance("ww") + _ROOM
        free: list[tuple[str, Rect]] = []
        for id in order:
            place = _free_place(seen[id], (width, _HEIGHT), [rect for _, rect in free], room)
            if place is not None and len(free) < letters.MOST:
                free.append((id, place))
        words = letters.words(len(free))
        return [Plate(id, word, rect) for (id, rect), word in zip(free, words, strict=True)]

    def _rect(self, id: str) -> Rect | None:
        """What an element is chosen by, in the viewport: a state, or the label of a transition."""
        picture, camera = self._view.picture, self._view.camera
        rect = picture.rect(id)
        if rect is None and id in picture.transitions:
            label = picture.transitions[id].route.label
            rect = label if label.width else None
        return camera.rect_to_view(rect) if rect is not None else None

    def _start(self, room: Rect) -> Rect:
        """Where nearness is told from: what is selected, else the middle of what is seen."""
        rects = [rect for id in self._view.session.selection.ids if (rect := self._rect(id)) is not None]
        return Rect.around(rects) or room

    def paint(self, painter: QPainter) -> None:
        """Paint the letters; the painter is in pixels of the viewport. Of two letters the typed one is paler."""
        view = self._view
        painter.setFont(font(TextStyle.LABEL))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink = color(view.theme.text), color(view.theme.ground)
        for plate in self.plates():
            if not plate.word.startswith(self._typed):
                continue
            text = plate.word[len(self._typed) :].upper()
            rect = QRectF(*plate.rect)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(ink)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _free_place(rect: Rect, size: tuple[float, float], taken: list[Rect], room: Rect) -> Rect | None:
    """A place for a plate at a corner of a rectangle, or in its middle, that is free and in sight; None for none."""
    width, height = size
    is_small = rect.width < 2 * width or rect.height < 2 * height
    # beside what is small, whose text it would cover
    left, right = (rect.x - width + 6, rect.right - 6) if is_small else (rect.x - 4, rect.right - width + 4)
    top, bottom = rect.y - 6, rect.bottom - height + 6
    middle = rect.center.x - width / 2, rect.center.y - height / 2
    for x, y in ((left, top), (right, top), (left, bottom), (right, bottom), middle):
        place = Rect(max(x, 0.0), max(y, 0.0), width, height)
        if room.encloses(place) and not any(_overlap(place, each) for each in taken):
            return place
    return None


def _overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def _way(a: Rect, b: Rect) -> float:
    return (a.center.x - b.center.x) ** 2 + (a.center.y - b.center.y) ** 2
