from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout import auto, sizes
from editor.layout.auto_flow import flow, plain_layers
from editor.layout.auto_level import Level, Way
from editor.layout.auto_pack import packed
from editor.layout.frame import Frame
from editor.layout.routing import route
from editor.model.diagram import Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE
from tests.layout.faults import faults
from tests.layout.samples import CASH_MACHINE


def any_overlap(rects: Iterable[Rect]) -> bool:
    return any(
        min(a.right, b.right) > max(a.x, b.x) and min(a.bottom, b.bottom) > max(a.y, b.y)
        for a, b in combinations(rects, 2)
    )


@st.composite
def levels(draw: st.DrawFn) -> Level:
    count = draw(st.integers(1, 14))
    ids = tuple(f"s{number}" for number in range(count))
    size = st.tuples(st.integers(4, 60), st.integers(4, 60)).map(lambda each: (each[0] * 8.0, each[1] * 8.0))
    ways = draw(
        st.lists(
            st.builds(
                lambda a, b, label: Way(source=a, target=b, label=label),
                st.sampled_from(ids),
                st.sampled_from(ids),
                st.integers(0, 300).map(float),
            ),
            max_size=24,
        )
    )
    extents = {id: draw(size) for id in ids}
    rings = frozenset(draw(st.lists(st.sampled_from(ids), max_size=3)))
    extents |= dict.fromkeys(rings, (32.0, 52.0))
    first = draw(st.sampled_from((None, *ids)))
    return Level(ids=ids, extents=extents, ways=tuple(ways), rings=rings, first=first)


@settings(max_examples=60, deadline=None)
@given(levels(), st.booleans())
def test_no_two_states_of_a_container_lie_on_each_other(level: Level, in_a_hurry: bool) -> None:
    places = packed(level, in_a_hurry=in_a_hurry)
    assert set(places) == set(level.ids)
    assert not any_overlap(Rect(*at, *level.extents[id]) for id, at in places.items())
    assert min(at.x for at in places.values()) >= 0
    assert min(at.y for at in places.values()) >= 0
    assert all(at.x % 8 == 0 and at.y % 8 == 0 for at in places.values())
    assert packed(level, in_a_hurry=in_a_hurry) == places


@settings(max_examples=60, deadline=None)
@given(levels())
def test_the_flow_has_no_cycles_and_keeps_every_transition(level: Level) -> None:
    turned = flow(level)
    assert sum(turned.values()) == sum(1 for way in level.ways if way.source != way.target)
    depth = {
        id: number
        for number, layer in enumerate(plain_layers(level, turned, is_level=True))
        for id, _ in layer
    }
    assert all(depth[source] < depth[target] for source, target in turned)


CHAIN = (
    "{initial: a, states: {a: {on: {GO: b}}, b: {on: {GO: c, BACK: a}}, c: {on: {GO: d}}, d: {type: final}}}"
)


def test_a_short_chain_reads_from_left_to_right_and_ends_with_the_final_state() -> None:
    made = chart(CHAIN)
    boxes = auto.place(made, MEASURE).boxes
    row = [boxes[id_of(made, key)] for key in "abcd"]
    assert all(one.x + one.width < other.x for one, other in pairwise(row))
    assert max(box.y for box in row) < min(box.y + box.height for box in row)


@settings(max_examples=60, deadline=None)
@given(levels())
def test_nothing_leads_on_to_the_initial_state(level: Level) -> None:
    assert all(target != level.first for _, target in flow(level))


def test_the_initial_state_comes_first_wherever_it_stands_in_the_file() -> None:
    made = chart("{initial: c, states: {a: {on: {GO: b}}, b: {on: {GO: c}}, c: {on: {GO: a}}}}")
    boxes = auto.place(made, MEASURE).boxes
    first = boxes[id_of(made, "c")]
    assert all(first.x + first.width < box.x for id, box in boxes.items() if id != first.id)


def test_final_states_stand_at_the_end() -> None:
    made = chart(
        "{initial: a, states: {a: {on: {GO: b, STOP: early}}, b: {on: {GO: c}}, c: {on: {GO: late}}, "
        "early: {type: final}, late: {type: final}}}"
    )
    boxes = auto.place(made, MEASURE).boxes
    early, late = boxes[id_of(made, "early")], boxes[id_of(made, "late")]
    assert early.x == late.x or early.y == late.y
    assert all(early.x >= box.x or early.y >= box.y for box in boxes.values())


