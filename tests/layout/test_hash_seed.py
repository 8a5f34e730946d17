"""What is drawn does not hang on the order in which Python goes through sets, which is another in each process."""

from __future__ import annotations

import random

from editor.geometry import Point
from editor.layout.choices import Choices
from editor.layout.routing import Route, route
from editor.model.chart import Chart
from editor.model.diagram import Bends, Diagram
from tests import hash_seeds
from tests.layout.charts import MEASURE, placed, random_chart

CHARTS = 6
TELL = "from tests.layout import test_hash_seed; test_hash_seed.tell()"


def bent(seed: int) -> tuple[Chart, Diagram]:
    """A random chart where about half of the transitions are led through a place somewhere."""
    made, rng = random_chart(seed, 12, 16), random.Random(seed)
    diagram = placed(made)
    for id in made.transitions:
        if rng.random() < 0.5:
            way = (Point(rng.randrange(400), rng.randrange(300)),)
            diagram.put_bends(id, Bends(id=id, points=way))
    return made, diagram


def routes(seed: int, *, quick: bool) -> dict[str, Route]:
    """All routes of such a chart, asked for as a set."""
    made, diagram = bent(seed)
    return route(made, diagram, set(made.transitions), MEASURE, quick=quick)


def tell() -> None:
    """Print the places and the routes of a few of these charts."""
    for seed in range(CHARTS):
        print(sorted(bent(seed)[1].boxes.items()))
        for quick in (True, False):
            print(sorted(routes(seed, quick=quick).items()))


def test_places_and_routes_are_the_same_in_every_process() -> None:
    one, other = hash_seeds.answers(TELL)
    assert one.count("\n") == 3 * CHARTS
    assert one == other


def test_a_bent_line_keeps_its_label_whatever_was_routed_before_it() -> None:
    for seed in range(CHARTS):
        made, diagram = bent(seed)
        every = routes(seed, quick=True)
        for id in made.transitions:
            alone = route(made, diagram, [id], MEASURE, quick=True)
            assert alone == {id: every[id]} if id in every else not alone
        kept = Choices()
        for ids in (list(made.transitions), list(made.transitions)[::-1]):
            assert route(made, diagram, ids, MEASURE, quick=True, choices=kept) == every
