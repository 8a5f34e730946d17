"""Of what is looked at alone exactly itself, what is inside of it and the ends that are elsewhere is drawn and hit."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.canvas import picture_lines as picture_module
from editor.canvas.handles import handles
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.render import image
from editor.canvas.stubs import LONGEST
from editor.canvas.theme import load_theme
from editor.document import alone
from editor.geometry import Point, Rect
from editor.layout.sizes import TableMeasure
from editor.model import queries
from editor.model.changes import (
    AnyChange,
    BendsChange,
    BoxChange,
    NoteChange,
    TransitionChange,
    apply_to_diagram,
)
from editor.model.chart import Chart
from editor.model.diagram import Bends, Diagram, Note
from editor.model.elements import Transition, Trigger, TriggerKind
from editor.tools.base import HitKind
from tests.canvas.samples import random_edit, shop
from tests.charts import document, id_of

MEASURE = TableMeasure()
TOPS = ("work", "both", "left", "right")
ORDER = """
id: order
initial: Idle
states:
  Idle: {on: {PLACE: Paid.Checking, FORK: {target: [Paid.Both.L.l, Paid.Both.R.r]}}}
  Paid:
    initial: Checking
    on: {CANCEL: Lost, RETRY: Paid}
    states:
      Checking: {on: {OK: Both, FRAUD: {target: '#Lost', guard: {in: Idle}}}}
      Both:
        type: parallel
        states:
          L: {initial: l, states: {l: {on: {ACROSS: '#Paid.Both.R.r'}}}}
          R: {initial: r, states: {r: {on: {OUT: '#Lost'}}}}
  Lost: {}
