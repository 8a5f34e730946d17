"""What the trial of an installed package relies on, seen before minutes are spent on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from editor.commands.finding import Finder
from editor.commands.table import COMMANDS
from tests.commands.desk import DOOR, session_on
from tests.packaging.installed import LICENCES, processes


def test_what_the_trial_types_into_the_palette_leads_to_the_licences(tmp_path: Path) -> None:
    assert Finder(session_on(tmp_path, DOOR), COMMANDS.all).find(LICENCES)[0].title == "Licences…"


@pytest.mark.skipif(not Path("/proc/self/exe").exists(), reason="only Linux tells so of its processes")
def test_processes_are_those_of_programs_below_a_folder(tmp_path: Path) -> None:
    program = tmp_path / "in" / "side" / "cat"
    program.parent.mkdir(parents=True)
    (tmp_path / "inside").mkdir()
    shutil.copy(shutil.which("cat") or "", program)
    with subprocess.Popen([str(program)], stdin=subprocess.PIPE) as running:
        assert processes(tmp_path / "in") == [str(running.pid)]
        assert processes(tmp_path / "inside") == []
    assert processes(tmp_path / "in") == []
    assert str(os.getpid()) not in processes(tmp_path)
