"""What a random user does on the canvas and with the commands: each deed is a few real events, chosen by a number."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit

from editor.canvas.handles import Handle
from editor.canvas.view import ChartView
from editor.document.document import Document
from editor.geometry import Point
from editor.tools.base import HitKind
from editor.tools.toolbox import TOOLS
from editor.window.main_window import MainWindow
from tests.journeys.hands import ALT, CONTROL, MIDDLE, PLAIN, RIGHT, SHIFT, Hands, Modifiers

MOST_STATES = 60
"""Beyond these, what makes more is left out, and much is deleted."""
NAMES = (
    "idle", "busy", "done", "a", "b", "x1", "wait for it", "über", "a.b", "N 1", "", " ", "#odd", "true", "1",
    "naïve-key", "long name of a state that goes on",
)  # fmt: skip
LABELS = (
    "GO", "GO [x > 1] / log", "NEXT / x = x + 1; raise AGAIN", "after 2s", "after soon / beep", "[ready]", "/ tidy",
    "always", "done", "a.*", "*", "GO [", "/ x =", "", "TICK [x in [1, 2]] / send PING after 5s", "E",
    "BACK [not ready and x < 3]", "on error",
)  # fmt: skip
LEFT_OUT = frozenset(
    {
        "file.new", "file.open", "file.recent", "file.example", "file.reopen", "file.close", "file.quit",
        "file.previous", "file.duplicate", "file.export", "file.exportPng", "edit.undo", "help.licences",
        "help.tour", "help.tour_chart",
    }
)  # fmt: skip
"""Commands that leave the document, or are deeds of their own."""
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
HELD = (PLAIN, PLAIN, PLAIN, SHIFT, CONTROL, ALT, SHIFT | ALT, CONTROL | SHIFT)
Deed = Callable[[], None]


class CanvasUser:
    """Draws, drags, types and invokes. `chance` is given anew for each deed, so that a deed is what its number says."""

    def __init__(self, window: MainWindow, hands: Hands) -> None:
        self.window = window
        self.hands = hands
        self.chance = Random(0)

    @property
    def document(self) -> Document:
        """What is edited."""
        return self.window.session.document

    @property
    def view(self) -> ChartView:
        """The canvas."""
        return self.window.view

    def deeds(self) -> list[tuple[int, Deed]]:
        """All deeds on the canvas, with their weights."""
        return [
            (6, self.add_by_double_click), (5, self.place_with_tool), (6, self.connect), (4, self.pull_handle),
            (10, self.drag_state), (5, self.drag_line), (5, self.type_label), (3, self.type_chain), (3, self.band),
            (6, self.click), (4, self.nudge), (3, self.delete), (4, self.structure), (5, self.clipboard),
            (9, self.undo), (5, self.redo), (14, self.command), (3, self.submenu), (4, self.look), (3, self.run),
            (3, self.fire), (5, self.break_drag), (2, self.leave_open), (2, self.lose_release), (2, self.any_key),
            (2, self.save), (3, self.context_menu), (1, self.hold_space), (3, self.write_note), (2, self.drag_note),
        ]  # fmt: skip

    # where things are

    def focus(self) -> None:
        """Let the canvas have the keys."""
        self.view.setFocus()

    def spot(self, at: Point) -> QPoint | None:
        """A place of the chart in the viewport; None where it is out of sight."""
        found = self.view.to_view(at).toPoint()
        return found if self.view.viewport().rect().contains(found) else None

    def ground(self) -> QPoint:
        """A place of the viewport, of open ground if there is one soon."""
        port = self.view.viewport()
        found = QPoint(10, 10)
        for _ in range(12):
            found = QPoint(
                self.chance.randint(8, max(9, port.width() - 9)),
                self.chance.randint(8, max(9, port.height() - 9)),
            )
            if self.view.hit(self.view.to_chart(QPointF(found))).kind is HitKind.NOTHING:
                break
        return found

    def states(self) -> list[str]:
        """The states that are drawn, in an order that is always the same."""
        return sorted(self.view.picture.states, key=_number)

    def state(self) -> tuple[str, QPoint] | None:
        """One of the states in sight and a place of it, which may be a place of what lies in it."""
        ids = self.states()
        self.chance.shuffle(ids)
        for id in ids[:8]:
            rect = self.view.picture.states[id].rect
            share = self.chance.choice((0.1, 0.3, 0.5, 0.9))
            at = self.spot(Point(rect.x + rect.width * share, rect.y + min(rect.height / 2, 14)))
            if at is not None:
                return id, at
        if ids:
            self.view.fit()
            at = self.spot(self.view.picture.states[ids[0]].rect.center)
            return (ids[0], at) if at is not None else None
        return None

    def line(self) -> tuple[str, QPoint, QPoint] | None:
        """One of the transitions in sight, with a place of its line and of its label."""
        ids = sorted(self.view.picture.transitions, key=_number)
        self.chance.shuffle(ids)
        for id in ids[:8]:
            route = self.view.picture.route(id)
            if route is None or not route.paths or not route.paths[0]:
                continue
            a, b = route.paths[0][0], route.paths[0][-1]
            bend = route.paths[0][1] if len(route.paths[0]) > 2 else Point((a.x + b.x) / 2, (a.y + b.y) / 2)
            middle = self.spot(bend)
            label = self.spot(route.label.center)
            if middle is not None and label is not None:
                return id, middle, label
        return None

    def handle(self, *kinds: HitKind) -> Handle | None:
        """One of the handles that are shown."""
        found = [each for each in self.view.handles if each.hit.kind in kinds and self.spot(each.at)]
        return self.chance.choice(found) if found else None

    # dragging

    def pull(
        self,
        start: QPoint,
        end: QPoint,
        held: Modifiers = PLAIN,
        amid: Deed | None = None,
        *,
        lets_go: bool = True,
    ) -> None:
        """Drag with the mouse, with something else amid."""
        port = self.view.viewport()
        self.hands.press(port, start, held=held)
        way = end - start
        for share in (0.2, 0.6, 1.0):
            self.hands.move(port, start + QPoint(round(way.x() * share), round(way.y() * share)), held)
            QApplication.processEvents()
            if share == 0.6 and amid is not None:
                amid()
        if lets_go:
            self.hands.release(port, end, held=held)

    def near(self, at: QPoint) -> QPoint:
        """A place not far from another."""
        return at + QPoint(self.chance.randint(-140, 140), self.chance.randint(-100, 100))

    def goal(self, at: QPoint) -> QPoint:
        """Where something is dragged to: near, onto a state, or to open ground."""
        kind = self.chance.random()
        found = self.state()
        if kind < 0.4:
            return self.near(at)
        return found[1] if kind < 0.75 and found is not None else self.ground()

    # deeds

    @property
    def is_full(self) -> bool:
        """Whether there is enough already."""
        return len(self.document.chart.states) > MOST_STATES

    def type_text(self, texts: tuple[str, ...]) -> None:
        """Write into the open field, and end the typing in one of the ways there are."""
        editor = self.view.labelling.editor
        if editor is None:
            return
        self.hands.type(self.chance.choice(texts))
        ends = (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
        self.hands.key(self.chance.choice(ends))

    def add_by_double_click(self) -> None:
        """Make a state on open ground or in another, and name it."""
        if self.is_full:
            self.delete_much()
            return
        found = self.state()
        at = found[1] + QPoint(0, 20) if found is not None and self.chance.random() < 0.4 else self.ground()
        self.hands.double_click(self.view.viewport(), at)
        self.type_text(NAMES)

    def place_with_tool(self) -> None:
        """Take a tool by its key and click."""
        self.focus()
        tool = self.chance.choice(TOOLS)
        self.hands.keys(tool.shortcut)
        if self.is_full and tool.id != "initial":
            self.hands.keys("V")
            return
        found = self.state()
        at = found[1] if found is not None and self.chance.random() < 0.7 else self.ground()
        self.hands.click(self.view.viewport(), at, held=self.chance.choice((PLAIN, PLAIN, SHIFT)))
        self.type_text(NAMES)
        if self.chance.random() < 0.8:
            self.hands.key(Qt.Key.Key_Escape)

    def connect(self) -> None:
        """Draw a transition with the tool: to another state, to the same one, or to open ground."""
        one = self.state()
        if one is None:
            return
        self.focus()
        self.hands.keys("T")
        self.pull(one[1], self.goal(one[1]), self.chance.choice(HELD))
        self.type_text(LABELS)
        self.focus()
        self.hands.keys("V")

    def pull_handle(self) -> None:
        """Resize, connect by a handle, move an end, bend: whatever handle there is of what is selected."""
        if not self.view.handles:
            self.click()
        kind = self.chance.choice((HitKind.RESIZE, HitKind.CONNECT, HitKind.END, HitKind.BEND, HitKind.WAY))
        handle = self.handle(kind) or self.handle(*HitKind)
        start = self.spot(handle.at) if handle is not None else None
        if start is None:
            return
        end = start if self.chance.random() < 0.15 else self.goal(start)
        self.pull(start, end, self.chance.choice(HELD))
        self.type_text(LABELS)

    def drag_state(self) -> None:
        """Drag a state somewhere, into another one as well."""
        found = self.state()
        if found is not None:
            self.pull(found[1], self.goal(found[1]), self.chance.choice(HELD))

    def drag_line(self) -> None:
        """Drag a line, a label or an initial dot."""
        found = self.line()
        if found is not None:
            start = self.chance.choice(found[1:])
            self.pull(start, self.near(start), self.chance.choice(HELD))

    def type_label(self) -> None:
        """Open a text and write another."""
        line, state = self.line(), self.state()
        if line is not None and self.chance.random() < 0.6:
            self.hands.double_click(self.view.viewport(), line[2])
            self.type_text(LABELS)
        elif state is not None:
            self.hands.click(self.view.viewport(), state[1])
            self.focus()
            self.hands.key(Qt.Key.Key_F2)
            self.type_text(NAMES)

    def type_chain(self) -> None:
        """Go from text to text by Tab, and from state to state by Return."""
        self.click()
        self.focus()
        for _ in range(self.chance.randint(1, 5)):
            if self.is_full:
                return
            self.hands.key(Qt.Key.Key_Return)
            if self.view.labelling.editor is not None:
                self.hands.type(self.chance.choice(NAMES))
                self.hands.key(self.chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab)))
        self.hands.key(Qt.Key.Key_Escape)

    def band(self) -> None:
        """Select with the rubber band."""
        start = self.ground()
        held = self.chance.choice((PLAIN, SHIFT, SHIFT | ALT))
        self.pull(start, start + QPoint(self.chance.randint(-500, 500), self.chance.randint(-400, 400)), held)

    def click(self) -> None:
        """Select something."""
        found, line = self.state(), self.line()
        held = self.chance.choice((PLAIN, PLAIN, SHIFT, CONTROL))
        if line is not None and self.chance.random() < 0.35:
            self.hands.click(self.view.viewport(), self.chance.choice(line[1:]), held=held)
        elif found is not None:
            self.hands.click(self.view.viewport(), found[1], held=held)

    def nudge(self) -> None:
        """Move what is selected by keys, many of which are one step."""
        self.focus()
        held = self.chance.choice((PLAIN, PLAIN, SHIFT, ALT, CONTROL))
        for _ in range(self.chance.randint(1, 6)):
            self.hands.key(self.chance.choice(ARROWS), held)

    def delete(self) -> None:
        """Delete one thing."""
        self.click()
        self.focus()
        self.hands.key(Qt.Key.Key_Delete)

    def delete_much(self) -> None:
        """Make room: delete what a few clicks select."""
        self.focus()
        self.hands.keys("Ctrl+Shift+A")
        for _ in range(4):
            found = self.state()
            if found is not None:
                self.hands.click(self.view.viewport(), found[1], held=SHIFT)
        self.focus()
        self.hands.key(Qt.Key.Key_Delete)

    def structure(self) -> None:
        """Duplicate, group, dissolve."""
        keys = ("Ctrl+D", "Ctrl+G", "Ctrl+Shift+G")
        self.click()
        self.focus()
        self.hands.keys(keys[2] if self.is_full else self.chance.choice(keys))

    def clipboard(self) -> None:
        """Copy or cut, and paste, after something else was selected."""
        self.click()
        self.focus()
        self.hands.keys(self.chance.choice(("Ctrl+C", "Ctrl+C", "Ctrl+X")))
        if self.chance.random() < 0.5:
            self.click()
            self.focus()
        if not self.is_full:
            self.hands.keys("Ctrl+V")

    def undo(self) -> None:
        """Take back, several times in a row."""
        self.focus()
        for _ in range(self.chance.choice((1, 1, 1, 2, 5))):
            self.hands.keys("Ctrl+Z")

    def redo(self) -> None:
        """Do again."""
        self.focus()
        for _ in range(self.chance.choice((1, 1, 2, 6))):
            self.hands.keys("Ctrl+Shift+Z")

    def command(self) -> None:
        """Any command of the table, by its key where it has one, else as the menu invokes it."""
        commands = self.window.actions_.commands.all
        found = [each for each in commands if each.id not in LEFT_OUT and each.choices is None]
        possible = [each for each in found if each.when(self.window.session)]
        chosen = self.chance.choice(possible if self.chance.random() < 0.9 else found)
        keys = self.window.actions_.keymap.keys(chosen.id)
        self.focus()
        if keys and self.chance.random() < 0.7:
            self.hands.keys(self.chance.choice(keys))
        else:
            self.window.actions_.by_id[chosen.id].trigger()

    def submenu(self) -> None:
        """A row of one of the submenus."""
        commands = self.window.actions_.commands.all
        found = [each for each in commands if each.choices is not None and each.id not in LEFT_OUT]
        chosen = self.chance.choice(found)
        menus = [menu for top in self.window.menus.values() for menu in _below(top)]
        menu = next((each for each in menus if each.title() == chosen.title), None)
        if menu is not None and chosen.when(self.window.session):
            menu.aboutToShow.emit()
            rows = [each for each in menu.actions() if each.isEnabled() and not each.isSeparator()]
            if rows:
                self.chance.choice(rows).trigger()

    def look(self) -> None:
        """Zoom, pan, fit."""
        port, at = self.view.viewport(), self.ground()
        kind = self.chance.randint(0, 5)
        if kind == 0:
            self.hands.keys("Ctrl+0")
        elif kind == 1:
            self.hands.press(port, at, MIDDLE)
            self.hands.move(port, self.near(at))
            self.hands.release(port, at, MIDDLE)
        elif kind == 2:
            self.view.fit()
        else:
            turn = QPoint(0, self.chance.choice((-240, -120, 120, 240)))
            self.hands.wheel(port, at, turn, self.chance.choice((PLAIN, CONTROL, CONTROL, SHIFT)))

    def write_note(self) -> None:
        """Write a note, or into one that is there; its field is left in one of the ways there are."""
        ids = sorted(self.view.picture.notes.shapes)
        at = self.spot(self.view.picture.notes.shapes[ids[0]].rect.center) if ids else None
        if at is not None and self.chance.random() < 0.6:
            self.hands.double_click(self.view.viewport(), at)
        elif len(ids) < 4:
            self.focus()
            self.window.actions_.by_id["note.add"].trigger()
        field = QApplication.focusWidget()
        if isinstance(field, QPlainTextEdit) and self.view.isAncestorOf(field):
            self.hands.type(self.chance.choice(("# Why", "**so**", "- a", "")))
            if self.chance.random() < 0.8:
                self.hands.key(Qt.Key.Key_Escape)

    def drag_note(self) -> None:
        """Drag a note."""
        ids = sorted(self.view.picture.notes.shapes)
        at = self.spot(self.view.picture.notes.shapes[self.chance.choice(ids)].rect.center) if ids else None
        if at is not None:
            self.pull(at, self.near(at), self.chance.choice(HELD))

    def hold_space(self) -> None:
        """Pan with the space bar, letting it go before or after the button."""
        port, at = self.view.viewport(), self.ground()
        self.focus()
        self.hands.key_down(Qt.Key.Key_Space)
        self.hands.press(port, at)
        self.hands.move(port, self.near(at))
        if self.chance.random() < 0.5:
            self.hands.key_up(Qt.Key.Key_Space)
            self.hands.release(port, at)
        else:
            self.hands.release(port, at)
            self.hands.key_up(Qt.Key.Key_Space)

    def run(self) -> None:
        """Start or end the run, or go on in it."""
        self.focus()
        keys = (
            "F5",
            "F10",
            "Shift+F10",
            "Ctrl+F10",
            "F11",
            "Shift+F11",
            "Shift+F5",
            "Ctrl+F5",
            "1",
            "2",
            "3",
        )
        self.hands.keys(self.chance.choice(keys if self.window.session.is_running else ("F5",)))

    def fire(self) -> None:
        """Click a label while a run is shown, which sends its event."""
        line = self.line()
        if line is not None and self.window.session.is_running:
            self.hands.click(self.view.viewport(), line[2])

    def break_drag(self) -> None:
        """Do something else amid a drag: Escape, undo, delete, another tool, the wheel, another button."""
        port = self.view.viewport()
        found, line = self.state(), self.line()
        handle = self.handle(*HitKind)
        starts = [found[1]] if found is not None else []
        starts += list(line[1:]) if line is not None else []
        starts += [at] if handle is not None and (at := self.spot(handle.at)) is not None else []
        if not starts:
            return
        if self.chance.random() < 0.3:
            self.focus()
            self.hands.keys(self.chance.choice(TOOLS).shortcut)
        start = self.chance.choice(starts)
        amid: list[Deed] = [
            lambda: self.hands.key(Qt.Key.Key_Escape),
            lambda: self.hands.keys("Ctrl+Z"),
            lambda: self.hands.keys("Ctrl+Shift+Z"),
            lambda: self.hands.key(Qt.Key.Key_Delete),
            lambda: self.hands.keys(self.chance.choice(TOOLS).shortcut),
            lambda: self.hands.wheel(port, start, QPoint(0, 120), self.chance.choice((PLAIN, CONTROL))),
            lambda: self.hands.click(port, start, RIGHT),
            lambda: self.hands.press(port, start, MIDDLE),
            lambda: self.hands.key(self.chance.choice(ARROWS), self.chance.choice(HELD)),
            lambda: self.hands.key(Qt.Key.Key_F2),
            lambda: self.hands.keys("F5"),
            lambda: self.hands.keys(self.chance.choice(("Ctrl+V", "Ctrl+X", "Ctrl+A", "Ctrl+G", "Ctrl+S"))),
            self.command,
        ]
        self.pull(start, self.goal(start), self.chance.choice(HELD), self.chance.choice(amid))
        self.type_text(LABELS)

    def lose_release(self) -> None:
        """Drag, and do something else before the button goes up, as when the system takes the pointer away."""
        found = self.state()
        if found is None:
            return
        self.pull(found[1], self.goal(found[1]), lets_go=False)
        self.chance.choice((self.click, self.undo, self.command, self.look, self.any_key))()
        if self.chance.random() < 0.7:
            self.hands.let_go(self.view.viewport())

    def leave_open(self) -> None:
        """Begin to write and leave the field open."""
        found, line = self.state(), self.line()
        at = (
            line[2]
            if line is not None and self.chance.random() < 0.5
            else found[1]
            if found is not None
            else None
        )
        if at is not None:
            self.hands.double_click(self.view.viewport(), at)
            self.hands.type(self.chance.choice(LABELS))

    def any_key(self) -> None:
        """Any key at all, wherever the focus is."""
        keys = (*range(int(Qt.Key.Key_A), int(Qt.Key.Key_Z) + 1), int(Qt.Key.Key_Tab), int(Qt.Key.Key_Return))
        self.hands.key(Qt.Key(self.chance.choice(keys)), self.chance.choice((PLAIN, PLAIN, SHIFT)))

    def save(self) -> None:
        """Save."""
        if self.chance.random() < 0.5:
            self.focus()
            self.hands.keys("Ctrl+S")

    def context_menu(self) -> None:
        """Open the menu of an element, and leave the answer to who answers menus."""
        found, line = self.state(), self.line()
        if line is not None and self.chance.random() < 0.4:
            self.window.element_menu.show_at(line[2])
        elif found is not None:
            self.window.element_menu.show_at(found[1])


def _number(id: str) -> tuple[str, int, str]:
    """Ids in the order in which they were given."""
    head = id.rstrip("0123456789")
    rest = id[len(head) :]
    return head, int(rest) if rest else -1, id


def _below(menu: QMenu) -> list[QMenu]:
    """The menus inside a menu."""
    found: list[QMenu] = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += [inner, *_below(inner)]
    return found
