"""Selecting by what is selected: the like of it, what leads in and out, what lies around and beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from editor.commands.edit import WAYS, has_selection
from editor.commands.registry import Choice, Command, Desktop, nothing
from editor.document import alone, selecting
from editor.model.chart import Chart
from editor.requests import RevealSelection
from editor.session import Session

Pick = Callable[[Chart, Iterable[str]], list[str]]


def pick(find: Pick, session: Session, desktop: Desktop) -> None:
    """Select what is found from what is selected; what is selected stays so where that is nothing."""
    chart = session.document.chart
    found = alone.inside(chart, session.alone.value, dict.fromkeys(find(chart, session.selection.ids)))
    if found:
        session.selection.replace(found)
        session.say(f"{len(found)} selected" if len(found) > 1 else "")
    else:
        session.say("There is nothing of that kind.")


def _same_tint(session: Session) -> Pick:
    return lambda chart, ids: selecting.same_tint(chart, session.document.diagram, ids)


def likes(session: Session) -> Sequence[Choice]:
    """In what ways things can be like what is selected."""
    chart, ids = session.document.chart, session.selection.ids
    found = [Choice(title="Of the same kind", run=partial(pick, selecting.same_kind))]
    if any(id in chart.transitions for id in ids):
        found.append(Choice(title="With the same event", run=partial(pick, selecting.same_event)))
    if any(id in chart.states for id in ids):
        found.append(Choice(title="Of the same colour", run=partial(pick, _same_tint(session))))
    if any(chart.states[id].tags for id in ids if id in chart.states):
        found.append(Choice(title="With a same tag", run=partial(pick, selecting.same_tags)))
    return found


def walk(dx: int, dy: int, session: Session, desktop: Desktop) -> None:
    """Select the state next to what is selected, in a direction of the canvas."""
    document = session.document
    ids = session.selection.ids
    start, top = ids[-1] if ids else None, session.alone.value
    found = selecting.nearest(document.chart, document.diagram, start, dx, dy, within=top)
    if found is not None:
        session.selection.replace([found])
        session.ask(RevealSelection())


def _has_states(session: Session) -> bool:
    return any(id in session.document.chart.states for id in session.selection.ids)


COMMANDS = (
    Command(
        id="select.like", title="Select alike", run=nothing, menu="Edit", group=2, when=has_selection,
        choices=likes,
    ),
    Command(
        id="select.attached", title="Select all transitions of these", menu="Edit", group=2,
        run=partial(pick, selecting.attached), when=_has_states, shortcuts=("Shift+T",),
        on_canvas=True,
    ),
    Command(
        id="select.outgoing", title="Select outgoing transitions", menu="Edit", group=2,
        run=partial(pick, selecting.outgoing), when=_has_states, shortcuts=("Ctrl+Shift+Right",), on_canvas=True,
    ),
    Command(
        id="select.incoming", title="Select incoming transitions", menu="Edit", group=2,
        run=partial(pick, selecting.incoming), when=_has_states, shortcuts=("Ctrl+Shift+Left",), on_canvas=True,
    ),
    Command(
        id="select.around", title="Select the states around", menu="Edit", group=2,
        run=partial(pick, selecting.grown), when=has_selection, shortcuts=("Ctrl+Shift+Up",),
    ),
    Command(
        id="select.children", title="Select all children", menu="Edit", group=2,
        run=partial(pick, selecting.children), when=_has_states, shortcuts=("Ctrl+Shift+Down",),
    ),
    Command(
        id="select.siblings", title="Select all siblings", menu="Edit", group=2,
        run=partial(pick, selecting.siblings), when=_has_states, tip="What lies in the same state, these included",
    ),
    Command(
        id="select.others", title="Select all others", menu="Edit", group=2,
        run=partial(pick, selecting.inverted), shortcuts=("Ctrl+Shift+I",),
        tip="What lies beside the selected states, or all other transitions",
    ),
    *(
        Command(
            id=f"select.{word.lower()}", title=f"Select the next to the {word.lower()}" if dx else
            f"Select the next {'above' if dy < 0 else 'below'}", menu="Edit", group=2,
            run=partial(walk, dx, dy), shortcuts=(f"Alt+{word}",), is_listed=False, on_canvas=True,
        )
        for word, dx, dy in WAYS
    ),
)  # fmt: skip
