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


WINDOWS = [
    file
    for file in FILES
    if "PySide6.QtWidgets" in (text := file.read_text(encoding="utf-8")) or "Qt." in text
]


def calls(file: Path) -> list[tuple[str, ast.Call]]:
    """The calls in a file, each with the last name of what is called."""
    found = [
        each for each in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(each, ast.Call)
    ]
    return [(getattr(each.func, "attr", getattr(each.func, "id", "")), each) for each in found]


def is_ours(text: ast.expr) -> bool:
    """Whether a text stands in the source as it is shown, was made plain, or is one that was shown before."""
    if isinstance(text, ast.IfExp):
        return is_ours(text.body) and is_ours(text.orelse)
    if isinstance(text, ast.Call):
        return getattr(text.func, "attr", getattr(text.func, "id", "")) in ("plain", "toolTip")
    is_named = isinstance(text, ast.Name) and text.id.isupper()
    return is_named or (isinstance(text, ast.Constant) and isinstance(text.value, str))


@pytest.mark.parametrize("file", WINDOWS, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_that_people_write_is_taken_for_markup(file: Path) -> None:
    """Qt guesses whether a tip or a label is markup, which could name files to be loaded."""
    text = file.read_text(encoding="utf-8")
    for name, call in calls(file):
        place = f"{file.relative_to(ROOT)}:{call.lineno}"
        if name in ("setToolTip", "setStatusTip", "setWhatsThis"):
            assert is_ours(call.args[-1]), f"{place}: make the tip plain"
        elif name == "QLabel":
            is_told = any(each.arg == "textFormat" for each in call.keywords)
            is_fixed = len(call.args) == 1 and isinstance(call.args[0], ast.Constant)
            assert is_told or is_fixed, f"{place}: say that the label is plain text"
        elif name == "showText":
            assert file.name == "tips.py", f"{place}: show the tip by completion/tips"
    if "ToolTipRole" in text:
        assert "plain(" in text, f"{file.relative_to(ROOT)}: make the tip plain"
    for each in ast.walk(ast.parse(text)):
        is_label = isinstance(each, ast.ClassDef) and any(
            getattr(base, "id", "") == "QLabel" for base in each.bases
        )
        if is_label:
            assert "textFormat=Qt.TextFormat.PlainText" in (ast.get_source_segment(text, each) or "")
