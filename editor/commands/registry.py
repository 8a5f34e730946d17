"""What a menu, a key or the toolbar can invoke, as records; and what a command may ask of the desktop. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from editor.geometry import Point
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.slots import Grammar
from editor.requests import Request
from editor.session import Session

PLAIN = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """Places of the canvas: the middle of what is seen, and where the pointer is, with the deepest state there.

    `at` is None where the pointer is elsewhere, and `state` where it is on open ground.
    """

    middle: Point
    at: Point | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Choosable:
    """One change of several, in words. `id` tells it from the others, `element` is where it is made.

    `group` is what it and others like it are called together; only what is `free` can be left out.
    """

    id: str
    group: str
    text: str
    element: str
    free: bool = True


@dataclass(frozen=True, slots=True)
class Review:
    """What a name that is being typed would do: what stands against it, or what it changes and what to know before."""

    problem: str = ""
    changes: Sequence[str] = ()
    remarks: Sequence[str] = ()
    places: Sequence[Choosable] = ()


class Desktop(Protocol):
    """What a command may ask of the person and of the window that it was invoked in."""

    def ask_open_path(self, title: str, folder: Path | None = None) -> Path | None:
        """A file to read, looked for first in a folder; None when the person thinks better of it."""

    def ask_save_path(self, title: str, suggested: str, suffixes: Sequence[str]) -> Path | None:
        """A file to write, with one of these suffixes; None when the person thinks better of it."""

    def confirm(self, title: str, text: str, choices: Sequence[str], usual: str = "") -> str | None:
        """One of the choices, Return choosing the usual one, else the first; None when the question was closed."""

    def ask_text(
        self,
        title: str,
        text: str,
        review: Callable[[str], Review],
        verb: str = "OK",
        grammar: Grammar | None = None,
    ) -> str | None:
        """A text, reviewed while it is typed; `text` is there first. None when the person thinks better of it.

        By a grammar, what can be typed next is offered.
        """

    def ask_places(
        self, title: str, text: str, review: Callable[[str, frozenset[str]], Review], verb: str
    ) -> tuple[str, frozenset[str]] | str | None:
        """A text and the ids of the changes to be left out, reviewed while it is typed and they are chosen.

        Only the element where one is made, when the person wants to go there; None when they think better of it.
        """

    def tell(self, title: str, text: str) -> None:
        """A message that waits to be read."""

    def show_report(self, text: str) -> None:
        """The report of a problem, to be looked through and copied."""

    def show_licences(self) -> None:
        """The components of the program and their licences, until they are read."""

    def clipboard(self, kind: str = PLAIN) -> str:
        """The text of a MIME type on the clipboard; empty where there is none."""

    def set_clipboard(self, contents: Mapping[str, str]) -> None:
        """Put texts on the clipboard, by their MIME types."""

    def copy_picture(self, chart: Chart, diagram: Diagram) -> None:
        """Put a drawing on the clipboard, as SVG and as an image of twice its size.

        Raises:
            FileError: there is too little memory.
        """

    def pointed(self) -> Pointed:
        """What of the canvas is looked at and pointed to; it is shown if the start page was."""

    def open_window(self, path: Path | None, *, as_copy: bool = False) -> None:
        """Show a file in a window of its own, or a new machine; `as_copy`: saving asks for a name."""

    def close_window(self) -> None:
        """Close this window; it asks to save by itself."""

    def quit(self) -> None:
        """Close all windows, and end unless one of them stays."""

    def edit_keys(self) -> None:
        """Let the person choose keyboard shortcuts."""

    def show_keys(self) -> None:
        """Show all keyboard shortcuts on one sheet."""

    def export_picture(self, path: Path) -> None:
        """Draw the whole chart into a file.

        Raises:
            FileError: it cannot be written.
        """


Run = Callable[[Session, Desktop], None]
Test = Callable[[Session], bool]


def always(session: Session) -> bool:
    """For commands that can be invoked at any time."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One row of a submenu. `is_chosen`: it is how things are; None where rows are not marked so."""

    title: str
    run: Run
    tip: str = ""
    icon: str = ""
    is_chosen: bool | None = None


def nothing(session: Session, desktop: Desktop) -> None:
    """What a command does that only opens a submenu, and a choice that only says something."""


def ask_for(request: Request, session: Session, desktop: Desktop) -> None:
    """What a command does that only asks for something that is done elsewhere."""
    session.ask(request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done. `run` may raise EditorError, which is shown.

    `menu` and `group`: where it stands; groups are divided by lines. `shortcuts` as Qt writes them.
    `choices` make it a submenu. `on_canvas`: its keys mean something else where texts and lists have the focus.
    `is_listed`: it stands in a menu; others have their keys only.
    """

    id: str
    title: str
    run: Run
    menu: str
    when: Test = always
    group: int = 0
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    checked: Test | None = None
    choices: Callable[[Session], Sequence[Choice]] | None = None
    on_canvas: bool = False
    tip: str = ""
    is_listed: bool = True


class Commands:
    """An ordered table of commands. Invariant: ids are unique, and so are shortcuts."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self.all = tuple(commands)
        self._by_id = {command.id: command for command in self.all}
        keys = [key for command in self.all for key in command.shortcuts]
        if len(self._by_id) != len(self.all) or len(set(keys)) != len(keys):
            raise ValueError("Two commands share an id or a shortcut.")

    def __getitem__(self, id: str) -> Command:
        return self._by_id[id]

    def menus(self) -> dict[str, list[Command]]:
        """The commands of each menu, by their groups; menus and groups are in the order of the table."""
        found: dict[str, list[Command]] = {}
        for command in self.all:
            found.setdefault(command.menu, []).append(command)
        return {menu: sorted(each, key=lambda command: command.group) for menu, each in found.items()}
