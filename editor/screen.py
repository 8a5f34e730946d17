"""What Qt needs of the system, asked in our words: Qt itself ends the process, or says where it failed to import."""

from __future__ import annotations

import os
import sys

from editor.errors import ScreenError

PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libfontconfig1 libglib2.0-0 libdbus-1-3 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
)
"""What a bare Debian or Ubuntu lacks."""
_FOR_X11 = (
    "libxcb.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxcb-shape.so.0",
    "libxkbcommon-x11.so.0",
)  # fmt: skip


def require() -> None:
    """See that a window can be opened.

    Raises:
        ScreenError: there is no screen, or a library for it is missing; says what to do.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not platform and (os.environ.get("WAYLAND_DISPLAY") or os.environ.get("WAYLAND_SOCKET")):
        return
    if platform and not platform.startswith("xcb"):
        return
    display = os.environ.get("DISPLAY", "")
    if not display:
        raise ScreenError(
            "There is no screen to open a window on. Set DISPLAY or WAYLAND_DISPLAY, "
            "or use the commands check, run, render, convert, layout and diff."
        )
    _require_x11(display)


def _require_x11(display: str) -> None:
    import ctypes  # noqa: PLC0415 - only a window on X11 asks

    for name in _FOR_X11:
        try:
            ctypes.CDLL(name)
        except OSError:
            raise missing(name) from None
    xcb = ctypes.CDLL(_FOR_X11[0])
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    is_refused = xcb.xcb_connection_has_error(connection) != 0
    xcb.xcb_disconnect(connection)
    if is_refused:
        raise ScreenError(
            f"The screen {display} does not answer. Correct DISPLAY, "
            "or use the commands check, run, render, convert, layout and diff."
        )


def missing(what: str) -> ScreenError:
    """The error for a library that cannot be loaded; `what` names it."""
    return ScreenError(
        f"Qt cannot be loaded: {what} is missing. On Debian or Ubuntu:\n  apt-get install {PACKAGES}"
    )
