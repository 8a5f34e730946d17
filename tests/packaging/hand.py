"""A hand at a real screen: Xvfb, and xdotool for mouse and keys. Waits for what is seen, never for a time."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 90
"""Seconds until what should be seen counts as not coming; nothing is measured."""
SIZE = (1280, 800)


class NotSeenError(Exception):
    """What should have been seen was not; says what."""


class Hand:
    """Mouse and keys on one display."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._environment = {**os.environ, "DISPLAY": display}

    def do(self, *words: str) -> str:
        """One call of xdotool; returns what it printed."""
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """The window whose title contains a text, once it is there."""
        return until(
            lambda: self.do("search", "--onlyvisible", "--name", title).split("\n")[0], f"window “{title}”"
        )

    def focus(self, title: str) -> None:
        """Let keys go to a window; there is no window manager that would."""
        self.do("windowfocus", "--sync", self.window(title))

    def double_click(self, x: int, y: int) -> None:
        """Click twice at a place."""
        self.do("mousemove", str(x), str(y), "click", "--repeat", "2", "--delay", "60", "1")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at a place, move on a straight line, and let go."""
        self.do("mousemove", *map(str, start), "mousedown", "1")
        for step in range(1, 9):
            x, y = (round(a + (b - a) * step / 8) for a, b in zip(start, end, strict=True))
            self.do("mousemove", "--sync", str(x), str(y))
        self.do("mouseup", "1")

    def type(self, text: str, *keys: str) -> None:
        """Type a text, then keys by their names."""
        self.do("type", "--delay", "30", text)
        if keys:
            self.do("key", "--delay", "60", *keys)

    def picture(self, path: Path) -> None:
        """Keep what is on the screen, where ImageMagick is installed."""
        command = ["import", "-window", "root", str(path)]
        try:
            subprocess.run(command, env=self._environment, check=False)
        except FileNotFoundError:
            print(f"no picture at {path}: ImageMagick is missing")


def until(look: Callable[[], str], what: str) -> str:
    """What `look` returns once it is something."""
    end = time.monotonic() + PATIENCE
    while not (seen := look()):
        if time.monotonic() > end:
            raise NotSeenError(f"{what} did not come")
        time.sleep(0.1)
    return seen


@contextmanager
def screen() -> Iterator[Hand]:
    """A screen of its own, and a hand on it."""
    read, write = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    # -noreset: else it begins anew when the last program leaves, and turns away who comes meanwhile
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as number:
        display = number.readline().strip()
    try:
        if not display:
            raise NotSeenError("Xvfb's screen")
        yield Hand(f":{display}")
    finally:
        server.terminate()
        server.wait()
