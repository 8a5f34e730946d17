"""Copies go from chart to chart by the clipboard: the same machine, under names that are free there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.document import clip_text, clips, edits, pasting
from editor.document.clips import Clip
from editor.document.document import Document
from editor.errors import ChartError, FormatError
from editor.formats import native, scxml
from editor.formats.native_write import write_machine
from editor.geometry import Point
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import Conventions, Data, Expr, In, Log, Transition
from tests.charts import MEASURE, chart, document, drawn, id_of
from tests.engine.build import random_chart

LEADS_OUT = "initial: a\nstates:\n  a: {on: {go: b}}\n  b: {on: {out: z}}\n  z: {}\n"


def taken(made: Document, *paths: str) -> Clip:
    """What the clipboard gives back of a copy of these states."""
    clip = clips.take(made, [id_of(made.chart, path) for path in paths])
    return clips.from_text(clips.to_text(clip))


def pasted(
    made: Document, clip: Clip, path: str = "", at: Point | None = None
) -> tuple[list[str], tuple[str, ...]]:
    """The copies after pasting, and what was told."""
    parent = id_of(made.chart, path) if path else made.chart.root_id
    is_origin = clip.origin == made.token
    done = pasting.paste(made.chart, made.diagram, clip, parent, at, is_origin=is_origin, measure=MEASURE)
    made.apply(done.edit)
    return list(done.ids), done.told


def keys(made: Document, ids: Sequence[str]) -> list[str]:
    return [made.chart.states[id].key for id in ids]


def targets(made: Document, id: str) -> list[tuple[str, ...]]:
    return [each.targets for each in made.chart.outgoing(id)]


# names, ids and transitions


def test_beside_the_originals_names_are_counted_on_and_what_leads_out_still_does() -> None:
    made = document(LEADS_OUT)
    (a, b), told = pasted(made, taken(made, "a", "b"))
    assert keys(made, (a, b)) == ["a 2", "b 2"]
    assert targets(made, a) == [(b,)]
    assert targets(made, b) == [(id_of(made.chart, "z"),)]
    assert told == ()
    again, _ = pasted(made, taken(made, "a", "b"))
    assert keys(made, again) == ["a 3", "b 3"]


def test_into_a_simple_state_makes_it_a_composite_that_begins_with_a_copy() -> None:
    made = document(LEADS_OUT)
    (a, b), _ = pasted(made, taken(made, "a", "b"), "z")
    z = id_of(made.chart, "z")
    assert keys(made, (a, b)) == ["a", "b"]
    assert queries.initial_transition(made.chart, z).targets == (a,)  # type: ignore[union-attr]
    assert native.read(native.write(made.chart)[0]).problems == ()
    inner = [made.diagram.boxes[id].rect for id in (a, b)]
    outer = made.diagram.boxes[z]
    assert all(rect.x > 0 and rect.right < outer.width and rect.bottom < outer.height for rect in inner)


def test_in_another_document_what_leads_out_is_left_out_and_told() -> None:
    made, other = document(LEADS_OUT), document("initial: z\nstates: {z: {}}")
    (a, b), told = pasted(other, taken(made, "a", "b"))
    assert keys(other, (a, b)) == ["a", "b"]
    assert targets(other, b) == []
    assert told == ("A transition that leads out was left out.",)


def test_in_the_same_document_a_target_that_is_gone_is_not_taken_for_another() -> None:
    made = document(LEADS_OUT)
    clip = taken(made, "b")
    made.apply(edits.delete(made.chart, made.diagram, [id_of(made.chart, "z")]))
    made.apply(
        edits.add_state(made.chart, made.diagram, made.chart.root_id, Point(0, 0), key="z", measure=MEASURE)[
            0
        ]
    )
    [b], told = pasted(made, clip)
    assert targets(made, b) == []
    assert told == ("A transition that leads out was left out.",)


def test_a_target_that_was_renamed_meanwhile_is_still_the_same() -> None:
    made = document(LEADS_OUT)
    clip = taken(made, "b")
    z = id_of(made.chart, "z")
    made.apply(edits.rename(made.chart, z, "end"))
    [b], _ = pasted(made, clip)
    assert targets(made, b) == [(z,)]


def test_ids_are_counted_on_and_what_copies_say_of_each_other_follows() -> None:
    text = """
