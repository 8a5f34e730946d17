"""`layout` writes places beside a machine, and says who found them."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.cli import main
from editor.document import files
from editor.formats import layout_file
from editor.layout_engine import parts
from editor.layout_engine.options import NAMES, Rung
from editor.model import queries
from editor.model.diagram import Diagram

MACHINE = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {on: {BACK: a}}\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(MACHINE, encoding="utf-8")
    return path


def layout_of(machine: Path) -> str:
    return files.layout_path(machine).read_text(encoding="utf-8")


def diagram_of(machine: Path) -> Diagram:
    return layout_file.read(layout_of(machine), files.read_machine(machine).chart)[0]


def test_places_are_written_and_the_machine_is_left_alone(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["layout", str(machine), "--engine", "graphlay"]) == 0
    assert capsys.readouterr().out == f"{files.layout_path(machine)}: 2 states placed by graphlay.\n"
    assert machine.read_text(encoding="utf-8") == MACHINE
    chart = files.read_machine(machine).chart
    assert diagram_of(machine).boxes.keys() >= {state.id for state in chart.children(chart.root_id)}


def test_comments_unknown_keys_and_what_is_no_place_stay(machine: Path) -> None:
    files.layout_path(machine).write_text(
        "# mine\nstates:\n  a: {box: [8, 8, 96, 40], tint: 3, mine: 1} # here\n"
        "view: {zoom: 2}\nnotes:\n  note1: {box: [0, 0, 80, 40], text: hello}\nextra: [1, 2]\n",
        encoding="utf-8",
    )
    assert main(["layout", str(machine), "--engine", "plain"]) == 0
    text = layout_of(machine)
    for kept in ("# mine", "# here", "tint: 3", "mine: 1", "view: {zoom: 2}", "text: hello", "extra: [1, 2]"):
        assert kept in text
    assert "b: " in text


def test_states_with_a_place_stay_where_only_missing_ones_are_placed(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files.layout_path(machine).write_text("states:\n  a: [400, 304, 96, 40]\n", encoding="utf-8")
    assert main(["layout", str(machine), "--only-missing", "--engine", "graphlay"]) == 0
    assert "1 state placed by graphlay" in capsys.readouterr().out
    assert "a: [400, 304, 96, 40]" in layout_of(machine)
    before = layout_of(machine)
    assert main(["layout", str(machine), "--only-missing"]) == 0
    assert "every state has a place" in capsys.readouterr().out
    assert layout_of(machine) == before


def test_without_elk_the_next_one_draws_and_it_is_said(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv(parts.VARIABLE, str(tmp_path / "nowhere"))
    assert main(["layout", str(machine)]) == 0
    told = capsys.readouterr()
    assert "placed by graphlay" in told.out
    assert told.err.startswith("notice: ELK is not here: ")


def test_elk_alone_that_is_missing_leaves_all_as_it_is_and_exits_with_one(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv(parts.VARIABLE, str(tmp_path / "nowhere"))
    assert main(["layout", str(machine), "--engine", "elk"]) == 1
    assert "nothing was placed" in capsys.readouterr().err
    assert not files.layout_path(machine).exists()


def test_a_machine_without_states_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("id: empty\n", encoding="utf-8")
    assert main(["layout", str(path)]) == 0
    assert "There is no state to place." in capsys.readouterr().err
    assert not files.layout_path(path).exists()


def test_a_damaged_layout_is_kept_aside(machine: Path) -> None:
    beside = files.layout_path(machine)
    beside.write_text("states: [", encoding="utf-8")
    assert main(["layout", str(machine), "--engine", "plain"]) == 0
    assert files.damaged_path(beside).read_text(encoding="utf-8") == "states: ["
    assert diagram_of(machine).boxes


@pytest.mark.parametrize("word", ["gone.yaml", "bad.yaml"])
def test_what_is_no_machine_is_told(tmp_path: Path, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text("states: [", encoding="utf-8")
    assert main(["layout", str(tmp_path / word)]) == 2
    assert word in capsys.readouterr().err


@pytest.mark.parametrize("mode", ["levels", "integrated"])
def test_elk_draws_in_the_mode_that_is_asked_for(
    machine: Path, mode: str, warm: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["layout", str(machine), "--mode", mode, "--direction", "right"]) == 0
    assert f"2 states placed by {NAMES[Rung(mode)]}." in capsys.readouterr().out
    chart = files.read_machine(machine).chart
    a, b = (queries.find_path(chart, each) for each in "ab")
    boxes = diagram_of(machine).boxes
    assert a is not None
    assert b is not None
    assert boxes[a].x + boxes[a].width < boxes[b].x
    document = files.open_document(machine)
    assert document.diagram.boxes[a].rect == boxes[a].rect


def picture(machine: Path, *words: str) -> str:
    out = machine.with_suffix(".svg")
    assert main(["render", str(machine), "-o", str(out), *words]) == 0
    return out.read_text(encoding="utf-8")


@pytest.mark.usefixtures("qapp")
def test_a_picture_of_a_machine_with_a_layout_shows_that_whoever_may_draw(machine: Path) -> None:
    assert main(["layout", str(machine), "--engine", "plain"]) == 0
    assert len({picture(machine, "--engine", each) for each in ("best", "graphlay", "plain")}) == 1


@pytest.mark.usefixtures("qapp")
def test_a_machine_without_a_layout_is_drawn_by_whom_one_asks(machine: Path) -> None:
    assert picture(machine, "--engine", "plain") != picture(machine, "--engine", "graphlay")
    assert not files.layout_path(machine).exists()


@pytest.mark.usefixtures("qapp")
def test_a_picture_is_made_without_a_word_where_elk_is_not_here(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parts, "missing", lambda: "A file is missing.")
    assert picture(machine)
    assert capsys.readouterr().err == ""
    assert picture(machine, "--engine", "elk")
    assert "A file is missing." in capsys.readouterr().err


@pytest.mark.usefixtures("qapp", "warm")
def test_a_picture_of_a_machine_without_a_layout_is_drawn_by_elk_where_it_is_here(machine: Path) -> None:
    assert picture(machine) == picture(machine, "--engine", "elk") != picture(machine, "--engine", "graphlay")
