from __future__ import annotations

from editor.commands.table import COMMANDS
from editor.document import settings
from editor.session import Session
from tests.commands.desk import FakeDesktop


def test_the_minimap_comes_and_goes_and_is_kept(session: Session, desktop: FakeDesktop) -> None:
    command = COMMANDS["view.minimap"]
    assert command.menu == "View"
    assert command.checked is not None
    for expected in (True, False):
        command.run(session, desktop)
        assert session.settings.minimap is expected
        assert settings.load().minimap is expected
        assert command.checked(session) is expected
