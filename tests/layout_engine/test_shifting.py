from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout_engine import checks, elk
from editor.layout_engine.drawing import Drawing, Path
from editor.layout_engine.judging import crossings
from editor.layout_engine.levels import Levels
from editor.layout_engine.options import Options
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.layout_engine.reading import plan_of
from editor.layout_engine.shifting import Shifting
from editor.model.diagram import Diagram
from tests.layout.charts import MEASURE, random_chart
from tests.layout_engine.columns import Columns

LINE = Edge(id="t", source="a", target="b", label=(60, 20))
OTHER = Edge(id="u", source="c", target="d")
# from a, on the left, to b, on the right and lower; c stands above d, between them
RECTS = {
    "root": Rect(0, 0, 800, 800),
    "a": Rect(0, 0, 80, 100), "b": Rect(600, 300, 80, 100),
    "c": Rect(300, -200, 80, 40), "d": Rect(300, 100, 80, 40),
}  # fmt: skip
SIMPLE = NodeKind.SIMPLE
PLAN = Plan(
    root=Node(
        id="root", kind=NodeKind.ROOT, width=0, height=0,
        children=tuple(
            Node(id=id, kind=SIMPLE, width=rect.width, height=rect.height)
            for id, rect in RECTS.items() if id != "root"
        ),
    ),
    edges=(LINE, OTHER),
)  # fmt: skip
DOWN = (Point(340, -160), Point(340, 100))


def shifted(line: Path, other: Path = DOWN, label: Rect | None = None) -> Drawing:
    made = Drawing(dict(RECTS), {"t": line, "u": other}, {} if label is None else {"t": label})
    Shifting(PLAN, made).improve([LINE])
    return made


def test_a_stretch_is_shifted_off_what_it_crosses() -> None:
    line = (Point(80, 50), Point(450, 50), Point(450, 350), Point(600, 350))
    assert crossings({"t": line, "u": DOWN}) == 1
    made = shifted(line)
    assert crossings(made.routes) == 0
    assert made.routes["t"][-1] == line[-1]
    assert made.routes["u"] == DOWN


def test_a_stretch_is_shifted_off_what_it_lies_on() -> None:
    other = (Point(340, -160), Point(452, -160), Point(452, 320), Point(340, 320), Point(340, 140))
    line = (Point(80, 250), Point(450, 250), Point(450, 350), Point(600, 350))
    made = shifted(line, other)
    assert not any(
        Rect.between(a, b).grown(3).intersects(Rect(452, -160, 0, 480))
        for a, b in pairwise(made.routes["t"])
        if a.x == b.x
    )


def test_a_line_that_disturbs_nothing_stays() -> None:
    line = (Point(80, 90), Point(200, 90), Point(200, 350), Point(600, 350))
    assert shifted(line).routes["t"] == line


def test_a_stretch_that_bears_its_label_stays_and_so_does_the_label() -> None:
    line = (Point(80, 50), Point(450, 50), Point(450, 350), Point(600, 350))
    made = shifted(line, label=Rect(370, 40, 60, 20))
    assert {point.y for point in made.routes["t"][:2]} == {50}
    assert made.labels["t"] == Rect(370, 40, 60, 20)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_shifting_any_drawing_leaves_it_whole(seed: int) -> None:
    plan = plan_of(random_chart(seed, 9, 14), Diagram(), MEASURE, Options())
    made = Levels(plan, Columns()).draw(elk.DOWN)
    Shifting(plan, made).improve(plan.edges)
    assert checks.flaw(plan, made) is None


def test_nothing_is_shifted_so_far_that_a_loop_is_gone() -> None:
    loop = Edge(id="t", source="a", target="a")
    plan = Plan(root=PLAN.root, edges=(loop, OTHER))
    line = (Point(80, 20), Point(120, 20), Point(120, 80), Point(80, 80))
    under = {"u": (Point(100, -100), Point(100, 50)), "v": (Point(110, -100), Point(110, 50))}
    made = Drawing(dict(RECTS), {"t": line, **under})
    Shifting(plan, made).improve([loop])
    ends = made.routes["t"][0], made.routes["t"][-1]
    assert abs(ends[0].x - ends[1].x) + abs(ends[0].y - ends[1].y) >= 12


def test_a_stretch_is_shifted_off_the_hairline_below_a_name() -> None:
    rects = {"root": Rect(0, 0, 900, 600), "p": Rect(0, 0, 500, 400), "a": Rect(40, 200, 80, 60)}
    rects["b"] = Rect(700, 100, 80, 60)
    inner = Node(id="a", kind=SIMPLE, width=80, height=60)
    around = Node(id="p", kind=NodeKind.COMPOSITE, width=500, height=400, header=32, children=(inner,))
    beside = Node(id="b", kind=SIMPLE, width=80, height=60)
    root = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=(around, beside))
    edge = Edge(id="t", source="a", target="b")
    for y in (30.0, 32.0, 34.0):
        line = (Point(80, 200), Point(80, y), Point(600, y), Point(600, 130), Point(700, 130))
        made = Drawing(dict(rects), {"t": line}, {})
        Shifting(Plan(root=root, edges=(edge,)), made).improve([edge])
        level = [a.y for a, b in pairwise(made.routes["t"]) if a.y == b.y and abs(a.x - b.x) > 200]
        assert all(abs(each - 32) >= 4 for each in level)
