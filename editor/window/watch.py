"""Has the rules look at the chart a moment after it changed, so that typing and dragging never wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from editor.formats import layout_taking
from editor.model.changes import AnyChange, BendsChange, BoxChange, Changes, SheetChange
from editor.model.checker import Checker
from editor.model.judging import judged
from editor.model.problems import Problem
from editor.model.rules_kept import still_holds
from editor.session import Session

if TYPE_CHECKING:
    from editor.engine.script_check import ScriptChecker

QUIET = 150
"""Milliseconds without a change before the rules look."""
PATIENCE = 1000
"""Milliseconds after which they look at a large chart that nobody has seen yet."""
LARGE = 500
"""States beyond which the rules take longer than a frame, so that a chart is shown before they look at it."""
SCRIPTS_LATER = 600
"""Milliseconds from there to the first look at scripts, which another process takes; it is started before."""
STILL_LOADING = 100
"""Milliseconds to the next look where what compiles them is not loaded yet."""
SCRIPTS_AT_ONCE = 20
"""Texts of scripts that are looked at between two frames."""


def _says_otherwise(change: AnyChange) -> bool:
    """Whether a change of the drawing bears on problems: what counts how much, and keys that are not known."""
    if isinstance(change, BoxChange | BendsChange):
        old, new = change.old, change.new
        return (old.extra if old is not None else ()) != (new.extra if new is not None else ())
    return isinstance(change, SheetChange)


class ProblemWatch(QObject):
    """Keeps the problems of a session as the rules, the reader of its file and the language of its scripts say, and
    as they are to count.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = QTimer(self, singleShot=True, interval=QUIET)
        self._timer.timeout.connect(self.check)
        self._scripts: ScriptChecker | None = None
        self._others: tuple[Problem, ...] = ()
        self._drawing: tuple[Problem, ...] = ()
        self._script_timer = QTimer(self, singleShot=True)
        self._script_timer.timeout.connect(self.look_at_scripts)
        session.changed.subscribe(self._on_changed)
        session.document_replaced.subscribe(self._on_replaced)
        session.problems_asked.subscribe(self._settle)
        session.settings_changed.subscribe(self._judge_anew)
        self._follow()
        self._timer.start(PATIENCE if self._is_large else QUIET)

    @property
    def _is_large(self) -> bool:
        return len(self._session.document.chart.states) > LARGE

    def _follow(self) -> None:
        self._checker = Checker(self._session.document.chart)
        self._session.document.state_changed.subscribe(self._on_state_changed)

    def _on_replaced(self) -> None:
        self._drawing = ()
        self._follow()
        if self._is_large:
            self._session.set_problems(())
            self._timer.start(PATIENCE)
        else:
            self.check()

    def on_seen(self) -> None:
        """The document was painted for the first time, so that the rules may take their time."""
        if self._timer.isActive():
            self._timer.start(QUIET)

    def _settle(self) -> None:
        """Look now if that is still to be done."""
        if self._timer.isActive():
            self.check()

    def _on_state_changed(self) -> None:
        if not self._session.document.is_modified:
            self._timer.start(QUIET)  # what was saved is read back, and says what it finds

    def _on_changed(self, changes: Changes) -> None:
        if any(change.is_semantic for change in changes):
            self._checker.note(changes)
            self._timer.start(QUIET)
        elif any(_says_otherwise(change) for change in changes):
            self._judge_anew()

    def _judge_anew(self) -> None:
        """What is found counts for more or less now; a look that is still to come sees to it."""
        if not self._timer.isActive():
            self.check()

    def check(self) -> None:
        """Look now."""
        self._timer.stop()
        document = self._session.document
        chart = document.chart
        loaded = document.loaded_lately
        read = loaded.problems if loaded is not None else ()
        kept = [problem for problem in read if still_holds(chart, problem)]
        found = (*self._checker.problems(), *layout_taking.problems(chart, document.diagram))
        self._others = tuple(dict.fromkeys((*kept, *found))) if kept else found
        if chart.info.language == "javascript" and self._scripts is None:
            from editor.engine.script_check import ScriptChecker  # noqa: PLC0415 - few charts have scripts

            self._scripts = ScriptChecker()
        self._tell()
        if document.is_being_read:
            self._timer.start(QUIET)
        if self._scripts is not None and self._scripts.is_waiting and not self._script_timer.isActive():
            self._scripts.prepare()
            self._script_timer.start(SCRIPTS_LATER)

    def _tell(self) -> None:
        document = self._session.document
        scripts = () if self._scripts is None else self._scripts.problems(document.chart)
        found = tuple(dict.fromkeys((*self._others, *scripts))) if scripts else self._others
        found += self._drawing
        chosen = dict(self._session.settings.severities)
        heard, silenced = judged(document.chart, found, document.diagram.sheet, chosen)
        if (heard, silenced) != (self._session.problems, self._session.silenced):
            self._session.set_problems(heard, silenced)

    def set_drawing(self, problems: tuple[Problem, ...]) -> None:
        """Tell this of the drawing from now on, besides what is wrong with the machine."""
        if problems != self._drawing:
            self._drawing = problems
            self._judge_anew()

    def look_at_scripts(self) -> None:
        """Look at some of the scripts, and at the others when there is time again."""
        if (
            self._timer.isActive() or self._scripts is None
        ):  # which they are is seen when the chart has changed
            return
        if not self._scripts.is_ready:
            self._script_timer.start(STILL_LOADING)
            return
        self._scripts.look(SCRIPTS_AT_ONCE)
        if self._scripts.is_waiting:
            self._script_timer.start(0)
        else:
            self._tell()