initial: q
states:
  q:
    initial: x
    states:
      x: {id: one, entry: {send: HI, to: '#_line'}}
      y: {on: {GO: {guard: "matches('q.x') or matches('#one') or matches('w')", target: '#one'}}}
      l: {invoke: {id: line, src: f}}
  w: {}
"""
    made = document(text)
    (x, y, line), _ = pasted(made, taken(made, "q.x", "q.y", "q.l"))
    assert made.chart.states[x].declared_id == "one 2"
    [go] = made.chart.outgoing(y)
    assert go.targets == (x,)
    assert go.guard.text == "matches('x') or matches('#one 2') or matches('w')"  # type: ignore[union-attr]
    assert made.chart.states[line].invokes[0].id == "line 2"
    assert made.chart.states[x].entry[0].to == "#_line 2"  # type: ignore[union-attr]


def test_names_that_change_places_are_not_mixed_up() -> None:
    text = "initial: a\nstates: {a: {always: {guard: \"matches('a 2')\"}}, a 2: {always: {guard: \"matches('a')\"}}}"
    made, other = document(text), document("initial: a\nstates: {a: {}}")
    (first, second), _ = pasted(other, taken(made, "a", "a 2"))
    assert keys(other, (first, second)) == ["a 2", "a 3"]
    assert other.chart.outgoing(first)[0].guard.text == "matches('a 3')"  # type: ignore[union-attr]
    assert other.chart.outgoing(second)[0].guard.text == "matches('a 2')"  # type: ignore[union-attr]


def test_a_default_that_leads_out_is_kept_where_its_target_is() -> None:
    made = document("initial: p\nstates: {p: {initial: x, states: {x: {}, h: {type: history, target: x}}}}")
    clip = taken(made, "p.h")
    [here], _ = pasted(made, clip, "p")
    assert targets(made, here) == [(id_of(made.chart, "p.x"),)]
    other = document("initial: p\nstates: {p: {initial: y, states: {y: {}}}}")
    [there], told = pasted(other, clip, "p")
    assert targets(other, there) == []
    assert told == ("A transition that leads out was left out.",)


def test_final_states_hold_nothing() -> None:
    made = document("initial: a\nstates: {a: {}, f: {type: final}}")
    with pytest.raises(ChartError, match="final state and cannot hold"):
        pasted(made, taken(made, "a"), "f")


def test_in_scxml_a_copy_has_names_of_its_own_throughout() -> None:
    text = (
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>"
        "<state id='p'><transition event='done.state.p' target='q'/><state id='a'>"
        "<transition event='go' cond=\"In('b')\" target='b'/></state><state id='b'/></state>"
        "<state id='q'/></scxml>"
    )
    made = drawn(scxml.read(text).chart)
    [copy], _ = pasted(made, taken(made, "p"))
    a, b = made.chart.children(copy)
    assert (made.chart.states[copy].key, a.key, b.key) == ("p2", "a2", "b2")
    assert {state.declared_id for state in (made.chart.states[copy], a, b)} == {"p2", "a2", "b2"}
    [go] = made.chart.outgoing(a.id)
    assert go.targets == (b.id,)
    assert go.guard in (In(state=b.id), Expr(text="In('b2')"))
    [done] = [each for each in made.chart.outgoing(copy) if not each.is_pseudo]
    assert done.trigger.text == "done.state.p2"


# meanings


def test_meanings_come_along_and_overwrite_nothing() -> None:
    made = document(
        "initial: a\nstates: {a: {on: {GO: {guard: {and: [one, two]}, actions: act}}}}\n"
        "guards: {one: three, two: x > 1, three: y, unused: z}\n"
        "actions: {act: {send: HI, delay: SOON}}\ndelays: {SOON: 2s}"
    )
    other = document("initial: q\nstates: {q: {}}\nguards: {two: x > 2}")
    _, told = pasted(other, taken(made, "a"))
    assert write_machine(other.chart)["guards"] == {"two": "x > 2", "one": "three"}
    assert write_machine(other.chart)["delays"] == {"SOON": "2s"}
    assert told == ("With the meanings of “one”, “act” and “SOON”.", "“two” means something else here.")


def test_meanings_that_are_there_already_are_not_told() -> None:
    made = document("initial: a\nstates: {a: {on: {GO: {guard: one}}}}\nguards: {one: x > 1}")
    assert pasted(made, taken(made, "a"))[1] == ()


# the data that come along


COUNTS = """initial: a
context: {n: 1, limit: {most: 3}, wait: 500, deep: {x: 1}, unused: 0}
states:
  a:
    on: {GO: {guard: small, actions: [{assign: {'deep.x': n + 1}}, {send: HI, delay: SOON}]}}
