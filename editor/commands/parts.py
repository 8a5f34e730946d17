"""Add a line to a state's card, edit one part of a label: the text field opens there, on the canvas."""

from __future__ import annotations

from functools import partial

from editor.commands.registry import Command, ask_for
from editor.document import card_lines
from editor.model.elements import Transition, TriggerKind
from editor.requests import AddLine, EditPart
from editor.session import Session


def can_add(kind: str, session: Session) -> bool:
    """Whether one state is selected that has lines of a kind; the machine itself is meant where nothing is."""
    chart = session.document.chart
    ids = session.selection.ids or (session.alone.value or chart.root_id,)
    return len(ids) == 1 and kind in card_lines.kinds(chart, ids[0])


def _transition(session: Session) -> Transition | None:
    """The one selected transition, unless it is where a state begins."""
    ids = session.selection.ids
    found = session.document.chart.transitions.get(ids[0]) if len(ids) == 1 else None
    return None if found is None or found.is_pseudo else found


def has_label(session: Session) -> bool:
    """Whether one transition is selected that has a label."""
    return _transition(session) is not None


def has_delay(session: Session) -> bool:
    """Whether one transition is selected that waits for a delay."""
    found = _transition(session)
    return found is not None and found.trigger.kind is TriggerKind.AFTER


COMMANDS = (
    *(
        Command(
            id=f"line.{kind}", title=f"Add {what}", run=partial(ask_for, AddLine(kind)), menu="State", group=5,
            when=partial(can_add, kind), tip=tip,
        )
        for kind, what, tip in (
            ("entry", "entry action", "Done when the selected state is entered, or the machine begins"),
            ("exit", "exit action", "Done when the selected state is left, or the machine ends"),
            ("invoke", "invocation", "A service that runs while the selected state is active, or the machine"),
        )
    ),
    *(
        Command(
            id=f"label.{part}", title=f"Edit {part}", run=partial(ask_for, EditPart(part)), menu="Transition",
            when=when, tip=f"Type the {part} of the selected transition in its label",
        )
        for part, when in (("guard", has_label), ("actions", has_label), ("delay", has_delay))
    ),
)  # fmt: skip
