from __future__ import annotations

from editor.document import ways
from tests.canvas.samples import shop
from tests.charts import chart, id_of

TEXT = """\
id: m
initial: a
states:
  a:
    initial: in
    on: {GO: [{target: b, guard: x}, {target: c}], STAY: {actions: note}}
    states: {in: {}}
  b: {on: {BACK: a}}
  c: {on: {BACK: a}}
"""


def test_ways_out_are_in_the_order_of_evaluation_and_the_inside_last() -> None:
    made = chart(TEXT)
    found = ways.out_of(made, id_of(made, "a"))
    ends = [ways.far_end(made, id, is_into=False) for id in found]
    assert ends == [id_of(made, "b"), id_of(made, "c"), "", id_of(made, "a.in")]


def test_ways_in_come_from_where_they_begin() -> None:
    made = chart(TEXT)
    found = ways.into(made, id_of(made, "a"))
    ends = [ways.far_end(made, id, is_into=True) for id in found]
    assert sorted(ends[:2]) == sorted([id_of(made, "b"), id_of(made, "c")])
    assert ends[2:] == [""], "the machine itself, where it begins, is nowhere to go to"


def test_what_is_gone_leads_nowhere() -> None:
    made, _ = shop()
    assert ways.far_end(made, "gone", is_into=False) == ""
    assert ways.out_of(made, "end") == []
