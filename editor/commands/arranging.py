"""Where states are among others: lined up, spread, as large as one another, folded, in another parent."""

from __future__ import annotations

from functools import partial

from editor.commands.edit import has_one
from editor.commands.finding import COMMANDS_ONLY
from editor.commands.registry import Command, Desktop, ask_for
from editor.document import aligning, edits, snapping, swapping, tidying
from editor.document.steps import outermost
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import GRID
from editor.layout.sizes import TableMeasure
from editor.requests import Find, MoveByLetters, Stretch
from editor.session import Session

MEASURE = TableMeasure()
_WORDS = {
    "left": "left", "center": "centres", "right": "right", "top": "top", "middle": "middles", "bottom": "bottom",
}  # fmt: skip


def _apply(session: Session, edit: Edit) -> None:
    session.document.apply(edit)
    session.say(f"{edit.label}." if edit.changes else "Nothing is to be changed.")


def align(side: str, session: Session, desktop: Desktop) -> None:
    """Put the selected states on a line."""
    document = session.document
    edit = aligning.align(document.chart, document.diagram, session.selection.ids, side, measure=MEASURE)
    _apply(session, edit)


def distribute(is_level: bool, session: Session, desktop: Desktop) -> None:
    """Make the gaps between the selected states equal."""
    document, ids = session.document, session.selection.ids
    edit = aligning.distribute(document.chart, document.diagram, ids, is_level=is_level, measure=MEASURE)
    _apply(session, edit)


def same_size(width: bool, height: bool, session: Session, desktop: Desktop) -> None:
    """Make the selected states as large as the one that was selected last."""
    document = session.document
    edit = aligning.same_size(
        document.chart, document.diagram, session.selection.ids, width=width, height=height, measure=MEASURE
    )
    _apply(session, edit)


def swap(session: Session, desktop: Desktop) -> None:
    """Let the two selected states take each other's place."""
    document = session.document
    _apply(session, swapping.swap(document.chart, document.diagram, session.selection.ids, measure=MEASURE))


def tidy(session: Session, desktop: Desktop) -> None:
    """Lay the selected states out anew where they are."""
    document = session.document
    _apply(session, tidying.tidy(document.chart, document.diagram, session.selection.ids, measure=MEASURE))


def snap(session: Session, desktop: Desktop) -> None:
    """Put the selected states where they would stick if they were dragged."""
    document = session.document
    _apply(session, snapping.snap(document.chart, document.diagram, session.selection.ids, measure=MEASURE))


def fold(is_folded: bool, session: Session, desktop: Desktop) -> None:
    """Show the selected composites as a card alone, or with what is in them again."""
    document = session.document
    edit = aligning.fold(document.chart, document.diagram, session.selection.ids, is_folded=is_folded)
    _apply(session, edit)


def stretch(dx: float, dy: float, session: Session, desktop: Desktop) -> None:
    """Make what is selected larger or smaller by a step of the grid, or of the usual one where none is chosen."""
    step = session.settings.spacing or GRID
    session.ask(Stretch(dx * step, dy * step))


def move_out(session: Session, desktop: Desktop) -> None:
    """Move the selected states out of the state around them, where they are on the canvas."""
    chart = session.document.chart
    ids = outermost(chart, session.selection.ids)
    parent = chart.states[chart.states[ids[0]].parent or chart.root_id].parent
    if parent is not None:
        move_into(session, ids, parent)


def move_into(session: Session, ids: list[str], parent: str) -> None:
    """Move states into another parent, where they are on the canvas.

    Raises:
        ChartError: that cannot hold them.
    """
    document = session.document
    chart, diagram = document.chart, document.diagram
    if not edits.can_hold(chart, parent, ids):
        raise ChartError(f"“{chart.states[parent].key}” cannot hold this. Choose another state.")
    edit = edits.reparent(chart, diagram, ids, parent, measure=MEASURE)
    document.apply(edit)
    session.selection.replace(ids)
    session.say(f"{edit.label}.")


def ask_align(session: Session, desktop: Desktop) -> None:
    """Let one of the ways to align be chosen by typing; the tips of those called otherwise have the word too."""
    session.ask(Find(f"{COMMANDS_ONLY} align "))


def has_several(session: Session) -> bool:
    """Whether several states are selected that can be arranged."""
    return len(aligning.movable(session.document.chart, session.selection.ids)) > 1


def _has_many(session: Session) -> bool:
    return len(aligning.movable(session.document.chart, session.selection.ids)) > 2


