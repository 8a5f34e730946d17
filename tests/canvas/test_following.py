"""What was painted bit by bit, as a document was edited, is what would be painted at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
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
from editor.errors import EditorError
from editor.model.changes import BoxChange, Changes
from tests.charts import document, id_of
from tests.document import test_random_user as user
from tests.journeys.promises import differing

SIZE = QSize(640, 420)
LABELS = ("GO", "GO [x > 1]", "always", "after 2s / log")
Deed = tuple[str, int, int]


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


def do(made: Document, deed: Deed) -> None:
    """Edit as a random user does, who also collapses states and writes labels."""
    what, one, two = deed
    holders = sorted(id for id in made.diagram.boxes if made.chart.has_children(id))
    lines = sorted(each.id for each in made.chart.transitions.values() if not each.is_pseudo)
    if what == "collapse" and holders:
        box = made.diagram.boxes[holders[one % len(holders)]]
        folded = replace(box, collapsed=not box.collapsed)
        made.apply(Edit("Collapse", (BoxChange(box.id, box, folded),) if box.width else ()))
    elif what == "label" and lines:
        made.apply(edits.set_label(made.chart, lines[one % len(lines)], LABELS[two % len(LABELS)]))
    elif what not in ("collapse", "label"):
        user.do(made, deed)


MORE = st.tuples(st.sampled_from(["collapse", "label"]), st.integers(0, 50), st.integers(0, 50))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=st.lists(user.DEEDS | MORE, max_size=12),
    zoom=st.sampled_from([0.13, 0.3, 0.46, 0.77, 1.0, 2.0]),
    x=st.integers(-100, 100),
    y=st.integers(-100, 100),
)
@example(deeds=[("collapse", 0, 0), ("collapse", 0, 0)], zoom=1.0, x=0, y=0)
@example(deeds=[("label", 0, 0), ("label", 1, 0), ("connect", 1, 2), ("label", 2, 0)], zoom=1.0, x=0, y=0)
def test_whatever_is_done_it_looks_as_if_it_were_opened_now(
    qapp: object, deeds: list[Deed], zoom: float, x: int, y: int
) -> None:
    screen = Screen(document(user.START), zoom, QPointF(x, y))
    for deed in deeds:
        try:
            do(screen.document, deed)
        except EditorError:
            continue
        assert screen.is_right()


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


def test_names_far_away_give_way_to_one_another_beyond_what_was_moved(qapp: object) -> None:
    made = document("states: {a long name: {}, another name: {}}")
    for path, x, y, width in (("a long name", 0.0, 0.0, 300.0), ("another name", 0.0, 400.0, 280.0)):
        change_box(made, path, x=x, y=y, width=width, height=60.0)
    screen = Screen(made, 0.4, QPointF(20, 20))
    alone = screen.image()
    # moved so that a corner of the larger one covers a part of the other's name
    change_box(made, "a long name", x=-140.0, y=400.0)
    assert screen.is_right()
    made.undo()
    assert differing(screen.image(), alone) is None
