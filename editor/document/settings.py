"""Settings of this person on this machine: recent files, theme, animation; a plain file, never in the way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from editor.document.files import read_bytes, write_bytes
from editor.errors import FileError
from editor.folders import config_folder
from editor.model.judging import CHOICES

MOST_RECENT = 12
MOST_PINNED = 24
MOST_CHOSEN = 20
_LISTS = {"recent": MOST_RECENT, "closed": MOST_RECENT, "pinned": MOST_PINNED, "chosen": MOST_CHOSEN}
"""Lists of texts, with how many each holds."""
THEMES = ("system", "light", "dark")
ANIMATIONS = ("system", "on", "off")
"""`system` is to move unless the system asks programs to keep still."""
DESCRIPTIONS = ("always", "hover", "never")
"""When the descriptions of elements are seen on the canvas: where there is room, where one points, or not at all."""
LAYOUT_MODES = ("levels", "integrated")
LAYOUT_DIRECTIONS = ("auto", "down", "right")
AUTOSAVES = ("off", "leaving", "timed")
"""When files are saved by themselves: never, when another program comes to the front, every so many seconds."""
LEAST_SECONDS, MOST_SECONDS = 5, 3600
DRAWINGS = ("auto", "on", "off")
"""Whether the drawing is checked too: large ones that the layout made, all of them, none."""
SPACINGS = (0, 8, 16)
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
"""Percent."""
_CHOICES: dict[str, tuple[object, ...]] = {
    "theme": THEMES, "animation": ANIMATIONS, "autosave": AUTOSAVES, "spacing": SPACINGS,
    "layout_mode": LAYOUT_MODES, "layout_direction": LAYOUT_DIRECTIONS,
    "text_size": TEXT_SIZES, "descriptions": DESCRIPTIONS, "drawing": DRAWINGS,
}  # fmt: skip
OF_HERE = ("recent", "pinned", "closed", "chosen", "window", "geometry", "tour")
"""What says something about this machine and not about a person's taste: it is neither exported nor imported."""
LOG_NAME = "statechart-editor.log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, with what they are when nothing was chosen; in the file they have the same names.

    `recent`, `closed`: paths of files, the last one first. `pinned`: paths that stay among the recent ones, in the
    order in which they were pinned. `chosen`: ids of what was chosen in the command palette, the last one first,
    whatever document it was chosen in. `theme`: one of `THEMES`. `animation`: one of
    `ANIMATIONS`. `text_size`: how large the canvas is drawn at 100 %, one of `TEXT_SIZES`. `grid`: whether its
    dots are seen. `spacing`: chart units between them, which hands and keys keep to, one of `SPACINGS`; 0 for none.
    `snapping`: whether what is dragged sticks to the grid and to its neighbours. `minimap`: whether one is shown.
    `pins`: whether states that no layout moves show so, when none is proposed as well.
    `layout_mode`, `layout_direction`: how layouts are proposed, one of `LAYOUT_MODES` and `LAYOUT_DIRECTIONS`.
    `descriptions`: when they are seen, one of `DESCRIPTIONS`. `drawing`: one of `DRAWINGS`.
    `autosave`: one of `AUTOSAVES`, `autosave_seconds` being for `timed`. `window`,
    `geometry`: the places of docks and window, as Qt writes them. `tour`: the step that was reached (see
    `commands.touring`), empty until the tour was offered. `severities` are what rules count for, by their
    ids, where that is not what they count for usually. `keys` are the keyboard shortcuts that were chosen, by
    command; both are mappings in the file. Keys of the file that are none of these are kept in it.
    """

    recent: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    theme: str = "system"
    animation: str = "system"
    text_size: int = 100
    grid: bool = True
    spacing: int = 8
    snapping: bool = True
    minimap: bool = False
    pins: bool = False
    descriptions: str = "always"
    layout_mode: str = "levels"
    layout_direction: str = "auto"
    drawing: str = "auto"
    autosave: str = "off"
    autosave_seconds: int = 60
    window: str = ""
    geometry: str = ""
    tour: str = ""
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

    @property
    def listed(self) -> tuple[str, ...]:
        """The recent files as they are shown: the pinned ones first."""
        return (*self.pinned, *(each for each in self.recent if each not in self.pinned))

    def with_pin(self, text: str, *, is_pinned: bool) -> Settings:
        """These, with the path of a file pinned, behind the others, or among the recent ones alone."""
        others = tuple(each for each in self.pinned if each != text)
        if is_pinned:
            return replace(self, pinned=(*others, text))
        recent = (text, *(each for each in self.recent if each != text))[:MOST_RECENT]
        return replace(self, pinned=others, recent=self.recent if text in self.recent else recent)

    def without_file(self, text: str) -> Settings:
        """These, with a path neither among the recent files nor pinned."""
        recent = tuple(each for each in self.recent if each != text)
        return replace(self, recent=recent, pinned=tuple(each for each in self.pinned if each != text))

    def with_file_moved(self, old: str, path: Path) -> Settings:
        """These, with another path where one was among the recent and the pinned files."""
        new = str(path.resolve())

        def moved(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(new if each == old else each for each in texts))

        return replace(self, recent=moved(self.recent), pinned=moved(self.pinned))

    def with_closed(self, path: Path) -> Settings:
        """These, with a file at the head of those that were closed."""
        text = str(path.resolve())
        return replace(self, closed=(text, *(each for each in self.closed if each != text))[:MOST_RECENT])


def settings_path() -> Path:
    """Where the settings are kept."""
    return config_folder() / "settings.json"


def log_path() -> Path:
    """Where mistakes of the program are written down."""
    return settings_path().parent / LOG_NAME


def load() -> Settings:
    """The settings; the standard ones where the file is missing or damaged."""
    return read()[0]


def read() -> tuple[Settings, str]:
    """The settings, and a sentence for people where the file is damaged, which is then set aside; else nothing."""
    path = settings_path()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, ValueError, RecursionError):
        return Settings(), f"{path} could not be read; the standard settings are used.{_set_aside(path)}"
    if not isinstance(data, dict):
        return Settings(), f"{path} holds no settings; the standard ones are used.{_set_aside(path)}"
    return replace(Settings(), **_known(data)), ""


def damaged_path() -> Path:
    """Where settings are kept that could not be read."""
    return settings_path().with_suffix(".damaged.json")


def _set_aside(path: Path) -> str:
    """Keep a damaged file from being written over; a sentence that tells where it is, if that was possible."""
    try:
        os.replace(path, damaged_path())
    except OSError:
        return ""
    return f" What it held is kept in {damaged_path().name}."


def _known(data: Mapping[str, object]) -> dict[str, Any]:
    """What of a file are settings with values that they can have."""
    standard: dict[str, Any] = asdict(Settings())
    known: dict[str, Any] = {}
    for key, value in data.items():
        if key in _LISTS:
            texts = [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
            known[key] = tuple(texts)[: _LISTS[key]]
        elif key in _TABLES:
            known[key] = _TABLES[key](value.items() if isinstance(value, dict) else ())
        elif key == "animation" and isinstance(value, bool):  # as it was written once
            known[key] = "system" if value else "off"
        elif key in _CHOICES:
            is_one = type(value) is type(standard[key]) and value in _CHOICES[key]
            known |= {key: value} if is_one else {}
        elif key in standard and type(value) is type(standard[key]):
            known[key] = value
    if "autosave_seconds" in known:
        known["autosave_seconds"] = min(max(known["autosave_seconds"], LEAST_SECONDS), MOST_SECONDS)
    return known


def _read_severities(pairs: Iterable[tuple[str, Any]]) -> tuple[tuple[str, str], ...]:
    """What rules count for, without what they cannot count for."""
    return tuple((rule, choice) for rule, choice in pairs if isinstance(choice, str) and choice in CHOICES)


def _read_keys(pairs: Iterable[tuple[str, Any]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The shortcuts of a mapping, without what is none."""
    return tuple(
        (id, tuple(key for key in keys if isinstance(key, str)))
        for id, keys in pairs
        if isinstance(keys, list)
    )


