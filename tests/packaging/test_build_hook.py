"""Installing from a checkout brings the libraries that propose drawings, and goes on without them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

import build_hook
from build_hook import LibrariesHook
from packager import engine
from packager.errors import ToolMissingError


def hook(told: list[str]) -> LibrariesHook:
    app = SimpleNamespace(display_warning=told.append)
    return LibrariesHook(str(Path(build_hook.__file__).parent), {}, None, None, "", "wheel", app)


def test_they_are_fetched_before_a_wheel_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[bool] = []
    told: list[str] = []
    monkeypatch.setattr(engine, "fetch", lambda: fetched.append(True) or True)
    hook(told).initialize("standard", {})
    assert fetched == [True]
    assert told == []


def test_without_npm_it_is_told_and_nothing_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> bool:
        raise ToolMissingError("npm is missing.")

    told: list[str] = []
    monkeypatch.setattr(engine, "fetch", refuse)
    hook(told).initialize("editable", {})
    assert told == ["npm is missing."]
