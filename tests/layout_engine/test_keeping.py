from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout_engine import avoid, checks, keeping
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.layout_engine.retracing import places_of
from tests.layout.charts import random_chart
from tests.layout_engine.columns import Columns
from tests.layout_engine.drawn import drawn, edited, told

SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=25, deadline=None)


def within(drawing: Drawing, plan: Plan, node: Node) -> tuple[object, ...]:
    """What is drawn in a container, as seen from its corner."""
    x, y = drawing.rects[node.id][:2]
    lines = [edge for edge in plan.edges if plan.host(edge) == node.id and edge.id in drawing.routes]
    return (
        {child.id: drawing.rects[child.id].moved(-x, -y) for child in node.children},
        {edge.id: [point.moved(-x, -y) for point in drawing.routes[edge.id]] for edge in lines},
        {edge.id: drawing.labels[edge.id].moved(-x, -y) for edge in lines if edge.id in drawing.labels},
    )


def former(plan: Plan) -> Drawing:
    return Drawing(
        places_of(plan),
        {edge.id: edge.was for edge in plan.edges if edge.was},
        {edge.id: edge.label_at for edge in plan.edges if edge.label_at is not None},
    )


def touched(plan: Plan, lines: frozenset[str]) -> set[str]:
    """The containers around what is new or of another size, and those that lines pass which were led anew."""
    found = set()
    for node in plan.nodes.values():
        is_other = node.place is None or (not node.children and node.place[2:] != (node.width, node.height))
        if node.id in plan.parents and is_other:
            found.add(plan.parents[node.id])
    for edge in plan.edges:
        if edge.is_wanted and edge.id not in lines:
            found |= {plan.host(edge), *avoid.passed(plan, edge)}
    return {id for each in found for id in plan.line(each)}


@FEW
@given(seed=SEEDS)
def test_where_nothing_changed_nothing_moves(seed: int) -> None:
    made = random_chart(seed, 9, 10)
    plan = told(made, drawn(made))
    if not plan.keeps:  # nothing in it that could be drawn
        return
    best = keeping.drawn(plan, Columns())[0]
    before = former(plan)
    assert best.moved == 0
    assert {id: best.drawing.rects[id] for id in before.rects if id != made.root_id} == {
        id: rect for id, rect in before.rects.items() if id != made.root_id
    }
    assert {id: best.drawing.routes[id] for id in before.routes} == before.routes
    assert {id: best.drawing.labels[id] for id in before.labels} == before.labels


@FEW
@given(seed=SEEDS)
def test_what_nothing_touched_keeps_its_drawing_to_the_bit(seed: int) -> None:
    made = random_chart(seed, 12, 10)
    diagram = drawn(made)
    plan = told(edited(made, seed), diagram)
    if not plan.keeps:
        return
    before = former(plan)
    bare = Plan(root=plan.root, edges=plan.edges)
    for each in keeping.drawn(plan, Columns()):
        assert checks.flaw(Plan(root=plan.root), each.drawing) is None
        changed = touched(plan, each.lines)
        for node in plan.root.walk():
            if node.children and node.id not in changed:
                drawing = Drawing(
                    each.drawing.rects,
                    {id: route for id, route in each.drawing.routes.items() if id in before.routes},
                    {id: label for id, label in each.drawing.labels.items() if id in before.labels},
                )
                assert within(drawing, bare, node) == within(before, bare, node)


@FEW
@given(seed=SEEDS, data=st.data())
def test_what_is_pinned_stays_where_it_is(seed: int, data: st.DataObject) -> None:
    made = random_chart(seed, 9, 10)
    diagram = drawn(made)
    pinned = data.draw(
        st.frozensets(st.sampled_from(sorted(made.states.keys() - {made.root_id})), min_size=1)
    )
    plan = told(edited(made, seed), diagram, pinned)
    if not plan.keeps:
        return
    before = places_of(plan)
    for each in keeping.drawn(plan, Columns()):
        for id in pinned:
            assert each.drawing.rects[id][:2] == before[id][:2]


def _column(count: int) -> tuple[Node, ...]:
    return tuple(
        Node(
            id=f"s{number}",
            kind=NodeKind.SIMPLE,
            width=100,
            height=40,
            place=Rect(24, 24 + 100 * number, 100, 40),
        )
        for number in range(count)
    )


def test_one_new_state_stands_beside_what_leads_to_it_and_no_other_moves() -> None:
    new = Node(id="new", kind=NodeKind.SIMPLE, width=100, height=40)
    root = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=(*_column(4), new))
    plan = Plan(root=root, edges=(Edge(id="t", source="s1", target="new", label=(60, 20)),), keeps=True)
    best = keeping.drawn(plan, Columns())[0]
    for child in _column(4):
        assert best.drawing.rects[child.id] == child.place
    near, far = (best.drawing.rects[id].center for id in ("s1", "s3"))
    at = best.drawing.rects["new"].center
    assert abs(at.x - near.x) + abs(at.y - near.y) < abs(at.x - far.x) + abs(at.y - far.y)


def test_where_most_is_new_a_container_is_arranged_anew() -> None:
    new = tuple(Node(id=f"n{number}", kind=NodeKind.SIMPLE, width=100, height=40) for number in range(8))
    root = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=(*_column(2), *new))
    engine = Columns()
    keeping.drawn(Plan(root=root, keeps=True), engine)
    assert [each["id"] for each in engine.placed] == ["root"]


def test_movement_is_told_after_the_shift_that_most_have_in_common() -> None:
    root = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=_column(5))
    plan = Plan(root=root)
    places = places_of(plan)
    shifted = Drawing({id: rect.moved(300, 10) for id, rect in places.items()})
    assert keeping.movement(plan, shifted) == 0
    shifted.rects["s2"] = shifted.rects["s2"].moved(0, 70)
    assert keeping.movement(plan, shifted) == 70
