"""A problem is a flaw of a chart: what is wrong, how bad it is, and where it stands."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """An error keeps a machine from running; a warning is probably a mistake; information is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One flaw. `element` is the id of a state or transition, or `info`; `field` the field of its record.

    A field may go on with the keys and positions inside, parted by dots. `is_key`: the key itself is what is wrong,
    not what stands behind it. `name` is what is wrong by its name, `meant` what could
    stand there instead, where that is known. `was` is the record inside of the element that an unknown key was read
    with, which does not keep it, and `now` that record as if the key were the one meant (see `mending`).
    """

    rule: str
    severity: Severity
    message: str
    element: str = "root"
    field: str = ""
    hint: str = ""
    is_key: bool = False
    name: str = ""
    meant: str = ""
    was: object = dataclasses.field(default=None, compare=False, repr=False)
    now: object = dataclasses.field(default=None, compare=False, repr=False)
