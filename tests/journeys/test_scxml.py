"""A file in SCXML through the program: checked, run, drawn, opened, edited and saved, as it is and as YAML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.cli import main
from editor.commands import file, simulate
from editor.document import edits, files, recovery
from editor.document.files import ChangedOnDiskError
from editor.document.journal import Journal
from editor.errors import FileError
from editor.formats import native
from editor.formats.native_write import write_machine
from editor.model import queries
from editor.session import Session
from tests.commands.desk import FakeDesktop

LIFT = """\
<?xml version="1.0" encoding="utf-16"?>
<!-- a lift -->
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="null" initial="waiting">
  <state id="waiting">
    <onentry><log label="waiting"/></onentry>
    <transition event="call button.*" target="moving"/>
  </state>
  <state id="moving">
    <invoke id="motor"><content><scxml datamodel="null">
      <state id="on"><onentry><send event="off" delay="2s"/></onentry><transition event="off" target="f"/></state>
      <final id="f"/>
    </scxml></content></invoke>
    <transition event="done.invoke.motor" target="waiting"/>
  </state>
</scxml>
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))


@pytest.fixture
def lift(tmp_path: Path) -> Path:
    path = tmp_path / "lift.scxml"
    path.write_bytes(LIFT.encode("utf-16"))
    return path


def test_it_is_checked_with_the_lines_of_its_file(lift: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(lift), "--strict"]) == 0
    lift.write_text(
        LIFT.replace("utf-16", "utf-8").replace('target="moving"', 'target="moved"'), encoding="utf-8"
    )
    assert main(["check", str(lift)]) == 1
    assert f"{lift}:6:1: error: There is no state “moved” here." in capsys.readouterr().out


