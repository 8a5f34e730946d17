"""Each planner returns the whole consequence of a deed: what else changes, and what stays where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from editor.document import edits
from editor.document.boxes import Boxes
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError, ExpressionError
from editor.geometry import Point, Rect
from editor.model import queries
from editor.model.elements import (
    Choose,
    Expr,
    In,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
    is_unresolved,
    unresolved,
)
from tests.charts import MEASURE, document, id_of

MACHINE = """
initial: a
context: {n: 0}
states:
  a: {on: {GO: b, IN: c.d}}
  b: {on: {BACK: a, BOTH: [{target: c, guard: {in: c.d}}, a]}}
  c:
    initial: d
    states:
      d: {on: {NEXT: e}, entry: {choose: [{guard: {in: c.e}, actions: x}]}}
      e: {on: {UP: {target: '#a', guard: "matches('c.d') and n > 1"}}}
"""


@pytest.fixture
def made() -> Document:
    return document(MACHINE)


def place(made: Document, id: str) -> Rect:
    boxes = Boxes(made.chart, made.diagram)
    box = made.diagram.boxes[id]
    origin = boxes.origin(made.chart.states[id].parent)
    return Rect(origin.x + box.x, origin.y + box.y, box.width, box.height)


def transition(made: Document, source: str, event: str) -> Transition:
    outgoing = made.chart.outgoing(id_of(made.chart, source) if source else made.chart.root_id)
    return next(each for each in outgoing if each.trigger.text == event)


def bend(made: Document, id: str, *points: tuple[float, float]) -> None:
    made.apply(edits.set_bends(made.chart, made.diagram, id, [Point(*each) for each in points]))


def bends_at(made: Document, id: str) -> list[Point]:
    origin = Boxes(made.chart, made.diagram).origin(queries.container(made.chart, made.chart.transitions[id]))
    return [each.moved(origin.x, origin.y) for each in made.diagram.bends[id].points]


def holds_its_children(made: Document) -> bool:
    for state in made.chart.states.values():
        box = made.diagram.boxes.get(state.id)
        for child in made.chart.children(state.id) if box is not None else ():
            inner = made.diagram.boxes[child.id]
            if box is not None and not Rect(0, 0, box.width, box.height).encloses(inner.rect):
                return False
    return True


MIDDLE = Point(40, 60)


def add(made: Document, parent: str, at: Point = MIDDLE, **how: object) -> str:
    edit, id = edits.add_state(made.chart, made.diagram, parent, at, measure=MEASURE, **how)  # type: ignore[arg-type]
    made.apply(edit)
    return id


# adding


def test_the_first_child_becomes_initial_and_the_parent_grows(made: Document) -> None:
    a = id_of(made.chart, "a")
    before = place(made, a)
    id = add(made, a)
    initial = queries.initial_transition(made.chart, a)
    assert initial is not None
    assert initial.targets == (id,)
    assert place(made, a).encloses(place(made, id))
    assert place(made, a).x == before.x
    made.undo()
    assert queries.initial_transition(made.chart, a) is None
    assert place(made, a) == before


def test_a_name_that_is_taken_gets_a_number(made: Document) -> None:
    id = add(made, made.chart.root_id, key="a")
    assert made.chart.states[id].key == "a2"


def test_a_history_does_not_become_initial(made: Document) -> None:
    a = id_of(made.chart, "a")
    add(made, a, kind=StateKind.SHALLOW_HISTORY)
    assert queries.initial_transition(made.chart, a) is None


@pytest.mark.parametrize("kind", [StateKind.FINAL, StateKind.SHALLOW_HISTORY, StateKind.DEEP_HISTORY])
def test_what_cannot_hold_states_refuses_them(made: Document, kind: StateKind) -> None:
    id = add(made, made.chart.root_id, kind=kind)
    with pytest.raises(ChartError, match="cannot hold"):
        add(made, id)


def test_a_state_put_left_of_its_parent_pulls_the_border_out_and_nothing_else(made: Document) -> None:
    c, d, e = (id_of(made.chart, path) for path in ("c", "c.d", "c.e"))
    bend(made, transition(made, "c.d", "NEXT").id, (300, 300))
    before = place(made, d), place(made, e), bends_at(made, transition(made, "c.d", "NEXT").id)
    id = add(made, c, Point(-200, -100))
    assert (place(made, d), place(made, e), bends_at(made, transition(made, "c.d", "NEXT").id)) == before
    assert place(made, c).encloses(place(made, id))


# names


@pytest.mark.parametrize("name", ["", "   ", "b"])
def test_a_name_is_there_and_alone_among_siblings(made: Document, name: str) -> None:
    with pytest.raises(ChartError):
        edits.rename(made.chart, id_of(made.chart, "a"), name)


def test_renaming_the_machine_gives_it_an_id_that_is_saved(made: Document) -> None:
    made.apply(edits.rename(made.chart, made.chart.root_id, "shop"))
    assert made.chart.root.declared_id == "shop"


def test_expressions_follow_a_renamed_state_and_its_renamed_parent(made: Document) -> None:
    made.apply(edits.rename(made.chart, id_of(made.chart, "c.d"), "f"))
    made.apply(edits.rename(made.chart, id_of(made.chart, "c"), "box"))
    assert transition(made, "box.e", "UP").guard == Expr(text="matches('box.f') and n > 1")


def test_expressions_follow_a_state_that_is_moved(made: Document) -> None:
    made.apply(
        edits.reparent(
            made.chart, made.diagram, [id_of(made.chart, "c.d")], made.chart.root_id, measure=MEASURE
        )
    )
    assert transition(made, "c.e", "UP").guard == Expr(text="matches('d') and n > 1")


# deleting


def test_deleting_a_state_takes_what_touches_it_and_what_is_inside(made: Document) -> None:
    c = id_of(made.chart, "c")
    inside = [state.id for state in queries.descendants(made.chart, c)]
    edit = edits.delete(made.chart, made.diagram, [c])
    made.apply(edit)
    assert edit.label == "Delete 3 states and 5 transitions"
    assert not {c, *inside} & {*made.chart.states, *made.diagram.boxes}
    assert all(
        end in made.chart.states
        for each in made.chart.transitions.values()
        for end in (each.source, *each.targets)
    )


def test_an_in_guard_keeps_the_path_of_the_state_that_is_gone(made: Document) -> None:
    made.apply(edits.delete(made.chart, made.diagram, [id_of(made.chart, "c.d")]))
    guards = [each.guard for each in made.chart.outgoing(id_of(made.chart, "b")) if each.guard]
    assert guards == [In(state=unresolved("c.d"))]


def test_an_in_guard_inside_a_choice_keeps_it_too(made: Document) -> None:
    made.apply(edits.delete(made.chart, made.diagram, [id_of(made.chart, "c.e")]))
    choice = made.chart.states[id_of(made.chart, "c.d")].entry[0]
    assert isinstance(choice, Choose)
    guard = choice.branches[0].guard
    assert isinstance(guard, In)
    assert is_unresolved(guard.state)


def test_the_initial_goes_to_a_child_that_stays_or_goes_too(made: Document) -> None:
    c, d, e = (id_of(made.chart, path) for path in ("c", "c.d", "c.e"))
    made.apply(edits.delete(made.chart, made.diagram, [d]))
    initial = queries.initial_transition(made.chart, c)
    assert initial is not None
    assert initial.targets == (e,)
    made.apply(edits.delete(made.chart, made.diagram, [e]))
    assert queries.initial_transition(made.chart, c) is None


def test_one_of_several_targets_goes_alone() -> None:
    made = document(
        "initial: a\nstates:\n  a: {on: {GO: {target: [p.x.one, p.y.two]}}}\n"
        "  p: {type: parallel, states: {x: {initial: one, states: {one: {}}}, y: {initial: two, states: {two: {}}}}}\n"
    )
    made.apply(edits.delete(made.chart, made.diagram, [id_of(made.chart, "p.x")]))
    assert transition(made, "a", "GO").targets == (id_of(made.chart, "p.y.two"),)


# moving into another parent


def test_a_reparented_state_stays_where_it_is_with_its_bends(made: Document) -> None:
    d = id_of(made.chart, "c.d")
    next_ = transition(made, "c.d", "NEXT").id
    bend(made, next_, (333, 222))
    before = place(made, d), bends_at(made, next_)
    made.apply(edits.reparent(made.chart, made.diagram, [d], made.chart.root_id, measure=MEASURE))
    assert (place(made, d), bends_at(made, next_)) == before
    assert made.chart.states[d].parent == made.chart.root_id


def test_a_reparented_state_into_a_small_one_makes_it_hold_it(made: Document) -> None:
    a, c, d = (id_of(made.chart, path) for path in ("a", "c", "c.d"))
    where = place(made, c)
    made.apply(edits.reparent(made.chart, made.diagram, [c], a, measure=MEASURE))
    assert place(made, c) == where
    assert holds_its_children(made)
    initial = queries.initial_transition(made.chart, a)
    assert initial is not None
    assert initial.targets == (c,)
    assert made.chart.states[d].parent == c


def test_what_is_in_the_parent_already_keeps_its_name(made: Document) -> None:
    c, d, b = (id_of(made.chart, path) for path in ("c", "c.d", "b"))
    made.apply(edits.reparent(made.chart, made.diagram, [d, b], c, measure=MEASURE))
    assert [state.key for state in made.chart.children(c)] == ["d", "e", "b"]


def test_a_clash_of_names_is_solved(made: Document) -> None:
    c = id_of(made.chart, "c")
    made.apply(edits.rename(made.chart, id_of(made.chart, "b"), "d"))
    made.apply(edits.reparent(made.chart, made.diagram, [id_of(made.chart, "d")], c, measure=MEASURE))
    assert [state.key for state in made.chart.children(c)] == ["d", "e", "d2"]


def test_a_state_cannot_be_moved_into_itself(made: Document) -> None:
    c, d = id_of(made.chart, "c"), id_of(made.chart, "c.d")
    with pytest.raises(ChartError):
        edits.reparent(made.chart, made.diagram, [c], d, measure=MEASURE)


def test_an_initial_that_goes_deep_does_not_lead_out() -> None:
    made = document(
        "initial: a\nstates: {a: {initial: b.c, states: {b: {initial: c, states: {c: {}, d: {}}}}}}"
    )
    a, b, c, d = (id_of(made.chart, path) for path in ("a", "a.b", "a.b.c", "a.b.d"))
    made.apply(edits.reparent(made.chart, made.diagram, [c], made.chart.root_id, measure=MEASURE))
    outer, inner = queries.initial_transition(made.chart, a), queries.initial_transition(made.chart, b)
    assert outer is not None
    assert inner is not None
    assert (outer.targets, inner.targets) == ((b,), (d,))


# moving and sizing


def test_bends_between_states_that_move_together_come_along(made: Document) -> None:
    a, b = id_of(made.chart, "a"), id_of(made.chart, "b")
    go = transition(made, "a", "GO").id
    bend(made, go, (10, 20), (30, 20))
    starts = {id: made.diagram.boxes[id] for id in (a, b)}
    gesture = made.gesture("Move")
    for step in (8, 24, 16):
        gesture.apply(edits.move(made.chart, made.diagram, starts, step, -step))
    gesture.commit()
    assert bends_at(made, go) == [Point(26, 4), Point(46, 4)]
    assert made.diagram.boxes[a].x == starts[a].x + 16
    made.undo()
    assert bends_at(made, go) == [Point(10, 20), Point(30, 20)]


def test_a_nudge_over_the_border_makes_all_parents_grow(made: Document) -> None:
    e = id_of(made.chart, "c.e")
    where = place(made, e)
    made.apply(edits.nudge(made.chart, made.diagram, [e], 400, 300, measure=MEASURE))
    assert place(made, e) == where.moved(400, 300)
    assert holds_its_children(made)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_composite_never_gets_smaller_than_what_it_holds_nor_moves_it(made: Document, side: str) -> None:
    c, d, e = (id_of(made.chart, path) for path in ("c", "c.d", "c.e"))
    next_ = transition(made, "c.d", "NEXT").id
    bend(made, next_, (100, 100))
    before = place(made, d), place(made, e), bends_at(made, next_)
    box = made.diagram.boxes[c]
    way = -80 if side == "left" else 0
    for rect in (
        Rect(box.x + way, box.y, box.width + 80, box.height),
        Rect(box.x + box.width - 8 if side == "left" else box.x, box.y, 8, 8),
    ):
        made.apply(edits.resize(made.chart, made.diagram, c, rect, measure=MEASURE))
        assert (place(made, d), place(made, e), bends_at(made, next_)) == before
        assert holds_its_children(made)


# kinds


def test_a_state_made_final_loses_what_leads_out_and_says_so(made: Document) -> None:
    a = id_of(made.chart, "a")
    edit = edits.set_kind(made.chart, made.diagram, a, StateKind.FINAL, measure=MEASURE)
    made.apply(edit)
    assert edit.label == "Make “a” a final state, removing 2 transitions"
    assert made.chart.outgoing(a) == []


def test_a_state_made_history_loses_its_actions_and_is_initial_no_longer(made: Document) -> None:
    d = id_of(made.chart, "c.d")
    edit = edits.set_kind(made.chart, made.diagram, d, StateKind.SHALLOW_HISTORY, measure=MEASURE)
    made.apply(edit)
    assert edit.label == "Make “d” a history, removing 1 transition and entry and exit actions"
    initial = queries.initial_transition(made.chart, id_of(made.chart, "c"))
    assert initial is not None
    assert initial.targets == (id_of(made.chart, "c.e"),)


def test_parallel_and_back_gives_a_beginning_again(made: Document) -> None:
    c, d = id_of(made.chart, "c"), id_of(made.chart, "c.d")
    made.apply(edits.set_kind(made.chart, made.diagram, c, StateKind.PARALLEL, measure=MEASURE))
    assert queries.initial_transition(made.chart, c) is None
    made.apply(edits.set_kind(made.chart, made.diagram, c, StateKind.NORMAL, measure=MEASURE))
    initial = queries.initial_transition(made.chart, c)
    assert initial is not None
    assert initial.targets == (d,)


def test_a_history_made_a_state_has_no_default_any_more(made: Document) -> None:
    id = add(made, id_of(made.chart, "c"), kind=StateKind.DEEP_HISTORY)
    made.apply(edits.connect(made.chart, made.diagram, id, [id_of(made.chart, "c.d")])[0])
    assert queries.default_transition(made.chart, id) is not None
    made.apply(edits.set_kind(made.chart, made.diagram, id, StateKind.NORMAL, measure=MEASURE))
    assert made.chart.outgoing(id) == []


def test_a_composite_cannot_be_made_a_leaf(made: Document) -> None:
    with pytest.raises(ChartError, match="inside"):
        edits.set_kind(made.chart, made.diagram, id_of(made.chart, "c"), StateKind.FINAL, measure=MEASURE)


# transitions


def test_a_new_transition_waits_for_an_event_that_is_free(made: Document) -> None:
    a, b = id_of(made.chart, "a"), id_of(made.chart, "b")
    for wanted in ("EVENT", "EVENT2"):
        edit, id = edits.connect(made.chart, made.diagram, a, [b])
        made.apply(edit)
        assert made.chart.transitions[id].trigger == Trigger(text=wanted)
        assert made.chart.outgoing(a)[-1].id == id


def test_a_history_has_one_default(made: Document) -> None:
    d, e = id_of(made.chart, "c.d"), id_of(made.chart, "c.e")
    history = add(made, id_of(made.chart, "c"), kind=StateKind.SHALLOW_HISTORY)
    for target in (d, e):
        made.apply(edits.connect(made.chart, made.diagram, history, [target])[0])
    assert [each.targets for each in made.chart.outgoing(history)] == [(e,)]


def refused_reconnections(made: Document) -> list[Callable[[], Edit]]:
    chart, diagram = made.chart, made.diagram
    initial = queries.initial_transition(chart, id_of(chart, "c"))
    assert initial is not None
    go = transition(made, "a", "GO").id
    a = id_of(chart, "a")
    return [
        lambda: edits.reconnect(chart, diagram, initial.id, "source", a),
        lambda: edits.reconnect(chart, diagram, initial.id, "target", a),
        lambda: edits.reconnect(chart, diagram, go, "target", chart.root_id),
    ]


def test_ends_that_cannot_be_are_refused(made: Document) -> None:
    for plan in refused_reconnections(made):
        with pytest.raises(ChartError):
            plan()


def test_the_end_of_a_service_is_answered_by_its_own_state() -> None:
    made = document("initial: a\nstates: {a: {invoke: {src: load, onDone: b}}, b: {}}")
    own = next(
        each for each in made.chart.transitions.values() if each.trigger.kind is TriggerKind.INVOKE_DONE
    )
    with pytest.raises(ChartError, match="service"):
        edits.reconnect(made.chart, made.diagram, own.id, "source", id_of(made.chart, "b"))


def test_reconnecting_keeps_all_but_the_end(made: Document) -> None:
    old = transition(made, "c.e", "UP")
    made.apply(edits.reconnect(made.chart, made.diagram, old.id, "target", id_of(made.chart, "b")))
    new = made.chart.transitions[old.id]
    assert (new.targets, new.guard, new.trigger) == ((id_of(made.chart, "b"),), old.guard, old.trigger)


def test_a_label_that_is_not_understood_changes_nothing(made: Document) -> None:
    id = transition(made, "a", "GO").id
    with pytest.raises(ExpressionError):
        edits.set_label(made.chart, id, "GO [n >]")
    made.apply(edits.set_label(made.chart, id, "after 5s [n > 1] / n = n + 1"))
    assert made.chart.transitions[id].trigger == Trigger(kind=TriggerKind.AFTER, text="5s")


def test_transitions_of_a_service_that_is_gone_go_too() -> None:
    made = document("initial: a\nstates: {a: {invoke: {src: load, onDone: b}, on: {GO: b}}, b: {}}")
    state = made.chart.states[id_of(made.chart, "a")]
    bare = type(state)(id=state.id, parent=state.parent, key=state.key, order=state.order)
    made.apply(edits.set_state(made.chart, made.diagram, bare, measure=MEASURE))
    assert [each.trigger.text for each in made.chart.outgoing(state.id)] == ["GO"]


def test_alternatives_change_places(made: Document) -> None:
    b = id_of(made.chart, "b")
    first, second = (each.id for each in made.chart.outgoing(b) if each.trigger.text == "BOTH")
    made.apply(edits.reorder(made.chart, second, -1))
    assert [each.id for each in made.chart.outgoing(b) if each.trigger.text == "BOTH"] == [second, first]
    assert edits.reorder(made.chart, second, -1).changes == ()


def test_a_planner_touches_nothing(made: Document) -> None:
    before = (dict(made.chart.states), dict(made.chart.transitions), dict(made.diagram.boxes))
    c = id_of(made.chart, "c")
    edits.delete(made.chart, made.diagram, [c])
    edits.add_state(made.chart, made.diagram, c, Point(0, 0), measure=MEASURE)
    edits.reparent(made.chart, made.diagram, [id_of(made.chart, "a")], c, measure=MEASURE)
    edits.set_kind(made.chart, made.diagram, c, StateKind.PARALLEL, measure=MEASURE)
    edits.nudge(made.chart, made.diagram, [c], 5, 5, measure=MEASURE)
    assert (dict(made.chart.states), dict(made.chart.transitions), dict(made.diagram.boxes)) == before
    assert made.diagram.bends == {}