def test_a_label_fits_between_the_states_it_leads_between() -> None:
    made = chart(
        "{initial: a, states: {a: {on: {A_RATHER_LONG_EVENT_NAME: {target: b, guard: ready}}}, b: {}}}"
    )
    boxes = auto.place(made, MEASURE).boxes
    a, b = boxes[id_of(made, "a")], boxes[id_of(made, "b")]
    width = MEASURE.width("A_RATHER_LONG_EVENT_NAME[ready]", sizes.TextStyle.LABEL)
    assert max(b.x - a.x - a.width - width, b.y - a.y - a.height - 20) > 16


def test_a_long_chain_is_broken_into_the_shape_of_a_screen() -> None:
    names = [f"state{number}" for number in range(30)]
    states = ", ".join(f"{one}: {{on: {{NEXT: {other}}}}}" for one, other in pairwise(names))
    made = chart(f"{{initial: state0, states: {{{states}, state29: {{}}}}}}")
    around = Rect.around(box.rect for box in auto.place(made, MEASURE).boxes.values())
    assert around is not None
    assert 0.6 < around.width / around.height < 4


def test_states_without_transitions_stand_in_tidy_rows() -> None:
    states = ", ".join(f"s{number}: {{}}" for number in range(12))
    made = chart(f"{{initial: s0, states: {{{states}}}}}")
    boxes = auto.place(made, MEASURE).boxes.values()
    assert 3 <= len({box.y for box in boxes}) <= 6
    assert 2 <= len({box.x for box in boxes}) <= 4


def test_a_transition_deep_into_a_state_counts_for_the_state() -> None:
    made = chart(
        "{initial: a, states: {b: {initial: x, states: {x: {}, y: {}}}, c: {}, a: {on: {GO: b.y, LOST: c}}}}"
    )
    boxes = auto.place(made, MEASURE).boxes
    a, b = boxes[id_of(made, "a")], boxes[id_of(made, "b")]
    assert b.x > a.x + a.width or b.y > a.y + a.height


