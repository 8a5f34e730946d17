"""What a person reads who has no screen, or a bare system."""

from __future__ import annotations

import builtins
import ctypes
import sys
from pathlib import Path
from typing import Any

import pytest

from editor import screen
from editor.cli import COMMANDS, main
from editor.errors import ScreenError

README = Path(__file__).parents[1] / "README.md"

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux may have no screen and no libraries"
)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_screen_the_window_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["m.yaml"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "no screen" in err
    assert "Traceback" not in err
    assert all(command in err for command in COMMANDS)


def test_a_screen_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987654")
    with pytest.raises(ScreenError, match=r":987654|is missing"):
        screen.require()


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "wayland"])
def test_another_platform_is_not_asked_for_a_display(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    screen.require()


def test_wayland_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    screen.require()


def test_a_missing_library_is_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> Any:
        if name == "libxcb-cursor.so.0":
            raise OSError(name)
        return object()

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(ctypes, "CDLL", load)
    with pytest.raises(
        ScreenError, match=r"(?s)libxcb-cursor\.so\.0 is missing.*apt-get install .*libxcb-cursor0"
    ):
        screen.require()


def test_drawing_without_a_library_of_qt_names_it_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("states: {a: {}}\n", encoding="utf-8")
    known = builtins.__import__

    def load(name: str, *rest: Any, **more: Any) -> Any:
        if name == "editor.canvas":
            raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
        return known(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", load)
    assert main(["render", str(path), "-o", str(tmp_path / "o.png")]) == 2
    assert "libGL.so.1 is missing" in capsys.readouterr().err


def test_the_readme_names_the_same_packages() -> None:
    told = README.read_text(encoding="utf-8").replace("\\\n", " ").split()
    assert set(screen.PACKAGES.split()) <= set(told)
