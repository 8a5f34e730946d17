"""Ten tasks in gestures, beside the ways that Stately Studio and Qt Creator document.

Printed by `python -m tests.journeys.ten_tasks`. Ours are done in a real window by a `Hand`, which counts; those of the
others are written down step by step, the shortest that is documented: Stately's from its pages on states, transitions,
actions, canvas and keys; Qt Creator's from its manual of the SCXML editor and what its tool buttons do. Words that are
typed are not counted, in any of them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.document import settings
from editor.document.document import Document
from editor.geometry import Point
from editor.model.elements import StateKind
from editor.window.app import Program
from tests.journeys.hand import Hand

FLAT = "initial: a\nstates: {a: {}, b: {}, c: {}, d: {}}\n"
FLAT_BOXES = {
    "a": (0, 240, 120, 64),
    "b": (360, 40, 120, 64),
    "c": (360, 240, 120, 64),
    "d": (360, 440, 120, 64),
}
MOVING = """
id: m
initial: a
states:
  a: {on: {GO: b}}
  b: {on: {GO: home.x}}
  home: {initial: x, states: {x: {on: {BACK: '#m.a'}}}}
"""
MOVING_BOXES = {
    "a": (0, 40, 120, 64), "b": (0, 200, 120, 64), "home": (320, 0, 480, 320), "home.x": (320, 60, 120, 64),
}  # fmt: skip
TWELVE = "initial: s0\nstates:\n" + "".join(
    f"  s{number}: {{on: {{PAY: s{(number + 1) % 12}}}}}\n" for number in range(12)
)
MANY = "initial: s0\nstates:\n" + "".join(f"  s{number}: {{}}\n" for number in range(300))
FULL = "initial: out\nstates:\n  out: {on: {IN: box}}\n  box:\n    initial: s0\n    states:\n" + "".join(
    f"      s{number}: {{on: {{NEXT: s{(number + 1) % 20}}}}}\n" for number in range(20)
)
WORK = "initial: work\nstates: {work: {initial: a, states: {a: {on: {GO: b}}, b: {}}}, end: {}}\n"
BESIDE = "initial: work\nstates: {work: {type: parallel, states: {one: {}, two: {}}}, end: {}}\n"


@dataclass(frozen=True)
class Task:
    """What a person wants, the machine it begins with, how we do it and what it must have come to; how others do."""

    name: str
    text: str
    do: Callable[[Hand], None]
    is_done: Callable[[Document], bool]
    stately: tuple[str, ...]
    qt_creator: tuple[str, ...]
    layout: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)


def edges(document: Document) -> set[tuple[str, str, str]]:
    """All transitions: source, event, target."""
    chart = document.chart
    return {
        (chart.states[each.source].key, each.trigger.text, chart.states[target].key)
        for each in chart.transitions.values()
        if not each.is_pseudo
        for target in each.targets
    }


def new_target(hand: Hand) -> None:
    hand.click(hand.handle("a", "s"), "a handle of the state")
    hand.write("GO")
    hand.press("Tab")
    hand.write("paid")
    hand.press("Return")


def alternatives(hand: Hand) -> None:
    for target, side, guard in (("b", "n", "total > 9"), ("c", "s", "total > 5"), ("d", "s", "total > 1")):
        hand.drag(hand.handle("a", side), hand.spot(target), f"a handle to {target}")
        hand.write("PAY")
        hand.sign("[")
        hand.write(guard)
    hand.press("Return")


def are_guarded(document: Document) -> bool:
    made = [each for each in document.chart.transitions.values() if each.trigger.text == "PAY"]
    return len(made) == 3 and all(each.guard is not None and len(each.targets) == 1 for each in made)


def wrap(hand: Hand) -> None:
    rects = [hand.view.picture.rect(hand.state(each)) for each in "bcd"]
    left = min(each.x for each in rects if each) - 30
    top = min(each.y for each in rects if each) - 30
    right = max(each.right for each in rects if each) + 30
    bottom = max(each.bottom for each in rects if each) + 30
    hand.drag(hand.place(Point(left, top)), hand.place(Point(right, bottom)), "a frame around the states")
    hand.press("Ctrl+G")
    hand.write("work")
    hand.press("Return")


def is_wrapped(document: Document) -> bool:
    chart = document.chart
    work = next((each for each in chart.states.values() if each.key == "work"), None)
    return work is not None and {each.key for each in chart.children(work.id)} == {"b", "c", "d"}


def add_region(hand: Hand) -> None:
    hand.point(hand.spot("work"))
    hand.press("R")
    hand.write("watch")
    hand.press("Return")


def has_region(document: Document) -> bool:
    chart = document.chart
    work = next(each for each in chart.states.values() if each.key == "work")
    return work.kind is StateKind.PARALLEL and "watch" in {each.key for each in chart.children(work.id)}


def to_itself(hand: Hand) -> None:
    hand.drag(hand.handle("a", "s"), hand.spot("a"), "a handle to the state itself")
    hand.write("TICK")
    hand.sign("/")
    hand.write("count")
    hand.press("Return")


def is_self(document: Document) -> bool:
    made = next(each for each in document.chart.transitions.values() if each.trigger.text == "TICK")
    return made.targets == (made.source,) and len(made.actions) == 1


def rename_event(hand: Hand) -> None:
    hand.click(hand.pill("PAY"), "one of the labels")

    def answer() -> None:
        hand.write("CHARGE")
        hand.press("Return")

    hand.answering(answer)
    hand.press("Shift+F2")


def is_renamed(document: Document) -> bool:
    events = [each.trigger.text for each in document.chart.transitions.values() if not each.is_pseudo]
    return events == ["CHARGE"] * 12


def reparent(hand: Hand) -> None:
    rects = [hand.view.picture.rect(hand.state(each)) for each in "ab"]
    left = min(each.x for each in rects if each) - 20
    top = min(each.y for each in rects if each) - 20
    right = max(each.right for each in rects if each) + 10
    bottom = max(each.bottom for each in rects if each) + 20
    hand.drag(hand.place(Point(right, bottom)), hand.place(Point(left, top)), "a frame around both")
    home = hand.view.picture.rect(hand.state("home"))
    assert home is not None
    hand.drag(
        hand.spot("a"), hand.place(Point(home.right - 80, home.bottom - 60)), "one of them into the composite"
    )


def is_inside(document: Document) -> bool:
    chart = document.chart
    home = next(each for each in chart.states.values() if each.key == "home")
    is_moved = {each.key for each in chart.children(home.id)} == {"x", "a", "b"}
    return is_moved and edges(document) == {("a", "GO", "b"), ("b", "GO", "x"), ("x", "BACK", "a")}


def find(hand: Hand) -> None:
    hand.press("Ctrl+P")
    hand.write("s217")
    hand.press("Return")


def undo_delete(hand: Hand) -> None:
    hand.click(hand.spot("box"), "the composite")
    hand.press("Del")
    hand.press("Ctrl+Z")


def is_whole(document: Document) -> bool:
    return len(document.chart.states) == 23 and len(edges(document)) == 21 and not document.is_modified


def export(hand: Hand) -> None:
    hand.answering(lambda: hand.press("Return"))
    hand.press("Ctrl+Shift+E")


def is_exported(document: Document) -> bool:
    assert document.path is not None
    return document.path.with_suffix(".png").read_bytes().startswith(b"\x89PNG")


TASKS = (
    Task(
        "State and transition to a new state", "initial: a\nstates: {a: {}}\n", new_target,
        lambda document: edges(document) == {("a", "GO", "paid")},
        ("click the state", "click a handle", "double click the new state's name", "Enter"),
        ("click the state", "drag its tool button", "double click the event", "double click the name", "Enter"),
    ),
    Task(
        "Three guarded alternatives", FLAT, alternatives, are_guarded,
        ("click the state", "drag a handle", "click Add guard") * 3 + ("Enter",),
        ("click the state", "drag its tool button", "double click the event", "double click cond") * 3 + ("Enter",),
        layout=FLAT_BOXES,
    ),
    Task(
        "Wrap three states in a composite", FLAT, wrap, is_wrapped,
        ("double click for the new parent", "drag a frame", "Ctrl+C", "click the parent", "Ctrl+V", "drag a frame",
         "Backspace"),
        ("drag a state from the palette", "double click its name", "drag a frame", "drag the states into it"),
        layout=FLAT_BOXES,
    ),
    Task(
        "Add a region beside what a composite does", WORK, add_region, has_region,
        ("double click for a state", "drag a frame", "Ctrl+C", "click the state", "Ctrl+V", "drag a frame",
         "Backspace", "right click the parent", "State type", "Parallel", "double click inside", "Enter"),
        ("drag a parallel state from the palette", "drag the composite into it", "drag a state into it",
         "double click its name", "Enter"),
    ),
    Task(
        "Self-transition with action", FLAT, to_itself, is_self,
        ("click the state", "drag a handle to the state", "click Action", "Enter"),
        ("click the state", "drag its tool button to it", "double click the event", "right click",
         "Executable content", "Script", "double click the attribute", "Enter"),
        layout=FLAT_BOXES,
    ),
    Task(
        "Rename an event used 12 times", TWELVE, rename_event, is_renamed,
        ("double click the event",) * 12 + ("Enter",),
        ("right click the file", "Open with", "text editor", "Ctrl+F", "Tab", "Replace all", "Ctrl+S",
         "right click the file", "Open with", "SCXML editor"),
    ),
    Task(
        "Reparent two states, keeping transitions", MOVING, reparent, is_inside,
        ("click the state", "click Parent", "click the new parent") * 2,
        ("drag a frame", "drag the states into it"),
        layout=MOVING_BOXES,
    ),
    Task(
        "Find and go to a state of 300", MANY, find, lambda document: True,
        ("open the tree", "Ctrl+F of the browser", "click the row"),
        ("click Search", "click its field", "double click the row"),
    ),
    Task(
        "Undo a delete of a composite with 20 transitions", FULL, undo_delete, is_whole,
        ("click the state", "Backspace", "Ctrl+Z"), ("click the state", "Delete", "Ctrl+Z"),
    ),
    Task(
        "Export as PNG", FLAT, export, is_exported,
        ("click Export", "click the picture"), ("click Export canvas to image", "Enter"), layout=FLAT_BOXES,
    ),
)  # fmt: skip
ALSO = (
    Task(
        "Add a region to a parallel state", BESIDE, add_region, has_region,
        ("double click inside", "Enter"), ("drag a state into it", "double click its name", "Enter"),
    ),
)  # fmt: skip


def gestures(task: Task, program: Program, folder: Path) -> list[str]:
    """Do a task by hand in a window of its own, and see that it is done; what it took."""
    path = folder / f"{task.do.__name__}.yaml"
    path.write_text(task.text, encoding="utf-8")
    if task.layout:
        lines = "".join(f"  {state}: {list(box)}\n" for state, box in task.layout.items())
        path.with_name(f"{path.stem}.layout.yaml").write_text(f"states:\n{lines}", encoding="utf-8")
    window = program.open(path)
    window.resize(1400, 900)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.view.setFocus()
    window.view.fit()
    hand = Hand(window)
    hand.point(QPoint(2, 2))
    task.do(hand)
    QApplication.processEvents()
    assert task.is_done(window.session.document), task.name
    if task.do is find:
        assert window.session.selection.ids == (hand.state("s217"),)
    return hand.gestures


def close(program: Program) -> None:
    """Close all windows without a question."""
    for window in list(program.windows):
        window.session.document.undo_stack.mark_clean()
        window.close()


def table(program: Program, folder: Path) -> list[str]:
    """All tasks in Markdown, with what ours took."""
    lines = ["| Task | ours | Stately | Qt Creator | our gestures |", "| --- | --- | --- | --- | --- |"]
    for task in (*TASKS, *ALSO):
        own = gestures(task, program, folder)
        close(program)
        others = f"{len(task.stately)} | {len(task.qt_creator)}"
        lines.append(f"| {task.name} | **{len(own)}** | {others} | {', '.join(own)} |")
    return lines


def main() -> int:
    """Print the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STATECHART_EDITOR_HOME"] = str(Path(folder) / "home")
        settings.store(settings.Settings(theme="light"))
        program = Program(QApplication([]))
        print("\n".join(table(program, Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
