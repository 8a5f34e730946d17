"""Machines as YAML: what is read, what is reported and where, and that saving keeps what was not edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import FormatError
from editor.formats import native
from editor.formats.native_merge import merge_machine
from editor.formats.yaml_patch import patch as patch_text
from editor.formats.yaml_tree import Mark
from editor.model import queries
from editor.model.changes import AnyChange, InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import (
    And,
    Assign,
    Call,
    Expr,
    In,
    Log,
    Named,
    Not,
    Send,
    State,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
)
from editor.model.problems import Severity
from tests.charts import id_of
from tests.formats.machines import EVERYTHING, PLAIN, SAMPLES, said


def change_state(chart: Chart, path: str, **fields: object) -> None:
    old = chart.states[id_of(chart, path) if path else chart.root_id]
    chart.apply([StateChange(old.id, old, replace(old, **fields))])  # type: ignore[arg-type]


def transition_of(chart: Chart, path: str, text: str) -> Transition:
    own = chart.outgoing(id_of(chart, path) if path else chart.root_id)
    return next(each for each in own if each.trigger.text == text)


def change_transition(chart: Chart, path: str, text: str, **fields: object) -> None:
    old = transition_of(chart, path, text)
    chart.apply([TransitionChange(old.id, old, replace(old, **fields))])  # type: ignore[arg-type]


def edited(text: str, edit: Callable[[Chart], None]) -> str:
    """The text after an edit; reads back to the edited chart."""
    loaded = native.read(text, name="m.yaml")
    chart = loaded.chart.copy()
    edit(chart)
    patched = native.patch(loaded, chart)[0]
    assert said(native.read(patched, name="m.yaml").chart) == said(chart)
    return patched


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


# reading


def test_everything_is_read_and_nothing_is_wrong() -> None:
    loaded = native.read(EVERYTHING, name="m.yaml")
    chart = loaded.chart
    assert loaded.problems == ()
    assert (chart.root.key, chart.root.declared_id) == ("shop", "shop")
    assert chart.info.guards[0] == ("isPaid", Expr(text="total > 0"))
    pay = chart.states[id_of(chart, "pay")]
    assert pay.kind is StateKind.PARALLEL
    assert chart.states[id_of(chart, "pay.back")].kind is StateKind.DEEP_HISTORY
    assert transition_of(chart, "cart", "HELP").is_forbidding
    first, second = (each for each in chart.outgoing(id_of(chart, "cart")) if each.trigger.text == "order.*")
    assert first.targets == second.targets == (id_of(chart, "done"),)
    assert second.guard == And(parts=(Named(name="isPaid"), Not(part=In(state=id_of(chart, "pay.card")))))
    assert transition_of(chart, "pay", "INNER").internal
    assert not transition_of(chart, "pay", "OUTER").internal
    assert transition_of(chart, "cart", "SLOW").actions == (Log(value="total"),)


def test_the_stem_of_the_file_stands_in_for_the_id() -> None:
    assert native.read(PLAIN, name="/some/where/door.yaml").chart.root.key == "door"


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("[1]", "a list stands here", (1, 1)),
        ("", "nothing stands here", (1, 1)),
        ("just text", "a single value stands here", (1, 1)),
        ("a: 1\na: 2\n", "line 1, column 1", (2, 1)),
        ("a: !x 1\n", "tag", (1, 4)),
        ("a: [\n", "m.yaml:2:1", (2, 1)),
    ],
)
def test_what_is_no_machine_is_refused_with_its_place(
    text: str, message: str, place: tuple[int, int]
) -> None:
    with pytest.raises(FormatError) as caught:
        native.read(text, name="m.yaml")
    flaw = caught.value.flaws[0]
    assert message in str(caught.value)
    assert (flaw.line, flaw.column) == place


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("states:\n  a: {type: paralel}\n", "Did you mean “parallel”", (2, 13)),
        ("states: 5\n", "“states” must be a mapping", (1, 9)),
        ("states:\n  a: 5\n", "State “a” must be a mapping", (2, 3)),
        ("states:\n  a:\n    on: [x]\n", "“on” must be a mapping", (3, 5)),
        ("states:\n  a:\n    initial: {x: 1}\n", "“initial” must name a state", (3, 5)),
        ("states:\n  a:\n    on:\n      E: {target: a, internal: 5}\n", "true or false", (4, 32)),
        ("states:\n  a:\n    on:\n      E: {guard: {adn: [x]}}\n", "Did you mean “and”", (4, 11)),
        ("states:\n  a:\n    entry:\n      - x\n      - {asign: {n: 1}}\n", "Did you mean “assign”", (5, 9)),
        ("states:\n  a:\n    entry: {choose: [{guard: [x]}]}\n", "A guard is a name", (3, 23)),
        ("states:\n  a:\n    entry: {send: {x: 1}}\n", "“send” needs an event", (3, 13)),
        ("states:\n  a:\n    invoke: [{id: x}]\n", "needs “src”", (3, 14)),
        ("states: {a: {}}\ncontext: [1]\n", "“context” must be a mapping", (2, 1)),
        ("states: {a: {}}\ndelays: {a.b: [1]}\n", "A delay is", (2, 10)),
        ("states: {a: {tags: [[1]]}}\n", "“tags” is a list", (1, 14)),
        ("states: {a: {}}\nguards: {g: {in: [a]}}\n", "needs the path of a state", (2, 14)),
    ],
)
def test_a_wrong_type_is_an_error_at_its_place(text: str, message: str, place: tuple[int, int]) -> None:
    loaded = native.read(text, name="m.yaml")
    problem = loaded.problems[0]
    assert message in f"{problem.message} {problem.hint}"
    assert problem.severity is Severity.ERROR
    assert loaded.places.find(problem.element, problem.field, is_key=problem.is_key) == Mark(*place)


@pytest.mark.parametrize(
    ("target", "place"),
    [("1.10", (3, 19)), ("{target: 1.10}", (3, 28)), ("{target: ['1.1', 1.10]}", (3, 36)), ("0x1", (3, 19))],
)
def test_a_target_that_is_read_as_another_number_is_told(target: str, place: tuple[int, int]) -> None:
    text = f"initial: '1.1'\nstates:\n  '1.1': {{on: {{E: {target}}}}}\n  '1.10': {{}}\n  0x1: {{}}\n"
    loaded = native.read(text, name="m.yaml")
    [problem] = loaded.problems
    assert problem.severity is Severity.ERROR
    assert "Put it in quotes" in problem.message
    assert loaded.places.find(problem.element, problem.field) == Mark(*place)


def test_a_target_may_be_a_number_that_is_written_as_it_is_read() -> None:
    loaded = native.read("initial: 1\nstates: {1: {on: {E: 2.5, F: [&x 2.5, *x]}}, 2.5: {}}\n")
    assert loaded.problems == ()
    assert [each.targets for each in loaded.chart.outgoing(id_of(loaded.chart, "1"))] == [
        (loaded.chart.children(loaded.chart.root_id)[1].id,)
    ] * 3


def test_an_unknown_key_is_a_warning_names_the_nearest_and_is_kept() -> None:
    text = "states:\n  a: {on: {E: {target: a, gaurd: x}}, entri: y}\nguardz: {}\n"
    loaded = native.read(text, name="m.yaml")
    found = {
        each.hint: loaded.places.find(each.element, each.field, is_key=each.is_key)
        for each in loaded.problems
    }
    assert {each.severity for each in loaded.problems} == {Severity.WARNING}
    assert found == {
        "Did you mean “guard”?": Mark(2, 27),
        "Did you mean “entry”?": Mark(2, 39),
        "Did you mean “guards”?": Mark(3, 1),
    }
    assert native.read(native.write(loaded.chart)[0]).chart.root.extra == (("guardz", {}),)


def test_all_problems_are_reported_at_once() -> None:
    text = "states: {a: {type: x, on: 5, tags: {}, invoke: 7}}\ncontext: 5\nguards: 6\n"
    assert len(native.read(text).problems) == 6


def test_a_field_is_found_under_the_word_of_the_file() -> None:
    places = native.read(EVERYTHING, name="m.yaml")
    transition = next(
        each for each in places.chart.outgoing(id_of(places.chart, "cart")) if each.trigger.text == "order.*"
    )
    guard = places.places.find(transition.id, "guard")
    assert guard is not None
    assert EVERYTHING.splitlines()[guard.line - 1][guard.column - 1 :].startswith("isPaid}")
    word = places.places.find(transition.id, "guard", is_key=True)
    assert word is not None
    assert EVERYTHING.splitlines()[word.line - 1][word.column - 1 :].startswith("cond: isPaid")
    target = places.places.find(transition_of(places.chart, "cart", "NEXT").id, "targets")
    assert target is not None
    assert EVERYTHING.splitlines()[target.line - 1][target.column - 1 :].startswith("pay")
    paid = places.places.find("info", "guards.isPaid")
    assert paid is not None
    assert EVERYTHING.splitlines()[paid.line - 1].startswith("  isPaid")


def test_a_target_is_read_in_every_spelling() -> None:
    text = """
