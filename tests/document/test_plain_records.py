"""Records that are equal are told alike, whatever form their numbers came in; so edits may go by equality."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editor.document import plain_records
from editor.document.plain_records import from_plain, to_plain
from editor.errors import FormatError
from editor.geometry import Point
from editor.model import changes, diagram, elements
from editor.model.changes import BoxChange, net
from editor.model.diagram import Box

PLACES: dict[str, Callable[[Any], Any]] = {
    "float": lambda number: number,
    "Point | None": lambda number: Point(number, number),
    "tuple[Point, ...]": lambda number: (Point(number, 1), Point(1, number)),
}
"""Where records hold numbers of which only the size counts, by the type that they have for it."""
DATA: dict[str, Callable[[Any], Any]] = {
    "Data": lambda data: data,
    "Delay | None": lambda data: data,
    "Extra": lambda data: (("key", data),),
    "tuple[tuple[str, Data], ...]": lambda data: (("key", data),),
    "tuple[tuple[str, Delay], ...]": lambda data: (("key", data),),
}
"""Where they hold what a file says, in which 1, 1.0 and true are three things."""
NUMBERS = ("float", "Point", "Data", "Delay", "Extra")
WHOLE = st.integers(-(2**53), 2**53)


def _places(tables: dict[str, Callable[[Any], Any]]) -> list[tuple[str, str]]:
    return [
        (kind, field.name)
        for kind, made in plain_records._RECORDS.items()
        if not kind.endswith("Change")
        for field in fields(made)
        if field.type in tables
    ]


def _record(kind: str, name: str, value: object) -> Any:
    """A record with a value in one field, and no more than it needs in the others."""
    made = plain_records._RECORDS[kind]
    types = {field.name: str(field.type) for field in fields(made)}
    least: dict[str, Any] = {"str": "x", "float": 1.0, "Data": None}
    needed = [field.name for field in fields(made) if field.default is MISSING and field.name != name]
    put = {**PLACES, **DATA}[types[name]]
    return made(**{each: least.get(types[each], ()) for each in needed}, **{name: put(value)})


def _told(record: object) -> str:
    return json.dumps(to_plain(record))


def _of_model(wanted: Callable[[type], bool]) -> set[str]:
    """The classes that the records of a document are made of, by their names."""
    found = (made for module in (elements, diagram, changes) for made in vars(module).values())
    return {each.__name__ for each in found if isinstance(each, type) and wanted(each)}


def test_every_record_and_every_kind_of_the_model_is_known() -> None:
    assert _of_model(is_dataclass) - {"Change"} == set(plain_records._RECORDS)
    assert _of_model(lambda made: issubclass(made, Enum) and made is not Enum) == set(plain_records._ENUMS)


@pytest.mark.parametrize("kind", diagram.ConstraintKind)
def test_what_layouts_are_to_keep_comes_back_as_it_was(kind: diagram.ConstraintKind) -> None:
    sheet = diagram.Sheet(constraints=(diagram.Constraint(kind=kind, ids=("a", "b")),))
    change = changes.SheetChange(sheet.id, diagram.Sheet(), sheet)
    assert from_plain(json.loads(_told(change))) == change


def test_every_number_of_a_record_is_of_one_kind_or_the_other() -> None:
    for kind, made in plain_records._RECORDS.items():
        for field in fields(made):
            is_number = not kind.endswith("Change") and any(word in str(field.type) for word in NUMBERS)
            assert not is_number or field.type in PLACES or field.type in DATA, (kind, field.name)


@pytest.mark.parametrize(("kind", "name"), _places(PLACES))
@given(number=WHOLE)
@example(number=0)
def test_a_whole_number_is_the_same_in_any_form(kind: str, name: str, number: int) -> None:
    one, other = _record(kind, name, number), _record(kind, name, float(number))
    assert one == other
    assert _told(one) == _told(other)
    assert _told(_record(kind, name, -0.0)) == _told(_record(kind, name, 0.0))
    assert _told(from_plain(to_plain(one))) == _told(one)


@pytest.mark.parametrize(("kind", "name"), _places(DATA))
def test_data_of_another_type_make_another_record(kind: str, name: str) -> None:
    made = [_record(kind, name, data) for data in (1, 1.0, True, 0, 0.0, False)]
    for one in made:
        assert [other for other in made if other == one] == [one]
        assert [_told(other) for other in made].count(_told(one)) == 1


@given(st.lists(st.sampled_from([8, 8.0, 16, 16.0, 0, 0.0, -0.0]), min_size=2, max_size=6))
def test_what_edits_make_together_ends_as_the_last_of_them(places: list[float]) -> None:
    boxes = [Box(id="s", x=x, y=x, width=96, height=48, initial=Point(x, x)) for x in places]
    changes = [BoxChange("s", one, other) for one, other in pairwise(boxes)]
    [*_, end] = [boxes[0], *(change.new for change in net(changes))]
    assert _told(end) == _told(boxes[-1])


@pytest.mark.parametrize("x", ["8", None, 10**400], ids=["text", "nothing", "beyond all"])
def test_what_is_no_number_is_no_box(x: object) -> None:
    with pytest.raises(FormatError, match="Box"):
        from_plain(["Box", {"id": "s", "x": x, "y": 0.0, "width": 96.0, "height": 48.0}])
