"""The colour of what is selected: one of eight, by number and name, or none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from editor.commands.registry import Choice, Command, Desktop, nothing
from editor.document import tinting
from editor.model import tints
from editor.session import Session


def set_tint(tint: int | None, session: Session, desktop: Desktop) -> None:
    """Give all that is selected this colour, or none."""
    document = session.document
    edit = tinting.set_tint(document.diagram, session.selection.ids, tint)
    document.apply(edit)
    if edit.changes:
        session.say(f"{edit.label}.")


def shades(session: Session) -> Sequence[Choice]:
    """No colour and the eight, with a mark at the one that all that is selected has."""
    diagram = session.document.diagram
    chosen = {tinting.tint_of(diagram, id) for id in tinting.tintable(diagram, session.selection.ids)}
    return [
        Choice(
            title=tints.title(tint), run=partial(set_tint, tint), icon=f"tint-{tint or 0}",
            is_chosen=chosen == {tint},
        )
        for tint in (None, *tints.NUMBERS)
    ]  # fmt: skip


def has_tintable(session: Session) -> bool:
    """Whether something is selected that can have a colour."""
    return bool(tinting.tintable(session.document.diagram, session.selection.ids))


COMMANDS = (
    Command(
        id="state.tint", title="Colour", run=nothing, menu="State", group=5, when=has_tintable, choices=shades,
        tip="One of eight colours, or none, for all that is selected",
    ),
)  # fmt: skip
