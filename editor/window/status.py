"""The status bar: what just happened, what the tool in hand can do, how many problems there are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStatusBar, QToolButton

from editor.model.problems import Severity
from editor.panels.elided import ElidedLabel
from editor.panels.icons import icon
from editor.session import Session
from editor.tools import toolbox

_GAP = 12


class StatusLine(QStatusBar):
    """One line in step with the session; a click on the problems asks for their list.

    What happened comes before the hint, which stands only where there is room for both; neither makes the
    window wider.
    """

    problems_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setSizeGripEnabled(False)
        self.told = ElidedLabel()
        self.hint = ElidedLabel()
        self._wants_hint = True
        self.flaws = QToolButton()
        self.flaws.setObjectName("flaws")
        self.flaws.setIcon(icon("warning"))
        self.flaws.setToolButtonStyle(self.flaws.toolButtonStyle().ToolButtonTextBesideIcon)
        self.flaws.setToolTip("Show the list of problems")
        self.flaws.clicked.connect(self.problems_wanted.emit)
        self.addWidget(self.told, 1)
        self.addPermanentWidget(self.hint)
        self.addPermanentWidget(self.flaws)
        session.status_changed.subscribe(self._tell)
        session.tool_changed.subscribe(self._show_tool)
        session.problems_changed.subscribe(self._show_problems)
        session.document_replaced.subscribe(self._show_problems)
        self._show_tool()
        self._show_problems()

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self._share()

    def _show_tool(self) -> None:
        self.hint.setText(toolbox.entry(self._session.tool_id).tool.hint)
        self._share()

    def want_hint(self, *, is_wanted: bool) -> None:
        """Whether there is something that the hint could speak of."""
        self._wants_hint = is_wanted
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for the hint, or none."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        flaws = 0 if self.flaws.isHidden() else self.flaws.sizeHint().width() + _GAP
        wanted = self.told.sizeHint().width() + _GAP + self.hint.sizeHint().width() + flaws + _GAP
        self.hint.setVisible(self._wants_hint and wanted <= self.width())

    def _show_problems(self) -> None:
        found = [each for each in self._session.problems if each.severity is not Severity.INFORMATION]
        is_new = len(self._session.document.chart.states) == 1
        self.flaws.setText(f"{len(found)} problem{'' if len(found) == 1 else 's'}")
        self.flaws.setVisible(bool(found) and not is_new)
        self._share()
