"""What the trial of an installed package relies on, seen before minutes are spent on it."""

from __future__ import annotations

from pathlib import Path

from editor.commands.finding import Finder
from editor.commands.table import COMMANDS
from tests.commands.desk import DOOR, session_on
from tests.packaging.installed import LICENCES


def test_what_the_trial_types_into_the_palette_leads_to_the_licences(tmp_path: Path) -> None:
    assert Finder(session_on(tmp_path, DOOR), COMMANDS.all).find(LICENCES)[0].title == "Licences…"
