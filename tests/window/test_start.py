from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from editor import resources
from editor.document import settings
from editor.document.settings import Settings
from editor.requests import Request, TakeTour
from editor.session import Session
from editor.window.start import MARGIN, StartPage, columns_in
from editor.window.start_card import CARD, GAP, MOST_COLUMNS, Card
from editor.window.thumbnails import PICTURE
from tests.charts import document
from tests.commands.desk import DOOR


class Opened:
    """Remembers what was asked for."""

    def __init__(self) -> None:
        self.files: list[tuple[Path | None, bool]] = []
        self.choices = 0
        self.located: list[str] = []

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
    settings.store(Settings(theme="light", recent=(str(door), str(gone))))
    session = Session(document("states: {a: {}}"), settings.load())
    made = StartPage(session, opened.open, opened.choose, opened.located.append)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def cards(page: StartPage) -> list[Card]:
    return page.cards


def named(page: StartPage, name: str) -> Card:
    return next(each for each in page.cards if each.name == name)


def lefts(page: StartPage) -> set[int]:
    return {card.mapTo(page.widget(), card.rect().topLeft()).x() for card in cards(page)}


@pytest.mark.parametrize(
    ("width", "columns"), [(100, 1), (340, 1), (483, 1), (484, 2), (700, 2), (1280, 5), (1900, 6), (4000, 6)]
)
def test_there_are_as_many_columns_as_there_is_room_for(width: int, columns: int) -> None:
    assert columns_in(width) == columns
    is_capped = columns in (1, MOST_COLUMNS)
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


def test_narrower_and_wider_again_gives_the_same(page: StartPage, qtbot: QtBot) -> None:
    def places() -> list[QPoint]:
        return [card.mapTo(page, QPoint()) for card in cards(page)]

    page.resize(1280, 800)
    qtbot.waitUntil(lambda: len(lefts(page)) == 5)
    before = places()
    page.resize(400, 800)
    qtbot.waitUntil(lambda: len(lefts(page)) == 1)
    assert page.columns == 1
    page.resize(1280, 800)
    qtbot.waitUntil(lambda: places() == before)


def test_recent_files_and_all_examples_are_offered(page: StartPage) -> None:
    assert [each.name for each in page.recent.cards] == ["door", "gone"]
    assert len(cards(page)) == 2 + len(resources.examples())


