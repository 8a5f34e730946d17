"""Add a line to a state's card, edit one part of a label: the text field opens there, on the canvas."""

from __future__ import annotations

from functools import partial

from editor.commands.registry import Command, Desktop
from editor.document import card_lines
from editor.model.elements import Transition, TriggerKind
from editor.session import Session


def edit(part: str, session: Session, desktop: Desktop) -> None:
    """Open the text field for a part of what is selected."""
    session.ask_view(f"label {part}")


def can_add(session: Session) -> bool:
    """Whether one state is selected whose card has lines."""
    ids = session.selection.ids
    return len(ids) == 1 and card_lines.has_lines(session.document.chart, ids[0])


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
            id=f"line.{kind}", title=f"Add {what}", run=partial(edit, f"{kind}+"), menu="State", group=5,
            when=can_add, tip=tip,
        )
        for kind, what, tip in (
            ("entry", "entry action", "Done when the state is entered"),
            ("exit", "exit action", "Done when the state is left"),
            ("invoke", "invocation", "A service that runs while the state is active"),
        )
    ),
    Command(
        id="label.guard", title="Edit guard", run=partial(edit, "guard"), menu="Transition", when=has_label,
        tip="Type the guard of the selected transition in its label",
    ),
    Command(
        id="label.actions", title="Edit actions", run=partial(edit, "actions"), menu="Transition",
        when=has_label, tip="Type the actions of the selected transition in its label",
    ),
    Command(
        id="label.delay", title="Edit delay", run=partial(edit, "delay"), menu="Transition", when=has_delay,
        tip="Type the delay of the selected transition in its label",
    ),
)  # fmt: skip
