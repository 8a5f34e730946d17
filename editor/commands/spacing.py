"""Space before states made or taken away by an amount that is typed; the tool of this name does it by hand."""

from __future__ import annotations

from functools import partial
from math import isfinite

from editor.commands.registry import Command, Desktop, Review
from editor.document import spacing
from editor.document.spacing import Beyond
from editor.layout.sizes import TableMeasure
from editor.session import Session

MEASURE = TableMeasure()
USUAL = "48"
"""What is offered first, in chart units: a line with its head fits in."""
_MOST = 10_000.0
_PUSHED = {True: ("right", "left"), False: ("down", "up")}


def insert(is_level: bool, session: Session, desktop: Desktop) -> None:
    """Ask how much, and push all from the selected states on; with less than nothing, pull it."""
    document = session.document
    found = _beyond(is_level, session)
    if found is None:
        return
    on, back = _PUSHED[is_level]

    def review(text: str) -> Review:
        amount = _amount(text)
        if amount is None:
            return Review(problem="Type a number, such as 48; with a minus before it space is taken away.")
        way = found.limited(amount)
        if amount < 0 and way > amount:
            return Review(remarks=[f"{-way:g} can be taken away until it would touch."])
        return Review(remarks=[f"{len(found.ids)} go {on if way >= 0 else back} by {abs(way):g}."])

    answer = desktop.ask_text("Insert space, or remove it", USUAL, review, "Insert")
    by = _amount(answer) if answer is not None else None
    if by is not None:
        edit = spacing.space(document.chart, document.diagram, found, by, measure=MEASURE)
        document.apply(edit)
        session.say(f"{edit.label}." if edit.changes else "Nothing is to be changed.")


def _amount(text: str) -> float | None:
    """The number that was typed, in chart units; None for what is none, or too much."""
    try:
        found = float(text.strip().replace("−", "-"))
    except ValueError:
        return None
    return found if isfinite(found) and abs(found) <= _MOST else None


def _beyond(is_level: bool, session: Session) -> Beyond | None:
    document, ids = session.document, session.selection.ids
    return spacing.before(document.chart, document.diagram, ids, is_level=is_level, measure=MEASURE)


def _is_meant(session: Session) -> bool:
    document = session.document
    return spacing.holder(document.chart, document.diagram, session.selection.ids) is not None


COMMANDS = tuple(
    Command(
        id=f"arrange.space{word}", title=f"Insert space {where}…", run=partial(insert, is_level), menu="Arrange",
        group=4, when=_is_meant,
        tip=f"Push the selected states and all beyond them {_PUSHED[is_level][0]}, or pull them {_PUSHED[is_level][1]}",
    )
    for word, where, is_level in (("Across", "to the left", True), ("Down", "above", False))
)  # fmt: skip
