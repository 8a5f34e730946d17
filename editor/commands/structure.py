"""Duplicate, group, dissolve: what is done to the structure of several states at once."""

from __future__ import annotations

from functools import partial

from editor.commands.registry import Command, Desktop
from editor.document import copying, dissolving, grouping, notes, region_edits
from editor.document.undo import Edit
from editor.layout.sizes import TableMeasure
from editor.model import queries
from editor.model.elements import StateKind
from editor.requests import EditLabel, RevealSelection
from editor.session import Session

MEASURE = TableMeasure()


def duplicate(session: Session, desktop: Desktop) -> None:
    """Copy the selected states, with all inside, and notes beside themselves, and select the copies."""
    document = session.document
    ids = session.selection.ids
    left = copying.left_out(document.chart, ids)
    edit, copies = notes.duplicate(document.diagram, ids)
    if has_states(session):
        written, along = edit, copies
        edit, copies = copying.duplicate(document.chart, document.diagram, ids, measure=MEASURE)
        edit, copies = Edit(edit.label, (*edit.changes, *written.changes)), copies | along
    document.apply(edit)
    session.selection.replace(copies.values())
    session.ask(RevealSelection())
    done = edit.label.replace("Duplicate", "Duplicated", 1)
    rest = {0: "", 1: " A transition that leads out was left out."}
    session.say(f"{done}.{rest.get(left, f' {left} transitions that lead out were left out.')}")


def group(kind: StateKind, session: Session, desktop: Desktop) -> None:
    """Put the selected states into a new state around them, and open its name."""
    document = session.document
    edit, id = grouping.group(document.chart, document.diagram, session.selection.ids, kind, measure=MEASURE)
    document.apply(edit)
    session.selection.replace([id])
    parent = document.chart.states[id].parent or document.chart.root_id
    session.say(f"{edit.label}.{grouping.remark(document.chart, parent)}", lasts=True)
    session.ask(EditLabel(id))


def dissolve(session: Session, desktop: Desktop) -> None:
    """Take the selected state away from around those in it, and select these."""
    document = session.document
    [id] = session.selection.ids
    parent = document.chart.states[id].parent or document.chart.root_id
    edit, children = dissolving.dissolve(document.chart, document.diagram, id, measure=MEASURE)
    document.apply(edit)
    session.selection.replace(children)
    session.say(f"{edit.label}.{grouping.remark(document.chart, parent)}")


def shift_region(by: int, session: Session, desktop: Desktop) -> None:
    """Put the selected region before or behind its neighbour."""
    document = session.document
    [id] = session.selection.ids
    edit = region_edits.shift(document.chart, document.diagram, id, by)
    document.apply(edit)
    session.selection.replace([id])
    session.say(f"{edit.label}.")


def merge_regions(session: Session, desktop: Desktop) -> None:
    """Make one region of the selected ones."""
    document = session.document
    edit, id = region_edits.merge(document.chart, document.diagram, session.selection.ids, measure=MEASURE)
    document.apply(edit)
    session.selection.replace([id])
    session.say(f"{edit.label}. Only one of its states is active at a time from now on.")


def _can_shift(by: int, session: Session) -> bool:
    ids, chart = session.selection.ids, session.document.chart
    if len(ids) != 1 or ids[0] not in chart.states or not queries.is_region(chart, ids[0]):
        return False
    row = [child.id for child in chart.children(chart.states[ids[0]].parent or "")]
    return 0 <= row.index(ids[0]) + by < len(row)


def has_regions(session: Session) -> bool:
    """Whether several regions are selected, and nothing else."""
    ids, chart = session.selection.ids, session.document.chart
    return len(ids) > 1 and all(id in chart.states and queries.is_region(chart, id) for id in ids)


def has_composite(session: Session) -> bool:
    """Whether one state with states inside is selected."""
    ids, chart = session.selection.ids, session.document.chart
    return len(ids) == 1 and ids[0] in chart.states and chart.has_children(ids[0])


def has_boxes(session: Session) -> bool:
    """Whether a state or a note is selected."""
    return has_states(session) or bool(notes.chosen(session.document.diagram, session.selection.ids))


def has_states(session: Session) -> bool:
    """Whether a state is selected."""
    chart = session.document.chart
    return any(id in chart.states and id != chart.root_id for id in session.selection.ids)


COMMANDS = (
    Command(
        id="edit.duplicate", title="Duplicate", run=duplicate, menu="Edit", group=3, when=has_boxes,
        shortcuts=("Ctrl+D",), tip="Copy the selected states with all inside; Alt+drag does the same by hand",
    ),
    Command(
        id="edit.group", title="Group into a composite", run=partial(group, StateKind.NORMAL), menu="Edit",
        group=3, when=has_states, shortcuts=("Ctrl+G",),
        tip="Put the selected states into a new state around them; others that are in the way step aside",
    ),
    Command(
        id="edit.dissolve", title="Dissolve composite", run=dissolve, menu="Edit", group=3, when=has_composite,
        shortcuts=("Ctrl+Shift+G", "Shift+Del"), tip="Take the selected state away from around those in it",
    ),
    Command(
        id="edit.wrap", title="Wrap as parallel", run=partial(group, StateKind.PARALLEL), menu="Edit", group=3,
        when=has_states, tip="Make each selected state a region of a new parallel state",
    ),
    Command(
        id="edit.regionBefore", title="Move region before", run=partial(shift_region, -1), menu="State", group=2,
        when=partial(_can_shift, -1), tip="Change places with the region before it",
    ),
    Command(
        id="edit.regionBehind", title="Move region behind", run=partial(shift_region, 1), menu="State", group=2,
        when=partial(_can_shift, 1), tip="Change places with the region behind it",
    ),
    Command(
        id="edit.mergeRegions", title="Merge regions", run=merge_regions, menu="State", group=2, when=has_regions,
        tip="The first of the selected regions takes over the states of the others",
    ),
)  # fmt: skip
