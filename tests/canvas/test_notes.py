"""Notes on the canvas, by real mouse and keys: written in place, hit, moved, drawn near and far, links followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage
from pytestqt.qtbot import QtBot

from editor.canvas import painter_notes
from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.render import MARGIN, image, render
from editor.canvas.theme import load_theme
from editor.canvas.view import ChartView
from editor.document import notes
from editor.geometry import Point, Rect
from editor.model.changes import NoteChange, apply_to_diagram
from editor.model.chart import Chart
from editor.model.diagram import Diagram, Note
from editor.requests import GoOn, WriteNote
from editor.session import Session
from editor.tools.base import Hit, HitKind
from tests.canvas.samples import shop
from tests.canvas.shown import shown
from tests.commands.desk import id_of, session_on

LEFT = Qt.MouseButton.LeftButton
PLACE = Rect(40, 304, 200, 96)


def note(number: int = 1, text: str = "why", rect: Rect = PLACE, tint: int | None = 3) -> Note:
    return Note(id=f"note:note{number}", **rect._asdict(), text=text, tint=tint)


def shop_with(*made: Note) -> tuple[Chart, Diagram]:
    chart, diagram = shop()
    for each in made:
        diagram.put_note(each.id, each)
    return chart, diagram


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path)


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[ChartView]:
    with shown(session, qtbot) as made:
        made.set_zoom(1.0)
        yield made


def put(session: Session, text: str = "why", rect: Rect = PLACE) -> str:
    edit, id = notes.add(session.document.diagram, rect, text)
    session.document.apply(edit)
    return id


def spot(view: ChartView, at: Point) -> QPoint:
    return view.to_view(at).toPoint()


def note_of(session: Session, id: str) -> Note:
    return session.document.diagram.notes[id]


def test_a_note_lies_over_all_else_and_the_last_one_on_top() -> None:
    over = Rect(100, 100, 80, 60)
    picture = Picture(*shop_with(note(2, rect=over), note(10, rect=over)), FontMeasure())
    assert picture.hit(over.center, 4) == Hit(kind=HitKind.NOTE, id="note:note10")
    assert picture.state_at(over.center) is not None


def test_the_picture_follows_notes_as_a_new_one_has_them() -> None:
    chart, diagram = shop_with(note(1))
    picture = Picture(chart, diagram, FontMeasure())
    old, far = note(1), Rect(2000, 900, 100, 60)
    for change in (
        NoteChange(old.id, old, replace(old, x=500)),
        NoteChange("note:note2", None, note(2, rect=far)),
        NoteChange(old.id, replace(old, x=500), None),
    ):
        apply_to_diagram(diagram, [change])
        areas = picture.show((change,))
        for record in (change.old, change.new):
            assert record is None or any(area.encloses(record.rect) for area in areas)
        fresh = Picture(chart, diagram, FontMeasure())
        assert {id: shape.rect for id, shape in picture.notes.shapes.items()} == {
            id: shape.rect for id, shape in fresh.notes.shapes.items()
        }
        assert picture.bounds() == fresh.bounds()
    assert picture.rect("note:note2") == far
    assert picture.elements_in(far.grown(1)) == ["note:note2"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [1.0, 0.3, 0.1])
def test_a_note_is_drawn_in_its_colour_near_and_far(theme: str, zoom: float) -> None:
    for tint in (None, 6):
        painter = ChartPainter(Picture(*shop_with(note(tint=tint)), FontMeasure()), load_theme(theme))
        painter.has_grid = False
        bounds = painter.picture.bounds().grown(MARGIN)
        made = image(painter, Overlay(), zoom)
        found = made.pixelColor(
            round((PLACE.right - 20 - bounds.x) * zoom), round((PLACE.bottom - 20 - bounds.y) * zoom)
        )
        palette = load_theme(theme)
        assert found.name() == QColor(palette.pill if tint is None else palette.tints[5].fill).name()


def test_exports_hold_the_words_of_notes(tmp_path: Path) -> None:
    render(*shop_with(note(text="# Why\n\n**bold** words")), tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    for word in ("Why", "bold"):
        assert word in text
    render(*shop_with(note(rect=Rect(3000, 0, 100, 60))), tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).width() > 3000


def test_of_a_text_that_does_not_fit_whole_lines_are_drawn(tmp_path: Path) -> None:
    lines = "\n".join(f"line{number}" for number in range(40))
    render(*shop_with(note(text=lines)), tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "line3" in text
    assert "line20" not in text
    assert "…" in text


def test_a_note_is_high_enough_for_its_text() -> None:
    one = painter_notes.height_for("one", 200)
    assert painter_notes.height_for("one\ntwo\nthree", 200) > one
    assert painter_notes.height_for("many words " * 8, 100) > painter_notes.height_for("many words " * 8, 400)


def test_a_note_is_written_in_place_and_escape_ends_it(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    session.ask(WriteNote(Rect(40, 300, 240, 96)))
    editor = view.labelling.notes.editor
    assert editor is not None
    qtbot.keyClicks(editor, "# Why")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "because")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    [id] = session.document.diagram.notes
    assert (note_of(session, id).text, note_of(session, id).rect[:3]) == ("# Why\nbecause", (40, 300, 240))
    assert session.selection.ids == (id,)
    assert session.document.undo_stack.undo_label == "Add note"
    session.document.undo()
    assert not session.document.diagram.notes
    assert not session.document.undo_stack.can_undo


def test_a_note_that_gets_no_text_is_none(view: ChartView, session: Session, qtbot: QtBot) -> None:
    session.ask(WriteNote(Rect(40, 300, 240, 96)))
    editor = view.labelling.notes.editor
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not session.document.undo_stack.can_undo


def test_a_double_click_writes_and_a_click_outside_ends_it(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    id = put(session)
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, PLACE.center))
    qtbot.mouseDClick(view.viewport(), LEFT, pos=spot(view, PLACE.center))
    editor = view.labelling.notes.editor
    assert editor is not None
    assert editor.toPlainText() == "why"
    editor.insertPlainText(" not" + "\nline" * 8)
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, Point(700, 20)))
    assert view.labelling.notes.editor is None
    assert note_of(session, id).text.startswith("why not")
    assert note_of(session, id).height > PLACE.height, "it grows to its text"
    session.document.undo()
    assert note_of(session, id) == note(1)


def test_return_writes_the_selected_note(view: ChartView, session: Session, qtbot: QtBot) -> None:
    session.selection.replace([put(session)])
    session.ask(GoOn())
    assert view.labelling.notes.editor is not None


def test_panning_ends_the_text_and_keeps_it(view: ChartView, session: Session, qtbot: QtBot) -> None:
    id = put(session)
    view.edit_label(id)
    editor = view.labelling.notes.editor
    assert editor is not None
    qtbot.keyClicks(editor, "!")
    view.pan(5, 5)
    assert note_of(session, id).text == "why!"


def test_another_document_ends_the_text(view: ChartView, session: Session, tmp_path: Path) -> None:
    view.edit_label(put(session))
    session.replace_document(session_on(tmp_path).document)
    assert view.labelling.notes.editor is None


def test_a_note_is_dragged_and_its_corner_too(view: ChartView, session: Session, qtbot: QtBot) -> None:
    id = put(session)
    start = spot(view, PLACE.center)
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    qtbot.mouseMove(view.viewport(), start + QPoint(40, 0))
    qtbot.mouseMove(view.viewport(), start + QPoint(80, 48))
    view.grab()
    qtbot.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(80, 48))
    assert note_of(session, id).rect == PLACE.moved(80, 48)
    corner = spot(view, Point(PLACE.right + 80, PLACE.bottom + 48))
    qtbot.mousePress(view.viewport(), LEFT, pos=corner)
    qtbot.mouseMove(view.viewport(), corner + QPoint(20, 20))
    qtbot.mouseMove(view.viewport(), corner + QPoint(40, 40))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=corner + QPoint(40, 40))
    assert note_of(session, id).rect == Rect(PLACE.x + 80, PLACE.y + 48, 240, 136)


def test_a_rubber_band_takes_notes(view: ChartView, session: Session, qtbot: QtBot) -> None:
    id = put(session)
    start, end = (
        spot(view, Point(PLACE.x - 8, PLACE.y - 8)),
        spot(view, Point(PLACE.right + 8, PLACE.bottom + 8)),
    )
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    qtbot.mouseMove(view.viewport(), (start + end) / 2)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=end)
    assert session.selection.ids == (id,)


def test_the_key_n_takes_the_tool_and_a_click_begins_a_note(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    session.set_tool("note")
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, PLACE.center))
    editor = view.labelling.notes.editor
    assert editor is not None
    assert session.tool_id == "select"
    qtbot.keyClicks(editor, "here")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [each.text for each in session.document.diagram.notes.values()] == ["here"]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def open_url(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


def link_spot(view: ChartView) -> QPoint:
    return spot(view, Point(PLACE.x + painter_notes.PAD + 6, PLACE.y + painter_notes.PAD + 6))


def test_a_link_says_where_it_leads_and_opens_with_ctrl_alone(
    view: ChartView, session: Session, qtbot: QtBot, opened: list[str]
) -> None:
    put(session, "[runbook](https://example.org/run)")
    at = link_spot(view)
    qtbot.mouseMove(view.viewport(), at)
    assert session.status == "Ctrl+click opens https://example.org/run"
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)
    assert opened == []
    qtbot.mouseMove(view.viewport(), at + QPoint(1, 0))
    qtbot.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, at)
    assert opened == ["https://example.org/run"]
    qtbot.mouseMove(view.viewport(), spot(view, Point(PLACE.right - 8, PLACE.bottom - 8)))
    assert view.labelling.notes.told == ""


def test_a_link_that_was_not_told_yet_is_told_first(
    view: ChartView, session: Session, qtbot: QtBot, opened: list[str]
) -> None:
    put(session, "[runbook](https://example.org/run)")
    qtbot.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, link_spot(view))
    assert opened == []
    assert session.status == "Ctrl+click opens https://example.org/run"


def test_a_link_is_not_told_of_while_a_state_is_dragged_over_it(
    view: ChartView, session: Session, qtbot: QtBot
) -> None:
    put(session, "[runbook](https://example.org/run)")
    closed = id_of(session, "closed")
    rect = view.picture.rect(closed)
    assert rect is not None
    at = link_spot(view)
    qtbot.mousePress(view.viewport(), LEFT, pos=spot(view, Point(rect.x + 12, rect.y + 10)))
    for each in (at - QPoint(20, 0), at):
        qtbot.mouseMove(view.viewport(), each)
    assert session.document.is_in_gesture
    assert view.labelling.notes.told == ""
    qtbot.mouseRelease(view.viewport(), LEFT, pos=at)
    qtbot.mouseMove(view.viewport(), at + QPoint(1, 0))
    assert view.labelling.notes.told == "Ctrl+click opens https://example.org/run"


def test_a_link_to_a_file_is_never_opened(
    view: ChartView, session: Session, qtbot: QtBot, opened: list[str]
) -> None:
    put(session, "[runbook](file:///etc/passwd)")
    qtbot.mouseMove(view.viewport(), link_spot(view))
    qtbot.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, link_spot(view))
    assert opened == []
    assert "was not opened" in session.status


def test_the_minimap_shows_notes(view: ChartView, session: Session) -> None:
    put(session, rect=Rect(2000, 300, 400, 300))
    view.minimap.draw()
    place = view.minimap._map.to_view(Point(2200, 450))
    found = view.minimap._image.pixelColor(round(place[0]), round(place[1]))
    assert found.name() == QColor(view.theme.tints[2].fill).name()


def test_states_are_still_there_below_notes(view: ChartView, session: Session, qtbot: QtBot) -> None:
    closed = id_of(session, "closed")
    rect = view.picture.rect(closed)
    assert rect is not None
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot(view, rect.center))
    assert session.selection.ids == (closed,)
