"""What people write is shown letter by letter, wherever the window shows it: names, values, files, mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QPixmap, QTextDocument
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from editor.canvas.label_editor import LabelEditor
from editor.commands.completing import Offer
from editor.commands.registry import Choosable, Review
from editor.completion.offer_list import OfferModel
from editor.document import edits
from editor.panels.elided import ElidedButton, ElidedLabel
from editor.window.app import Program
from editor.window.asking_places import AskPlaces
from editor.window.main_window import MainWindow
from editor.window.start_card import Card
from tests.commands.desk import id_of

MARK = "<b>bold</b>"
MACHINE = f"""\
initial: "{MARK}"
context: {{"{MARK}": "<i>a</i>", list: ["<img src='x.png'>"]}}
states:
  "{MARK}":
    description: "Says <u>much</u>."
    entry: "log '<i>'"
    on: {{"GO{MARK}": {{target: other, guard: ready}}, SET: {{actions: {{assign: {{list: "'<b>n</b>'"}}}}}}}}
  other: {{on: {{BACK: "nowhere<b>x</b>"}}}}
"""


@pytest.fixture
def window(program: Program, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    path = tmp_path / f"a{'<b>'}.yaml"
    path.write_text(MACHINE, encoding="utf-8")
    made = program.open(path)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def is_markup(text: str) -> bool:
    """Whether Qt would show something else than what stands there."""
    return Text.mightBeRichText(text) and not text.startswith("<qt>")


def tips_of(model: QAbstractItemModel, above: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(above)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
        for column in range(columns):
            index = model.index(row, column, above)
            tip = index.data(Qt.ItemDataRole.ToolTipRole)
            if tip:
                yield str(tip)
            yield from tips_of(model, index) if column == 0 else ()


def tips_in(widget: QWidget) -> list[str]:
    """All tips of a widget, and of all in it, rows of lists too."""
    found: list[str] = []
    for each in (widget, *widget.findChildren(QWidget)):
        found += [each.toolTip()] if each.toolTip() else []
        found += [action.toolTip() for action in each.actions()]
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            found += tips_of(each.model(), QModelIndex())
    return found


def assert_plain(widget: QWidget, shown: str) -> None:
    """Nothing is taken for markup, and what stands in the machine is told in a tip as it stands there."""
    tips = tips_in(widget)
    assert not [each for each in tips if is_markup(each)]
    for label in widget.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not is_markup(label.text()), label.text()
    plain = QTextDocument()
    said = []
    for each in tips:
        plain.setHtml(each) if each.startswith("<qt>") else plain.setPlainText(each)
        said.append(plain.toPlainText())
    assert any(shown in each for each in said), said


@pytest.mark.parametrize(
    ("dock", "shown"),
    [("outline", "Says <u>much</u>."), ("problems", "nowhere<b>x</b>"), ("inspector", "<i>a</i>")],
)
def test_panels_of_the_machine_show_what_it_says(window: MainWindow, dock: str, shown: str) -> None:
    window.session.selection.replace([window.session.document.chart.root_id] if dock == "inspector" else [])
    window.docks[dock].setVisible(True)
    window.docks[dock].fill()
    assert_plain(window.docks[dock], shown)


def test_a_run_shows_what_the_machine_says(window: MainWindow) -> None:
    actions, document = window.actions_, window.session.document
    back = document.chart.outgoing(id_of(window.session, "other"))[0].id
    document.apply(edits.delete(document.chart, document.diagram, [back]))  # a machine with errors is not run
    actions.invoke(actions.commands["simulate.toggle"])
    simulator = window.session.simulator
    assert simulator is not None
    simulator.send("SET")
    assert_plain(window.docks["simulation"], "<b>n</b>")
    assert_plain(window, f"GO{MARK}")
    simulator.send(f"GO{MARK}")
    assert simulator.question is not None
    assert_plain(window.docks["simulation"], "<i>a</i>")


def test_a_comparison_shows_what_the_machines_say(window: MainWindow, qtbot: QtBot) -> None:
    document = window.session.document
    document.apply(edits.rename(document.chart, id_of(window.session, "other"), "<u>new</u>"))
    actions = window.actions_
    actions.invoke(actions.commands["compare.saved"])
    assert_plain(window.docks["comparison"], "<u>new</u>")


def test_a_card_of_the_start_page_shows_the_name_of_its_file(qtbot: QtBot, tmp_path: Path) -> None:
    for path in (tmp_path / f"{MARK.replace('/', '')}.yaml", tmp_path / "gone<b>.yaml"):
        if path.name.startswith("<"):
            path.write_text(MACHINE, encoding="utf-8")
        card = Card(path.stem, path, is_recent=True)
        qtbot.addWidget(card)
        assert_plain(card, str(path))
        card.show_picture(QPixmap(4, 4), "<u>Opens</u> doors")
        assert_plain(card, "<u>Opens</u> doors")


def test_texts_that_are_cut_short_are_told_as_they_are(qtbot: QtBot) -> None:
    for made in (ElidedLabel(MARK, tip=MARK), ElidedButton(MARK)):
        qtbot.addWidget(made)
        made.resize(20, 20)
        made.show()
        made.grab()
        assert_plain(made, MARK)


def test_what_is_wrong_with_a_label_is_told_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.view.edit_label(id_of(window.session, "other"))
    editor = window.view.labelling.editor
    assert isinstance(editor, LabelEditor)
    editor.setText(MARK)
    assert editor.message.isVisible()
    assert MARK in editor.message.text()
    assert editor.message.textFormat() is Qt.TextFormat.PlainText
    editor.finish(keep=False)


def test_what_is_offered_while_one_types_is_told_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    offers = OfferModel(window)
    offers.show([Offer(MARK, "event")])
    [tip] = tips_of(offers, QModelIndex())
    assert not is_markup(tip)
    assert "bold" in tip


def test_the_palette_tells_what_it_finds_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.finder.field, "bold")
    assert_plain(window.finder, MARK)


def test_places_of_a_name_are_told_as_they_are(qtbot: QtBot) -> None:
    place = Choosable("1", "Guards", f"{MARK} → other", "t1")
    made = AskPlaces(
        None, "Rename", MARK, lambda text, out: Review(places=[place]), "Rename", lambda ids: None
    )
    qtbot.addWidget(made)
    assert_plain(made, f"{MARK} → other")