def test_it_runs_with_the_machine_inside_of_it(
    lift: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "s.yaml"
    script.write_text(
        "- send: button.up\n  expect: moving\n- advance: 1999ms\n  expect: moving\n- advance: 1ms\n  expect: waiting\n",
        encoding="utf-8",
    )
    assert main(["run", str(lift), "--script", str(script), "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert [step["configuration"] for step in steps] == [["waiting"], ["moving"], ["moving"], ["waiting"]]


@pytest.mark.usefixtures("qapp")
def test_it_is_drawn(lift: Path, tmp_path: Path) -> None:
    picture = tmp_path / "lift.svg"
    assert main(["render", str(lift), "-o", str(picture)]) == 0
    assert "call button.*" in picture.read_text(encoding="utf-8")


def test_it_is_converted_with_notices(lift: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "lift.yaml"
    assert main(["convert", str(lift), "-o", str(made)]) == 0
    told = capsys.readouterr().err
    assert "The machine that is written inside an invocation of “moving” cannot be kept." in told
    assert main(["run", str(made), "-e", "button"]) == 0
    assert "moving" in capsys.readouterr().out


def test_a_conversion_to_its_own_format_is_a_copy(lift: Path, tmp_path: Path) -> None:
    made = tmp_path / "copy.scxml"
    assert main(["convert", str(lift), "-o", str(made)]) == 0
    assert made.read_bytes() == lift.read_bytes()


def opened(lift: Path) -> Session:
    session = Session(files.open_document(lift))
    chart = session.document.chart
    waiting = queries.find_path(chart, "waiting")
    assert waiting is not None
    session.document.apply(edits.rename(chart, waiting, "idle"))
    return session


def test_saving_asks_nothing_and_changes_only_what_was_edited(lift: Path) -> None:
    session, desktop = opened(lift), FakeDesktop()
    assert file.save(session, desktop)
    assert desktop.asked == []
    wanted = LIFT.replace('"waiting"', '"idle"').replace('label="idle"', 'label="waiting"')
    assert lift.read_bytes() == wanted.encode("utf-16")
    assert files.layout_path(lift).name == "lift.layout.yaml"
    assert files.layout_path(lift).exists()
    assert not session.document.is_modified


def test_it_is_saved_again_and_again(lift: Path) -> None:
    session, desktop = opened(lift), FakeDesktop()
    document = session.document
    for name in ("one", "two", "waiting"):
        document.apply(edits.rename(document.chart, next(iter(document.chart.children("root"))).id, name))
        assert file.save(session, desktop)
    assert lift.read_bytes() == LIFT.encode("utf-16")


def test_saving_as_yaml_tells_what_is_lost_first(lift: Path, tmp_path: Path) -> None:
    session, desktop = opened(lift), FakeDesktop()
    made = tmp_path / "lift.yaml"
    desktop.paths, desktop.answers = [made, made], [file.CANCEL, file.SAVE]
    assert not file.save_as(session, desktop)
    assert not made.exists()
    assert session.document.is_modified
    assert file.save_as(session, desktop)
    assert "cannot be kept" in desktop.texts[0]
    assert "idle:" in made.read_text(encoding="utf-8")
    assert lift.read_bytes() == LIFT.encode("utf-16")
    assert not session.document.is_modified


def test_nothing_writes_over_it_blindly(lift: Path) -> None:
    session = opened(lift)
    theirs = LIFT.replace("a lift", "another lift").encode("utf-16")
    lift.write_bytes(theirs)
    with pytest.raises(ChangedOnDiskError):
        files.save(session.document)
    assert lift.read_bytes() == theirs


def test_a_name_that_xml_cannot_hold_is_told_and_nothing_is_written(lift: Path) -> None:
    session = opened(lift)
    document = session.document
    document.apply(edits.rename(document.chart, next(iter(document.chart.children("root"))).id, "a\x01b"))
    with pytest.raises(FileError, match=r"U\+0001"):
        files.save(document)
    assert lift.read_bytes() == LIFT.encode("utf-16")
    assert document.is_modified


def test_a_machine_in_scxml_that_is_named_yaml_stays_in_scxml(lift: Path, tmp_path: Path) -> None:
    named = tmp_path / "other.yaml"
    named.write_bytes(lift.read_bytes())
    session = opened(named)
    assert file.save(session, FakeDesktop())
    assert named.read_bytes().decode("utf-16").startswith("<?xml")


def test_it_runs_in_a_session_and_one_may_step_back(lift: Path) -> None:
    session, desktop = Session(files.open_document(lift)), FakeDesktop()
    simulate.toggle(session, desktop)
    simulator = session.simulator
    assert simulator is not None
    assert [each.event for each in simulator.enabled] == ["call", "button"]
    simulator.send("call")
    simulator.advance_to_next_timer()
    assert simulator.leaves == ("waiting",)
    simulator.back()
    assert simulator.leaves == ("moving",)
    simulator.advance_to_next_timer()
    assert (simulator.leaves, simulator.clock) == (("waiting",), 2_000)


def test_what_was_edited_is_there_again_after_a_crash(lift: Path, tmp_path: Path) -> None:
    document = files.open_document(lift)
    journal = Journal(document, folder=tmp_path / "journals")
    waiting = queries.find_path(document.chart, "waiting")
    assert waiting is not None
    document.apply(edits.rename(document.chart, waiting, "idle"))
    journal.leave()
    found = recovery.recover(journal.path)
    assert found.notices == ()
    assert dict(found.document.chart.states) == dict(document.chart.states)
    assert dict(found.document.chart.transitions) == dict(document.chart.transitions)
    assert found.document.chart.info == document.chart.info
    # what was found is saved over the same file, in its encoding
    files.save(found.document)
    assert lift.read_bytes().decode("utf-16") == LIFT.replace('"waiting"', '"idle"').replace(
        'label="idle"', 'label="waiting"'
    )


LAMP = "# a lamp\ninitial: 'off'\nstates:\n  'off': {on: {GO: 'on'}, after: {5s: 'on'}}\n  'on': {on: {BACK: 'off'}}\n"


def test_a_machine_in_yaml_is_saved_as_scxml_and_goes_on_there(tmp_path: Path) -> None:
    path, made = tmp_path / "lamp.yaml", tmp_path / "lamp.scxml"
    path.write_text(LAMP, encoding="utf-8")
    session, desktop = Session(files.open_document(path)), FakeDesktop()
    desktop.paths = [made]
    assert file.save_as(session, desktop)
    first = made.read_text(encoding="utf-8")
    # by hand, in another program
    by_hand = first.replace('<state id="on">', '<!-- bright -->\n  <state id="on" >')
    made.write_text(by_hand, encoding="utf-8")
    document = files.open_document(made)
    assert document.chart.info.is_native
    document.apply(edits.rename(document.chart, queries.find_path(document.chart, "off") or "", "dark"))
    files.save(document)
    assert '  <!-- bright -->\n  <state id="on" >' in made.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8") == LAMP
    back = tmp_path / "back.yaml"
    assert main(["convert", str(made), "-o", str(back)]) == 0
    renamed = LAMP.replace("'off'", "dark").removeprefix("# a lamp\n")
    assert write_machine(native.read(back.read_bytes(), name="lamp").chart) == write_machine(
        native.read(renamed).chart
    )
