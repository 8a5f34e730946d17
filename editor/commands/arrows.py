"""What is done to transitions: turned around, led to themselves, split by a state, changed many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

from editor.commands.registry import Command, Desktop, Review, ask_for
from editor.document import arrows, edits, straightening
from editor.document.fitting import fitted
from editor.document.undo import Edit
from editor.errors import EditorError
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind
from editor.model.slots import Grammar
from editor.requests import EditLabel, LeadByLetters
from editor.session import Session

MEASURE = TableMeasure()
Plan = Callable[[Chart, Diagram, Iterable[str]], Edit]
_GRAMMARS = {"event": Grammar.LABEL, "guard": Grammar.GUARD, "actions": Grammar.ACTIONS}
"""What each part of a label is typed in."""


def change(plan: Plan, session: Session, desktop: Desktop) -> None:
    """Do something to the selected transitions."""
    document = session.document
    edit = plan(document.chart, document.diagram, _arrows(session))
    document.apply(fitted(document.chart, document.diagram, edit, MEASURE))
    session.say(f"{edit.label}.")


def set_part(part: str, session: Session, desktop: Desktop) -> None:
    """Ask for the event, guard or actions of all selected transitions, and give them to each."""
    document = session.document
    chart, ids = document.chart, _arrows(session)
    texts = {arrows.parts_of(chart, chart.transitions[id])[part] for id in ids}

    def review(text: str) -> Review:
        try:
            edit = arrows.set_part(chart, ids, part, text)
        except EditorError as error:
            return Review(problem=str(error))
        return Review(remarks=[f"{len(edit.changes)} transitions"] if len(ids) > 1 else [])

    title = f"Change {part} of {len(ids)} transitions" if len(ids) > 1 else f"Change {part}"
    text = texts.pop() if len(texts) == 1 else ""
    answer = desktop.ask_text(title, text, review, "Change", _GRAMMARS[part])
    if answer is not None:
        edit = arrows.set_part(chart, ids, part, answer)
        document.apply(fitted(chart, document.diagram, edit, MEASURE))
        session.say(f"{edit.label}.")


def straighten(session: Session, desktop: Desktop) -> None:
    """Make the selected transition straight by the least that does it."""
    document = session.document
    [id] = session.selection.ids
    edit = straightening.straighten(document.chart, document.diagram, id, measure=MEASURE)
    document.apply(edit)
    session.say(f"{edit.label}.")


def insert_state(session: Session, desktop: Desktop) -> None:
    """Put a new state on the way of the selected transition, and open its name."""
    document = session.document
    [id] = session.selection.ids
    edit, state = arrows.insert_state(document.chart, document.diagram, id, measure=MEASURE)
    document.apply(edit)
    session.selection.replace([state])
    session.ask(EditLabel(state))


def grow(dx: float, dy: float, session: Session, desktop: Desktop) -> None:
    """Lead on from the selected state to a new one beside it, and open the label of the transition."""
    document = session.document
    [id] = session.selection.ids
    edit, new = arrows.grow(document.chart, document.diagram, id, Point(dx, dy), measure=MEASURE)
    document.apply(edit)
    session.selection.replace([new])
    session.reveal(document.chart.transitions[new].targets[0])
    session.ask(EditLabel(new))


def add(is_internal: bool, session: Session, desktop: Desktop) -> None:
    """Give the selected state a transition to itself, or one that only does something, and open its label."""
    document = session.document
    [id] = session.selection.ids
    edit, new = edits.connect(document.chart, document.diagram, id, () if is_internal else (id,))
    document.apply(fitted(document.chart, document.diagram, edit, MEASURE))
    session.selection.replace([new])
    session.ask(EditLabel(new))


def connect(session: Session, desktop: Desktop) -> None:
    """Lead a transition from each selected state to the one that was selected last."""
    document = session.document
    ids = [id for id in session.selection.ids if id in document.chart.states]
    edit, new = arrows.connect_all(document.chart, document.diagram, ids[:-1], ids[-1])
    document.apply(edit)
    session.selection.replace(new)
    if len(new) == 1:
        session.ask(EditLabel(new[0]))
    else:
        session.say(f"{edit.label}. Change event, in the menu Transition, names them all at once.")


def _arrows(session: Session) -> list[str]:
    """The selected transitions that are more than where a state begins."""
    transitions = session.document.chart.transitions
    return [id for id in session.selection.ids if id in transitions and not transitions[id].is_pseudo]


def _can_be_straight(session: Session) -> bool:
    ids = session.selection.ids
    return len(ids) == 1 and straightening.can_be_straight(session.document.chart, ids[0])


def has_arrows(session: Session) -> bool:
    """Whether a transition is selected that is more than where a state begins."""
    transitions = session.document.chart.transitions
    return any(id in transitions and not transitions[id].is_pseudo for id in session.selection.ids)


def has_one_arrow(session: Session) -> bool:
    """Whether one transition is selected, and nothing else, that leads from state to state."""
    return len(session.selection.ids) == 1 and has_arrows(session)


def has_several(session: Session) -> bool:
    """Whether several states are selected."""
    states = session.document.chart.states
    return len(list(islice((id for id in session.selection.ids if id in states), 2))) > 1


def can_answer(session: Session) -> bool:
    """Whether one state is selected that can have transitions to itself."""
    ids, chart = session.selection.ids, session.document.chart
    kinds = (StateKind.NORMAL, StateKind.PARALLEL)
    is_state = len(ids) == 1 and ids[0] in chart.states and ids[0] != chart.root_id
    return is_state and chart.states[ids[0]].kind in kinds


def _can_insert(session: Session) -> bool:
    return len(session.selection.ids) == 1 and session.selection.ids[0] in session.document.chart.transitions


COMMANDS = (
    *(
        Command(
            id=f"arrow.{part}", title=f"Change {part}…", run=partial(set_part, part), menu="Transition",
            when=has_arrows, tip=f"Give all selected transitions the same {part}",
        )
        for part in arrows.PARTS
    ),
    Command(
        id="arrow.swap", title="Swap ends", run=partial(change, arrows.swap_ends), menu="Transition", group=1,
        when=has_arrows, tip="Lead the selected transitions from their target to their source",
    ),
    Command(
        id="arrow.self", title="Make self-transition", run=partial(change, arrows.to_self), menu="Transition",
        group=1, when=has_arrows, tip="Lead back to the source, which is left and entered anew",
    ),
    Command(
        id="arrow.internal", title="Make internal", run=partial(change, arrows.to_internal), menu="Transition",
        group=1, when=has_arrows, tip="Do the actions without leaving the state",
    ),
    Command(
        id="arrow.target", title="Lead to another state", run=partial(ask_for, LeadByLetters("target")),
        menu="Transition", group=1, when=has_one_arrow, shortcuts=("Ctrl+T",),
        tip="Letters stand beside the states: type those of the one that it is to lead to",
    ),
    Command(
        id="arrow.source", title="Lead from another state", run=partial(ask_for, LeadByLetters("source")),
        menu="Transition", group=1, when=has_one_arrow,
        tip="Letters stand beside the states: type those of the one that it is to lead from",
    ),
    Command(
        id="arrow.insert", title="Insert state", run=insert_state, menu="Transition", group=1, when=_can_insert,
        tip="Put a new state on the way; a state without transitions that is dropped on a line does the same",
    ),
    Command(
        id="arrow.addSelf", title="Add self-transition", run=partial(add, False), menu="Transition", group=2,
        when=can_answer,
    ),
    Command(
        id="arrow.addInternal", title="Add internal transition", run=partial(add, True), menu="Transition",
        group=2, when=can_answer,
    ),
    Command(
        id="arrow.connect", title="Connect to the last selected", run=connect, menu="Transition", group=2,
        when=has_several, tip="A transition from each selected state to the one that was selected last",
    ),
    Command(
        id="arrange.straighten", title="Straighten", run=straighten, menu="Arrange", group=5, when=_can_be_straight,
        shortcuts=("Ctrl+Shift+H",),
        tip="Make the selected transition straight: without its bends, else by moving one of its ends a little",
    ),
    *(
        Command(
            id=f"arrow.grow{word}", title=f"New state {where}", run=partial(grow, dx, dy), menu="Transition",
            group=3, when=can_answer, shortcuts=(f"Alt+Shift+{word}",), on_canvas=True,
            tip="A new state with a transition to it",
        )
        for word, where, dx, dy in (
            ("Right", "to the right", 1, 0), ("Down", "below", 0, 1),
            ("Left", "to the left", -1, 0), ("Up", "above", 0, -1),
        )
    ),
)  # fmt: skip