"""


def look(picture: Picture) -> object:
    states = {
        id: (shape.rect, shape.level, shape.is_region, shape.is_leaf, shape.is_collapsed, shape.tint)
        for id, shape in picture.states.items()
    }
    routes = {id: shape.route for id, shape in picture.transitions.items()}
    return states, routes, picture.stubs.shapes, sorted(picture.notes.shapes)


def crossing(rng: random.Random, chart: Chart, diagram: Diagram, *, has_bends: bool = True) -> None:
    """Some transitions from anywhere to anywhere, one with bends, and notes."""
    ids = [
        id for id, state in chart.states.items() if not state.kind.is_history and id not in ("root", "end")
    ]
    for number in range(rng.randrange(1, 9)):
        line = Transition(
            id=f"x{number}", source=rng.choice(ids), targets=(rng.choice(ids),), trigger=Trigger(text="X")
        )
        chart.apply((TransitionChange(line.id, None, line),))
    if has_bends:
        diagram.put_bends("x0", Bends(id="x0", points=(Point(60, 60), Point(90, 60))))
    for number, x in enumerate((100, 700, 1500)):
        diagram.put_note(f"note:{number}", Note(id=f"note:{number}", x=x, y=100, width=80, height=40))


def edit(
    rng: random.Random, chart: Chart, diagram: Diagram, *, has_bends: bool = True
) -> tuple[AnyChange, ...]:
    kind = rng.randrange(6)
    if kind == 0 and diagram.notes:
        note = diagram.notes[rng.choice(sorted(diagram.notes))]
        return (NoteChange(note.id, note, replace(note, x=rng.randrange(1200))),)
    if kind == 1 and has_bends:
        id = rng.choice(sorted(chart.transitions))
        old = diagram.bends.get(id)
        return (BendsChange(id, old, None if old else Bends(id=id, points=(Point(50, 50),))),)
    return tuple(random_edit(chart, diagram, rng))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 100_000),
    st.integers(0, 10),
    st.sampled_from([0, 150]),
    st.sampled_from(TOPS),
    st.booleans(),
)
def test_following_edits_leads_to_the_picture_of_a_fresh_start(
    monkeypatch: pytest.MonkeyPatch, seed: int, length: int, careful: int, top: str, is_hasty: bool
) -> None:
    monkeypatch.setattr(picture_module, "CAREFUL", careful)
    monkeypatch.setattr(picture_module, "HASTY", 0 if is_hasty else 12)
    rng = random.Random(seed)
    chart, diagram = shop()
    crossing(rng, chart, diagram, has_bends=careful > 0)
    picture = Picture(chart, diagram, MEASURE, top)
    for _ in range(length):
        changes = edit(rng, chart, diagram, has_bends=careful > 0)
        chart.apply(changes)
        apply_to_diagram(diagram, changes)
        picture.show(changes, is_hasty=is_hasty and rng.random() < 0.7)
        if not is_hasty:
            assert look(picture) == look(Picture(chart, diagram, MEASURE, top))
    picture.settle()
    assert look(picture) == look(Picture(chart, diagram, MEASURE, top))
    picture.show_alone(None)
    assert look(picture) == look(Picture(chart, diagram, MEASURE))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 100_000), st.sampled_from(TOPS), st.data())
def test_what_is_drawn_and_hit_is_its_inside_its_frame_and_the_ends_elsewhere(
    seed: int, top: str, data: st.DataObject
) -> None:
    rng = random.Random(seed)
    chart, diagram = shop()
    crossing(rng, chart, diagram)
    picture = Picture(chart, diagram, MEASURE, top)
    inner = {state.id for state in queries.document_order(chart, top)}
    lines = {
        id
        for id, line in chart.transitions.items()
        if line.source in inner or any(target in inner for target in line.targets)
    }
    assert picture.states.keys() == inner
    assert picture.transitions.keys() == lines
    outward = {
        (id, end)
        for id in lines
        for end in (chart.transitions[id].source, *chart.transitions[id].targets)
        if end not in inner
    }
    assert {(stub.transition, stub.other) for stub, _, _ in picture.stubs.shapes.values()} == outward
    around = picture.bounds().grown(400)
    at = Point(
        data.draw(st.floats(around.x, around.right)),
        data.draw(st.floats(around.y, around.bottom)),
    )
    notes = set(alone.notes_on(chart, diagram, top))
    for found in (picture.hit(at, 5).id, *picture.under(at, 5), *picture.elements_in(around)):
        assert found == "" or found in inner | lines | notes


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000), st.sampled_from(TOPS))
def test_nothing_inside_moves_when_one_looks_at_it_alone(seed: int, top: str) -> None:
    chart, diagram = shop()
    crossing(random.Random(seed), chart, diagram)
    whole, inside = Picture(chart, diagram, MEASURE), Picture(chart, diagram, MEASURE, top)
    assert all(whole.rect(id) == inside.rect(id) for id in inside.states)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000), st.sampled_from(TOPS))
def test_stubs_stand_outside_of_the_frame_and_apart(seed: int, top: str) -> None:
    chart, diagram = shop()
    crossing(random.Random(seed), chart, diagram)
    picture = Picture(chart, diagram, MEASURE, top)
    places = [rect for _, _, rect in picture.stubs.shapes.values()]
    assert not any(rect.intersects(picture.states[top].rect) for rect in places)
    assert not any(one.intersects(other) for one in places for other in places if one is not other)


def painted(picture: Picture) -> object:
    return image(ChartPainter(picture, load_theme("light")), Overlay(), 1.0)


def test_going_in_and_out_leaves_the_same_picture_bit_for_bit() -> None:
    for top in TOPS:
        chart, diagram = shop()
        crossing(random.Random(3), chart, diagram)
        picture = Picture(chart, diagram, MEASURE)
        before = painted(picture)
        assert picture.show_alone(top)
        assert painted(picture) != before
        picture.show_alone(None)
        assert painted(picture) == before


def test_stubs_say_where_their_lines_go_on() -> None:
    made = document(ORDER)
    picture = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "Paid"))
    words = sorted(text for _, text, _ in picture.stubs.shapes.values())
    assert words == ["from Idle", "from Idle", "to Lost", "to Lost", "to Lost"]
    region = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "Paid.Both.R"))
    assert sorted(text for _, text, _ in region.stubs.shapes.values()) == ["from Idle", "from l", "to Lost"]


def test_a_beginning_that_lies_outside_is_told_as_one() -> None:
    made = document("{id: m, initial: a, states: {a: {initial: b, states: {b: {}}}}}")
    picture = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "a"))
    assert [text for _, text, _ in picture.stubs.shapes.values()] == ["start of m"]


def test_a_long_name_is_shortened_on_its_stub() -> None:
    name = "x" * 500
    inside = f"{{initial: b, states: {{b: {{on: {{E: '#{name}'}}}}}}}}"
    made = document(f"{{id: m, initial: a, states: {{a: {inside}, {name}: {{}}}}}}")
    picture = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "a"))
    texts = {text for stub, text, _ in picture.stubs.shapes.values() if stub.place == 0}
    assert texts == {f"to {'x' * (LONGEST - 1)}…"}


def test_a_stub_is_hit_as_the_end_that_it_is() -> None:
    made = document(ORDER)
    picture = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "Paid"))
    for stub, _, rect in picture.stubs.shapes.values():
        hit = picture.hit(rect.center, 5)
        assert (hit.kind, hit.id, hit.handle) == (HitKind.STUB, stub.transition, stub.handle)


def test_a_line_that_goes_on_elsewhere_cannot_be_bent_here_but_led_elsewhere() -> None:
    made = document(ORDER)
    picture = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "Paid"))
    by_event = {line.trigger.text: id for id, line in made.chart.transitions.items()}
    kinds = {
        event: {each.hit.kind for each in handles(picture, (id,), 1.0)} for event, id in by_event.items()
    }
    assert kinds["FRAUD"] == {HitKind.END}
    assert kinds["OK"] == {HitKind.END, HitKind.BEND}


def test_of_several_targets_those_that_are_seen_can_be_told_from_the_others() -> None:
    made = document(ORDER)
    picture = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "Paid.Both.R"))
    [fork] = [id for id, line in made.chart.transitions.items() if line.trigger.text == "FORK"]
    assert [each.hit.handle for each in handles(picture, (fork,), 1.0)] == ["source"]


def test_a_collapsed_state_is_seen_open_and_those_in_it_as_they_are() -> None:
    made = document(ORDER)
    for path in ("Paid", "Paid.Both"):
        box = made.diagram.boxes[id_of(made.chart, path)]
        made.diagram.put_box(box.id, replace(box, collapsed=True))
    paid, both = id_of(made.chart, "Paid"), id_of(made.chart, "Paid.Both")
    picture = Picture(made.chart, made.diagram, MEASURE, paid)
    assert not picture.states[paid].is_collapsed
    assert picture.states[both].is_collapsed
    assert id_of(made.chart, "Paid.Both.L") not in picture.states
    box = made.diagram.boxes[both]
    opened = replace(box, collapsed=False)
    made.diagram.put_box(both, opened)
    picture.show((BoxChange(both, box, opened),))
    assert id_of(made.chart, "Paid.Both.L") in picture.states
    assert look(picture) == look(Picture(made.chart, made.diagram, MEASURE, paid))


def test_notes_are_seen_that_reach_into_it() -> None:
    chart, diagram = shop()
    for id, x in (("in", 100), ("edge", 30), ("far", 900)):
        diagram.put_note(id, Note(id=id, x=x, y=60, width=40, height=20))
    assert set(Picture(chart, diagram, MEASURE, "work").notes.shapes) == {"in", "edge"}
    assert set(Picture(chart, diagram, MEASURE).notes.shapes) == {"in", "edge", "far"}


@pytest.mark.parametrize(
    ("path", "can"),
    [("Paid", True), ("Paid.Both", True), ("Paid.Both.L", True), ("Idle", False), ("Paid.Checking", False)],
)
def test_composites_and_regions_can_be_opened(path: str, can: bool) -> None:
    made = document(ORDER)
    assert alone.can_open(made.chart, made.diagram, id_of(made.chart, path)) is can
    assert not alone.can_open(made.chart, made.diagram, made.chart.root_id)


def test_how_far_out_one_has_to_go_for_something() -> None:
    made = document(ORDER)
    ids = {
        path: id_of(made.chart, path)
        for path in ("Paid", "Paid.Both", "Paid.Both.L", "Paid.Checking", "Lost")
    }
    across = next(id for id, line in made.chart.transitions.items() if line.trigger.text == "ACROSS")

    def level(*wanted: str) -> str | None:
        return alone.level_for(made.chart, made.diagram, ids["Paid.Both.L"], wanted)

    assert level(across) == ids["Paid.Both.L"]
    assert level(id_of(made.chart, "Paid.Both.R.r")) == ids["Paid.Both"]
    assert level(ids["Paid.Checking"]) == ids["Paid"]
    assert level(ids["Paid.Checking"], ids["Lost"]) is None
    assert level(made.chart.root_id) is None


def test_the_inside_of_a_frame_that_grows_stays_in_its_place() -> None:
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE, "left")
    box = diagram.boxes["both"]
    moved = replace(box, x=box.x + 100)
    diagram.put_box("both", moved)
    picture.show((BoxChange("both", box, moved),))
    assert picture.rect("left") == Rect(740, 72, 160, 208)


def test_a_line_from_outside_to_a_beginning_is_no_beginning_here() -> None:
    made = document("{id: m, initial: a, states: {a: {initial: b, states: {b: {}}}}}")
    picture = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "a"))
    kinds = [line.trigger.kind for line in picture.chart.transitions.values()]
    assert sorted(kind.value for kind in kinds) == ["default", TriggerKind.INITIAL.value]


STEPS = st.integers(-20, 40).map(lambda n: 8 * n)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.sampled_from([-400, 900]), st.sampled_from([40, 48, 64, 120]), st.booleans())
def test_a_line_from_elsewhere_passes_no_initial_dot(y: int, x: int, height: int, back: bool) -> None:
    ends = "{OUT: '#b'}" if back else "{}"
    made = document(
        f"initial: b\nstates:\n  b: {{id: b, on: {{GO: c.d}}}}\n"
        f"  c: {{initial: d, states: {{d: {{on: {ends}}}, e: {{}}}}}}\n"
    )
    for path, place in (
        ("b", (x, y, 96, 40)), ("c", (0, 0, 480, 240)), ("c.d", (88, 72, 104, height)), ("c.e", (300, 72, 96, 40)),
    ):  # fmt: skip
        id = id_of(made.chart, path)
        box = replace(
            made.diagram.boxes[id], x=place[0], y=place[1], width=place[2], height=place[3], initial=None
        )
        made.diagram.put_box(id, box)
    picture = Picture(made.chart, made.diagram, MEASURE, id_of(made.chart, "c"))
    shapes = list(picture.transitions.values())
    [dot] = [
        shape.route.paths[0][0]
        for shape in shapes
        if picture.chart.transitions[shape.id].trigger.kind is TriggerKind.INITIAL
    ]
    for shape in shapes:
        if picture.chart.transitions[shape.id].trigger.kind is not TriggerKind.INITIAL:
            for a, b in pairwise(shape.route.paths[0]):
                assert not Rect.between(a, b).intersects(Rect(dot.x - 5, dot.y - 5, 10, 10))
