"""Whether the system asks programs to keep still, told by each platform in its own way."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

_PATIENCE = 0.5
_CLIENT_AREA_ANIMATION = 0x1042


def is_wanted(animation: str) -> bool:
    """Whether anything is to move by what the settings say: `on`, `off`, or as the `system` asks."""
    return animation == "on" or (animation == "system" and not is_reduced())


@functools.cache
def is_reduced() -> bool:
    """Whether the system asks for reduced motion, as it was when it was asked first; False where it cannot tell."""
    if sys.platform == "win32":
        return _is_reduced_on_windows()
    if sys.platform == "darwin":
        return _said("defaults", "read", "com.apple.universalaccess", "reduceMotion") == "1"
    gnome = _said("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
    return gnome == "false" or _is_reduced_on_plasma()


def _said(*command: str) -> str:
    """What a small program of the system prints; nothing when it is not there."""
    import subprocess  # noqa: PLC0415 - asked at the first run, not at the start

    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return ended.stdout.strip()


def _is_reduced_on_plasma() -> bool:
    """Plasma says how long its animations last, as a factor; none is none."""
    import configparser  # noqa: PLC0415 - asked at the first run, not at the start

    folder = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    said = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        said.read(Path(folder) / "kdeglobals", encoding="utf-8")
        return said.getfloat("KDE", "AnimationDurationFactor", fallback=1.0) == 0
    except (configparser.Error, OSError, ValueError):
        return False


def _is_reduced_on_windows() -> bool:
    """Windows: “Show animations in Windows”."""
    import ctypes  # noqa: PLC0415 - asked at the first run, not at the start

    library = getattr(ctypes, "windll", None)
    if library is None:
        return False
    is_animated = ctypes.c_int(1)
    library.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(is_animated), 0)
    return not is_animated.value
