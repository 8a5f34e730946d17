"""Rename everywhere: the names that stand in what is selected, and what another name for one of them would change."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from editor.commands.registry import Choice, Choosable, Command, Desktop, Review
from editor.document import renaming
from editor.document.renaming_uses import Place
from editor.errors import ChartError
from editor.layout.sizes import TableMeasure
from editor.model import naming
from editor.model.chart import Chart
from editor.model.naming import Name, NameKind
from editor.requests import Find
from editor.session import Session

MEASURE = TableMeasure()
MOST_OFFERED = 40
"""Names in one menu."""
RENAMES_ONLY = "="
"""What a query of the palette begins with that is narrowed to renaming what is selected."""


def names(session: Session) -> list[Name]:
    """The names in what is selected, or in the whole machine."""
    return naming.names_of(session.document.chart, session.selection.ids)


def titled(session: Session, name: Name) -> str:
    """A name with the word for what it names."""
    word = "context key" if name.kind is NameKind.KEY else name.kind.value
    return f"{word} “{naming.shown(session.document.chart, name)}”"


def choices(session: Session) -> list[Choice]:
    """A row for each name."""
    found = names(session)[:MOST_OFFERED]
    return [
        Choice(title=f"{title[0].upper()}{title[1:]}…", run=partial(rename_name, name))
        for name in found
        for title in (titled(session, name),)
    ]


def rename_everywhere(session: Session, desktop: Desktop) -> None:
    """Rename the one name in what is selected; of several the palette offers each."""
    found = names(session)
    if not found:
        session.say("No name stands in what is selected.")
    elif len(found) == 1:
        rename_name(found[0], session, desktop)
    else:
        session.ask(Find(RENAMES_ONLY))


def renaming_of(name: Name, session: Session, new: str = "") -> Command:
    """The command that renames one name; `new` is what has been typed of the other one already."""
    title = f"Rename {titled(session, name)}…"
    return Command(id="choice", title=title, run=partial(rename_name, name, new=new), menu="Edit")


def rename_name(name: Name, session: Session, desktop: Desktop, new: str = "") -> None:
    """Ask for another name, showing what it would change, and give it; `new` is what has been typed of it already.

    A place that the person wants to look at is selected instead.
    """
    document = session.document
    old = naming.shown(document.chart, name)

    def plan(text: str, left_out: Collection[str] = ()) -> renaming.Renaming:
        return renaming.rename(
            document.chart, document.diagram, name, text, measure=MEASURE, left_out=_places(left_out)
        )

    def review(text: str, left_out: frozenset[str]) -> Review:
        try:
            planned = plan(text, left_out)
        except ChartError as error:
            return Review(problem=str(error))
        remarks = [*planned.remarks, *_scenarios(session)] if planned.uses else []
        return Review(remarks=remarks, places=_choosable(document.chart, planned))

    answer = desktop.ask_places(f"Rename {titled(session, name)}", new or old, review, "Rename")
    if isinstance(answer, str):
        session.selection.replace([answer])
        session.reveal(answer)
    if answer is None or isinstance(answer, str):
        return
    planned = plan(*answer)
    document.apply(planned.edit)
    left = {use.place for use in planned.uses if use.may_stay}.intersection(_places(answer[1]))
    count = len(planned.uses) - len(left)
    if count:
        places = "one place" if count == 1 else f"{count} places"
        session.say(f"{planned.edit.label}, in {places}. Ctrl+Z takes it back.")


def _choosable(chart: Chart, planned: renaming.Renaming) -> list[Choosable]:
    """The places of a renaming as rows; the machine itself is no place to go to."""
    return [
        Choosable(
            id=f"{use.place.element} {use.place.field}",
            group=use.group,
            text=text,
            element=use.element if use.element != chart.info.id else "",
            free=use.may_stay,
        )
        for use, text in zip(planned.uses, renaming.lines(chart, planned), strict=True)
    ]


def _places(ids: Collection[str]) -> list[Place]:
    return [Place(element, field) for element, _, field in (id.partition(" ") for id in ids)]


def _scenarios(session: Session) -> list[str]:
    """That a scenario beside the file is left as it is: it may speak of the name."""
    path = session.document.path
    if path is None:
        return []
    beside = path.with_name(f"{path.stem}.scenario.yaml")
    return [f"{beside.name} stays as it is."] if beside.exists() else []


COMMANDS = (
    Command(
        id="edit.renameEverywhere", title="Rename everywhere", run=rename_everywhere, menu="Edit", group=4,
        when=lambda session: len(session.document.chart.states) > 1, choices=choices, shortcuts=("Shift+F2",),
        tip="Give a name in what is selected another text wherever it stands",
    ),
)  # fmt: skip