id: m
states:
  a:
    id: here
    states: {x: {states: {y: {}}}, "k.l": {}}
    on: {A: b, B: .x, C: .x.y, D: a.x, E: '#here', F: '#here.x.y', G: '#m.a.x', H: '#a.x', I: .k.l, J: nope, K: ''}
  b: {}
"""
    chart = native.read(text, name="m.yaml").chart
    found = [transition_of(chart, "a", event).targets[0] for event in "ABCDEFGHIJK"]
    paths = ["b", "a.x", "a.x.y", "a.x", "a", "a.x.y", "a.x", "a.x"]
    assert found[:8] == [id_of(chart, path) for path in paths]
    assert chart.states[found[8]].key == "k.l"
    assert found[9:] == ["?nope", "?"]


# writing


@pytest.mark.parametrize("text", SAMPLES)
def test_a_fresh_text_means_the_same(text: str) -> None:
    chart = native.read(text, name="m.yaml").chart
    written, notices = native.write(chart)
    assert said(native.read(written, name="m.yaml").chart) == said(chart)
    assert notices == ()


def test_the_shortest_forms_are_written() -> None:
    text = "states: {a: {on: {E: {target: b}, F: null, G: {target: b, cond: g}}, entry: [x]}, b: {}}\n"
    assert native.write(native.read(text).chart)[0] == (
        "states:\n  a:\n    entry: x\n    on: {E: b, F: null, G: {target: b, guard: g}}\n  b: {}\n"
    )


def test_a_path_is_written_so_that_it_leads_back() -> None:
    text = "states:\n  a: {id: b, on: {E: '#c.x'}}\n  b: {}\n  c: {states: {x: {on: {E: '#m.b'}}}}\nid: m\n"
    chart = native.read(text).chart
    assert said(native.read(native.write(chart)[0]).chart) == said(chart)


def test_what_has_no_place_in_the_format_is_told() -> None:
    chart = native.read(PLAIN).chart
    initial = queries.initial_transition(chart, chart.root_id)
    assert initial is not None
    chart.apply([TransitionChange(initial.id, initial, replace(initial, actions=(Call(name="x"),)))])
    assert [each.message for each in native.write(chart)[1]] == [
        "What the initial transition carries of “the machine” cannot be kept."
    ]


# saving over what was read


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_unedited_machine_saves_to_the_same_bytes(text: str, newline: str) -> None:
    text = text.replace("\n", newline)
    loaded = native.read(text, name="m.yaml")
    assert native.patch(loaded, loaded.chart.copy())[0] == text


def test_renaming_rewrites_references_in_their_own_spelling() -> None:
    after = edited(EVERYTHING, lambda chart: change_state(chart, "cart", key="basket"))
    old, new = changed_lines(EVERYTHING, after)
    assert new == [line.replace("cart", "basket") for line in old]
    assert len(old) == 3


def test_renaming_a_parent_rewrites_paths_through_it() -> None:
    after = edited(EVERYTHING, lambda chart: change_state(chart, "pay.card", key="visa"))
    old, new = changed_lines(EVERYTHING, after)
    assert new == [line.replace("card", "visa") for line in old]


def test_a_new_id_of_the_machine_reaches_every_path_that_begins_with_it() -> None:
    after = edited(EVERYTHING, lambda chart: change_state(chart, "", declared_id="store", key="store"))
    assert "#shop" not in after
    assert after == EVERYTHING.replace("#shop", "#store").replace("id: shop", "id: store")


def test_an_empty_state_stays_empty_when_another_is_edited() -> None:
    after = edited(PLAIN, lambda chart: change_state(chart, "b", description="new"))
    assert "\n  a:\n  b:" in after


def test_a_transition_keeps_its_words_and_only_what_was_edited_changes() -> None:
    def edit(chart: Chart) -> None:
        old = next(
            each for each in chart.outgoing(id_of(chart, "cart")) if each.guard == Named(name="isPaid")
        )
        chart.apply([TransitionChange(old.id, old, replace(old, guard=Named(name="isFree")))])

    after = edited(EVERYTHING, edit)
    assert changed_lines(EVERYTHING, after)[1] == ["        - {target: '#shop.done', cond: isFree}"]


def test_a_renamed_event_keeps_its_place_and_comment() -> None:
    after = edited(
        EVERYTHING, lambda chart: change_transition(chart, "cart", "NEXT", trigger=Trigger(text="GO"))
    )
    assert changed_lines(EVERYTHING, after) == (["      NEXT: pay   # go on"], ["      GO: pay   # go on"])


def test_a_target_alone_becomes_a_mapping_when_it_gets_a_guard() -> None:
    after = edited(EVERYTHING, lambda chart: change_transition(chart, "cart", "NEXT", guard=Named(name="g")))
    assert changed_lines(EVERYTHING, after)[1] == ["      NEXT: {target: pay, guard: g}   # go on"]


def test_one_action_of_several_is_edited_in_place() -> None:
    after = edited(
        EVERYTHING,
        lambda chart: change_transition(
            chart,
            "cart",
            "ADD",
            actions=(Call(name="count"), Assign(values=(("total", "total + 2"),)), Call(name="more")),
        ),
    )
    assert changed_lines(EVERYTHING, after)[1] == [
        "      ADD: {actions: [count, {assign: {total: total + 2}}, more]}"
    ]


def test_moving_a_state_carries_its_text_and_its_comments() -> None:
    def edit(chart: Chart) -> None:
        change_state(chart, "cart", parent=id_of(chart, "pay.card"), order=9)

    after = edited(EVERYTHING, edit)
    assert "# where it begins" in after
    assert "# go on" in after
    assert "NEXT: '#pay'" in after or 'NEXT: "#pay"' in after


def test_an_internal_transition_made_external_keeps_its_target() -> None:
    after = edited(EVERYTHING, lambda chart: change_transition(chart, "pay", "INNER", internal=False))
    assert changed_lines(EVERYTHING, after)[1] == ["      INNER: {target: .card, internal: false}"]
    back = edited(after, lambda chart: change_transition(chart, "pay", "OUTER", internal=True))
    assert "OUTER: {target: .card}" in back


def test_a_renamed_guard_keeps_its_comment() -> None:
    def edit(chart: Chart) -> None:
        info = chart.info
        guards = tuple(("paid" if name == "isPaid" else name, each) for name, each in info.guards)
        chart.apply([InfoChange(info.id, info, replace(info, guards=guards))])

    assert "  paid: total > 0   # paid\n" in edited(EVERYTHING, edit)


def test_what_cannot_be_read_stays_when_something_else_is_edited() -> None:
    text = "states:\n  a: {on: 5, entry: [x, 7]}\n  b: {}\nguards: {g: [1]}\n"
    after = edited(text, lambda chart: change_state(chart, "b", description="new"))
    assert after == text.replace("  b: {}", "  b:\n    description: new")


def test_an_action_deleted_beside_a_broken_one_leaves_it() -> None:
    text = "states:\n  a: {entry: [x, 7, y]}\n"
    after = edited(text, lambda chart: change_state(chart, "a", entry=(Call(name="y"),)))
    assert after == "states:\n  a: {entry: [7, y]}\n"


def test_states_of_both_words_keep_theirs() -> None:
    text = "initial: a\nstates:\n  a: {}\nregions:\n  b: {}\n"
    after = edited(text, lambda chart: change_state(chart, "b", description="x"))
    assert after == "initial: a\nstates:\n  a: {}\nregions:\n  b:\n    description: x\n"


# random edits


def some_edit(chart: Chart, what: int, one: int, two: int) -> list[AnyChange]:
    states = [each for each in chart.states.values() if each.parent is not None]
    transitions = list(chart.transitions.values())
    state = states[one % len(states)]
    other = states[two % len(states)]
    transition = transitions[one % len(transitions)]
    plain = not transition.is_pseudo
    taken = {each.key for each in states} | {each.declared_id for each in states}
    if what in (0, 1, 2) and taken & {f"n{one}x{two}", f"id{one}x{two}", f"new{one}x{two}"}:
        return []
    if what == 0:
        return [StateChange(state.id, state, replace(state, key=f"n{one}x{two}"))]
    if what == 1:
        return [StateChange(state.id, state, replace(state, declared_id=f"id{one}x{two}"))]
    if what == 2:
        new = State(id=chart.fresh_id("n"), parent=other.parent, key=f"new{one}x{two}", order=one / 7)
        return [StateChange(new.id, None, new)]
    if what == 3:
        is_inside = other.id == state.id or queries.is_descendant(chart, other.id, state.id)
        is_taken = queries.child_by_key(chart, other.id, state.key) is not None
        if is_inside or is_taken:
            return []
        return [StateChange(state.id, state, replace(state, parent=other.id, order=two / 3))]
    if what == 4 and plain:
        return [TransitionChange(transition.id, transition, replace(transition, targets=(other.id,)))]
    if what == 5 and plain:
        return [TransitionChange(transition.id, transition, replace(transition, internal=bool(two % 2)))]
    if what == 6 and plain:
        guards = (None, Named(name="g"), In(state=other.id), Not(part=In(state=state.id)), Expr(text="a > 1"))
        return [TransitionChange(transition.id, transition, replace(transition, guard=guards[two % 5]))]
    if what == 7 and plain:
        return [TransitionChange(transition.id, transition, None)]
    if what == 8:
        new_one = Transition(
            id=chart.fresh_id("n"), source=state.id, targets=(other.id,), order=one / 5,
            trigger=Trigger(kind=(TriggerKind.EVENT, TriggerKind.AFTER)[two % 2], text=("NEXT", "5s", "E")[one % 3]),
        )  # fmt: skip
        return [TransitionChange(new_one.id, None, new_one)]
    if what == 9:
        actions = (Call(name="z"), Send(event="S", delay=two), *state.entry)[one % 2 :]
        return [StateChange(state.id, state, replace(state, entry=actions, tags=("t",) * (two % 3)))]
    if what == 10 and plain and transition.trigger.kind is TriggerKind.EVENT:
        return [
            TransitionChange(
                transition.id, transition, replace(transition, trigger=Trigger(text=f"E{two % 3}"))
            )
        ]
    if what == 11 and plain:
        return [TransitionChange(transition.id, transition, replace(transition, order=two / 2 - 5))]
    return []


EDITS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 40), st.integers(0, 40)), max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), EDITS)
def test_any_edit_is_read_back(text: str, edits: list[tuple[int, int, int]]) -> None:
    """The merge alone, without the net that compares and writes anew."""
    loaded = native.read(text, name="m.yaml")
    chart = loaded.chart.copy()
    for edit in edits:
        chart.apply(some_edit(chart, *edit))
    new, moved = merge_machine(loaded, chart)
    assert loaded.tree is not None
    patched = patch_text(loaded.tree, new, moved)
    assert said(native.read(patched, name="m.yaml").chart) == said(chart)
    assert said(native.read(native.write(chart)[0], name="m.yaml").chart) == said(chart)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("initial: true\nstates: {a: {}}", "“initial” must name a state, but true stands here.",
         "Write the name of a state, such as “a”."),
        ("initial: false\nstates: {a: {}, 'false': {}}", "“initial” must name a state, but false stands here.",
         "Put “false” in quotes to name the state."),
        ("initial: {a: 1}\nstates: {a: {}}", "“initial” must name a state, but a mapping stands here.",
         "Write the name of a state, such as “a”."),
        ("states: {a: {states: {h: {type: history, target: [true]}}}}",
         "“target” must name a state, but a list stands here.", "Write the name of a state, such as “h”."),
    ],
)  # fmt: skip
def test_what_is_no_name_of_a_state_is_told_with_one_that_is(text: str, message: str, hint: str) -> None:
    [problem] = [each for each in native.read(text).problems if each.rule == "wrong-type"]
    assert (problem.message, problem.hint) == (message, hint)
