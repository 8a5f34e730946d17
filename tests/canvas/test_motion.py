"""The system's wish for stillness: asked of GNOME and Plasma by what they write, and heard by a run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.canvas import motion

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these are asked otherwise")


@pytest.fixture(autouse=True)
def _system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    motion.is_reduced.cache_clear()
    yield
    motion.is_reduced.cache_clear()


def gnome_says(folder: Path, text: str) -> None:
    program = folder / "gsettings"
    program.write_text(f"#!/bin/sh\necho {text}\n", encoding="utf-8")
    program.chmod(0o755)


def test_a_system_that_says_nothing_lets_things_move() -> None:
    assert not motion.is_reduced()


@pytest.mark.parametrize(("text", "expected"), [("false", True), ("true", False), ("what", False)])
def test_gnome(tmp_path: Path, text: str, expected: bool) -> None:
    gnome_says(tmp_path, text)
    assert motion.is_reduced() is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[KDE]\nAnimationDurationFactor=0\n", True),
        ("[KDE]\nAnimationDurationFactor=0.5\n", False),
        ("[General]\nfont=Noto\n", False),
        ("[KDE]\nAnimationDurationFactor=quick\n", False),
        ("no heading\n", False),
    ],
)
def test_plasma(tmp_path: Path, text: str, expected: bool) -> None:
    (tmp_path / "kdeglobals").write_text(text, encoding="utf-8")
    assert motion.is_reduced() is expected
