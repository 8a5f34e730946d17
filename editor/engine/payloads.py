"""What events and invocations carry, and what variables begin with, compiled to closures (SCXML, 5.3 to 5.7)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from editor.errors import EditorError, ExpressionError
from editor.model.elements import Content, Data, Datum, Payload

if TYPE_CHECKING:
    from editor.engine.machine import Machine

_MARKUP = re.compile(r"\s*<[?!\w]")


class Markup(str):
    """A value that is XML."""

    __slots__ = ()


def literal(text: str, *, is_markup: bool = False) -> Data:
    """The value of a text that stands for itself: markup, JSON, or else words with single spaces (SCXML, B.2.1)."""
    if is_markup:
        return Markup(text.strip())
    try:
        value: Data = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return " ".join(text.split())
    return value


def _no_constant(text: str) -> Data:
    raise ValueError(text)


def compile_content(content: Content, machine: Machine) -> Callable[[Any], Data]:
    """The closure of a content."""
    if content.expr is not None:
        return machine.evaluator.data_code(content.expr)
    value = literal(content.text, is_markup=content.is_markup)
    return lambda work: value


def compile_payload(
    payload: Payload | None, machine: Machine, data: Data = None, *, is_lenient: bool = False
) -> Callable[[Any], Data]:
    """The closure of what is passed on; None where that is nothing.

    `data` is what is passed on without a payload, with expressions in it. `is_lenient`: what fails is reported and
    left out. Else it fails as a whole.
    """
    if payload is None and data is None:
        return _nothing
    if payload is None:
        code_of_data = machine.evaluator.data_code(data)
        return _leniently(code_of_data) if is_lenient else code_of_data
    if payload.content is not None and not (payload.names or payload.params):
        content = compile_content(payload.content, machine)
        return _leniently(content) if is_lenient else content
    code = machine.evaluator.data_code
    pairs = [(name, code(name)) for name in payload.names]
    for param in payload.params:
        text = param.expr if param.expr is not None else param.location
        pairs.append((param.name, code(text) if text is not None else _nothing))

    def pairs_of(work: Any) -> Data:
        gathered: dict[str, list[Data]] = {}
        for name, value in pairs:
            try:
                now = value(work)
                gathered.setdefault(name, []).append(now)
            except ExpressionError as error:
                if not is_lenient:
                    raise
                work.fail(work.element, work.field, error)
        # all values of a name that is given several times are passed on (6.2.3)
        return {name: each[0] if len(each) == 1 else each for name, each in gathered.items()} or None

    return pairs_of


def _nothing(work: Any) -> Data:
    return None


def _leniently(code: Callable[[Any], Data]) -> Callable[[Any], Data]:
    def content(work: Any) -> Data:
        try:
            return code(work)
        except ExpressionError as error:
            work.fail(work.element, work.field, error)
            return None

    return content


def compile_datum(datum: Datum, machine: Machine) -> Callable[[Any], None]:
    """A closure that gives a variable its first value."""
    language = machine.language
    if datum.expr is not None:
        return language.assign_code(datum.id, datum.expr)
    if datum.src is not None:
        src = datum.src
        return lambda work: language.put(work, datum.id, read_text(machine, src))
    if datum.content is None:
        return lambda work: None
    return compile_written(datum.id, datum.content, machine)


def compile_written(location: str, content: Content, machine: Machine) -> Callable[[Any], None]:
    """A closure that puts at a place what is written for it."""
    language = machine.language
    if not content.is_markup:
        return language.write_code(location, content.text)
    value = literal(content.text, is_markup=True)
    return lambda work: language.put(work, location, value)


def read_text(machine: Machine, src: str) -> Data:
    """The value that stands in a file.

    Raises:
        ExpressionError: there is none that may be read.
    """
    text = read_source(machine, src)
    return literal(text, is_markup=_MARKUP.match(text) is not None)


def read_source(machine: Machine, src: str) -> str:
    """The text of a file.

    Raises:
        ExpressionError: there is none that may be read.
    """
    if machine.surroundings is None:
        raise ExpressionError(f"“{src}” cannot be read from here")
    try:
        return machine.surroundings.text(src)
    except EditorError as error:
        raise ExpressionError(str(error)) from None
