"""Undo, delete, select, rename, change the kind, nudge: what is done to what is selected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from editor.commands.registry import Command, Desktop, Test, ask_for
from editor.document import alone, dots, edits, notes, region_edits
from editor.document.undo import Edit
from editor.geometry import GRID
from editor.layout.sizes import TableMeasure
from editor.model import queries
from editor.model.changes import net
from editor.model.chart import Chart
from editor.model.elements import State, StateKind
from editor.requests import Bend, EditLabel, GoOn, OpenMenu, Pan, RevealSelection
from editor.session import Session

MEASURE = TableMeasure()


def undo(session: Session, desktop: Desktop) -> None:
    """Take the last edit back."""
    label = session.document.undo_stack.undo_label
    session.document.undo()
    session.say(f"Undone: {label}")


def redo(session: Session, desktop: Desktop) -> None:
    """Make the last undone edit again."""
    label = session.document.undo_stack.redo_label
    session.document.redo()
    session.say(f"Done again: {label}")


def delete(session: Session, desktop: Desktop) -> None:
    """Delete what is selected, with all inside it and all transitions that lose an end."""
    document = session.document
    edit = edits.delete(document.chart, document.diagram, session.selection.ids)
    document.apply(edit)
    done = edit.label.replace("Delete", "Deleted", 1)
    session.say(f"{done}. Ctrl+Z brings it back.")


def select_all(session: Session, desktop: Desktop) -> None:
    """Select every state that does not lie in another, since the rest goes with them, and all notes.

    Of what is looked at alone, all that is in it.
    """
    document = session.document
    states = [child.id for child in document.chart.children(_ground(session))]
    session.selection.replace(
        [*states, *alone.notes_on(document.chart, document.diagram, session.alone.value)]
    )


def _ground(session: Session) -> str:
    """The state whose children are outermost: the machine, or what is looked at alone."""
    return session.alone.value or session.document.chart.root_id


def select_none(session: Session, desktop: Desktop) -> None:
    """Select nothing."""
    session.selection.replace([])


def select_parent(session: Session, desktop: Desktop) -> None:
    """Select what the selected state lies in, or the source of a selected transition."""
    chart = session.document.chart
    id = session.selection.ids[0]
    state = chart.states.get(id)
    parent = chart.transitions[id].source if id in chart.transitions else state.parent if state else None
    if parent is not None and parent != chart.root_id and id != session.alone.value:
        _select(session, parent)


def select_child(session: Session, desktop: Desktop) -> None:
    """Select the first state inside the selected one."""
    chart = session.document.chart
    ids = session.selection.ids
    children = chart.children(ids[0] if ids and ids[0] in chart.states else _ground(session))
    if children:
        _select(session, children[0].id)


def select_sibling(by: int, session: Session, desktop: Desktop) -> None:
    """Select the next or the previous state beside the selected one, or the first of all."""
    chart = session.document.chart
    state = _state(session)
    if state is not None and state.id == session.alone.value:
        state = None  # what lies beside it is not seen
    siblings = chart.children(state.parent if state is not None and state.parent else _ground(session))
    if not siblings:
        return
    place = siblings.index(state) + by if state is not None else 0
    _select(session, siblings[place % len(siblings)].id)


def _select(session: Session, id: str) -> None:
    session.selection.replace([id])
    session.ask(RevealSelection())


def rename(session: Session, desktop: Desktop) -> None:
    """Open the text field over what is selected."""
    session.ask(EditLabel(session.selection.ids[0]))


def go_on(session: Session, desktop: Desktop) -> None:
    """Open the text over what is selected; after a new state was named, make the next one beside it."""
    session.ask(GoOn())


def set_kind(kind: StateKind, session: Session, desktop: Desktop) -> None:
    """Make the selected state one of this kind, or an ordinary one again."""
    state = _state(session)
    if state is None:
        return
    wanted = StateKind.NORMAL if state.kind is kind else kind
    document = session.document
    _apply(session, edits.set_kind(document.chart, document.diagram, state.id, wanted, measure=MEASURE))


def add_region(session: Session, desktop: Desktop) -> None:
    """Put another region into the selected state, or beside the selected region, and open its name.

    With nothing selected it is the state under the pointer, and beside the region that the pointer is in.
    """
    chart = session.document.chart
    if session.selection.ids:
        parent = _with_regions(chart, _state(session))
    else:
        at = desktop.pointed().state
        around = [] if at is None else [chart.states[at], *chart.ancestors(at)]
        inner = next((each for each in around if queries.is_region(chart, each.id)), None)
        parent = _with_regions(chart, inner or next(iter(around), None))
    if parent is None:
        session.say("Select the state that another region is to be put into, or point at it.")
        return
    document = session.document
    edit, id = region_edits.add(chart, document.diagram, parent, measure=MEASURE)
    document.apply(edit)
    _select(session, id)
    session.ask(EditLabel(id))


def _with_regions(chart: Chart, state: State | None) -> str | None:
    """The state that a region beside or inside of a state would be put into."""
    if state is None:
        return None
    if state.kind is not StateKind.PARALLEL and queries.is_region(chart, state.id):
        return state.parent
    return state.id if state.kind in (StateKind.NORMAL, StateKind.PARALLEL) else None


def _can_have_regions(session: Session) -> bool:
    """Whether the selected state can; with nothing selected the pointer says which."""
    return not session.selection.ids or _with_regions(session.document.chart, _state(session)) is not None


def make_initial(session: Session, desktop: Desktop) -> None:
    """Make the selected state the one that its parent begins with."""
    state = _state(session)
    if state is not None:
        document = session.document
        edit = edits.set_initial(document.chart, document.diagram, state.id)
        if net(edit.changes):
            _apply(session, edit)
        else:
            session.say(f"“{state.key}” is initial already.")


def _apply(session: Session, edit: Edit) -> None:
    session.document.apply(edit)
    session.say(edit.label)


def nudge(dx: float, dy: float, session: Session, desktop: Desktop) -> None:
    """Move what is selected of states, notes and initial dots, or a part of the selected transition; else what is seen.

    Many in a row are one step to undo.
    """
    if not can_move(session):
        session.ask(Bend(dx, dy) if can_bend(session) else Pan(dx, dy))
        return
    document = session.document
    ids = session.selection.ids
    diagram = document.diagram
    edit = edits.nudge(document.chart, diagram, ids, dx, dy, measure=MEASURE)
    starts = {id: diagram.notes[id] for id in notes.chosen(diagram, ids)}
    along = notes.moved(diagram, starts, dx, dy)
    document.apply(Edit(edit.label, (*edit.changes, *along)), merge_key=("nudge", *ids))


def stride(dx: float, dy: float, session: Session, desktop: Desktop) -> None:
    """Move what `nudge` moves by steps of the grid, or of the usual one where none is chosen."""
    moves = can_move(session) or can_bend(session)
    step = session.settings.spacing if moves and session.settings.spacing else GRID
    nudge(dx * step, dy * step, session, desktop)


def route(session: Session, desktop: Desktop) -> None:
    """Leave bends, labels and dots that were placed by hand to the routing again."""
    document = session.document
    _apply(session, edits.clear_bends(document.chart, document.diagram, _placed(session)))


def _placed(session: Session) -> list[str]:
    """What is selected of the transitions that were placed by hand."""
    chart, diagram = session.document.chart, session.document.diagram
    return [
        id for id in session.selection.ids if id in chart.transitions and edits.is_placed(chart, diagram, id)
    ]


def _state(session: Session) -> State | None:
    """The one selected state."""
    ids = session.selection.ids
    return session.document.chart.states.get(ids[0]) if len(ids) == 1 else None


def has_selection(session: Session) -> bool:
    """Whether something is selected."""
    return bool(session.selection.ids)


def has_one(session: Session) -> bool:
    """Whether exactly one thing is selected."""
    return len(session.selection.ids) == 1


def can_move(session: Session) -> bool:
    """Whether a state or a note is selected, or the arrow of an initial dot."""
    chart, written = session.document.chart, session.document.diagram.notes
    return any(
        id in chart.states or id in written or dots.is_initial(chart, id) for id in session.selection.ids
    )


def can_bend(session: Session) -> bool:
    """Whether one transition is selected, and nothing else, that leads from state to state."""
    ids, transitions = session.selection.ids, session.document.chart.transitions
    return len(ids) == 1 and ids[0] in transitions and bool(transitions[ids[0]].targets)


def _is_one_state(session: Session) -> bool:
    return _state(session) is not None


def _is_kind(kind: StateKind) -> Test:
    def test(session: Session) -> bool:
        state = _state(session)
        return state is not None and state.kind is kind

    return test


def _is_initial(session: Session) -> bool:
    state = _state(session)
    if state is None or state.parent is None:
        return False
    initial = queries.initial_transition(session.document.chart, state.parent)
    return initial is not None and state.id in initial.targets


def _can_begin(session: Session) -> bool:
    state = _state(session)
    chart = session.document.chart
    return (
        state is not None
        and state.parent is not None
        and not state.kind.is_history
        and chart.states[state.parent].kind is StateKind.NORMAL
    )


KINDS: Sequence[tuple[StateKind, str]] = (
    (StateKind.PARALLEL, "Parallel"),
    (StateKind.FINAL, "Final"),
    (StateKind.SHALLOW_HISTORY, "History"),
    (StateKind.DEEP_HISTORY, "Deep history"),
)
WAYS = (("Left", -1, 0), ("Right", 1, 0), ("Up", 0, -1), ("Down", 0, 1))

COMMANDS = (
    Command(
        id="edit.undo", title="Undo", run=undo, menu="Edit", shortcuts=("Ctrl+Z",), icon="undo",
        when=lambda session: session.document.undo_stack.can_undo,
    ),
    Command(
        id="edit.redo", title="Redo", run=redo, menu="Edit", shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo", when=lambda session: session.document.undo_stack.can_redo,
    ),
    Command(
        id="edit.delete", title="Delete", run=delete, menu="Edit", group=1, when=has_selection,
        shortcuts=("Del", "Backspace"), icon="delete",
    ),
    Command(
        id="edit.rename", title="Rename", run=rename, menu="Edit", group=1, when=has_one,
        shortcuts=("F2",), on_canvas=True,
    ),
    Command(
        id="edit.menu", title="Open the menu of the selection", run=partial(ask_for, OpenMenu()), menu="Edit", group=1,
        when=has_selection, shortcuts=("Menu",), on_canvas=True, is_listed=False,
    ),
    Command(
        id="edit.goOn", title="Name, or make the next state", run=go_on, menu="Edit", group=1, when=has_one,
        shortcuts=("Return", "Enter"), on_canvas=True, is_listed=False,
    ),
    Command(
        id="edit.route", title="Clear bends", run=route, menu="Edit", group=1,
        when=lambda session: bool(_placed(session)), shortcuts=("Alt+Shift+R",),
        tip="Route the selected transitions anew: bends, labels and initial dots placed by hand are given up",
    ),
    Command(
        id="edit.all", title="Select all", run=select_all, menu="Edit", group=2, shortcuts=("Ctrl+A",),
        on_canvas=True,
    ),
    Command(
        id="edit.none", title="Select none", run=select_none, menu="Edit", group=2, when=has_selection,
        shortcuts=("Ctrl+Shift+A",),
    ),
    Command(
        id="edit.parent", title="Select parent", run=select_parent, menu="Edit", group=2, when=has_one,
        shortcuts=("Ctrl+Up",),
    ),
    Command(
        id="edit.child", title="Select first child", run=select_child, menu="Edit", group=2,
        shortcuts=("Ctrl+Down",),
    ),
    Command(
        id="edit.next", title="Select next", run=partial(select_sibling, 1), menu="Edit", group=2,
        shortcuts=("Tab",), on_canvas=True,
    ),
    Command(
        id="edit.previous", title="Select previous", run=partial(select_sibling, -1), menu="Edit", group=2,
        shortcuts=("Shift+Tab", "Backtab"), on_canvas=True,
    ),
    Command(
        id="edit.initial", title="Initial", run=make_initial, menu="State", when=_can_begin,
        checked=_is_initial,
    ),
    *(
        Command(
            id=f"edit.{kind.value}", title=title, run=partial(set_kind, kind), menu="State", group=1,
            when=_is_one_state, checked=_is_kind(kind),
        )
        for kind, title in KINDS
    ),
    Command(
        id="edit.region", title="Add region", run=add_region, menu="State", group=2,
        shortcuts=("R",), on_canvas=True, when=_can_have_regions,
        tip="Another region for the selected parallel state, or beside the selected region; what a plain state has "
        "inside becomes a region",
    ),
    *(
        Command(
            id=f"edit.nudge{word}", title=f"Move {word.lower()}", run=partial(stride, dx, dy),
            menu="State", group=group, shortcuts=(keys + word,), is_listed=False, on_canvas=True,
        )
        if not keys
        else Command(
            id=f"edit.fine{word}", title=f"Move {word.lower()} by one pixel",
            run=partial(nudge, dx, dy), menu="State", group=group,
            shortcuts=(keys + word,), is_listed=False, on_canvas=True,
        )
        for group, keys in ((3, ""), (4, "Shift+"))
        for word, dx, dy in WAYS
    ),
)  # fmt: skip
