"""The tour, the keys there are and choosing others, what the program is, and the licences of what it is made of."""

from __future__ import annotations

import platform

from editor import __version__
from editor.commands import report, touring
from editor.commands.registry import Command, Desktop
from editor.requests import TakeTour
from editor.session import Session


def take_tour(session: Session, desktop: Desktop) -> None:
    """Take the tour, in a window where nothing is in its way."""
    session.ask(TakeTour())


def open_tour(session: Session, desktop: Desktop) -> None:
    """Open the machine that the tour is, as a copy."""
    desktop.open_window(touring.chart_path(), as_copy=True)


def show_keys(session: Session, desktop: Desktop) -> None:
    """Show all keyboard shortcuts."""
    desktop.show_keys()


def edit_keys(session: Session, desktop: Desktop) -> None:
    """Choose keyboard shortcuts."""
    desktop.edit_keys()


def licences(session: Session, desktop: Desktop) -> None:
    """The components and their licences."""
    desktop.show_licences()


def about(session: Session, desktop: Desktop) -> None:
    """The version, and what it runs on."""
    desktop.tell("Statechart Editor", about_text())


def about_text() -> str:
    """The version of the program and of what matters when it does not work."""
    libraries = report.versions()
    return "\n".join(
        (
            f"Version {__version__}",
            "Draw statecharts by hand, run them live on the same canvas, save them as YAML.",
            "",
            f"Python {platform.python_version()} on {platform.system()} {platform.machine()}",
            *filter(None, (libraries,)),
            "",
            "MIT licence. Its libraries and their licences are under Help > Licences.",
        )
    )


COMMANDS = (
    Command(
        id="help.tour", title="Take the tour", run=take_tour, menu="Help",
        tip="Draw, run and save a first machine in two minutes; what you do leads on",
    ),
    Command(
        id="help.tour_chart", title="Open the tour as a chart", run=open_tour, menu="Help",
        tip="The tour is a machine, too: look how it is made, and run it",
    ),
    Command(
        id="help.keys", title="Keyboard shortcuts", run=show_keys, menu="Help", group=1, shortcuts=("F1", "?"),
        tip="All keys and gestures on one sheet",
    ),
    Command(id="help.edit_keys", title="Change shortcuts…", run=edit_keys, menu="Help", group=1),
    *report.COMMANDS,
    Command(id="help.licences", title="Licences…", run=licences, menu="Help", group=2),
    Command(id="help.about", title="About Statechart Editor", run=about, menu="Help", group=2),
)  # fmt: skip
