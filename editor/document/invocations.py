"""What a state invokes as a line to be typed, `source as id with {a: 1}`, and back."""

from __future__ import annotations

from dataclasses import replace

from editor.document import texts
from editor.errors import ExpressionError
from editor.formats import yaml_write
from editor.model import invocation_text
from editor.model.chart import Chart
from editor.model.elements import Data, Invoke
from editor.model.label_reading import Piece

_FORM = "“name as id with {a: 1}”"


def text(invoke: Invoke) -> str:
    """An invocation in one line: what it runs, its id, what is passed to it.

    One that runs what is written inside of it, as in SCXML, is told by its id alone.
    """
    if not invoke.src:
        return invoke.title
    found = invocation_text.written(invoke.src)
    if invoke.id is not None:
        found += f" as {invocation_text.written(invoke.id, has_spaces=False)}"
    if invoke.input is not None:
        found += f" with {yaml_write.inline(invoke.input)}"
    return found


def read(chart: Chart, state: str, own: Invoke, typed: str) -> Invoke:
    """The invocation of a state with the parts that a line tells; all else of it stays.

    Raises:
        ExpressionError: it is not understood, or another invocation has the id; with the column within the line.
    """
    parts = invocation_text.split(typed)
    source = _name(parts.source, typed, f"Say first what is run: {_FORM}.")
    id = own.id
    if parts.id is None or parts.id.text != invocation_text.written(id or "", has_spaces=False):
        id = None if parts.id is None else _id(chart, state, own, parts.id, typed)
    if parts.rest.text:
        raise _fail(f"Only “as” and “with” can follow: {_FORM}.", parts.rest, typed)
    passed = None if parts.input is None else _input(chart, parts.input, typed)
    return replace(own, src=source, id=id, input=passed)


def taken(chart: Chart, state: str, uid: str, id: str) -> str:
    """Why an invocation cannot have an id: another one has it. Nothing where it can."""
    for each in chart.states.values():
        for invoke in each.invokes:
            if invoke.id == id and (each.id, invoke.uid) != (state, uid):
                return f"“{invoke.title}” in “{each.key}” has this id already. Choose another one."
    return ""


def _fail(message: str, piece: Piece, typed: str) -> ExpressionError:
    return ExpressionError(message, text=typed, column=piece.at + 1)


def _name(piece: Piece, typed: str, missing: str) -> str:
    name = invocation_text.name(piece.text)
    if name is None:
        raise _fail("The quotes are not closed, or hold what cannot be in them.", piece, typed)
    if not name:
        raise _fail(missing, piece, typed)
    return name


def _id(chart: Chart, state: str, own: Invoke, piece: Piece, typed: str) -> str:
    id = _name(piece, typed, f"An id is missing: {_FORM}.")
    if " " in piece.text and not piece.text.startswith('"'):
        raise _fail("Put an id with spaces in it in quotes.", piece, typed)
    message = taken(chart, state, own.uid, id)
    if message:
        raise _fail(message, piece, typed)
    return id


def _input(chart: Chart, piece: Piece, typed: str) -> Data:
    if not piece.text:
        raise _fail(f"What is passed is missing: {_FORM}.", piece, typed)
    try:
        value = texts.read_data(piece.text)
        texts.check_data(chart, value)
    except ExpressionError as error:
        start = max(typed.find(error.text, piece.at) if error.text else piece.at, piece.at)
        raise ExpressionError(error.message, text=typed, column=start + (error.column or 1)) from None
    return value
