"""Settings of this person on this machine: recent files, theme, animation; a plain file, never in the way."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

MOST_RECENT = 12
HOME = "STATECHART_EDITOR_HOME"
"""Environment variable: a folder to keep settings in instead of the platform's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, with what they are when nothing was chosen. `theme` is `system`, `light` or `dark`."""

    recent: tuple[str, ...] = ()
    theme: str = "system"
    animation: bool = True
    window: str = ""
    geometry: str = ""

    def with_recent(self, path: Path) -> Settings:
        """These, with a file at the head of the recent ones."""
        text = str(path.resolve())
        return replace(self, recent=(text, *(each for each in self.recent if each != text))[:MOST_RECENT])


def settings_path() -> Path:
    """Where the settings are kept."""
    home = os.environ.get(HOME)
    folder = Path(home) if home else user_config_path("statechart-editor", appauthor=False)
    return folder / "settings.json"


def load() -> Settings:
    """The settings; the standard ones where the file is missing or damaged."""
    try:
        data = json.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(data, dict):
        return Settings()
    standard: dict[str, Any] = asdict(Settings())
    known: dict[str, Any] = {
        str(key): value
        for key, value in data.items()
        if type(value) is type(standard.get(key)) and key != "recent"
    }
    recent = data.get("recent")
    known["recent"] = tuple(str(each) for each in recent)[:MOST_RECENT] if isinstance(recent, list) else ()
    return Settings(**known)


def store(settings: Settings) -> None:
    """Keep the settings; where that is not possible they last for this run only."""
    path = settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".tmp")
        beside.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        os.replace(beside, path)
    except OSError:
        return