@pytest.mark.parametrize("broken", ["missing", "silent", "wrong"])
def test_the_plain_layers_stand_in_when_graphlay_fails(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from editor.layout import auto_graphlay

    if broken == "missing":
        monkeypatch.setitem(sys.modules, "editor.layout.auto_graphlay", None)
        monkeypatch.delattr("editor.layout.auto_graphlay", raising=False)
    elif broken == "silent":
        monkeypatch.setattr(auto_graphlay.graphlay, "layout", _refuse)
    else:
        monkeypatch.setattr(auto_graphlay, "layers", _all_on_one_place)
    made = chart(CHAIN)
    diagram = auto.place(made, MEASURE)
    assert len(diagram.boxes) == 4
    assert not any_overlap(box.rect for box in diagram.boxes.values())


def _refuse(*_: object, **__: object) -> None:
    from editor.layout import auto_graphlay

    raise auto_graphlay.graphlay.GraphlayError("no")


def _all_on_one_place(level: Level, *_: object, **__: object) -> object:
    return (tuple((id, 0.0) for id in level.ids),)


def test_two_thousand_states_in_one_container_get_places() -> None:
    states = ", ".join(f"s{number}: {{on: {{GO: s{number * 7 % 2000}}}}}" for number in range(2000))
    made = chart(f"{{initial: s0, states: {{{states}}}}}")
    assert len(auto.place(made, MEASURE).boxes) == 2000


def test_a_state_with_very_many_neighbours_makes_no_endless_column() -> None:
    ways = ", ".join(f"GO{number}: s{number}" for number in range(600))
    states = ", ".join(f"s{number}: {{}}" for number in range(600))
    made = chart(f"{{initial: hub, states: {{hub: {{on: {{{ways}}}}}, {states}}}}}")
    around = Rect.around(box.rect for box in auto.place(made, MEASURE).boxes.values())
    assert around is not None
    assert 0.4 < around.width / around.height < 4


def test_a_new_state_goes_beside_its_placed_neighbour() -> None:
    made = chart(CHAIN)
    diagram = auto.place(made, MEASURE)
    partly = diagram.copy()
    partly.put_box(id_of(made, "d"), None)
    done: Diagram = auto.complete(made, partly, MEASURE)
    c, d = done.boxes[id_of(made, "c")].rect, done.boxes[id_of(made, "d")].rect
    assert c.grown(80).intersects(d)
    assert not any(box.rect.intersects(d) for id, box in partly.boxes.items())


def test_a_new_state_leaves_room_for_the_label_to_its_neighbour() -> None:
    made = chart("{initial: a, states: {a: {on: {A_RATHER_LONG_EVENT_NAME: b}}, b: {}}}")
    partly = auto.place(made, MEASURE).copy()
    partly.put_box(id_of(made, "b"), None)
    boxes = auto.complete(made, partly, MEASURE).boxes
    a, b = boxes[id_of(made, "a")].rect, boxes[id_of(made, "b")].rect
    width = MEASURE.width("A_RATHER_LONG_EVENT_NAME", sizes.TextStyle.LABEL)
    across = max(b.x - a.right, a.x - b.right)
    assert across > width + 20 or max(b.y - a.bottom, a.y - b.bottom) > 40


def test_a_new_state_stays_in_the_room_of_its_placed_parent() -> None:
    made = chart("{initial: p, states: {p: {initial: a, states: {a: {on: {GO: b}}, b: {on: {GO: a}}}}}}")
    diagram = auto.place(made, MEASURE)
    partly = diagram.copy()
    partly.put_box(id_of(made, "p.b"), None)
    done = auto.complete(made, partly, MEASURE)
    around = done.boxes[id_of(made, "p")]
    assert Rect(0, 0, around.width, around.height).encloses(done.boxes[id_of(made, "p.b")].rect)


REGIONS = (
    "{initial: p, states: {p: {type: parallel, states: {left: {initial: a, states: {a: {}}}, "
    "right: {initial: c, states: {c: {}}}, past: {type: history}}}}}"
)


def test_a_region_takes_the_free_room_between_placed_ones() -> None:
    made = chart(REGIONS)
    whole = auto.place(made, MEASURE)
    for path in ("p.left", "p.right"):
        partly = whole.copy()
        partly.put_box(id_of(made, path), None)
        done = auto.complete(made, partly, MEASURE)
        assert done.boxes[id_of(made, path)] == whole.boxes[id_of(made, path)]


def test_the_history_of_a_parallel_state_is_no_region() -> None:
    made = chart(REGIONS)
    boxes = auto.place(made, MEASURE).boxes
    past = boxes[id_of(made, "p.past")]
    assert (past.width, past.height) == (32, 32)
    assert past.y >= max(boxes[id_of(made, path)].rect.bottom for path in ("p.left", "p.right"))


def test_a_long_flow_stays_whole_where_rows_would_cross_its_lines() -> None:
    made = chart(CASH_MACHINE)
    diagram = auto.place(made, MEASURE)
    found = faults(Frame(made, diagram, MEASURE), route(made, diagram, None, MEASURE))
    assert found.through == 0
    assert found.crossings <= 12


def test_a_long_flow_that_reads_well_in_rows_is_broken() -> None:
    lines = [f"step{number}: {{on: {{NEXT: step{number + 1}}}}}" for number in range(20)]
    made = chart(f"{{initial: step0, states: {{{', '.join(lines)}, step20: {{}}}}}}")
    around = Rect.around(box.rect for box in auto.place(made, MEASURE).boxes.values())
    assert around is not None
    assert around.width < 3 * around.height


def test_a_composite_has_room_for_the_labels_inside() -> None:
    event = "SOMETHING_WITH_A_LONG_NAME_HAPPENED"
    steps = [f"s{at}: {{on: {{{event}_{at}: {{target: s{at + 1}, actions: noteIt}}}}}}" for at in range(6)]
    made = chart(f"{{initial: c, states: {{c: {{initial: s0, states: {{{', '.join(steps)}, s6: {{}}}}}}}}}}")
    diagram = auto.place(made, MEASURE)
    found = faults(Frame(made, diagram, MEASURE), route(made, diagram, None, MEASURE))
    assert (found.pill_on_border, found.pill_on_state) == (0, 0)
