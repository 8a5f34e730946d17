"""The house stands as it was drawn: floors, sizes, what may be imported when."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "editor").rglob("*.py"))
PACKAGING = sorted((ROOT / "packaging").rglob("*.py"))
BUDGETS = {"session.py": 150, "window/main_window.py": 200}


@pytest.mark.parametrize("file", FILES + PACKAGING, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_file_is_longer_than_its_budget(file: Path) -> None:
    name = file.relative_to(ROOT).as_posix().removeprefix("editor/")
    assert len(file.read_text(encoding="utf-8").splitlines()) <= BUDGETS.get(name, 500)


@pytest.mark.parametrize("file", FILES + PACKAGING, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_says_what_lives_in_it(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


def test_a_package_door_holds_nothing_but_its_docstring() -> None:
    for file in FILES:
        if file.name == "__init__.py" and file.parent != ROOT / "editor":
            assert len(ast.parse(file.read_text(encoding="utf-8")).body) == 1, file


def test_the_editor_knows_nothing_of_its_packaging() -> None:
    for file in FILES:
        assert "packager" not in file.read_text(encoding="utf-8"), file


def modules_after(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


def test_the_command_line_needs_no_screen() -> None:
    loaded = modules_after("import editor.cli")
    heavy = ("PySide6", "networkx", "graphlay", "numpy", "lxml", "py_mini_racer")
    assert not {name for name in loaded if name.split(".")[0] in heavy}


def test_qt_keeps_the_references_to_none() -> None:
    """PySide6 6.12.0 loses one reference to None a call on CPython 3.11, which ends the interpreter."""
    script = (
        "from PySide6.QtGui import QPen\n"
        "pen = QPen()\n"
        "for _ in range(200_000):\n"
        "    pen.setWidth(1)\n"
        "print('alive')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
