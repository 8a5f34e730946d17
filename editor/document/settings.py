"""Settings of this person on this machine: recent files, theme, animation; a plain file, never in the way."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_state_path

from editor.document.files import write_bytes
from editor.errors import FileError
from editor.model.judging import CHOICES

MOST_RECENT = 12
_LISTS = ("recent", "closed")
THEMES = ("system", "light", "dark")
HOME = "STATECHART_EDITOR_HOME"
"""Environment variable: a folder to keep settings in instead of the platform's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, with what they are when nothing was chosen. `theme` is `system`, `light` or `dark`.

    `severities` are what rules count for, by their ids, where that is not what they count for usually.
    `keys` are the keyboard shortcuts that were chosen, by command; in the file a mapping.
    """

    recent: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    theme: str = "system"
    animation: bool = True
    window: str = ""
    geometry: str = ""
    severities: tuple[tuple[str, str], ...] = ()
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def with_severity(self, rule: str, choice: str | None) -> Settings:
        """These, with a rule set to a severity or off; None for what it counts for usually."""
        table = {key: each for key, each in self.severities if key != rule}
        if choice is not None:
            table[rule] = choice
        return replace(self, severities=tuple(sorted(table.items())))

    def with_recent(self, path: Path) -> Settings:
        """These, with a file at the head of the recent ones."""
        text = str(path.resolve())
        return replace(self, recent=(text, *(each for each in self.recent if each != text))[:MOST_RECENT])

    def with_closed(self, path: Path) -> Settings:
        """These, with a file at the head of those that were closed."""
        text = str(path.resolve())
        return replace(self, closed=(text, *(each for each in self.closed if each != text))[:MOST_RECENT])


def state_folder() -> Path:
    """Where journals and previous versions are kept."""
    home = os.environ.get(HOME)
    return Path(home) if home else user_state_path("statechart-editor", appauthor=False)


def settings_path() -> Path:
    """Where the settings are kept."""
    home = os.environ.get(HOME)
    folder = Path(home) if home else user_config_path("statechart-editor", appauthor=False)
    return folder / "settings.json"


def load() -> Settings:
    """The settings; the standard ones where the file is missing or damaged."""
    return read()[0]


def read() -> tuple[Settings, str]:
    """The settings, and a sentence for people where the file is there but damaged; empty when all is well."""
    path = settings_path()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, ValueError, RecursionError):
        return Settings(), f"{path} could not be read; the standard settings are used."
    if not isinstance(data, dict):
        return Settings(), f"{path} holds no settings; the standard ones are used."
    standard: dict[str, Any] = asdict(Settings())
    known: dict[str, Any] = {
        key: value
        for key, value in data.items()
        if key not in (*_LISTS, "severities", "keys") and type(value) is type(standard.get(key))
    }
    if known.get("theme") not in THEMES:
        known.pop("theme", None)
    for key in _LISTS:
        listed = data.get(key)
        texts = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
        known[key] = tuple(texts)[:MOST_RECENT]
    chosen = data.get("severities")
    pairs = chosen.items() if isinstance(chosen, dict) else ()
    known["severities"] = tuple((rule, choice) for rule, choice in pairs if choice in CHOICES)
    return Settings(**known, keys=_read_keys(data.get("keys"))), ""


def _read_keys(data: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The shortcuts of a mapping, without what is none."""
    pairs = data.items() if isinstance(data, dict) else ()
    return tuple(
        (str(id), tuple(key for key in keys if isinstance(key, str)))
        for id, keys in pairs
        if isinstance(keys, list)
    )


def store(settings: Settings) -> None:
    """Keep the settings; where that is not possible they last for this run only."""
    path = settings_path()
    tables = {"severities": dict(settings.severities), "keys": dict(settings.keys)}
    text = json.dumps({**asdict(settings), **tables}, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, text.encode("utf-8"))
    except (OSError, FileError):
        return
