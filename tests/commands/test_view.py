from __future__ import annotations

import pytest

from editor.commands.table import COMMANDS
from editor.document import settings
from editor.requests import Pan, Request
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of


def test_the_minimap_comes_and_goes_and_is_kept(session: Session, desktop: FakeDesktop) -> None:
    command = COMMANDS["view.minimap"]
    assert command.menu == "View"
    assert command.checked is not None
    for expected in (True, False):
        command.run(session, desktop)
        assert session.settings.minimap is expected
        assert settings.load().minimap is expected
        assert command.checked(session) is expected


def test_one_grid_is_chosen_and_kept(session: Session, desktop: FakeDesktop) -> None:
    for grid in (0, 16, 8):
        COMMANDS[f"view.spacing{grid}"].run(session, desktop)
        assert session.settings.spacing == grid
        assert settings.load().spacing == grid
        chosen = [
            each
            for each in settings.SPACINGS
            if (checked := COMMANDS[f"view.spacing{each}"].checked) is not None and checked(session)
        ]
        assert chosen == [grid]


def test_arrow_keys_move_along_the_grid_and_shift_by_one(session: Session, desktop: FakeDesktop) -> None:
    id = id_of(session, "closed")
    session.selection.replace([id])

    def moved_by(command: str) -> float:
        before = session.document.diagram.boxes[id].x
        COMMANDS[command].run(session, desktop)
        return session.document.diagram.boxes[id].x - before

    for grid, step in ((0, 8), (8, 8), (16, 16)):
        COMMANDS[f"view.spacing{grid}"].run(session, desktop)
        assert moved_by("edit.nudgeRight") == step
        assert moved_by("edit.fineRight") == 1


def test_what_is_seen_moves_as_far_on_every_grid(session: Session, desktop: FakeDesktop) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    for grid in settings.SPACINGS:
        COMMANDS[f"view.spacing{grid}"].run(session, desktop)
        COMMANDS["edit.nudgeRight"].run(session, desktop)
    assert asked == [Pan(8, 0)] * 3


def test_a_text_size_is_chosen_and_kept(session: Session, desktop: FakeDesktop) -> None:
    command = COMMANDS["view.text"]
    assert command.choices is not None
    titles = [choice.title for choice in command.choices(session)]
    assert titles == [f"{size} %" for size in settings.TEXT_SIZES]
    command.choices(session)[titles.index("150 %")].run(session, desktop)
    assert session.settings.text_size == settings.load().text_size == 150
    assert [each.title for each in command.choices(session) if each.tip] == ["150 %"]


@pytest.mark.parametrize(
    ("id", "first", "then"),
    [
        ("view.snapping", "Snapping: off.", "Snapping: on."),
        ("view.grid", "Grid: off.", "Grid: on."),
        ("view.minimap", "Minimap: on.", "Minimap: off."),
        ("layout.pins", "Pins: on.", "Pins: off."),
        (
            "view.drawing", "All drawings are checked: what is hard to read stands among the problems.",
            "Large drawings that a layout made are checked, no others.",
        ),
    ],
)  # fmt: skip
def test_what_is_switched_is_told(
    id: str, first: str, then: str, session: Session, desktop: FakeDesktop
) -> None:
    for expected in (first, then):
        COMMANDS[id].run(session, desktop)
        assert session.status == expected
