"""The status bar: what just happened, what the tool in hand can do, how many problems there are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton

from editor.model.problems import Severity
from editor.panels.icons import icon
from editor.session import Session
from editor.tools import toolbox


class StatusLine(QStatusBar):
    """One line in step with the session; a click on the problems asks for their list."""

    problems_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setSizeGripEnabled(False)
        self.told = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.hint = QLabel()
        self.flaws = QToolButton()
        self.flaws.setObjectName("flaws")
        self.flaws.setIcon(icon("warning"))
        self.flaws.setToolButtonStyle(self.flaws.toolButtonStyle().ToolButtonTextBesideIcon)
        self.flaws.setToolTip("Show the list of problems")
        self.flaws.clicked.connect(self.problems_wanted.emit)
        self.addWidget(self.told, 1)
        self.addPermanentWidget(self.hint)
        self.addPermanentWidget(self.flaws)
        session.status_changed.subscribe(self.told.setText)
        session.tool_changed.subscribe(self._show_tool)
        session.problems_changed.subscribe(self._show_problems)
        session.document_replaced.subscribe(self._show_problems)
        self._show_tool()
        self._show_problems()

    def _show_tool(self) -> None:
        self.hint.setText(toolbox.entry(self._session.tool_id).tool.hint)

    def _show_problems(self) -> None:
        found = [each for each in self._session.problems if each.severity is not Severity.INFORMATION]
        is_new = len(self._session.document.chart.states) == 1
        self.flaws.setText(f"{len(found)} problem{'' if len(found) == 1 else 's'}")
        self.flaws.setVisible(bool(found) and not is_new)
