"""The list of problems, live: by rule, filtered by what one wants to see; choosing one reveals what it is about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from editor.completion.tips import plain
from editor.model.judging import home
from editor.model.problems import Problem, Severity
from editor.model.rule_book import RULES
from editor.panels import problems_menu
from editor.panels.icons import icon
from editor.panels.keys import PanelKeys
from editor.panels.problems_model import ORDER, ProblemsModel
from editor.session import Session

Index = QModelIndex | QPersistentModelIndex
PLACE_WIDTH = 260
LEAST_HEIGHT = 130
MOST_OPEN = 40
"""Problems of a rule that are shown without being asked for."""
_WORDS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFORMATION: "Information"}


class ProblemsPanel(QWidget):
    """What is wrong with the chart. What is opened or closed by hand stays so, and the row chosen, "
    "while it is edited."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = ProblemsModel(session.document.chart, self)
        self._by_hand: dict[str, bool] = {}
        self._is_filling = False
        self.search = QLineEdit(placeholderText="Find a problem", clearButtonEnabled=True)
        self.search.setAccessibleName("Find a problem")
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.buttons = {severity: self._button(severity) for severity in ORDER}
        self.ignored = QToolButton()
        self.ignored.setCheckable(True)
        self.ignored.setToolTip("Show what is ignored")
        self.list = QTreeView(uniformRowHeights=True)
        self.empty = QLabel("No problems found.", textFormat=Qt.TextFormat.PlainText)
        self.why = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._set_up_list()
        self._lay_out()
        self.search.textChanged.connect(self._show)
        self.ignored.toggled.connect(self._show)
        session.problems_changed.subscribe(self._show)
        session.document_replaced.subscribe(self._show)
        self._show()

    def _button(self, severity: Severity) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setChecked(True)
        role = QPalette.ColorRole.BrightText if severity is Severity.ERROR else QPalette.ColorRole.WindowText
        button.setIcon(icon(severity.value, role))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(plain(f"Show {_WORDS[severity].lower()}"))
        button.setAccessibleName(_WORDS[severity])
        button.toggled.connect(self._show)
        return button

    def _set_up_list(self) -> None:
        self.list.setModel(self.rows)
        self.list.setAccessibleName("Problems")
        self.list.setMinimumHeight(LEAST_HEIGHT)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.resizeSection(1, PLACE_WIDTH)
        self.list.clicked.connect(self._jump)
        self.list.activated.connect(self._jump)
        self.list.expanded.connect(partial(self._on_opened, is_open=True))
        self.list.collapsed.connect(partial(self._on_opened, is_open=False))
        self.list.selectionModel().currentChanged.connect(self._explain)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        PanelKeys(self.list, self._session, {"edit.repair": self._show_menu_here})

    def _lay_out(self) -> None:
        for label in (self.empty, self.why):
            label.setObjectName("hint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.why.setContentsMargins(8, 2, 8, 4)
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 4, 6, 4)
        bar.setSpacing(4)
        bar.addWidget(self.search, 1)
        for button in (*self.buttons.values(), self.ignored):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.why)

    def _show(self, *_: object) -> None:
        session = self._session
        counts = dict.fromkeys(ORDER, 0)
        for each in session.problems:
            counts[each.severity] += 1
        for severity, button in self.buttons.items():
            button.setText(str(counts[severity]))
        self.ignored.setText(f"{len(session.silenced)} ignored")
        self.ignored.setVisible(bool(session.silenced))
        shown = session.silenced if self.ignored.isChecked() else ()
        wanted = [severity for severity, button in self.buttons.items() if button.isChecked()]
        current = self.rows.problem_at(self.list.currentIndex())
        scroll = self.list.verticalScrollBar().value()
        self._is_filling = True
        self.rows.show(session.document.chart, session.problems, shown, wanted, self.search.text())
        self._open_groups()
        self._is_filling = False
        if current is not None and (index := self.rows.index_of(current)).isValid():
            self.list.setCurrentIndex(index)
        self.list.verticalScrollBar().setValue(scroll)
        has_rows = bool(self.rows.groups)
        self.list.setVisible(has_rows)
        self.empty.setVisible(not has_rows)
        self.empty.setText("No problems found." if not session.problems else "No problem is like that.")
        self._explain()

    def _open_groups(self) -> None:
        """Open what was not closed by hand: errors and warnings, unless there are very many."""
        is_found = bool(self.search.text())
        for place, (rule, problems) in enumerate(self.rows.groups):
            usual = is_found or (
                problems[0].severity is not Severity.INFORMATION and len(problems) <= MOST_OPEN
            )
            if self._by_hand.get(rule, usual):
                self.list.expand(self.rows.index(place, 0))

    def _on_opened(self, index: QModelIndex, *, is_open: bool) -> None:
        if not self._is_filling and self.rows.is_group(index):
            self._by_hand[self.rows.groups[index.row()][0]] = is_open

    def _explain(self, *_: object) -> None:
        problem = self.rows.problem_at(self.list.currentIndex())
        rule = RULES.get(problem.rule) if problem is not None else None
        self.why.setText(f"{rule.title}. {rule.why}" if rule is not None else "")
        self.why.setVisible(rule is not None)

    def element_at(self, place: QPoint) -> str:
        """The element that the problem at a place of the list is about; nothing for none."""
        index = self.list.indexAt(place)
        problem = self.rows.problem_at(index)
        return problem.element if problem is not None and not self.rows.is_group(index) else ""

    def _jump(self, index: Index) -> None:
        problem = self.rows.problem_at(index)
        if problem is None or self.rows.is_group(index):
            return
        chart = self._session.document.chart
        id = home(chart, problem)
        if id in chart.transitions or (id in chart.states and id != chart.root_id):
            self._session.selection.replace([id])
            self._session.reveal(id)
        else:
            self._session.selection.replace([])

    def menu_at(self, index: Index) -> QMenu | None:
        """The menu of a row; None for no row."""
        problems: list[Problem] = self.rows.problems_at(index)
        if not problems:
            return None
        is_silenced = self.rows.is_silenced(index)
        return problems_menu.menu_of(self, self._session, problems, is_silenced=is_silenced)

    def _show_menu(self, place: QPoint) -> None:
        """Show the menu of a row, whose element is selected first."""
        index = self.list.indexAt(place)
        self._jump(index)
        menu = self.menu_at(index)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.list.viewport().mapToGlobal(place))

    def _show_menu_here(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self._show_menu(self.list.visualRect(index).center())
