"""Light up what belongs together, an event's transitions or what is related to the selection, and dim all else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from editor.commands.registry import Choice, Command, Desktop, nothing
from editor.document import lensing
from editor.document.looking import Look
from editor.model.naming import NameKind
from editor.session import Session

MOST_EVENTS = 500
"""Events that are offered in a menu, those that stand in the most places; others are lit up from where they stand."""


def event_of(session: Session) -> str:
    """The event of the first selected transition that waits for one; empty for none."""
    chart = session.document.chart
    return next((event for id in session.selection.ids if (event := lensing.event_of(chart, id))), "")


def light(event: str, session: Session, desktop: Desktop | None = None) -> None:
    """Light up the transitions of an event and their ends; asked again for the same one, end that."""
    looking = session.looking
    if (looking.look, looking.name) == (Look.EVENT, event):
        looking.end()
    else:
        _show_event(event, session)


def light_selected(session: Session, desktop: Desktop) -> None:
    """Light up the event of the selected transition; while one is lit up and none is selected, end that."""
    light(event_of(session) or session.looking.name, session)


def toggle_related(session: Session, desktop: Desktop) -> None:
    """Dim what is unrelated to the selection, whatever that will be, or no longer."""
    if session.looking.look is Look.RELATED:
        session.looking.end()
    else:
        _show_related(session)


def follow(session: Session) -> None:
    """The chart or the selection is another one: what is lit up by them is, too."""
    if session.looking.look is Look.EVENT:
        _show_event(session.looking.name, session)
    elif session.looking.look is Look.RELATED:
        _show_related(session)


def _show_event(event: str, session: Session) -> None:
    document = session.document
    found = lensing.taken_by(document.chart, event)
    chosen = next((id for id in session.selection.ids if id in found), "")
    hits = document.text_index.ordered(found)
    is_new = (session.looking.look, session.looking.name) != (Look.EVENT, event)
    kept = lensing.with_ends(document.chart, found)
    session.looking.show(Look.EVENT, event, hits, at=chosen if is_new else "", kept=kept)


def _show_related(session: Session) -> None:
    ids = session.selection.ids
    kept = lensing.related(session.document.chart, ids) if ids else None
    session.looking.show(Look.RELATED, "", (), kept=kept)


def events(session: Session) -> Sequence[Choice]:
    """Every event of the chart, by its name."""
    counts = session.document.vocabulary.names(NameKind.EVENT)
    most = sorted(counts, key=lambda name: -counts[name])[:MOST_EVENTS]
    looking = session.looking
    shown = looking.name if looking.look is Look.EVENT else None
    found = [
        Choice(title=name, run=partial(light, name), is_chosen=name == shown)
        for name in sorted(most, key=str.casefold)
    ]
    return found or [Choice(title="No events yet", run=nothing)]


def _can_light(session: Session) -> bool:
    return session.looking.look is Look.EVENT or bool(event_of(session))


COMMANDS = (
    Command(
        id="lens.event", title="Light up the event", run=light_selected, menu="View", when=_can_light,
        shortcuts=("L",), on_canvas=True, checked=lambda session: session.looking.look is Look.EVENT,
        tip="All transitions of the event of the selected one, with their ends; all else is dimmed",
    ),
    Command(
        id="lens.events", title="Light up an event", run=nothing, menu="View", choices=events,
        tip="All transitions of an event, with their ends; all else is dimmed",
    ),
    Command(
        id="lens.related", title="Dim what is unrelated", run=toggle_related, menu="View",
        shortcuts=("Shift+L",), on_canvas=True, checked=lambda session: session.looking.look is Look.RELATED,
        tip="The selected states, their transitions and the other ends stay as they are; all else is dimmed",
    ),
)  # fmt: skip