def test_what_is_clicked_is_opened_an_example_as_a_copy(
    page: StartPage, opened: Opened, door: Path, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(cards(page)[0], Qt.Key.Key_Space)
    qtbot.keyClick(page.examples.cards[0], Qt.Key.Key_Return)
    assert opened.files == [(None, False), (door, False), (resources.examples()[0], True)]
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert opened.choices == 1


def test_every_card_gets_its_picture(page: StartPage, qtbot: QtBot) -> None:
    page.draw_thumbnails()
    qtbot.waitUntil(lambda: all(not each.picture.pixmap().isNull() for each in cards(page)))
    assert [each.name for each in cards(page) if not each.is_drawn] == ["gone"]


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
    assert about.sizeHint().width() <= PICTURE.width()
    assert card.rect().contains(about.geometry())


def test_a_long_name_is_shortened_and_told_in_full(opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / f"{'long' * 20}.yaml"
    path.write_text(DOOR, encoding="utf-8")
    session = Session(document("states: {a: {}}"), Settings(recent=(str(path),)))
    made = StartPage(session, opened.open, opened.choose, opened.located.append)
    qtbot.addWidget(made)
    card = cards(made)[0]
    assert any(label.text().endswith("…") for label in card.findChildren(QLabel))
    assert path.stem in card.toolTip()


# recent files


def test_a_missing_file_is_shown_as_such_and_located(
    page: StartPage, opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    gone = named(page, "gone")
    assert gone.is_missing
    assert "Not found" in gone.about.text()
    assert "Not found" in gone.accessibleDescription()
    assert str(tmp_path / "gone.yaml") in gone.toolTip()
    assert [each.text() for each in gone.make_menu().actions() if each.text()] == [
        "Locate…", "Pin", "Remove from the list",
    ]  # fmt: skip
    qtbot.mouseClick(gone, Qt.MouseButton.LeftButton)
    assert (opened.located, opened.files) == ([str(tmp_path / "gone.yaml")], [])


def test_what_was_missing_and_is_back_is_opened(
    page: StartPage, opened: Opened, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "gone.yaml").write_text(DOOR, encoding="utf-8")
    qtbot.mouseClick(named(page, "gone"), Qt.MouseButton.LeftButton)
    assert (opened.located, opened.files) == ([], [(tmp_path / "gone.yaml", False)])


@pytest.fixture
def many(opened: Opened, tmp_path: Path, qtbot: QtBot) -> StartPage:
    paths = [tmp_path / f"{name}.yaml" for name in "abcdefghijk"]
    for path in paths:
        path.write_text(DOOR, encoding="utf-8")
    settings.store(Settings(theme="light", tour="end", recent=tuple(map(str, paths))))
    session = Session(document("states: {a: {}}"), settings.load())
    made = StartPage(session, opened.open, opened.choose, opened.located.append)
    qtbot.addWidget(made)
    made.resize(760, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def names(page: StartPage) -> str:
    return "".join(each.name for each in page.recent.cards)


def test_what_is_pinned_comes_first_and_is_kept(many: StartPage, qtbot: QtBot) -> None:
    assert names(many) == "abcdefgh"
    card = named(many, "c")
    card.setFocus()
    assert card.pin is not None
    assert card.pin.isVisible()
    qtbot.mouseClick(card.pin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names(many) == "cabdefghi")
    pinned = named(many, "c")
    assert pinned.accessibleName() == "c, pinned"
    assert pinned.hasFocus()
    assert [Path(each).stem for each in settings.load().pinned] == ["c"]
    qtbot.keyClick(named(many, "f"), Qt.Key.Key_P)
    qtbot.waitUntil(lambda: names(many) == "cfabdeghij")
    qtbot.keyClick(named(many, "c"), Qt.Key.Key_P)
    qtbot.waitUntil(lambda: names(many) == "fabcdeghi")
    assert "".join(Path(each).stem for each in settings.load().recent) == "abcdefghijk"


def test_the_pin_of_what_is_not_pinned_is_seen_where_one_is(many: StartPage) -> None:
    first, second = many.recent.cards[:2]
    assert first.pin is not None
    assert second.pin is not None
    first.setFocus()
    assert (first.pin.isVisible(), second.pin.isVisible()) == (True, False)
    second.setFocus()
    assert (first.pin.isVisible(), second.pin.isVisible()) == (False, True)
    assert all(each.pin is None for each in many.examples.cards)


def test_a_file_is_taken_from_the_list_and_stays_on_disk(
    many: StartPage, tmp_path: Path, qtbot: QtBot
) -> None:
    card = named(many, "b")
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(many) == "acdefghi")
    assert named(many, "c").hasFocus()
    assert (tmp_path / "b.yaml").is_file()
    named(many, "a").make_menu().actions()[-1].trigger()
    qtbot.waitUntil(lambda: names(many) == "cdefghij")
    qtbot.keyClick(many.examples.cards[0], Qt.Key.Key_Delete)
    assert len(many.examples.cards) == len(resources.examples())


def test_the_last_one_taken_away_takes_the_shelf_along(page: StartPage, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for left in (["door"], []):
        card = page.recent.cards[-1]
        card.setFocus()
        qtbot.keyClick(card, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda left=left: [each.name for each in page.recent.cards] == left)  # type: ignore[misc]
    assert not page.recent.isVisible()
    assert page.new_button.hasFocus()


def test_arrow_keys_walk_through_all_cards(many: StartPage, qtbot: QtBot) -> None:
    assert many.columns == 3
    all_of_them = cards(many)

    def walk(key: Qt.Key, expected: Card) -> None:
        focused = next(each for each in all_of_them if each.hasFocus())
        qtbot.keyClick(focused, key)
        assert expected.hasFocus(), expected.name

    all_of_them[0].setFocus()
    walk(Qt.Key.Key_Left, all_of_them[0])
    walk(Qt.Key.Key_Right, all_of_them[1])
    walk(Qt.Key.Key_Down, all_of_them[4])
    walk(Qt.Key.Key_Down, all_of_them[7])
    walk(Qt.Key.Key_Down, many.examples.cards[1])  # across the title between the shelves
    walk(Qt.Key.Key_Up, all_of_them[7])
    walk(Qt.Key.Key_End, all_of_them[-1])
    last = all_of_them[-1]
    assert many.viewport().rect().contains(last.mapTo(many, last.rect().center()))
    walk(Qt.Key.Key_Home, all_of_them[0])


def test_a_page_that_is_not_seen_looks_for_no_files_until_it_is(
    many: StartPage, tmp_path: Path, qtbot: QtBot
) -> None:
    many.hide()
    before = many.recent.cards
    many._session.set_settings(many._session.settings.with_recent(tmp_path / "k.yaml"))
    assert many.recent.cards is before
    many.show()
    assert names(many) == "kabcdefg"


def test_pictures_stay_while_the_list_changes(many: StartPage, qtbot: QtBot) -> None:
    many.draw_thumbnails()
    qtbot.waitUntil(lambda: all(each.is_drawn for each in cards(many)))
    qtbot.keyClick(named(many, "h"), Qt.Key.Key_P)
    qtbot.waitUntil(lambda: names(many).startswith("h"))
    assert all(each.is_drawn for each in many.recent.cards if each.name != "i")
    qtbot.waitUntil(lambda: all(each.is_drawn for each in many.recent.cards))


# the tour


def page_with(kept: str, opened: Opened, qtbot: QtBot) -> StartPage:
    settings.store(Settings(theme="light", tour=kept))
    session = Session(document("states: {a: {}}"), settings.load())
    made = StartPage(session, opened.open, opened.choose, opened.located.append)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def test_the_tour_is_offered_once(opened: Opened, qtbot: QtBot) -> None:
    first = page_with("", opened, qtbot)
    assert first.tour.isVisible()
    assert first.tour.take_button.text() == "Take the tour"
    asked: list[Request] = []
    first._session.requested.subscribe(asked.append)
    qtbot.mouseClick(first.tour.take_button, Qt.MouseButton.LeftButton)
    assert asked == [TakeTour()]
    assert not page_with(settings.load().tour, opened, qtbot).tour.isVisible()


def test_a_tour_that_was_begun_is_gone_on_with_unless_one_declines(opened: Opened, qtbot: QtBot) -> None:
    page = page_with("run", opened, qtbot)
    assert page.tour.isVisible()
    assert page.tour.take_button.text() == "Go on"
    qtbot.mouseClick(page.tour.not_now, Qt.MouseButton.LeftButton)
    assert not page.tour.isVisible()
    assert not page_with(settings.load().tour, opened, qtbot).tour.isVisible()
