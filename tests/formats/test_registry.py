"""Which files are machines, and where the elements of one stand after it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

import pytest

from editor.errors import FileError
from editor.formats import native, registry
from editor.model.changes import StateChange
from tests.charts import id_of
from tests.formats.machines import EVERYTHING


@pytest.mark.parametrize(
    ("name", "format"),
    [("m.yaml", "YAML"), ("m.yml", "YAML"), ("M.YAML", "YAML"), ("m.scxml", "SCXML"), ("m.xml", "SCXML")],
)
def test_machines_are_known_by_their_names(name: str, format: str) -> None:
    assert registry.format_of(PurePath(name)).name == format


@pytest.mark.parametrize("name", ["m.txt", "m", "m.yaml.bak"])
def test_another_file_is_refused_and_the_formats_are_named(name: str) -> None:
    with pytest.raises(FileError) as caught:
        registry.write(native.read(EVERYTHING).chart, PurePath(name))
    assert ".yaml" in str(caught.value)
    assert ".yml" in str(caught.value)


def test_a_fresh_reading_gives_its_paths_to_the_ids_of_the_chart() -> None:
    loaded = native.read(EVERYTHING, name="m.yaml")
    chart = loaded.chart.copy()
    old = chart.states[id_of(chart, "cart")]
    chart.apply([StateChange(old.id, old, replace(old, key="basket"))])
    fresh = native.read(native.patch(loaded, chart)[0], name="m.yaml")
    paths = registry.with_ids_of(chart, fresh).places.paths
    assert paths[old.id] == ("states", "basket")
    assert paths.keys() == {*chart.states, *chart.transitions, chart.info.id}


def test_problems_of_a_fresh_reading_are_told_of_the_same_elements() -> None:
    loaded = native.read("states: {a: {}, b: {colour: red}}\n", name="m.yaml")
    chart = loaded.chart.copy()
    first, second = id_of(chart, "a"), id_of(chart, "b")
    # what is removed before it makes every later id of a reading another one
    chart.apply([StateChange(first, chart.states[first], None)])
    fresh = native.read(native.patch(loaded, chart)[0], name="m.yaml")
    [problem] = registry.with_ids_of(chart, fresh).problems
    assert (problem.rule, problem.element) == ("unknown-key", second)
    assert id_of(fresh.chart, "b") != second


def test_what_stands_in_no_text_has_no_place() -> None:
    assert registry.Places().find("root") is None
    assert native.read(EVERYTHING).places.find("nowhere") is None
