"""What is painted upon each other does not hang on the order in which Python goes through sets."""

from __future__ import annotations

import hashlib

from editor.canvas import headless, render
from editor.canvas.comparing import Marks
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.theme import load_theme
from tests import hash_seeds
from tests.layout.charts import placed, random_chart

TELL = "from tests.canvas import test_painted_seed; test_painted_seed.tell()"


def tell() -> None:
    """Print the order of the lines of a chart, and a sum for each picture of it with marks on all that it has."""
    measure = headless.begin()
    made = random_chart(4, 14, 24)
    diagram = placed(made)
    picture, ghost = Picture(made, diagram, measure), Picture(made, diagram, measure)
    print([*picture.transitions])
    all_ids = frozenset({*picture.states, *picture.transitions})
    none = frozenset[str]()
    for overlay in (
        Overlay(selected=all_ids),
        Overlay(lit=all_ids),
        Overlay(is_running=True, errors=all_ids),
        Overlay(comparison=Marks(none, all_ids, all_ids, all_ids, ghost)),
    ):
        image = render.image(ChartPainter(picture, load_theme("light")), overlay, 1.0)
        print(hashlib.sha256(bytes(image.constBits())).hexdigest())


def test_marks_lie_upon_each_other_alike_in_every_process() -> None:
    one, other = hash_seeds.answers(TELL)
    assert one.count("\n") == 5
    assert one == other
