"""Copy, cut, paste: what goes through the clipboard, as a clip for this program and as YAML for all others."""

from __future__ import annotations

from collections.abc import Iterable

from editor.commands.registry import PLAIN, Command, Desktop, Pointed
from editor.commands.structure import has_boxes, has_states
from editor.document import alone, clip_text, clips, edits, pasting
from editor.document.clips import Clip
from editor.document.kinds import HOLDERS
from editor.document.pasting import Pasted
from editor.document.steps import named
from editor.document.undo import Edit
from editor.errors import FormatError
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model import queries
from editor.requests import RevealSelection
from editor.session import Session

MEASURE = TableMeasure()


def copy(session: Session, desktop: Desktop) -> None:
    """Put the selected states on the clipboard, with all inside and the transitions among them, and notes."""
    clip = _put(session, desktop)
    session.say(f"Copied {clip.named}.")


def cut(session: Session, desktop: Desktop) -> None:
    """The same, and delete them."""
    document = session.document
    clip = _put(session, desktop)
    edit = edits.delete(document.chart, document.diagram, [*clip.top, *clip.diagram.notes])
    document.apply(Edit(edit.label.replace("Delete", "Cut", 1), edit.changes))
    session.say(f"{edit.label.replace('Delete', 'Cut', 1)}. Ctrl+Z brings it back.")


def _put(session: Session, desktop: Desktop) -> Clip:
    clip = clips.take(session.document, session.selection.ids)
    desktop.set_clipboard({clips.MIME: clips.to_text(clip), PLAIN: clip_text.to_plain_text(clip, MEASURE)})
    return clip


def paste(session: Session, desktop: Desktop) -> None:
    """Put what is on the clipboard into the chart, and select it.

    It goes into the state that is selected, unless that is what was copied or pasted last: then beside it. Where none
    is, it goes to the pointer or, with the pointer elsewhere, beside what was copied, else into the middle.

    Raises:
        EditorError: the clipboard holds no states, or they cannot go there; tells why, and nothing changed.
    """
    document = session.document
    clip = _clip(desktop)
    pointed = desktop.pointed()
    is_origin = clip.origin == document.token
    if not clip.top:
        at = pointed.at or (None if is_origin else pointed.middle)
        _put_in(session, pasting.paste_notes(document.diagram, clip, at))
        return
    parent, middle = _target(session, clip, pointed, is_origin=is_origin)
    made = pasting.paste(
        document.chart, document.diagram, clip, parent, middle, is_origin=is_origin, measure=MEASURE
    )
    _put_in(session, made)


def _put_in(session: Session, made: Pasted) -> None:
    """Do what pasting does, and select what came by it."""
    document = session.document
    document.apply(made.edit)
    document.pasted = frozenset(made.ids)
    session.selection.replace(made.ids)
    session.ask(RevealSelection())
    session.say(" ".join([f"{made.edit.label.replace('Paste', 'Pasted', 1)}.", *made.told]))


def _clip(desktop: Desktop) -> Clip:
    """What is on the clipboard."""
    own = desktop.clipboard(clips.MIME)
    if own:
        try:
            return clips.from_text(own)
        except FormatError:
            pass  # another version put it there: its text says the same
    return clip_text.from_yaml(desktop.clipboard(), MEASURE)


def _target(session: Session, clip: Clip, pointed: Pointed, *, is_origin: bool) -> tuple[str, Point | None]:
    """The state that a clip goes into, and around which place; None for where there is room in it."""
    chart = session.document.chart
    known = {*session.document.pasted, *(clip.top if is_origin else ())}
    ids = session.selection.ids
    chosen = chart.states.get(ids[0]) if len(ids) == 1 else None
    if chosen is not None and chosen.kind in HOLDERS and chosen.id not in known:
        is_in = pointed.state is not None and chosen.id in queries.lineage(chart, pointed.state)
        return chosen.id, pointed.at if is_in and chart.has_children(chosen.id) else None
    at = pointed.at
    if at is not None and not (pointed.state and known.intersection(queries.lineage(chart, pointed.state))):
        return _holder(session, pointed.state), at
    copied = clip.top if is_origin else ()
    parent = _parent_of(session, session.document.pasted if _are_pasted(session) else copied)
    top = session.alone.value
    parent = top if top is not None and not alone.holds(chart, top, parent) else parent
    is_beside = is_origin and all(clip.chart.states[id].parent == parent for id in clip.top)
    return parent, pointed.middle if parent == chart.root_id and not is_beside else None


def _are_pasted(session: Session) -> bool:
    """Whether what is selected was pasted last."""
    ids = session.selection.ids
    return bool(ids) and session.document.pasted.issuperset(ids)


def _parent_of(session: Session, ids: Iterable[str]) -> str:
    """The parent that states share as far as they are there; the machine itself for none."""
    chart = session.document.chart
    found = {chart.states[id].parent for id in ids if id in chart.states}
    return (found.pop() if len(found) == 1 else None) or chart.root_id


def _holder(session: Session, id: str | None) -> str:
    """The composite or region that a place lies in: a simple state there would be hit by chance."""
    chart = session.document.chart
    for each in reversed(queries.lineage(chart, id) if id is not None else []):
        holds = chart.has_children(each) or queries.is_region(chart, each)
        if chart.states[each].kind in HOLDERS and holds:
            return each
    return chart.root_id


def copy_picture(session: Session, desktop: Desktop) -> None:
    """Put a drawing of the selected states on the clipboard, of the whole chart where none is selected."""
    document = session.document
    if not has_states(session):
        desktop.copy_picture(document.chart, document.diagram)
        session.say("Copied the chart as a picture.")
        return
    clip = clips.take(document, session.selection.ids)
    desktop.copy_picture(*clip_text.as_machine(clip, MEASURE))
    session.say(f"Copied {named(clip.chart, clip.top)} as a picture.")


COMMANDS = (
    Command(
        id="edit.cut", title="Cut", run=cut, menu="Edit", group=1, shortcuts=("Ctrl+X",),
        when=has_boxes, on_canvas=True,
    ),
    Command(
        id="edit.copy", title="Copy", run=copy, menu="Edit", group=1, shortcuts=("Ctrl+C", "Ctrl+Ins"),
        when=has_boxes, on_canvas=True,
    ),
    Command(
        id="edit.paste", title="Paste", run=paste, menu="Edit", group=1, shortcuts=("Ctrl+V", "Shift+Ins"),
        on_canvas=True, tip="Put in states that were copied here or elsewhere, or are written as YAML",
    ),
    Command(
        id="edit.copy_picture", title="Copy as picture", run=copy_picture, menu="Edit", group=1,
        shortcuts=("Ctrl+Shift+C",), when=lambda session: len(session.document.chart.states) > 1,
        tip="The selected states, or the whole chart, as an image for documents and as SVG",
    ),
)  # fmt: skip
