"""Ctrl+C in the terminal that a window was started from: heard at once, and the windows close as they do otherwise."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier


class Interrupts(QObject):
    """Has Python run its handlers of signals while Qt waits for events: a signal writes a byte, which is an event.

    Pairs of sockets are the one thing that Python writes to and Qt listens to on every system.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        """Take the bytes out; by then Python has run the handlers."""
        self._reader.recv(1024)
