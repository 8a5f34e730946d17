"""Having drawings proposed, taking them or turning them down, and saying which states no proposal may move."""

from __future__ import annotations

from functools import partial

from editor.commands.registry import Choice, Command, Desktop, Test, nothing
from editor.commands.view import choose, toggle
from editor.document import accepting, alone, constraining
from editor.document.steps import outermost
from editor.document.undo import Edit
from editor.layout.sizes import TableMeasure
from editor.layout_engine.options import Direction, Mode, Options, Scope
from editor.layout_engine.proposed import Asked
from editor.model import queries
from editor.model.diagram import ConstraintKind
from editor.requests import Propose
from editor.session import Session

MEASURE = TableMeasure()
MODES = ((Mode.LEVELS, "Level by level, stable"), (Mode.INTEGRATED, "All at once, fewest crossings"))
DIRECTIONS = (
    (Direction.AUTO, "As the view is shaped"), (Direction.DOWN, "Downwards"), (Direction.RIGHT, "To the right"),
)  # fmt: skip


def options(
    session: Session, scope: Scope, ids: frozenset[str] = frozenset(), *, keeps: bool = False
) -> Options:
    """What is wanted of a proposal, as the settings say."""
    settings = session.settings
    return Options(
        mode=Mode(settings.layout_mode), direction=Direction(settings.layout_direction), scope=scope, ids=ids,
        keeps=keeps,
    )  # fmt: skip


def _ask(session: Session, scope: Scope, ids: frozenset[str] = frozenset(), *, keeps: bool = False) -> None:
    session.ask(Propose(Asked(options=options(session, scope, ids, keeps=keeps))))


def lay_out_chart(session: Session, desktop: Desktop) -> None:
    """Propose places for all states, or all that is in the one seen alone; those that a hand placed stay.

    So do those of the last layout of the chart, where they fit.
    """
    _ask_for_all(session, keeps=True)


def lay_out_afresh(session: Session, desktop: Desktop) -> None:
    """The same, whatever the last layout was."""
    _ask_for_all(session, keeps=False)


def _ask_for_all(session: Session, *, keeps: bool) -> None:
    top = session.alone.value
    if top is not None:
        _ask(session, Scope.CONTAINER, frozenset((top,)))
    else:
        _ask(session, Scope.CHART, keeps=keeps)


def lay_out_inside(session: Session, desktop: Desktop) -> None:
    """Propose places for what the selected composite holds."""
    _ask(session, Scope.CONTAINER, frozenset(session.selection.ids))


def lay_out_selection(session: Session, desktop: Desktop) -> None:
    """Propose places for the selected states, which is to say that these may move; all others stay."""
    chart = session.document.chart
    _ask(session, Scope.SELECTION, frozenset(outermost(chart, session.selection.ids)))


def lay_out_routes(session: Session, desktop: Desktop) -> None:
    """Propose ways for the selected transitions, or for all of them; no state moves."""
    chart, top = session.document.chart, session.alone.value
    chosen = frozenset(id for id in session.selection.ids if id in chart.transitions)
    if top is not None and not chosen:
        chosen = frozenset(alone.lines_in(chart, top))
    _ask(session, Scope.ROUTES, chosen)


def free(session: Session, desktop: Desktop) -> None:
    """Ask again, for states placed by hand too, or without these once more."""
    proposed = session.proposed.value
    if proposed is not None:
        asked = proposed.asked
        session.ask(Propose(Asked(options=asked.options, frees=not asked.frees)))


def accept(session: Session, desktop: Desktop) -> None:
    """Take the whole proposal, as one step to undo."""
    proposed, document = session.proposed.value, session.document
    if proposed is not None and proposed.answer is not None:
        edit = accepting.accept(document.chart, document.diagram, proposed.answer.diagram)
        _take(session, edit)


def accept_selection(session: Session, desktop: Desktop) -> None:
    """Take what is proposed for the selected states; all others stay where they are."""
    proposed, document = session.proposed.value, session.document
    if proposed is not None and proposed.answer is not None:
        edit = accepting.accept_some(
            document.chart, document.diagram, proposed.answer.diagram, session.selection.ids, measure=MEASURE
        )
        _take(session, edit)


