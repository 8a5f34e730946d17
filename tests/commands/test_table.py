from __future__ import annotations

import pytest

from editor.commands.registry import Command, Commands
from editor.commands.table import COMMANDS
from editor.document import settings
from editor.requests import FitAll, Request, ZoomIn, ZoomOut, ZoomToFull
from editor.session import Session
from editor.tools.toolbox import TOOLS
from tests.commands.desk import FakeDesktop


def test_no_two_things_have_the_same_key() -> None:
    keys = [key for command in COMMANDS.all for key in command.shortcuts] + [each.shortcut for each in TOOLS]
    assert len(keys) == len(set(keys))


def test_a_table_with_a_key_twice_is_refused() -> None:
    def nothing(session: Session, desktop: object) -> None:
        """Do nothing."""

    twice = [Command(id=id, title=id, run=nothing, menu="Edit", shortcuts=("F9",)) for id in "ab"]
    with pytest.raises(ValueError, match="share"):
        Commands(twice)


def test_every_command_can_say_whether_it_can_be_invoked(session: Session) -> None:
    for command in COMMANDS.all:
        assert command.when(session) in (True, False)
        assert command.checked is None or command.checked(session) in (True, False)


def test_the_theme_is_remembered(session: Session, desktop: FakeDesktop) -> None:
    COMMANDS["view.dark"].run(session, desktop)
    assert session.settings.theme == "dark"
    assert settings.load().theme == "dark"
    checked = COMMANDS["view.dark"].checked
    assert checked is not None
    assert checked(session)


@pytest.mark.parametrize("name", ["grid", "snapping"])
def test_a_setting_is_switched_off_and_on_again(name: str, session: Session, desktop: FakeDesktop) -> None:
    command = COMMANDS[f"view.{name}"]
    assert command.checked is not None
    for is_on in (False, True):
        command.run(session, desktop)
        assert getattr(settings.load(), name) is is_on
        assert command.checked(session) is is_on


def test_animation_is_off_or_as_the_system_asks(session: Session, desktop: FakeDesktop) -> None:
    for expected in ("off", "system"):
        COMMANDS["view.animation"].run(session, desktop)
        assert settings.load().animation == expected


def test_zooming_asks_the_canvas(session: Session, desktop: FakeDesktop) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    for id in ("view.fit", "view.100", "view.in", "view.out"):
        COMMANDS[id].run(session, desktop)
    assert asked == [FitAll(), ZoomToFull(), ZoomIn(), ZoomOut()]