def _can_fold(is_folded: bool, session: Session) -> bool:
    document, ids = session.document, session.selection.ids
    return bool(aligning.foldable(document.chart, document.diagram, ids, is_folded=is_folded))


def _has_states(session: Session) -> bool:
    return bool(aligning.movable(session.document.chart, session.selection.ids))


def _can_tidy(session: Session) -> bool:
    return bool(tidying.meant(session.document.chart, session.selection.ids))


def _can_swap(session: Session) -> bool:
    return swapping.pair(session.document.chart, session.selection.ids) is not None


def _can_move_out(session: Session) -> bool:
    chart = session.document.chart
    parents = {chart.states[id].parent for id in outermost(chart, session.selection.ids)}
    return len(parents) == 1 and parents != {chart.root_id} and _has_states(session)


COMMANDS = (
    *(
        Command(
            id=f"arrange.{side}", title=f"Align {word}", run=partial(align, side), menu="Arrange",
            group=0 if side in aligning.SIDES[:3] else 1, when=has_several,
        )
        for side, word in _WORDS.items()
    ),
    *(
        Command(
            id=f"arrange.{id}", title=f"Distribute {word}", run=partial(distribute, is_level), menu="Arrange", group=2,
            when=_has_many, tip="Align with equal gaps; the first and the last stay",
        )
        for id, word, is_level in (("across", "horizontally", True), ("down", "vertically", False))
    ),
    *(
        Command(
            id=f"arrange.{id}", title=f"Same {word}", run=partial(same_size, width, height), menu="Arrange", group=3,
            when=has_several, tip="Align the size with that of the state that was selected last",
        )
        for id, word, width, height in (
            ("width", "width", True, False), ("height", "height", False, True), ("size", "size", True, True),
        )
    ),
    Command(
        id="arrange.swap", title="Swap places", run=swap, menu="Arrange", group=3, when=_can_swap,
        shortcuts=("Ctrl+Shift+X",), tip="Two states take each other's place; their transitions are routed anew",
    ),
    Command(
        id="arrange.tidy", title="Tidy selection", run=tidy, menu="Arrange", group=3, when=_can_tidy,
        shortcuts=("Ctrl+Shift+L",), tip="Lay the selected states out anew where they are; all others stay",
    ),
    Command(
        id="arrange.snap", title="Snap to neighbours", run=snap, menu="Arrange", group=3, when=_has_states,
        shortcuts=("Ctrl+Shift+K",),
        tip="Align each selected state with what is near, or put it into an equal gap, as dragging it would",
    ),
    *(
        Command(
            id=f"arrange.{word}", title=title, run=partial(stretch, dx, dy), menu="Arrange", group=3, when=has_one,
            shortcuts=(key,), on_canvas=True, is_listed=False,
        )
        for word, title, dx, dy, key in (
            ("wider", "Make wider, or move a label to the right", 1, 0, "Ctrl+Right"),
            ("narrower", "Make narrower, or move a label to the left", -1, 0, "Ctrl+Left"),
            ("higher", "Make higher, or move a label down", 0, 1, "Alt+PgDown"),
            ("lower", "Make lower, or move a label up", 0, -1, "Alt+PgUp"),
        )
    ),
    Command(
        id="arrange.collapse", title="Collapse", run=partial(fold, True), menu="Arrange", group=4,
        when=partial(_can_fold, True), shortcuts=("Ctrl+Home",), tip="Hide what is in the selected composites",
    ),
    Command(
        id="arrange.expand", title="Expand", run=partial(fold, False), menu="Arrange", group=4,
        when=partial(_can_fold, False), shortcuts=("Ctrl+End",), tip="Show what is in the selected composites again",
    ),
    Command(
        id="arrange.into", title="Move into by letters", run=partial(ask_for, MoveByLetters()), menu="Arrange", group=5,
        when=_has_states, shortcuts=("Ctrl+M",), tip="Letters stand beside the states that can hold the selected ones",
    ),
    Command(
        id="arrange.out", title="Move out", run=move_out, menu="Arrange", group=5, when=_can_move_out,
        shortcuts=("Ctrl+Shift+M",), tip="Move the selected states out of the state around them",
    ),
    Command(
        id="arrange.any", title="Arrange…", run=ask_align, menu="Arrange", group=6, shortcuts=("Ctrl+L",),
        tip="Choose how by typing",
    ),
)  # fmt: skip