_TABLES: dict[str, Callable[[Iterable[tuple[str, Any]]], tuple[Any, ...]]] = {
    "severities": _read_severities, "keys": _read_keys,
}  # fmt: skip


def _written(settings: Settings) -> dict[str, Any]:
    """Settings as they stand in a file."""
    return {**asdict(settings), **{key: dict(getattr(settings, key)) for key in _TABLES}}


def store(settings: Settings) -> None:
    """Keep the settings; where that is not possible they last for this run only.

    Keys that the file has beside them stay: another version of the program may know them.
    """
    path = settings_path()
    text = json.dumps({**_others(path), **_written(settings)}, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, text.encode("utf-8"))
    except (OSError, FileError):
        return


def _others(path: Path) -> dict[str, object]:
    with suppress(OSError, ValueError, RecursionError):
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data, dict):
            standard = asdict(Settings())
            return {key: value for key, value in data.items() if key not in standard}
    return {}


def export(settings: Settings, path: Path) -> None:
    """Write a person's choices into a file, for another machine.

    Raises:
        FileError: it cannot be written.
    """
    chosen = {key: value for key, value in _written(settings).items() if key not in OF_HERE}
    write_bytes(path, json.dumps(chosen, indent=1).encode("utf-8"))


def imported(settings: Settings, path: Path) -> Settings:
    """Settings with the choices of a file that was exported; what it does not say stays.

    Raises:
        FileError: it cannot be read, or holds no settings.
    """
    try:
        data = json.loads(read_bytes(path).decode("utf-8"))
    except (ValueError, RecursionError):
        raise FileError(f"{path} is no file of settings. Choose one that was exported.") from None
    known = _known(data) if isinstance(data, dict) else {}
    chosen = {key: value for key, value in known.items() if key not in OF_HERE}
    if not chosen:
        raise FileError(f"{path} holds no settings. Choose a file that was exported.")
    return replace(settings, **chosen)
