"""What can be found by its name, to be done, opened or gone to: commands, states, events, other names, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import partial
from typing import NamedTuple

from editor.commands import rename
from editor.commands.matching import Matcher, Text, text
from editor.commands.reasons import reason
from editor.commands.registry import Command, Desktop, ask_for
from editor.commands.rename import RENAMES_ONLY
from editor.document.looking import Look
from editor.document.notes import headline
from editor.document.settings import MOST_CHOSEN
from editor.model import naming, queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.naming import Name, NameKind
from editor.requests import Find, FindText, GoByLetters
from editor.session import Session

MOST_SAID = 2000
"""Characters of a note that are looked at."""
COMMANDS_ONLY, STATES_ONLY, NAMES_ONLY = ">", "@", "#"
"""What a query begins with that is narrowed: to commands, to states, to events and other names."""
_LISTED = ("file.recent", "file.example")
_NAMED = (NameKind.EVENT, NameKind.GUARD, NameKind.ACTION, NameKind.DELAY, NameKind.SERVICE, NameKind.KEY)


class Kind(Enum):
    """What an offer is; the value is its word for people."""

    COMMAND = "Command"
    STATE = "State"
    NAME = "Name"
    NOTE = "Note"
    RENAMING = "Renaming"
    RECENT = "Recent file"
    EXAMPLE = "Example"


class Offer(NamedTuple):
    """One thing that can be found. `detail`: where it stands, or what it is.

    Either `command` is there to be invoked, unless a `problem` tells why that cannot be, or `elements` to be gone to.
    """

    id: str
    kind: Kind
    title: str
    detail: str
    elements: tuple[str, ...] = ()
    command: Command | None = None
    problem: str = ""


_Row = tuple[Offer, Text, Text]
_KINDS = {
    "": (Kind.COMMAND, Kind.STATE, Kind.NAME, Kind.NOTE, Kind.RENAMING, Kind.RECENT, Kind.EXAMPLE),
    COMMANDS_ONLY: (Kind.COMMAND,),
    STATES_ONLY: (Kind.STATE,),
    NAMES_ONLY: (Kind.NAME,),
    RENAMES_ONLY: (Kind.RENAMING,),
}


class Finder:
    """All offers of a session as it is now, recent choices up. It does not follow: make one each time it is needed."""

    def __init__(self, session: Session, commands: Iterable[Command], recent: Sequence[str] = ()) -> None:
        self._session = session
        self._commands = tuple(commands)
        self._rank = {id: number for number, id in enumerate(recent)}
        self._made: dict[str, tuple[list[Offer], Matcher]] = {}
        self._parts: dict[Kind, list[_Row]] = {}

    def find(self, query: str) -> list[Offer]:
        """The best offers for what was typed, at most `matching.MOST_FOUND`; it may begin with one of the prefixes."""
        start = query.lstrip()
        prefix = start[:1] if start[:1] in _KINDS else ""
        if prefix not in self._made:
            self._made[prefix] = self._make(prefix)
        offers, matcher = self._made[prefix]
        return [offers[number] for number in matcher.find(start[len(prefix) :])]

    def _make(self, prefix: str) -> tuple[list[Offer], Matcher]:
        found = [row for kind in _KINDS[prefix] for row in self._part(kind)]
        if prefix == RENAMES_ONLY:
            found = list(_of_renamings(self._session, rename.names(self._session)))
        rank, last = self._rank, len(self._rank)
        if rank:
            found.sort(key=lambda each: rank.get(each[0].id, last))
        return [offer for offer, _, _ in found], Matcher((title, place) for _, title, place in found)

    def _part(self, kind: Kind) -> list[_Row]:
        if kind not in self._parts:
            session, chart = self._session, self._session.document.chart
            made = {
                Kind.COMMAND: lambda: _of_commands(session, self._commands),
                Kind.RECENT: lambda: _of_files(session, self._commands, "file.recent", kind),
                Kind.EXAMPLE: lambda: _of_files(session, self._commands, "file.example", kind),
                Kind.STATE: lambda: states_of(chart),
                Kind.NAME: lambda: _of_names(chart),
                Kind.NOTE: lambda: _of_notes(session.document.diagram),
                Kind.RENAMING: lambda: _of_renamings(session, _named(session)),
            }
            self._parts[kind] = list(made[kind]())
        return self._parts[kind]


def _of_commands(session: Session, commands: Iterable[Command]) -> Iterator[_Row]:
    for command in commands:
        if command.id in _LISTED:
            continue
        problem = reason(command, session)
        offer = Offer(command.id, Kind.COMMAND, command.title, command.menu, (), command, problem)
        if command.choices is None or command.shortcuts or problem:
            yield offer, text(command.title), text(f"{command.menu} {command.tip}")
            continue
        for choice in command.choices(session):
            if choice.run is command.run:  # it only says that there is nothing to choose
                continue
            title = f"{command.title}: {choice.title}"
            chosen = Command(id="choice", title=title, run=choice.run, menu=command.menu)
            offer = Offer(f"{command.id} {choice.title}", Kind.COMMAND, title, command.menu, (), chosen)
            yield offer, text(title), text(command.menu)


def _of_files(session: Session, commands: Iterable[Command], id: str, kind: Kind) -> Iterator[_Row]:
    for command in commands:
        for choice in command.choices(session) if command.id == id and command.choices is not None else ():
            opening = Command(id="choice", title=f"Open {choice.title}", run=choice.run, menu="File")
            detail = choice.tip if kind is Kind.RECENT else kind.value
            offer = Offer(f"{id} {choice.tip}", kind, choice.title, detail, (), opening)
            yield offer, text(choice.title), text(kind.value)


def states_of(chart: Chart) -> Iterator[_Row]:
    """States in document order, each with the path to the state that it is in."""
    places: dict[str, tuple[str, Text]] = {chart.root_id: ("", Text("", ""))}
    for state in queries.document_order(chart):
        if state.parent is None:
            continue
        above, place = places[state.parent]
        title = text(state.key)
        yield Offer(state.id, Kind.STATE, state.key, above, (state.id,)), title, place
        if chart.has_children(state.id):
            path = f"{above}.{state.key}" if above else state.key
            places[state.id] = path, Text(place.words + title.words, place.letters + title.letters)


def _of_names(chart: Chart) -> Iterator[_Row]:
    """Events and other names, each with the elements that it stands in."""
    kinds = {kind: number for number, kind in enumerate(_NAMED)}
    found = [each for each in naming.places_of(chart).items() if each[0].kind in kinds]
    for name, elements in sorted(found, key=lambda each: kinds[each[0].kind]):
        word = "context key" if name.kind is NameKind.KEY else name.kind.value
        count = f"{len(elements)} places" if len(elements) > 1 else ""
        detail = f"{word[0].upper()}{word[1:]}{', ' if count else ''}{count}"
        offer = Offer(f"{name.kind.value} {name.text}", Kind.NAME, name.text, detail, elements)
        yield offer, text(name.text), text(word)


def _of_notes(diagram: Diagram) -> Iterator[_Row]:
    """Notes by their first words; all that they say can be looked for."""
    for note in sorted(diagram.notes.values(), key=lambda note: note.rank):
        title = headline(note.text) or "Empty note"
        said = " ".join(note.text.split())[:MOST_SAID]
        yield Offer(note.id, Kind.NOTE, title, Kind.NOTE.value, (note.id,)), text(title), text(said)


def _named(session: Session) -> Iterator[Name]:
    """Every name but those of states, which are renamed where they stand."""
    known = naming.keys_of(session.document.chart)
    for kind in _NAMED:
        names = session.document.vocabulary.names(kind)
        yield from (Name(kind, each) for each in names if kind is not NameKind.KEY or each in known)


def _of_renamings(session: Session, names: Iterable[Name]) -> Iterator[_Row]:
    for name in names:
        command = rename.renaming_of(name, session)
        offer = Offer(
            f"rename {name.kind.value} {name.text}", Kind.RENAMING, command.title, "Edit", (), command
        )
        yield offer, text(command.title), text("Edit")


def remembered(recent: Sequence[str], id: str) -> list[str]:
    """The ids of what was chosen, the last one first, after another choice."""
    return [id, *(each for each in recent if each != id)][:MOST_CHOSEN]


def step(by: int, session: Session, desktop: Desktop) -> None:
    """Go on to another of the elements that are lit up."""
    session.looking.step(by)


def has_hits(session: Session) -> bool:
    """Whether there are elements lit up that one can go through."""
    return session.looking.look is not Look.NONE and bool(session.looking.hits)


COMMANDS = (
    Command(
        id="find.text", title="Find…", run=partial(ask_for, FindText()), menu="Edit", group=5,
        shortcuts=("Ctrl+F",), tip="Find a text in names, labels, actions, descriptions, tags and notes",
    ),
    Command(
        id="find.next", title="Find next", run=partial(step, 1), menu="Edit", group=5, when=has_hits,
        shortcuts=("F3",), tip="Go on to the next of the elements that are lit up",
    ),
    Command(
        id="find.previous", title="Find previous", run=partial(step, -1), menu="Edit", group=5, when=has_hits,
        shortcuts=("Shift+F3",), tip="Go back to the one before of the elements that are lit up",
    ),
    Command(
        id="find.any", title="Command palette…", run=partial(ask_for, Find()), menu="Edit", group=5, icon="search",
        shortcuts=("Ctrl+K", "Ctrl+Shift+P"), tip="Find a command, a state, an event or a file by its name",
    ),
    Command(
        id="find.state", title="Go to state…", run=partial(ask_for, Find(STATES_ONLY)), menu="Edit", group=5,
        shortcuts=("Ctrl+P",), tip="Find a state by its name or path",
    ),
    Command(
        id="find.letters", title="Go to by letters", run=partial(ask_for, GoByLetters()), menu="Edit", group=5,
        shortcuts=("G",), on_canvas=True, tip="Letters stand beside all that is in view: type those of what you want",
    ),
)  # fmt: skip
