"""The folders of this person on this machine in which the program keeps things."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_state_path

HOME = "STATECHART_EDITOR_HOME"
"""A variable that names one folder for all of it, in place of those of the system."""
_NAME = "statechart-editor"


def state_folder() -> Path:
    """Where journals and previous versions are kept."""
    home = os.environ.get(HOME)
    return Path(home) if home else user_state_path(_NAME, appauthor=False)


def cache_folder() -> Path:
    """Where is kept what can be made again."""
    home = os.environ.get(HOME)
    return Path(home) / "cache" if home else user_cache_path(_NAME, appauthor=False)


def config_folder() -> Path:
    """Where choices are kept."""
    home = os.environ.get(HOME)
    return Path(home) if home else user_config_path(_NAME, appauthor=False)