guards: {small: n < context.limit.most}
delays: {SOON: wait}
"""


def test_the_context_keys_that_are_used_come_along_with_their_values() -> None:
    other = document("initial: q\ncontext: {n: 7}\nstates: {q: {}}")
    before = native.write(other.chart)[0]
    _, told = pasted(other, taken(document(COUNTS), "a"))
    assert other.chart.info.context == {"n": 7, "limit": {"most": 3}, "wait": 500, "deep": {"x": 1}}
    assert told == (
        "With the meanings of “small” and “SOON”.",
        "With the values of “limit”, “wait” and “deep” at the start.",
        "“n” begins with something else here.",
    )
    other.undo()
    assert native.write(other.chart)[0] == before


def test_who_reads_the_whole_context_takes_all_of_it() -> None:
    made = document("initial: a\ncontext: {n: 1, m: 2}\nstates: {a: {entry: {log: len(context)}}}")
    other = document("initial: q\nstates: {q: {}}")
    pasted(other, taken(made, "a"))
    assert other.chart.info.context == {"n": 1, "m": 2}


def test_the_text_of_a_copy_holds_its_context_too() -> None:
    text = clip_text.to_yaml(taken(document(COUNTS), "a"), MEASURE)
    other = document("initial: q\nstates: {q: {}}")
    pasted(other, clip_text.from_yaml(text, MEASURE))
    assert other.chart.info.context == {"n": 1, "limit": {"most": 3}, "wait": 500, "deep": {"x": 1}}


def script(data: str, inside: str) -> Document:
    """A document in SCXML with a state `a`."""
    return drawn(
        scxml.read(
            "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>"
            f"<datamodel>{data}</datamodel><state id='a'>{inside}</state></scxml>"
        ).chart
    )


def test_in_scxml_the_variables_that_are_used_come_along_and_what_they_begin_with() -> None:
    data = "<data id='n' expr='m + 1'/><data id='m' expr='2'/><data id='k' expr='3'/>"
    made = script(data, "<transition event='go' cond='n &gt; 1'/>")
    other = script("", "")
    _, told = pasted(other, taken(made, "a"))
    assert [(datum.id, datum.expr) for datum in other.chart.root.data] == [("n", "m + 1"), ("m", "2")]
    assert told == ("With the values of “n” and “m” at the start.",)


def test_what_a_state_declares_itself_goes_with_it_and_stands_once() -> None:
    inside = "<datamodel><data id='n' expr='1'/></datamodel><transition event='go' cond='n &gt; 1'/>"
    other = script("", "")
    [copy], _ = pasted(other, taken(script("", inside), "a"))
    assert other.chart.root.data == ()
    assert [datum.id for datum in other.chart.states[copy].data] == ["n"]


def test_between_formats_values_are_said_in_the_words_of_the_other() -> None:
    data = "<data id='n' expr='[1, true]'/><data id='m' expr='Math.PI'/>"
    made = script(data, "<onentry><assign location='n' expr='m'/></onentry>")
    other = document("initial: q\nstates: {q: {}}")
    _, told = pasted(other, taken(made, "a"))
    assert other.chart.info.context == {"n": [1, True], "m": None}
    assert "What “m” begins with cannot be said here; look at the context." in told
    back = script("", "")
    pasted(back, taken(document("initial: a\ncontext: {n: {x: 'é'}}\nstates: {a: {entry: {log: n}}}"), "a"))
    assert [(datum.id, datum.expr) for datum in back.chart.root.data] == [("n", '{"x": "é"}')]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab ", max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("xy"), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None)
@given(
    theirs=st.dictionaries(st.sampled_from("abcd"), _VALUES),
    ours=st.dictionaries(st.sampled_from("abcd"), _VALUES),
    used=st.sets(st.sampled_from("abcd")),
)
def test_a_machine_has_what_the_copies_use_and_keeps_all_that_it_had(
    theirs: dict[str, Data], ours: dict[str, Data], used: set[str]
) -> None:
    made, other = document("initial: p\nstates: {p: {}}"), document("initial: q\nstates: {q: {}}")
    made.apply(edits.set_info(made.chart, replace(made.chart.info, context=theirs)))
    other.apply(edits.set_info(other.chart, replace(other.chart.info, context=ours)))
    [state] = made.chart.children(made.chart.root_id)
    reading = replace(state, entry=tuple(Log(value=name) for name in sorted(used)))
    made.apply(edits.set_state(made.chart, made.diagram, reading, measure=MEASURE))
    pasted(other, taken(made, "p"))
    expected = {**{name: theirs[name] for name in theirs if name in used}, **ours}
    assert other.chart.info.context == expected
    other.undo()
    assert other.chart.info.context == ours


# places


def test_a_copy_keeps_its_look_and_lies_over_nothing() -> None:
    made = document(LEADS_OUT)
    a, b = id_of(made.chart, "a"), id_of(made.chart, "b")
    made.apply(edits.set_bends(made.chart, made.diagram, made.chart.outgoing(a)[0].id, [Point(200, 50)]))
    before = {id: made.diagram.boxes[id].rect for id in (a, b)}
    ids, _ = pasted(made, taken(made, "a", "b"))
    after = [made.diagram.boxes[id].rect for id in ids]
    way = after[0].x - before[a].x, after[0].y - before[a].y
    assert way != (0, 0)
    assert (after[1].x - before[b].x, after[1].y - before[b].y) == way
    [bent] = [made.diagram.bends[each.id] for each in made.chart.outgoing(ids[0])]
    assert bent.points == (Point(200 + way[0], 50 + way[1]),)
    rects = [box.rect for box in made.diagram.boxes.values() if box.width]
    assert not any(one.intersects(two) for one in rects for two in rects if one is not two)


def test_a_copy_goes_around_the_place_asked_for() -> None:
    made = document(LEADS_OUT)
    [copy], _ = pasted(made, taken(made, "a"), at=Point(1000, 800))
    center = made.diagram.boxes[copy].rect.center
    assert abs(center.x - 1000) <= 8
    assert abs(center.y - 800) <= 8


def test_tints_go_along() -> None:
    made, other = document(LEADS_OUT), document("initial: z\nstates: {z: {}}")
    box = made.diagram.boxes[id_of(made.chart, "a")]
    made.diagram.put_box(box.id, type(box)(**{**_fields(box), "tint": 3, "collapsed": True}))
    [copy], _ = pasted(other, taken(made, "a"))
    assert (other.diagram.boxes[copy].tint, other.diagram.boxes[copy].collapsed) == (3, True)


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).__slots__}  # type: ignore[attr-defined]


def test_a_parallel_state_takes_copies_as_regions() -> None:
    made = document("initial: p\nstates: {p: {type: parallel, states: {l: {}, r: {}}}, q: {}}")
    [copy], _ = pasted(made, taken(made, "q"), "p")
    assert queries.is_region(made.chart, copy)
    rect = made.diagram.boxes[copy].rect
    beside = [made.diagram.boxes[id_of(made.chart, path)].rect for path in ("p.l", "p.r")]
    assert all(rect.y >= other.bottom or rect.x >= other.right for other in beside)


# kinds of input


def shape(made: Chart, top: Sequence[str]) -> object:
    """What states and the transitions among them are, without what they are called."""
    order = [state.id for id in top for state in queries.document_order(made, id)]
    numbers = {id: number for number, id in enumerate(order)}

    def arrow(each: Transition) -> object:
        ends = tuple(numbers.get(target, -1) for target in each.targets)
        return each.trigger.kind, ends, each.internal, each.guard is None, len(each.actions)

    return [
        (
            made.states[id].kind,
            numbers.get(made.states[id].parent or "", -1),
            made.states[id].output,
            len(made.states[id].entry),
            [arrow(each) for each in made.outgoing(id) if all(target in numbers for target in each.targets)],
        )
        for id in order
    ]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 100_000), st.lists(st.integers(0, 60), min_size=1, max_size=4), st.booleans())
@example(seed=1, picks=[0], is_text=True)
@example(seed=1653, picks=[0], is_text=True)
def test_any_selection_of_any_chart_is_the_same_in_another(
    seed: int, picks: list[int], is_text: bool
) -> None:
    made = drawn(random_chart(seed))
    if is_text:  # which is in the words of the native format
        native_info = replace(made.chart.info, conventions=Conventions())
        made.apply(edits.set_info(made.chart, native_info))
    ids = sorted(id for id in made.chart.states if id != made.chart.root_id)
    clip = clips.take(made, [ids[pick % len(ids)] for pick in picks])
    other = document("initial: s1\nstates: {s1: {id: s1}, s2: {}}\nguards: {odd: n > 1}")
    got = (
        clip_text.from_yaml(clip_text.to_yaml(clip, MEASURE), MEASURE)
        if is_text
        else clips.from_text(clips.to_text(clip))
    )
    copies, _ = pasted(other, got)
    assert shape(other.chart, copies) == shape(made.chart, clip.top)
    states = [state for state in queries.document_order(other.chart) if state.parent is not None]
    assert len({queries.dotted_path(other.chart, state.id) for state in states}) == len(states)
    declared = [state.declared_id for state in states if state.declared_id]
    assert len(set(declared)) == len(declared)
    text = native.write(other.chart)[0]
    assert write_machine(native.read(text).chart) == {"id": "machine", **write_machine(other.chart)} or (
        write_machine(native.read(text).chart) == write_machine(other.chart)
    )
    other.undo()
    assert sorted(other.chart.states) == ["root", "s1", "s2"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000), st.lists(st.integers(0, 60), min_size=1, max_size=4))
def test_pasting_into_the_same_chart_and_taking_it_back_leaves_the_same_text(
    seed: int, picks: list[int]
) -> None:
    made = drawn(random_chart(seed))
    before = native.write(made.chart)[0]
    ids = sorted(id for id in made.chart.states if id != made.chart.root_id)
    chosen = [ids[pick % len(ids)] for pick in picks]
    clip = clips.take(made, chosen)
    copies, told = pasted(made, clips.from_text(clips.to_text(clip)))
    assert told == ()
    outgoing = [each for id in clip.top for state in queries.document_order(made.chart, id)
                for each in made.chart.outgoing(state.id)]  # fmt: skip
    copied = [each for id in copies for state in queries.document_order(made.chart, id)
              for each in made.chart.outgoing(state.id)]  # fmt: skip
    assert len(copied) == len(outgoing)
    made.undo()
    assert native.write(made.chart)[0] == before


# texts


@pytest.mark.parametrize(
    "text",
    [
        "a:\nb: {on: {GO: a}}",
        "- a\n- b: {on: {GO: a}}",
        "- a:\n  b:\n    on: {GO: a}",
        "id: m\ninitial: b\ncontext: {n: 1}\nstates:\n  a: {}\n  b: {on: {GO: a}}",
        "# a note\na: &same {}\nb:\n  on:\n    GO: a",
        '{"states": {"a": {}, "b": {"on": {"GO": "a"}}}}',
        "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0'>"
        "<state id='a'/><state id='b'><transition event='GO' target='a'/></state></scxml>",
        "<!-- two -->\n  <state id='a'/>\n  <state id='b'><transition event='GO' target='a'/></state>\n",
    ],
)
def test_states_are_read_from_any_text_that_lists_them(text: str) -> None:
    made = document("initial: z\nstates: {z: {}}")
    (a, b), _ = pasted(made, clip_text.from_yaml(text, MEASURE))
    assert keys(made, (a, b)) == ["a", "b"]
    assert targets(made, b) == [(a,)]
    rects = [made.diagram.boxes[id].rect for id in (a, b, id_of(made.chart, "z"))]
    assert not any(one.intersects(two) for one in rects for two in rects if one is not two)


@pytest.mark.parametrize(
    ("inside", "remark"),
    [("", ()), ("<onentry><log expr='x'/></onentry>", ("Expressions are in javascript; check them.",))],
)
def test_another_language_is_told_of_where_something_is_written_in_it(
    inside: str, remark: tuple[str, ...]
) -> None:
    made = document("initial: z\nstates: {z: {}}")
    state = f"<state id='a'>{inside}</state>"
    text = f"<scxml xmlns='http://www.w3.org/2005/07/scxml' datamodel='ecmascript'>{state}</scxml>"
    assert pasted(made, clip_text.from_yaml(text, MEASURE))[1] == remark


def test_what_is_wrong_in_states_cut_out_of_scxml_is_told_by_its_own_place() -> None:
    with pytest.raises(FormatError) as caught:
        clip_text.from_yaml("<state id='s'><transition></state>", MEASURE)
    assert str(caught.value).startswith("1:35: This is no well-formed XML")


def test_what_is_written_by_hand_may_lead_to_what_is_there() -> None:
    made = document("initial: z\nstates: {z: {}}")
    [a], told = pasted(made, clip_text.from_yaml("a: {on: {GO: z, LOST: nowhere}}", MEASURE))
    assert targets(made, a) == [(id_of(made.chart, "z"),)]
    assert told == ("A transition that leads out was left out.",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The clipboard holds no text."),
        ("hello world", "1:1: States are pasted as a machine"),
        ("[]", "an empty list stands here"),
        ("on: {GO: a}", "1:1: “on” is part of a state whose name is missing"),
        ("a:\nb: 5", "2:1: State “b” must be a mapping"),
        ("a: {}\nb: {type: round}", "2:11: “round” is no type of state"),
        ("- a\n- b:\n    states: {c: {type: round}}", "3:24: “round” is no type"),
        ("- a\n- a", "2:3: There are two states “a”."),
        ("- [a]", "1:3: This is neither the name"),
        ("a: {b", "1:6: A “,” or “}” is missing"),
        ("a: !thing 1", "1:4: The tag “!thing” is not allowed"),
        ("a: {}\na: {}", "2:1"),
        ("a: {}\n---\nb: {}", "2:1: A second document begins here"),
        ("states: {}", "1:1: There are no states in this text"),
    ],
)
def test_what_is_wrong_with_a_text_is_told_with_its_place(text: str, why: str) -> None:
    with pytest.raises(FormatError) as caught:
        clip_text.from_yaml(text, MEASURE)
    assert why in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="ab:{}[]-,&*!'\"# \n\t<", max_size=40)))
def test_no_text_is_too_strange(text: str) -> None:
    made = document(LEADS_OUT)
    try:
        clip = clip_text.from_yaml(text, MEASURE)
    except FormatError:
        return
    copies, _ = pasted(made, clip)
    assert copies


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_clip_is_refused(data: st.DataObject) -> None:
    made = document(LEADS_OUT)
    text = clips.to_text(clips.take(made, [id_of(made.chart, "a")]))
    at = data.draw(st.integers(0, len(text) - 1))
    for damaged in (text[:at], text[:at] + "]" + text[at + 1 :], "{}", "[]", "null"):
        with suppress(FormatError):
            assert clips.from_text(damaged).top


def test_the_text_of_a_copy_is_what_people_write() -> None:
    made = document(LEADS_OUT)
    clip = clips.take(made, [id_of(made.chart, "a"), id_of(made.chart, "b")])
    assert clip_text.to_yaml(clip, MEASURE) == "initial: a\nstates:\n  a:\n    on: {go: b}\n  b: {}\n"
    assert chart(clip_text.to_yaml(clip, MEASURE))
