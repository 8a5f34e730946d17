"""A table of CPU times of finding a text on a chart of 10,000 states: keys, going on, frames while all is lit up.

    python -m tests.benchmarks.finding

CPU time of this process; machines differ and drift, so the first line says what a fixed piece of plain Python took
meanwhile. A key is typed into the bar of a real window, and counts with all that it does until the next paint.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.commands import lensing
from editor.document import settings
from editor.document.text_index import Asked
from editor.document.undo import Edit
from editor.model.changes import StateChange
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.benchmarks.chart_file import write_chart
from tests.benchmarks.large_chart import cpu, plain_python, show

REPETITIONS = 5
GOAL = "50 ms"


def keys(window: MainWindow, application: QApplication, text: str) -> list[float]:
    """Seconds of each key of a text, typed into the empty field, its paint included."""
    field = window.strips.find.field
    field.setText("")
    window.strips.find.open()
    application.processEvents()

    def press(key: str) -> None:
        QTest.keyClicks(field, key)
        application.processEvents()

    return [cpu(lambda key=key: press(key)) for key in text]  # type: ignore[misc]


def light(window: MainWindow) -> None:
    """Light up an event anew."""
    window.session.looking.end()
    lensing.light("F", window.session)


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    show("(plain Python, for comparison)", [cpu(plain_python) for _ in range(REPETITIONS)], "none")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STATECHART_EDITOR_HOME"] = folder
        settings.store(settings.Settings(theme="light", animation="off"))
        window = Program(application).open(write_chart(Path(folder)))
        window.resize(1600, 1000)
        for _ in range(5):
            application.processEvents()
        document, session, view = window.session.document, window.session, window.view
        show("first look at all texts", [cpu(lambda: document.text_index.find(Asked("s")))], "none")
        texts = [cpu(lambda: document.text_index.find(Asked("s"))) for _ in range(REPETITIONS)]
        show("a text that most elements hold, texts alone", texts, GOAL)
        for name, zoom in (("fit", None), ("100 %", 1.0)):
            view.fit() if zoom is None else view.set_zoom(zoom)
            for text in ("s12", "x >"):
                measured = [keys(window, application, text) for _ in range(REPETITIONS)]
                for number, key in enumerate(text[:3]):
                    seconds = [each[number] for each in measured]
                    show(f"key “{key}” of “{text}”, {name}", seconds, GOAL)
                print(f"    {len(session.looking.hits)} found")
            going = [cpu(lambda: (session.looking.step(1), application.processEvents())) for _ in range(9)]
            show(f"going on, {name}", going, GOAL)
            pans = [cpu(lambda: (view.pan(7, 3), application.processEvents())) for _ in range(20)]
            show(f"pan while they are lit up, {name}", pans, "8 ms")
        lensing.light("F", session)
        for name, zoom in (("fit", None), ("100 %", 1.0)):
            view.fit() if zoom is None else view.set_zoom(zoom)
            application.processEvents()
            lit = [cpu(lambda: (light(window), application.processEvents())) for _ in range(REPETITIONS)]
            show(f"an event of 5,000 transitions, {name}", lit, "none")
            pans = [cpu(lambda: (view.pan(7, 3), application.processEvents())) for _ in range(20)]
            show(f"pan while it is lit up, {name}", pans, "8 ms")
        window.session.looking.end()
        state = next(each for each in document.chart.states.values() if each.parent)
        renamed = replace(state, key=f"{state.key}x")
        document.apply(Edit("Rename", (StateChange(state.id, state, renamed),)))
        follows = [cpu(lambda: document.text_index.find(Asked("s")))]
        show("texts alone, after one edit", follows, GOAL)
        QTest.keyClick(window.strips.find.field, Qt.Key.Key_Escape)
        document.undo_stack.mark_clean()
        window.close()


if __name__ == "__main__":
    main()
