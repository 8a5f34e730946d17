from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from editor import resources
from editor.document import settings
from editor.document.settings import Settings
from editor.session import Session
from editor.window import start
from editor.window.start import CARD, GAP, MARGIN, StartPage, columns_in
from tests.charts import document
from tests.commands.desk import DOOR


class Opened:
    """Remembers what was asked for."""

    def __init__(self) -> None:
        self.files: list[tuple[Path | None, bool]] = []
        self.choices = 0

    def open(self, path: Path | None, as_copy: bool) -> None:
        self.files.append((path, as_copy))

    def choose(self) -> None:
        self.choices += 1


@pytest.fixture
def opened() -> Opened:
    return Opened()


@pytest.fixture
def page(opened: Opened, door: Path, tmp_path: Path, qtbot: QtBot) -> StartPage:
    gone = tmp_path / "gone.yaml"
    session = Session(document("states: {a: {}}"), Settings(recent=(str(door), str(gone))))
    made = StartPage(session, opened.open, opened.choose)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def cards(page: StartPage) -> list[QPushButton]:
    return page.findChildren(QPushButton, "card")


def lefts(page: StartPage) -> set[int]:
    return {card.mapTo(page.widget(), card.rect().topLeft()).x() for card in cards(page)}


@pytest.mark.parametrize(
    ("width", "columns"), [(100, 1), (340, 1), (483, 1), (484, 2), (700, 2), (1280, 5), (1900, 6), (4000, 6)]
)
def test_there_are_as_many_columns_as_there_is_room_for(width: int, columns: int) -> None:
    assert columns_in(width) == columns
    is_capped = columns in (1, start.MOST_COLUMNS)
    assert is_capped or columns * CARD.width() + (columns - 1) * GAP + 2 * MARGIN <= width


@pytest.mark.parametrize("width", [700, 1280, 1900])
def test_cards_flow_with_the_width_and_none_is_cut_off(page: StartPage, width: int, qtbot: QtBot) -> None:
    page.resize(width, 800)
    qtbot.waitUntil(lambda: len(lefts(page)) == columns_in(width - 20))
    assert page.columns == columns_in(page.viewport().width())
    for card in cards(page):
        right = card.mapTo(page.widget(), card.rect().topRight()).x()
        assert right <= page.viewport().width() - MARGIN
    assert page.horizontalScrollBar().maximum() == 0


def test_narrower_and_wider_again_gives_the_same(page: StartPage) -> None:
    page.resize(1280, 800)
    before = [(card.x(), card.y()) for card in cards(page)]
    page.resize(400, 800)
    assert page.columns == 1
    page.resize(1280, 800)
    page.widget().layout().activate()
    assert [(card.x(), card.y()) for card in cards(page)] == before


def test_recent_files_that_are_there_and_all_examples_are_offered(page: StartPage) -> None:
    names = [card.accessibleName() for card in cards(page)]
    assert names[0] == "door"
    assert "gone" not in names
    assert len(names) == 1 + len(resources.examples())


def test_what_is_clicked_is_opened_an_example_as_a_copy(
    page: StartPage, opened: Opened, door: Path, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(cards(page)[0], Qt.Key.Key_Space)
    qtbot.keyClick(cards(page)[1], Qt.Key.Key_Space)
    assert opened.files == [(None, False), (door, False), (resources.examples()[0], True)]
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert opened.choices == 1


def test_every_card_gets_its_picture(page: StartPage, qtbot: QtBot) -> None:
    page.draw_thumbnails()
    pictures = [card.findChild(QLabel, "picture") for card in cards(page)]
    qtbot.waitUntil(lambda: all(isinstance(each, QLabel) and not each.pixmap().isNull() for each in pictures))


def test_another_theme_draws_the_pictures_anew(page: StartPage, qtbot: QtBot) -> None:
    page._session.set_settings(Settings(theme="light"))
    page.draw_thumbnails()
    picture = cards(page)[0].findChild(QLabel, "picture")
    assert isinstance(picture, QLabel)
    qtbot.waitUntil(lambda: not picture.pixmap().isNull())
    light = picture.pixmap().toImage()
    page._session.set_settings(Settings(theme="dark"))
    qtbot.waitUntil(lambda: picture.pixmap().toImage() != light)


def test_a_file_that_says_nothing_tells_where_it_is(page: StartPage, door: Path, qtbot: QtBot) -> None:
    page.draw_thumbnails()
    about = cards(page)[0].findChild(QLabel, "hint")
    assert isinstance(about, QLabel)
    qtbot.waitUntil(lambda: about.text() != "")
    assert about.text().replace("\n", "").startswith(str(door.parent)[:12])


def test_an_example_says_in_a_sentence_what_it_is(page: StartPage, qtbot: QtBot) -> None:
    page.draw_thumbnails()
    card = next(each for each in cards(page) if each.accessibleName() == "Circuit breaker")
    qtbot.waitUntil(lambda: card.accessibleDescription() == "Stops calling a service that keeps failing.")
    about = card.findChild(QLabel, "hint")
    assert isinstance(about, QLabel)
    assert " ".join(about.text().split()) == card.accessibleDescription()
    assert about.sizeHint().width() <= start.PICTURE.width()
    assert card.rect().contains(about.geometry())


def test_a_file_that_is_gone_is_taken_from_the_list_and_told(
    opened: Opened, door: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    gone = tmp_path / "gone.yaml"
    settings.store(Settings(theme="light", recent=(str(gone), str(door))))
    made = StartPage(Session(document("states: {a: {}}"), settings.load()), opened.open, opened.choose)
    qtbot.addWidget(made)
    assert "gone.yaml" in made.forgotten.text()
    assert str(gone) in made.forgotten.toolTip()
    assert settings.load().recent == (str(door),)


def test_a_long_name_is_shortened_and_told_in_full(opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / f"{'long' * 20}.yaml"
    path.write_text(DOOR, encoding="utf-8")
    session = Session(document("states: {a: {}}"), Settings(recent=(str(path),)))
    made = StartPage(session, opened.open, opened.choose)
    qtbot.addWidget(made)
    card = cards(made)[0]
    assert any(label.text().endswith("…") for label in card.findChildren(QLabel))
    assert path.stem in card.toolTip()
