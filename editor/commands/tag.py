"""The tags of what is selected: those that the machine has are given and taken by a click, others are typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from editor.commands.registry import Choice, Command, Desktop, Review, nothing
from editor.document import tagging
from editor.errors import EditorError
from editor.layout.sizes import TableMeasure
from editor.session import Session

MEASURE = TableMeasure()


def set_tag(tag: str, is_on: bool, session: Session, desktop: Desktop) -> None:
    """Give a tag to all that is selected, or take it from it."""
    document = session.document
    edit = tagging.set_tag(
        document.chart, document.diagram, session.selection.ids, tag, is_on=is_on, measure=MEASURE
    )
    document.apply(edit)
    if edit.changes:
        session.say(f"{edit.label}.")


def new_tag(session: Session, desktop: Desktop) -> None:
    """Ask for a tag, and give it to all that is selected."""

    def review(text: str) -> Review:
        document = session.document
        try:
            edit = tagging.set_tag(
                document.chart, document.diagram, session.selection.ids, text, is_on=True, measure=MEASURE
            )
        except EditorError as error:
            return Review(problem=str(error))
        return Review(changes=[edit.label]) if edit.changes else Review(remarks=["It is there already."])

    tag = desktop.ask_text("New tag", "", review, "Add")
    if tag is not None:
        set_tag(tag, True, session, desktop)


def tags(session: Session) -> Sequence[Choice]:
    """All tags of the machine, with a mark at those that all selected states have, and a way to another one."""
    chart, ids = session.document.chart, session.selection.ids
    found = [Choice(title="New tag…", run=new_tag)]
    for tag in tagging.tags_of(chart):
        is_on = tagging.has_tag(chart, ids, tag)
        found.append(Choice(title=tag, run=partial(set_tag, tag, not is_on), is_chosen=is_on))
    return found


def can_tag(session: Session) -> bool:
    """Whether a state is selected that can have tags."""
    chart = session.document.chart
    return any(state.id != chart.root_id for state in tagging.taggable(chart, session.selection.ids))


COMMANDS = (
    Command(
        id="state.tag", title="Tags", run=nothing, menu="State", group=5, when=can_tag, choices=tags,
        tip="Give tags to all selected states, and take them away",
    ),
)  # fmt: skip
