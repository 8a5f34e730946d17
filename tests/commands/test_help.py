from __future__ import annotations

from editor import __version__
from editor.commands.table import COMMANDS
from editor.session import Session
from tests.commands.desk import FakeDesktop


def test_help_is_the_last_menu() -> None:
    menus = COMMANDS.menus()
    assert list(menus)[-1] == "Help"
    titles = [command.title for command in menus["Help"]]
    assert titles == [
        "Take the tour", "Open the tour as a chart", "Keyboard shortcuts", "Change shortcuts…", "Report a problem…",
        "Licences…",
        "About Statechart Editor",
    ]  # fmt: skip


def test_about_tells_the_versions_that_a_report_needs(session: Session, desktop: FakeDesktop) -> None:
    COMMANDS["help.about"].run(session, desktop)
    (told,) = desktop.told
    assert f"Version {__version__}" in told
    assert "PySide6_Essentials 6." in told
    assert "Python 3." in told


def test_the_licences_are_asked_of_the_desktop(session: Session, desktop: FakeDesktop) -> None:
    COMMANDS["help.licences"].run(session, desktop)
    assert desktop.told == ["licences"]