def _take(session: Session, edit: Edit) -> None:
    session.proposed.put(None)
    session.document.apply(edit)
    session.say(f"{edit.label}. Undo brings the former places back." if edit.changes else "Nothing moves.")


def reject(session: Session, desktop: Desktop) -> None:
    """Turn the proposal down, or end one that is being drawn; nothing was changed."""
    turn_down(session)


def turn_down(session: Session) -> bool:
    """End a proposal, if there is one or one is being drawn; whether there was."""
    was_asked = session.proposed.value is not None
    if was_asked:
        session.proposed.put(None)
        session.say("Everything stays where it is.")
    return was_asked


def pin(is_pinned: bool, session: Session, desktop: Desktop) -> None:
    """Have no proposal move the selected states from now on, or let them be moved again."""
    document = session.document
    edit = accepting.set_pinned(document.chart, document.diagram, _own_states(session), is_pinned=is_pinned)
    document.apply(edit)
    session.say(f"{edit.label}.")


def constrain(kind: ConstraintKind, session: Session, desktop: Desktop) -> None:
    """Have layouts keep something of the selected states."""
    document = session.document
    edit = constraining.add(document.chart, document.diagram, kind, session.selection.ids)
    document.apply(edit)
    session.say(f"{edit.label}: every layout does." if edit.changes else "Layouts keep this already.")


def unconstrain(session: Session, desktop: Desktop) -> None:
    """Drop what layouts are to keep of the selected states, or all of it where none is selected."""
    document = session.document
    edit = constraining.drop(document.diagram, session.selection.ids)
    document.apply(edit)
    session.say(f"{edit.label}.")


def _can_constrain(session: Session) -> bool:
    return bool(constraining.constrained(session.document.chart, session.selection.ids))


def _is_constrained(session: Session) -> bool:
    return bool(constraining.held_by(session.document.diagram, session.selection.ids))


def _own_states(session: Session) -> list[str]:
    chart = session.document.chart
    chosen = [id for id in session.selection.ids if id in chart.states and id != chart.root_id]
    if chosen or session.alone.value is None:
        return chosen or [id for id in chart.states if id != chart.root_id]
    return [state.id for state in queries.descendants(chart, session.alone.value)]


def set_mode(mode: Mode, session: Session, desktop: Desktop) -> None:
    """Draw proposals in this manner from now on, one that is shown included."""
    choose(session, layout_mode=mode.value)
    _again(session)


def set_direction(direction: Direction, session: Session, desktop: Desktop) -> None:
    """Let proposals flow this way from now on, one that is shown included."""
    choose(session, layout_direction=direction.value)
    _again(session)


def _again(session: Session) -> None:
    proposed = session.proposed.value
    if proposed is not None:
        asked = proposed.asked
        new = options(session, asked.options.scope, asked.options.ids)
        session.ask(Propose(Asked(options=new, frees=asked.frees)))


def modes(session: Session) -> list[Choice]:
    """The manners of drawing proposals."""
    now = session.settings.layout_mode
    return [
        Choice(title=title, run=partial(set_mode, mode), is_chosen=mode.value == now) for mode, title in MODES
    ]


def directions(session: Session) -> list[Choice]:
    """The ways that proposals can flow."""
    now = session.settings.layout_direction
    return [
        Choice(title=title, run=partial(set_direction, each), is_chosen=each.value == now)
        for each, title in DIRECTIONS
    ]


def _is_still(session: Session) -> bool:
    return not session.is_running


def _has_states(session: Session) -> bool:
    return _is_still(session) and len(session.document.chart.states) > 1


def _has_inside(session: Session) -> bool:
    chart, ids = session.document.chart, session.selection.ids
    return _is_still(session) and len(ids) == 1 and ids[0] in chart.states and chart.has_children(ids[0])


def _has_selected(session: Session) -> bool:
    chart = session.document.chart
    chosen = outermost(chart, session.selection.ids)
    parents = {chart.states[id].parent for id in chosen}
    are_free = not any(queries.is_region(chart, id) for id in chosen)
    return _is_still(session) and len(chosen) > 1 and len(parents) == 1 and are_free


def _has_ways(session: Session) -> bool:
    return _is_still(session) and bool(session.document.chart.transitions)


def is_proposed(session: Session) -> bool:
    """Whether a drawing waits to be taken."""
    proposed = session.proposed.value
    return proposed is not None and proposed.answer is not None


