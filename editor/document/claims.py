"""Whose a file is while a program works on it: a claim that ends with the program, however that ends.

The number of a process does not tell: it lives on for a while after a kill, and is soon given to another, in a
container to the very next start. A lock on the open file is let go of by the system itself.
"""

from __future__ import annotations

import os
import sys
from io import FileIO
from pathlib import Path
from typing import IO


def claim(file: IO[bytes] | FileIO) -> None:
    """Claim an open file until it is closed; without effect where the file system knows no locks."""
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - there is none on Windows

        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return


def is_claimed(path: Path) -> bool:
    """Whether a program, this one or another, has the file open and claimed."""
    if sys.platform == "win32":
        try:
            os.rename(path, path)  # refused while it is open
        except OSError:
            return True
        return False
    import fcntl  # noqa: PLC0415 - there is none on Windows

    try:
        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
