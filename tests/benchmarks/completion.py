"""A table of CPU times of keys typed into fields on a chart of 10,000 states, what is offered included.

    python -m tests.benchmarks.completion

CPU time of this process, the worst key of each text; machines differ and drift, so the first line says what a fixed
piece of plain Python took meanwhile.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.canvas.view import ChartView
from editor.document import files
from editor.session import Session
from tests.benchmarks.chart_file import write_chart
from tests.benchmarks.large_chart import cpu, plain_python, show

REPETITIONS = 5


def keys(view: ChartView, application: QApplication, open_field: Callable[[], object], text: str) -> float:
    """The worst key of a text, typed into a field that has been opened."""
    open_field()
    for _ in range(3):
        application.processEvents()
    field = view.labelling.editor
    assert field is not None
    field.selectAll()
    worst = max(cpu(lambda each=each: QTest.keyClicks(field, each)) for each in text)  # type: ignore[misc]
    field.finish(keep=False)
    application.processEvents()
    return worst


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    show("(plain Python, for comparison)", [cpu(plain_python) for _ in range(REPETITIONS)], "none")
    with tempfile.TemporaryDirectory() as folder:
        document = files.open_document(write_chart(Path(folder)))
        window = QWidget()
        view = ChartView(Session(document), parent=window)
        for each in (window, view):
            each.resize(1200, 800)
        window.show()
        window.activateWindow()
        application.processEvents()
        view.set_zoom(1.0)
        chart = document.chart
        transition = next(each.id for each in chart.transitions.values() if not each.is_pseudo)
        state = next(
            each.id for each in chart.states.values() if each.parent and not chart.has_children(each.id)
        )
        show("names of a chart, looked at first", [cpu(lambda: document.vocabulary.version)], "none")
        for name, open_field, text in (
            ("keys of a label, with all states", lambda: view.edit_label(transition), "PAY [in(s12"),
            ("keys of an entry action", lambda: view.edit_label(state, "entry.0"), "show; e"),
        ):
            keys(view, application, open_field, text)
            show(
                name,
                [keys(view, application, open_field, text) for _ in range(REPETITIONS)],
                "5 ms the worst",
            )


if __name__ == "__main__":
    main()
