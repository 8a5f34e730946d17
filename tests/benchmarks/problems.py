"""A table of CPU times of edits on a chart of 10,000 states, with 1,000 problems and with none.

    python -m tests.benchmarks.problems

The edits come in turns on the one and the other chart, so that a machine that drifts does so for both. `edit` is what a
person waits for; `look` what the rules do a moment later; `panel` a list of problems that is open meanwhile.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from editor.document import edits, files
from editor.document.document import Document
from editor.model import rules
from editor.model.problems import Severity
from editor.panels.problems import ProblemsPanel
from editor.session import Session
from editor.window.watch import ProblemWatch
from tests.benchmarks.chart_file import write_chart
from tests.benchmarks.large_chart import cpu

TURNS = 15
FLAWS = 1_000


class Desk:
    """A session with the rules and a list of problems, and the figures of its edits."""

    def __init__(self, folder: Path, flaws: int) -> None:
        folder.mkdir()
        path = write_chart(folder)
        text = path.read_text(encoding="utf-8")
        text = text.replace("guard: x >", "guard: event.data >").replace(
            "initial: p0\n", "initial: p0\n'on': {ALL: [#]}\n", 1
        )
        ways = ", ".join(f"{{target: p{number}, guard: g{number}}}" for number in range(500))
        text = text.replace("[#]", f"[{ways}]", 1)
        for number in range(flaws):
            text = text.replace(f": s{(number % 19 + 1) % 19}\n", ": nowhere\n", 1)
        path.write_text(text, encoding="utf-8")
        self.session = Session(files.open_document(path))
        self.watch = ProblemWatch(self.session)
        self.panel = ProblemsPanel(self.session)
        self.panel.resize(900, 200)
        self.panel.show()
        self.figures: dict[str, list[float]] = {}
        self.note("first look", self.watch.check)

    @property
    def document(self) -> Document:
        """What is edited."""
        return self.session.document

    def note(self, name: str, deed: Callable[[], object]) -> None:
        """Do it, and keep how long it took."""
        self.figures.setdefault(name, []).append(cpu(deed))

    def turn(self, number: int) -> None:
        """A name, a way and a text, each with what the rules find afterwards."""
        chart = self.document.chart
        ids = [state.id for state in chart.states.values() if state.key.startswith("s5")]
        one, other = ids[number * 7 % len(ids)], ids[number * 13 % len(ids)]
        self.do("rename", lambda: self.document.apply(edits.rename(chart, one, f"s5n{number}")))
        self.do(
            "connect",
            lambda: self.document.apply(edits.connect(chart, self.document.diagram, one, [other])[0]),
        )
        label = next(each.id for each in chart.outgoing(other) if not each.is_pseudo)
        self.do("label", lambda: self.document.apply(edits.set_label(chart, label, f"E{number} / note")))
        self.do("undo", self.document.undo)

    def do(self, name: str, deed: Callable[[], object]) -> None:
        """One edit and one look."""
        self.note(f"{name}: edit", deed)
        self.note(f"{name}: look and panel", self.watch.check)
        self.note(f"{name}: panel painted", self.panel.repaint)


def main() -> None:
    """Print the table."""
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        clean, flawed = (Desk(Path(folder) / str(flaws), flaws) for flaws in (0, FLAWS))
        for desk in (clean, flawed):
            counts = [each.severity for each in desk.session.problems]
            print(f"{len(desk.document.chart.states)} states, {len(counts)} problems,", end=" ")
            print(f"{sum(each is not Severity.INFORMATION for each in counts)} of them errors and warnings")
        for number in range(TURNS):
            for desk in (clean, flawed):
                desk.turn(number)
            application.processEvents()
        print(f"{'':28}{'clean':>10}{'flawed':>10}   ms of CPU, medians")
        for name in clean.figures:
            pair = [statistics.median(desk.figures[name]) * 1000 for desk in (clean, flawed)]
            print(f"{name:28}{pair[0]:10.2f}{pair[1]:10.2f}")
        for desk in (clean, flawed):
            assert desk.session.problems == rules.check(desk.document.chart)


if __name__ == "__main__":
    main()
