"""Memory of a whole window over 20,000 edits by mouse and keys: it has to be flat once undo keeps all that it may.

    python -m tests.benchmarks.memory [--edits 20000] [--kept 5000] [--seed 1]

A line for every tenth of the edits: resident megabytes, Python objects, and the kinds of which there are more than at
the line before. `--kept` has undo keep fewer steps, so that a shorter run tells as much. Returns 1 when the last half
grows by more than 5 MB.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.document import settings
from editor.document.undo import MOST_CHANGES, MOST_STEPS
from editor.panels.fields import TextRow
from editor.panels.inspector import InspectorPanel
from editor.window.app import Program, make_application
from editor.window.main_window import MainWindow
from tests.journeys.hands import Answers, Hands
from tests.journeys.random_deeds import CanvasUser
from tests.journeys.random_user import START

REPORTS = 10
MOST_GROWTH = 5.0
MOST_STATES = 24
"""States beyond which one is deleted: it is the number of edits that is to tell, not the size of the chart."""
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Megabytes that the process has in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


class Editing:
    """Edits in a window, one deed after another."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window = window
        self.hands = Hands(window)
        self.user = CanvasUser(window, self.hands)
        self.chance = self.user.chance = Random(seed)
        self.edits = 0
        window.session.document.undo_stack.recorded.subscribe(self._on_recorded)

    def _on_recorded(self, *_: object) -> None:
        self.edits += 1

    def act(self) -> None:
        """One deed, which is an edit or a few."""
        deeds = (
            self.drag, self.drag, self.user.nudge, self.rename, self.describe, self.user.connect, self.add,
            self.user.undo, self.user.undo, self.user.redo, self.user.drag_line, self.user.structure,
            self.user.clipboard,
        )  # fmt: skip
        self.window.session.set_tool("select")
        if len(self.window.session.document.chart.states) > MOST_STATES:
            self.delete()
        else:
            self.chance.choice(deeds)()
        self.window.view.labelling.close()
        self.hands.settle()

    def drag(self) -> None:
        """Drag a state a little."""
        found = self.user.state()
        if found is not None:
            self.user.pull(found[1], found[1] + QPoint(self.chance.randint(-40, 40), 24))

    def rename(self) -> None:
        """Give a state another name in place."""
        found = self.user.state()
        if found is not None:
            self.window.view.edit_label(found[0])
            self.user.type_text((f"n{self.edits}",))

    def describe(self) -> None:
        """Write into a field of the inspector."""
        panel = self.window.docks["inspector"].panel
        if isinstance(panel, InspectorPanel) and panel.form is not None:
            row = panel.form.rows.get("description")
            if isinstance(row, TextRow):
                row.text.setFocus()
                row.text.insertPlainText("x" if self.chance.random() < 0.8 else "\n")
        self.user.focus()

    def delete(self) -> None:
        """Delete a state wherever it is: a drawing that grew wide shows none that can be clicked."""
        session = self.window.session
        chart = session.document.chart
        session.selection.replace([self.chance.choice([id for id in chart.states if id != chart.root_id])])
        session.reveal(session.selection.ids[0])
        self.user.focus()
        self.hands.keys("Del")
        self.window.view.set_zoom(1.0)

    def add(self) -> None:
        """Make a state."""
        self.hands.double_click(self.window.view.viewport(), self.user.ground())
        self.user.type_text((f"s{self.edits}",))


def main() -> int:
    """The command: 0 when memory is flat."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory")
    parser.add_argument("--edits", type=int, default=20_000)
    parser.add_argument("--kept", type=int, default=MOST_STEPS, help="steps that undo keeps")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["STATECHART_EDITOR_HOME"] = name
        settings.store(settings.Settings(theme="light", animation="off"))
        path = Path(name) / "machine.yaml"
        path.write_text(START, encoding="utf-8")
        program = Program(make_application())
        window = program.open(path)
        QTest.qWaitForWindowActive(window)
        window.docks["history"].fill()
        window.session.document.undo_stack._most = options.kept, MOST_CHANGES
        answers = Answers(Hands(window))
        grown = measured(Editing(window, options.seed), options.edits)
        answers.stop()
        window.session.document.undo_stack.mark_clean()
        window.close()
        QApplication.processEvents()
        QGuiApplication.clipboard().clear()
    print(f"the last half grew by {grown:.1f} MB, at most {MOST_GROWTH:g} are all right")
    return 1 if grown > MOST_GROWTH else 0


def measured(editing: Editing, edits: int) -> float:
    """Edit so many times, with a line for every tenth; megabytes that the last half grew by."""
    stack = editing.window.session.document.undo_stack
    before: Counter[str] = Counter()
    sizes: list[float] = []
    began = time.process_time()
    for report in range(1, REPORTS + 1):
        while editing.edits < edits * report // REPORTS:
            editing.act()
        gc.collect()
        objects = gc.get_objects()
        kinds = Counter(type(each).__name__ for each in objects)
        more = ", ".join(f"{name} +{count}" for name, count in (kinds - before).most_common(6))
        sizes.append(resident())
        spent = (time.process_time() - began) / editing.edits * 1000
        print(
            f"{editing.edits:6} edits: {sizes[-1]:7.1f} MB, {len(objects):8} objects, {len(stack.steps):5} steps, "
            f"{spent:.1f} ms an edit; {more}",
            flush=True,
        )
        before = kinds
        del objects
    return sizes[-1] - sizes[len(sizes) // 2 - 1]


if __name__ == "__main__":
    sys.exit(main())