def is_asked(session: Session) -> bool:
    """Whether a drawing waits to be taken, or is being drawn."""
    return session.proposed.value is not None


def can_accept_selection(session: Session) -> bool:
    """Whether a drawing waits, and states are selected that could be placed as it says."""
    chart = session.document.chart
    return is_proposed(session) and bool(outermost(chart, session.selection.ids))


def _can_pin(is_pinned: bool) -> Test:
    def can(session: Session) -> bool:
        boxes = session.document.diagram.boxes
        return any(id in boxes and boxes[id].auto is is_pinned for id in _own_states(session))

    return can


COMMANDS = (
    Command(
        id="layout.chart", title="Lay out the chart", run=lay_out_chart, menu="Layout", group=0, when=_has_states,
        shortcuts=("Ctrl+Alt+L",), tip="Shows what a layout would look like; nothing moves until you accept",
    ),
    Command(
        id="layout.afresh", title="Lay out the chart afresh", run=lay_out_afresh, menu="Layout", group=0,
        when=_has_states, tip="The same from nothing: what an earlier layout placed may move, too",
    ),
    Command(
        id="layout.inside", title="Lay out inside", run=lay_out_inside, menu="Layout", group=0, when=_has_inside,
        tip="The same for what the selected composite holds",
    ),
    Command(
        id="layout.selection", title="Lay out selection", run=lay_out_selection, menu="Layout", group=0,
        when=_has_selected, tip="The same for the selected states; all others stay",
    ),
    Command(
        id="layout.routes", title="Propose routes", run=lay_out_routes, menu="Layout", group=0, when=_has_ways,
        tip="Other ways for the selected transitions, or for all; no state moves",
    ),
    Command(
        id="layout.mode", title="Layout manner", run=nothing, menu="Layout", group=0,
        choices=modes,
    ),
    Command(
        id="layout.direction", title="Layout direction", run=nothing, menu="Layout", group=0,
        choices=directions,
    ),
    Command(
        id="layout.accept", title="Accept layout", run=accept, menu="Layout", group=1, when=is_proposed,
        tip="Return on the canvas does the same",
    ),
    Command(
        id="layout.acceptSelection", title="Accept layout for selection", run=accept_selection, menu="Layout",
        group=1, when=can_accept_selection, tip="Shift+Return on the canvas does the same",
    ),
    Command(
        id="layout.reject", title="Reject layout", run=reject, menu="Layout", group=1, when=is_asked,
        tip="Escape on the canvas does the same",
    ),
    Command(
        id="layout.free", title="Layout moves pinned states", run=free, menu="Layout", group=1, when=is_asked,
        checked=lambda session: (found := session.proposed.value) is not None and found.asked.frees,
        tip="What was placed by hand is pinned, and stays unless this is chosen",
    ),
    Command(
        id="layout.pin", title="Pin", run=partial(pin, True), menu="Layout", group=2, when=_can_pin(True),
        tip="No layout moves the selected states, or any where none is selected",
    ),
    Command(
        id="layout.release", title="Release", run=partial(pin, False), menu="Layout", group=2, when=_can_pin(False),
        tip="A layout may move the selected states, or all where none is selected",
    ),
    Command(
        id="layout.pins", title="Show pins", run=partial(toggle, "pins", "Pins"), menu="Layout", group=2,
        checked=lambda session: session.settings.pins,
        tip="Marks the states that no layout moves; a click on a pin takes it out",
    ),
    *(
        Command(
            id=f"layout.{kind.value}", title=title, run=partial(constrain, kind), menu="Layout", group=3,
            when=_can_constrain, tip=tip,
        )
        for kind, title, tip in (
            (ConstraintKind.ROW, "Keep in one row", "Layouts put the middles of the selected states on one line"),
            (ConstraintKind.COLUMN, "Keep in one column", "Layouts put the selected states below one another"),
            (ConstraintKind.LEFT, "Keep in this order", "Layouts keep each selected state left of the next one"),
            (ConstraintKind.TOGETHER, "Keep together", "Layouts keep the selected states close to one another"),
        )
    ),
    Command(
        id="layout.drop", title="Drop what layouts keep", run=unconstrain, menu="Layout", group=3,
        when=_is_constrained, tip="Of the selected states, or of all where none is selected",
    ),
)  # fmt: skip
