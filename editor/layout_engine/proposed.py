"""What somebody was asked to draw, and the drawing once it is there: it waits to be taken or turned down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from editor.layout_engine.options import Options

if TYPE_CHECKING:
    from editor.layout_engine.rungs import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is wanted of a proposal, in terms of what is open; the rest is known by the window.

    `ids`: as `Options.ids` of the scope. `frees`: states placed by hand may move too.
    """

    options: Options
    frees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A request with its answer, which is None while it is being drawn; `is_slow`: it takes longer than usual."""

    asked: Asked
    answer: Proposal | None = None
    is_slow: bool = False
