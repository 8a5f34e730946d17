"""What was painted bit by bit, as a document was edited, is what would be painted at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage

from editor.canvas.base_image import BaseImage
from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.picture import Picture
from editor.canvas.theme import load_theme
from editor.document import edits
from editor.document.document import Document
from editor.document.undo import Edit
from editor.model.changes import BoxChange, Changes
from tests.charts import document, id_of
from tests.journeys.promises import differing

SIZE = QSize(640, 420)


class Screen:
    """A document and the image of it, as a canvas keeps it."""

    def __init__(self, made: Document, zoom: float, at: QPointF) -> None:
        self.document = made
        self._zoom, self._at = zoom, at
        self._picture = Picture(made.chart, made.diagram, FontMeasure())
        self._base = BaseImage(ChartPainter(self._picture, load_theme("light")))
        made.changed.subscribe(self._follow)
        self.image()

    def _follow(self, changes: Changes) -> None:
        for rect in self._picture.show(changes):
            self._base.spoil(rect)

    def image(self) -> QImage:
        """What is seen."""
        return self._base.image(SIZE, self._zoom, self._at).copy()

    def is_right(self) -> bool:
        """Whether it looks as if it were opened now."""
        made = self.document
        picture = Picture(made.chart, made.diagram, FontMeasure())
        anew = BaseImage(ChartPainter(picture, load_theme("light")))
        return differing(self.image(), anew.image(SIZE, self._zoom, self._at)) is None


def change_box(made: Document, path: str, **values: object) -> None:
    """Have a state's box otherwise."""
    box = made.diagram.boxes[id_of(made.chart, path)]
    made.apply(Edit("Change", (BoxChange(box.id, box, replace(box, **values)),)))  # type: ignore[arg-type]


@pytest.mark.parametrize("zoom", [0.3, 1.0, 3.0])
def test_a_state_that_is_collapsed_or_opened_leaves_nothing_of_what_was_drawn_around_it(
    qapp: object, zoom: float
) -> None:
    made = document("initial: c\nstates: {c: {initial: d, states: {d: {}}}}")
    screen = Screen(made, zoom, QPointF(20, 20))
    for is_collapsed in (True, False):
        change_box(made, "c", collapsed=is_collapsed)
        assert screen.is_right()


def test_the_rank_of_an_alternative_is_seen_to_change_with_the_others(qapp: object) -> None:
    made = document(
        "initial: a\nstates: {a: {on: {GO: [{target: b, guard: x}, {target: c, guard: y}, b]}}, b: {}, c: {}}"
    )
    [first, *_] = made.chart.outgoing(id_of(made.chart, "a"))
    screen = Screen(made, 1.0, QPointF(20, 20))
    made.apply(edits.set_label(made.chart, first.id, "NO"))  # the second is the first now
    assert screen.is_right()
    made.undo()
    assert screen.is_right()
