"""Why the system refused to read or write a file, in plain words.

The system's own words differ from one to the next, come in the language of the desktop, and say "no such file" where a
folder is gone.
"""

from __future__ import annotations

import errno

_IMPOSSIBLE = "such a name is not possible"
_EITHER = {
    "ENOSPC": "the disk is full",
    "EDQUOT": "your share of the disk is used up",
    "EROFS": "the disk can only be read",
    "EIO": "the disk reports a fault",
    "EFBIG": "it is too large for this disk",
    "ELOOP": "its links lead in a circle",
    "ENAMETOOLONG": "its name is too long",
    "EINVAL": _IMPOSSIBLE,
    "EILSEQ": _IMPOSSIBLE,
    "EISDIR": "it is a folder",
    "ENOTDIR": "a part of its path is no folder",
    "EBUSY": "another program uses it",
    "ETXTBSY": "another program uses it",
    "EMFILE": "too many files are open",
    "ENFILE": "too many files are open",
    "ESTALE": "the network drive is gone",
    "ETIMEDOUT": "the network drive does not answer",
    "EHOSTDOWN": "the network drive does not answer",
}
"""By the names of POSIX, of which no system has all."""
_READING = _EITHER | {
    "ENOENT": "it does not exist",
    "EACCES": "its permissions forbid it",
    "EPERM": "its permissions forbid it",
}
_WRITING = _EITHER | {
    "ENOENT": "its folder does not exist",
    "EACCES": "its permissions, or those of its folder, forbid it",
    "EPERM": "its permissions, or those of its folder, forbid it",
}


def why_unread(error: OSError | ValueError) -> str:
    """Why a file could not be read: a part of a sentence. `ValueError` is what Python makes of an impossible name."""
    return _told(error, _READING)


def why_unwritten(error: OSError | ValueError) -> str:
    """Why a file could not be written: a part of a sentence."""
    return _told(error, _WRITING)


def _told(error: OSError | ValueError, words: dict[str, str]) -> str:
    """What is not in the table is told as the system has it."""
    if not isinstance(error, OSError):
        return _IMPOSSIBLE
    name = errno.errorcode.get(error.errno or 0, "")
    return words.get(name) or error.strerror or str(error) or type(error).__name__
