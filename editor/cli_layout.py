"""`layout`: places the states of a machine, and writes them into the layout file beside it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from editor.cli_report import FINE, FOUND
from editor.document import files
from editor.document.document import Document
from editor.formats import layout_file
from editor.layout.sizes import Measure, TableMeasure
from editor.layout_engine.options import NAMES, Direction, Mode, Options, Rung
from editor.model.diagram import Diagram
from editor.model.elements import ROOT

if TYPE_CHECKING:
    from editor.layout_engine.rungs import Proposal

_ENGINES = {
    "elk": frozenset({Rung.LEVELS, Rung.INTEGRATED}),
    "graphlay": frozenset({Rung.GRAPHLAY}),
    "plain": frozenset({Rung.PLAIN}),
    "best": frozenset(Rung),
}
_LEAST, _MOST, _SOON = 3, 300, 10.0
"""States (with the machine) of a picture from which on, and up to which, ELK is asked unbidden; seconds it has."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--mode", choices=[each.value for each in Mode], default=Mode.LEVELS.value,
        help="levels: each state by itself, stable and compact; integrated: all at once, with the fewest crossings",
    )  # fmt: skip
    parser.add_argument(
        "--direction", choices=[each.value for each in Direction], default=Direction.AUTO.value,
        help="where the outermost states flow; auto: what fits a screen",
    )  # fmt: skip
    parser.add_argument("--only-missing", action="store_true", help="states that have a place stay there")
    parser.add_argument(
        "--engine", choices=tuple(_ENGINES), default="best", help="who may draw; best: the first that can"
    )
    parser.set_defaults(run=_layout)


def _layout(options: argparse.Namespace) -> int:
    document = files.open_document(options.file)
    for notice in document.notices:
        print(f"notice: {notice}", file=sys.stderr)
    placed = _placed(document)
    beside = files.layout_path(options.file)
    missing = document.chart.states.keys() - placed - {document.chart.root_id}
    if options.only_missing and not missing:
        print(f"{beside}: every state has a place.")
        return FINE
    proposal = _proposal(document, placed, options)
    if proposal.why:
        print(f"notice: {proposal.why}", file=sys.stderr)
    if proposal.rung is Rung.AS_IT_WAS:
        print(f"{beside}: nothing was placed.", file=sys.stderr)
        return FINE if not document.chart.states.keys() - {document.chart.root_id} else FOUND
    files.save_layout(Document(document.chart, proposal.diagram), document)
    count = len(missing) if options.only_missing else len(document.chart.states) - 1
    print(f"{beside}: {count} {'state' if count == 1 else 'states'} placed by {NAMES[proposal.rung]}.")
    return FINE


def _placed(document: Document) -> frozenset[str]:
    """The states that have a place in the layout file."""
    if document.layout_text is None:
        return frozenset()
    boxes = layout_file.read(document.layout_text.text, document.chart)[0].boxes
    return frozenset(boxes.keys() - {ROOT})


def _proposal(document: Document, placed: frozenset[str], options: argparse.Namespace) -> Proposal:
    from editor.layout_engine.rungs import propose  # noqa: PLC0415 - the other commands draw nothing
    from editor.layout_engine.warm import Warm  # noqa: PLC0415 - the other commands draw nothing

    warm = Warm()
    wanted = Options(
        mode=Mode(options.mode),
        direction=Direction(options.direction),
        pinned=placed if options.only_missing else frozenset(),
        rungs=_ENGINES[options.engine],
    )
    try:
        return propose(document.chart, document.diagram, wanted, warm, TableMeasure())
    finally:
        warm.kill()


def add_engine(parser: argparse.ArgumentParser) -> None:
    """The word that says who draws what has no places yet."""
    parser.add_argument(
        "--engine", choices=tuple(_ENGINES), default="best",
        help="who may draw a machine without a layout; best: ELK, where it is here and answers soon",
    )  # fmt: skip


def drawn(document: Document, engine: str, measure: Measure) -> Diagram:
    """The places for a picture: those of the layout file; for a machine without one, of whoever may draw it."""
    states = len(document.chart.states)
    if document.layout_text is not None or states < _LEAST or (engine == "best" and states > _MOST):
        return document.diagram
    from editor.layout_engine import parts  # noqa: PLC0415 - files with their places need none of it
    from editor.layout_engine.rungs import propose  # noqa: PLC0415 - neither this
    from editor.layout_engine.warm import Limits, Warm  # noqa: PLC0415 - neither this

    if engine == "best" and parts.missing() is not None:
        return document.diagram
    limits = Limits(start=_SOON, soft=_SOON, hard=_SOON) if engine == "best" else Limits()
    warm = Warm(limits=limits)
    wanted = Options(direction=Direction.AUTO, rungs=_ENGINES[engine])
    try:
        proposal = propose(document.chart, Diagram(), wanted, warm, measure)
    finally:
        warm.kill()
    if proposal.why:
        print(f"notice: {proposal.why}", file=sys.stderr)
    return document.diagram if proposal.rung is Rung.AS_IT_WAS else proposal.diagram
