"""Keys of a layout that are near to known ones: told as problems, and taken as they were meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from editor.errors import ChartError
from editor.formats import layout_file, layout_sheet
from editor.formats.layout_keys import LayoutKeys
from editor.model import expressions
from editor.model.changes import AnyChange, BendsChange, BoxChange, SheetChange
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram
from editor.model.elements import Data, Extra
from editor.model.problems import Problem, Severity

PREFIX = "layout."
"""What the fields of such problems begin with."""
_OF_SHEET = ("states", "transitions", "quiet", "rules")
_OTHERS = ("constraints", "notes", "view")
"""Further keys that a layout may have."""


def problems(chart: Chart, diagram: Diagram) -> Iterator[Problem]:
    """The keys that were probably mistyped; what is near to nothing may be another program's."""
    for id, box in diagram.boxes.items():
        if box.extra:
            yield from _near(id, box.extra, layout_file.BOX_KEYS)
    for id, bends in diagram.bends.items():
        if bends.extra:
            yield from _near(id, bends.extra, layout_file.BENDS_KEYS)
    yield from _near(chart.root_id, diagram.sheet.extra, (*_OF_SHEET, *_OTHERS))


def _near(element: str, extra: Extra, known: Iterable[str]) -> Iterator[Problem]:
    words = tuple(known)
    for key, _ in extra:
        meant = None if key in words else expressions.nearest(key, words)
        if meant is not None:
            yield Problem(
                rule="unknown-key", severity=Severity.WARNING, element=element, field=f"{PREFIX}{key}",
                message=f"The key “{key}” of the layout is not known; it is kept.",
                hint=f"Did you mean “{meant}”?", is_key=True, meant=meant,
            )  # fmt: skip


def taking(chart: Chart, diagram: Diagram, problem: Problem, meant: str = "") -> list[AnyChange]:
    """The changes that take the key of such a problem for another one, or remove it for none.

    Raises:
        ChartError: what is meant stands there already, or the value cannot stand under the key.
    """
    key, element = problem.field.removeprefix(PREFIX), problem.element
    if element == chart.root_id and key in dict(diagram.sheet.extra):
        return _in_sheet(chart, diagram, key, meant)
    for drawn in (diagram.boxes.get(element), diagram.bends.get(element)):
        if drawn is not None and key in dict(drawn.extra):
            return [_in_drawn(drawn, key, meant)]
    return []


def _without(extra: Extra, key: str) -> Extra:
    return tuple(each for each in extra if each[0] != key)


def _in_drawn(old: Box | Bends, key: str, meant: str) -> AnyChange:
    new: Box | Bends | None = replace(old, extra=_without(old.extra, key))
    if meant and new is not None:
        body = layout_file.written(new)
        if meant in body:
            raise ChartError(f"“{meant}” stands here already.")
        body[meant] = dict(old.extra)[key]
        new = layout_file.entry(old, body)
    if isinstance(old, Box) and isinstance(new, Box):
        return BoxChange(old.id, old, new)
    if isinstance(old, Bends) and isinstance(new, Bends):
        return BendsChange(old.id, old, new)
    raise ChartError(f"What stands there cannot be a “{meant}”.")


def _in_sheet(chart: Chart, diagram: Diagram, key: str, meant: str) -> list[AnyChange]:
    old = diagram.sheet
    value = dict(old.extra)[key]
    left = replace(old, extra=_without(old.extra, key))
    if not meant:
        return [SheetChange(old.id, old, left)]
    keys, found = LayoutKeys(chart), dict[str, Data]({meant: value})
    if meant not in _OF_SHEET:
        raise ChartError(f"What stands there cannot be “{meant}”.")
    sheet, wrong = layout_sheet.read(found, keys)
    made, faults = layout_file.read_tables(found, keys)
    if (
        wrong
        or faults
        or sheet.extra
        or (sheet.quiet and left.quiet)
        or (sheet.severities and left.severities)
    ):
        raise ChartError(f"What stands there cannot be “{meant}”, or that is there already.")
    left = replace(left, quiet=sheet.quiet or left.quiet, severities=sheet.severities or left.severities)
    boxes = (BoxChange(id, diagram.boxes.get(id), box) for id, box in made.boxes.items())
    bends = (BendsChange(id, diagram.bends.get(id), each) for id, each in made.bends.items())
    return [SheetChange(old.id, old, left), *boxes, *bends]
