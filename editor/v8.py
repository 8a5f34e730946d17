"""V8, which evaluates JavaScript: whether it is here, and its library brought into this process.

A program for download brings it packed, since it would be as large again with it. Loading is for processes of their
own: V8 may end the one that it is in, and unpacking it takes a second or two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from editor import resources

PACKAGE = "py_mini_racer"
"""The package of Python around it."""
NAME = "v8"
"""The folder among the resources where it lies packed, and that in the cache where it lies unpacked."""

ALONE = ("--single-threaded",)
"""Flags for V8 to run in the thread that calls it alone."""
BESIDE: tuple[str, ...] = ()
"""Flags for V8 to compile in threads beside, while the code that it compiles runs on: what is called often becomes fast
at once on a computer with cores to spare."""
SCRIPT_SWITCH = "--script-engine"
"""What a frozen program is started with to be the process that evaluates scripts."""


class V8Error(Exception):
    """V8 cannot be loaded; the text is a sentence that says why."""


def is_here() -> bool:
    """Whether V8 is installed, packed or not."""
    try:
        return find_spec(PACKAGE) is not None
    except ValueError:  # a module that was taken out
        return False


def is_packed() -> bool:
    """Whether this program brings it packed, so that loading it takes a second or two once."""
    return resources.path(NAME).is_dir()


def load(flags: Sequence[str] = ALONE) -> None:
    """Bring V8 into this process, unpacked first where it was not; `py_mini_racer` may be used afterwards.

    `flags`: how V8 is to run; where it was loaded before, it goes on as it does.

    Raises:
        V8Error: it cannot be unpacked or loaded.
    """
    if not is_packed():
        _load(flags)
        return
    from editor import folders, unpacking  # noqa: PLC0415 - few processes load V8

    try:
        folder = unpacking.unpacked(resources.path(NAME), folders.cache_folder() / NAME, PACKAGE)
    except unpacking.UnpackingError as error:
        raise V8Error(f"V8 cannot be unpacked: {error}") from None
    with _looked_for_in(folder):
        _load(flags)


def refusal() -> str:
    """Load it; what stands against that as a sentence, and nothing where it is loaded."""
    try:
        load()
    except V8Error as error:
        return str(error)
    return ""


def _load(flags: Sequence[str]) -> None:
    try:
        from py_mini_racer import LibNotFoundError, init_mini_racer  # noqa: PLC0415 - the extra may be missing
    except ImportError:
        raise V8Error("V8 is not installed.") from None
    try:
        init_mini_racer(flags=flags, ignore_duplicate_init=True)
    except (OSError, LibNotFoundError) as error:
        cause = (
            error.__context__ or error
        )  # in a frozen program the error of the system is wrapped in a guess
        raise V8Error(f"V8 cannot be loaded: {cause}.") from None


@contextmanager
def _looked_for_in(folder: Path) -> Iterator[None]:
    """Have the package look for its library below a folder, as it does in that of a frozen program."""
    missing = object()
    before = getattr(sys, "_MEIPASS", missing)
    sys._MEIPASS = str(folder)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if before is missing:
            del sys._MEIPASS  # type: ignore[attr-defined]
        else:
            sys._MEIPASS = before  # type: ignore[attr-defined]
