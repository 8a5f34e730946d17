"""A broken promise is noticed, and told so that one can look for why."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from editor.canvas.settling import SLICE, Settling
from editor.document import edits
from editor.document.document import Document
from editor.document.undo import Edit
from editor.model.changes import BoxChange
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.charts import MEASURE, document, id_of
from tests.journeys import promises
from tests.layout.samples import field


def image(*spots: tuple[int, int], color: str = "#101010") -> QImage:
    """A grey image with some dots."""
    made = QImage(40, 30, QImage.Format.Format_RGB32)
    made.fill(QColor("#808080"))
    for x, y in spots:
        made.setPixelColor(x, y, QColor(color))
    return made


def test_images_differ_where_more_than_specks_do(qapp: object) -> None:
    row = [(4 + number, 7) for number in range(promises.MOST_SPECKS)]
    assert promises.differing(image(), image()) is None
    assert promises.differing(image(*row), image()) is None
    assert promises.differing(image(*row, (20, 9)), image()) == QRect(4, 7, 17, 3)
    assert promises.differing(image(), image(*row, (20, 9))) == QRect(4, 7, 17, 3)


def test_a_shade_is_no_difference(qapp: object) -> None:
    block = [(x, y) for x in range(10) for y in range(10)]
    assert promises.differing(image(*block, color="#989898"), image()) is None
    assert promises.differing(image(*block, color="#80a080"), image()) == QRect(0, 0, 10, 10)


def test_both_pictures_are_kept_where_one_says_so(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PICTURES", str(tmp_path))
    told = promises._kept(image((1, 2)), image(), QRect(1, 2, 1, 1))
    assert told.startswith(" at 1, 2 (1 x 1 pixels), kept as ")
    assert sorted(each.name.rsplit("-", 1)[1] for each in tmp_path.iterdir()) == ["shown.png", "there.png"]


@pytest.fixture
def moved(program: Program) -> MainWindow:
    """A window in which a state was moved just now; by its clock, nothing is routed within a slice."""
    window = program.open(None)
    made = Document(*field(5, 4, seed=3))
    window.session.replace_document(made)
    window.view.settling = Settling(window.view, count(step=2 * SLICE).__next__)
    id = next(each.id for each in made.chart.states.values() if each.key == "s7")
    box = made.diagram.boxes[id]
    made.apply(Edit("Move", (BoxChange(id, box, replace(box, x=box.x + 130, y=box.y + 90)),)))
    return window


def test_lines_that_are_drawn_for_now_break_no_promise(moved: MainWindow) -> None:
    assert moved.view.picture.is_hasty
    assert list(promises.canvas_faults(moved)) == []


def test_a_line_that_stays_another_than_one_drawn_anew_is_told(moved: MainWindow) -> None:
    picture = moved.view.picture
    moved.view.settling.finish()
    id, shape = max(picture.transitions.items())
    away = replace(shape.route, label=shape.route.label.moved(3, 0))
    picture.transitions[id] = replace(shape, route=away)
    assert list(promises.canvas_faults(moved)) == [
        f"canvas: transitions {id} are routed otherwise than anew",
    ]


def test_a_step_that_is_not_as_it_was_is_told_with_what_differs(tmp_path: Path) -> None:
    made = document("states: {a: {}}")
    past = promises.Past(made, tmp_path / "m.yaml")
    made.apply(edits.rename(made.chart, id_of(made.chart, "a"), "b"))
    box = made.diagram.boxes[id_of(made.chart, "b")]
    made.apply(
        edits.add_state(made.chart, made.diagram, made.chart.root_id, box.rect.center, measure=MEASURE)[0]
    )
    made.diagram.put_box(box.id, replace(box, x=box.x + 0.5))  # past the gate
    [fault] = past.faults()
    assert fault.startswith("history: step 0, “”, is not as it was: Box(")
    assert f"x={box.x}" in fault
    assert f"became Box(id='{box.id}', x={box.x + 0.5}" in fault
