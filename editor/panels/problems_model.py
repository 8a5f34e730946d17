"""Problems as Qt's views want them: a row for each rule, and below it one for each element that breaks it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from editor.completion.tips import plain
from editor.model import labels, queries
from editor.model.chart import Chart
from editor.model.problems import Problem, Severity
from editor.model.rule_book import RULES
from editor.panels.icons import icon

Index = QModelIndex | QPersistentModelIndex
ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)
_GROUP = 0


def place_name(chart: Chart, id: str) -> str:
    """What an element is called, for people."""
    if id in chart.transitions:
        transition = chart.transitions[id]
        label = labels.label_text(chart, transition) or transition.trigger.kind.value
        return f"{queries.dotted_path(chart, transition.source) or 'machine'} · {label}"
    return (queries.dotted_path(chart, id) if id in chart.states else "") or "machine"


def sentence(problem: Problem) -> str:
    """What is wrong and what to do, in one line."""
    return f"{problem.message} {problem.hint}".strip()


def group_of(rule: str) -> str:
    """What a rule and others of its kind are called together; empty for those of the machine itself."""
    known = RULES.get(rule)
    return known.group if known is not None else ""


class ProblemsModel(QAbstractItemModel):
    """Problems by rule, the worst first, those of the drawing behind those of the machine.

    What is `silenced` is shown in a quiet colour, behind the others.
    """

    def __init__(self, chart: Chart, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self.groups: list[tuple[str, list[Problem]]] = []
        self._silenced: frozenset[int] = frozenset()

    def show(
        self,
        chart: Chart,
        problems: Sequence[Problem],
        silenced: Sequence[Problem],
        wanted: Collection[Severity],
        text: str,
    ) -> None:
        """Show those of a wanted severity in which a text stands, in the message, the rule or the place."""
        self.beginResetModel()
        self._chart = chart
        groups: dict[tuple[int, int, int, str], list[Problem]] = {}
        words = text.casefold().split()
        for is_late, each in ((late, each) for late, row in enumerate((problems, silenced)) for each in row):
            if each.severity in wanted and (not words or self._has(each, words)):
                key = (is_late, int(bool(group_of(each.rule))), ORDER.index(each.severity), each.rule)
                groups.setdefault(key, []).append(each)
        ordered = sorted(groups.items(), key=lambda pair: pair[0][:3])
        self.groups = [(key[3], row) for key, row in ordered]
        self._silenced = frozenset(place for place, (key, _) in enumerate(ordered) if key[0])
        self.endResetModel()

    def _has(self, problem: Problem, words: list[str]) -> bool:
        words_of = (
            sentence(problem),
            problem.rule,
            group_of(problem.rule),
            place_name(self._chart, problem.element),
        )
        own = " ".join(words_of).casefold()
        return all(word in own for word in words)

    def problem_at(self, index: Index) -> Problem | None:
        """The problem of a row; of a group the first; None for no row."""
        if not index.isValid():
            return None
        group = index.internalId()
        row = index.row()
        return self.groups[row][1][0] if group == _GROUP else self.groups[group - 1][1][row]

    def problems_at(self, index: Index) -> list[Problem]:
        """The problems of a row: all of them for a group."""
        if not index.isValid():
            return []
        if index.internalId() == _GROUP:
            return self.groups[index.row()][1]
        found = self.problem_at(index)
        return [found] if found is not None else []

    def is_group(self, index: Index) -> bool:
        """Whether a row stands for a rule."""
        return index.isValid() and index.internalId() == _GROUP

    def is_silenced(self, index: Index) -> bool:
        """Whether a row is about what somebody does not want to hear."""
        if not index.isValid():
            return False
        group = index.row() if index.internalId() == _GROUP else index.internalId() - 1
        return group in self._silenced

    def index_of(self, problem: Problem) -> QModelIndex:
        """The row of a problem, or of one of the same rule and element; an invalid index where it is not shown."""
        for place, (rule, row) in enumerate(self.groups):
            for number, each in enumerate(row) if rule == problem.rule else ():
                if (each.element, each.field) == (problem.element, problem.field):
                    return self.index(number, 0, self.index(place, 0))
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a row."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _GROUP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The row of the rule."""
        if not index.isValid() or index.internalId() == _GROUP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _GROUP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rules, or problems of a rule."""
        if not parent.isValid():
            return len(self.groups)
        is_group = parent.internalId() == _GROUP and parent.column() == 0
        return len(self.groups[parent.row()][1]) if is_group else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The message, and the place."""
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return ("Problem", "Where")[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, icon, tooltip and font of a cell."""
        problem = self.problem_at(index)
        if problem is None:
            return None
        is_group = self.is_group(index)
        if role == Qt.ItemDataRole.DisplayRole:
            if is_group:
                return self._title(index.row()) if index.column() == 0 else problem.rule
            return sentence(problem) if index.column() == 0 else place_name(self._chart, problem.element)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0 and is_group:
            is_error = problem.severity is Severity.ERROR
            return icon(
                problem.severity.value,
                QPalette.ColorRole.BrightText if is_error else QPalette.ColorRole.WindowText,
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            rule = RULES.get(problem.rule)
            why = f"\n{rule.why}" if rule is not None else ""
            return plain(f"{problem.severity.value.capitalize()}: {sentence(problem)}{why}")
        if role == Qt.ItemDataRole.FontRole and is_group and index.column() == 0:
            font = QFont(QApplication.font())
            font.setWeight(QFont.Weight.DemiBold)
            return font
        is_quiet = self.is_silenced(index) or (is_group and index.column() == 1)
        if role == Qt.ItemDataRole.ForegroundRole and is_quiet:
            return QApplication.palette().brush(QPalette.ColorRole.PlaceholderText)
        return None

    def _title(self, row: int) -> str:
        rule, problems = self.groups[row]
        known = RULES.get(rule)
        ignored = ", ignored" if row in self._silenced else ""
        group = f"{group_of(rule)}: " if group_of(rule) else ""
        return f"{group}{known.title if known is not None else rule} ({len(problems)}{ignored})"
