"""Faults that users of other tools ran into, with their inputs: what the picture, the panels and the checks show.

What of these a scenario can say is in `tests/engine/scenarios/bugs.yaml`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from editor.canvas.highlight import Highlight
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.commands import simulate
from editor.engine.simulator import Simulator
from editor.layout.sizes import TableMeasure
from editor.model import queries, rules
from editor.model.elements import TriggerKind
from editor.model.problems import Problem, Severity
from editor.panels.simulation import SimulationPanel
from editor.panels.simulation_log import step_lines
from editor.session import Session
from tests.commands.desk import id_of, session_on

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

XMLNS = 'xmlns="http://www.w3.org/2005/07/scxml"'


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))


def started(session: Session) -> Simulator:
    simulate.start(session)
    assert session.simulator is not None
    return session.simulator


def sent(session: Session, *events: str) -> Simulator:
    simulator = started(session)
    for each in events:
        simulator.send(each)
    return simulator


def drawn(session: Session) -> Picture:
    document = session.document
    return Picture(document.chart, document.diagram, TableMeasure())


def moves(simulator: Simulator) -> list[str]:
    """What the last input left (-) and entered (+), by key, in order."""
    states = {state.id: state.key for state in simulator.machine.states}
    found = []
    for step in simulator.trace[-1].outcome.microsteps:
        found += [f"-{states[id]}" for id in step.exited] + [f"+{states[id]}" for id in step.entered]
    return found


def problems(session: Session, rule: str) -> list[tuple[int, Problem]]:
    """The problems of one rule, with their lines."""
    loaded = session.document.loaded
    assert loaded is not None
    found = []
    for each in (*loaded.problems, *rules.check(session.document.chart)):
        mark = loaded.places.find(each.element, each.field, is_key=each.is_key)
        if each.rule == rule and mark is not None:
            found.append((mark.line, each))
    return found


def panel_of(session: Session, qtbot: QtBot) -> SimulationPanel:
    panel = SimulationPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def offered(panel: SimulationPanel) -> list[str]:
    return [row.enabled.event for row in panel.events.rows if row.button.isEnabled()]


# D03


def test_d03_a_timer_that_is_started_anew_ends_once(tmp_path: Path) -> None:
    simulator = started(
        session_on(
            tmp_path,
            """\
id: watch
initial: listening
context: {strict: true}
states:
  listening:
    on:
      NOISE: {target: listening, reenter: true}
      LEAVE: elsewhere
    after:
      1500:
        - {guard: strict, target: asleep}
        - {target: dozing}
  asleep: {}
  dozing: {}
  elsewhere: {on: {BACK: listening}}
""",
        )
    )
    simulator.answers.guards["strict"] = True
    simulator.advance(1000)
    simulator.send("NOISE")
    simulator.advance(1000)
    simulator.advance(400)
    assert simulator.leaves == ("listening",)
    assert [each.due for each in simulator.timers] == [2500]
    simulator.advance(100)
    assert simulator.leaves == ("asleep",)
    taken = [each.event for entry in simulator.trace for each in entry.outcome.microsteps if each.transitions]
    assert taken == ["NOISE", "after.1500.listening"]
    simulator.advance(10_000)
    assert not simulator.trace[-1].outcome.microsteps


# D04

PINGPONG = """\
id: pingpong
initial: left
states:
  left:  {always: right}
  right: {always: left}
  never: {}
"""
GUARDED = """\
id: pingpong2
initial: left
context: {n: 0}
states:
  left:  {always: {guard: goRight, target: right}, on: {KICK: right}}
  right: {always: {guard: goLeft, target: left}}
"""


def test_d04_a_cycle_of_eventless_transitions_is_warned_of_and_stops_the_run(tmp_path: Path) -> None:
    session = session_on(tmp_path, PINGPONG)
    assert [line for line, _ in problems(session, "eventless-cycle")] == [4, 5]
    picture = drawn(session)
    chart = session.document.chart
    arrows = [each.id for each in chart.transitions.values() if each.trigger.kind is TriggerKind.ALWAYS]
    assert len(arrows) == 2
    assert all(picture.route(id) for id in arrows)
    simulator = started(session)
    assert simulator.snapshot.is_stopped
    [failure] = simulator.trace[-1].outcome.failures
    assert "left" in str(failure)
    assert "right" in str(failure)
    simulator.send("KICK")
    simulator.reset()
    assert len(simulator.trace) == 1


def test_d04_with_guards_it_depends_on_the_answers(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, GUARDED)
    assert not problems(session, "eventless-cycle")
    panel = panel_of(session, qtbot)
    simulator = started(session)
    simulator.answer_guard("goRight", True, always=True)
    simulator.answer_guard("goLeft", True, always=True)
    assert simulator.snapshot.is_stopped
    row = panel.log.topLevelItem(panel.log.topLevelItemCount() - 1)
    assert row is not None
    assert row.child(0).text(0).startswith("✕ ")
    simulator.answers.guards["goLeft"] = False
    simulator.reset()
    assert simulator.leaves == ("right",)
    assert not simulator.snapshot.is_stopped


# D06

SHIP = f"""\
<scxml {XMLNS} version="1.0" initial="ship">
  <parallel id="ship">
    <state id="port" initial="portOff">
      <state id="portOff"><transition event="p.on" target="portOn"/></state>
      <state id="portOn"><transition event="p.off" target="portOff"/></state>
    </state>
    <state id="star" initial="starOff">
      <state id="starOff"><transition event="s.on" target="starOn"/></state>
      <state id="starOn"><transition event="s.off" target="starOff"/></state>
    </state>
  </parallel>
</scxml>
"""


def test_d06_an_event_for_one_region_leaves_the_other_alone(tmp_path: Path) -> None:
    simulator = started(session_on(tmp_path, SHIP))
    for event, leaves, log in (
        ("p.on", ("ship.port.portOn", "ship.star.starOff"), ["-portOff", "+portOn"]),
        ("s.on", ("ship.port.portOn", "ship.star.starOn"), ["-starOff", "+starOn"]),
        ("p.off", ("ship.port.portOff", "ship.star.starOn"), ["-portOn", "+portOff"]),
    ):
        simulator.send(event)
        assert simulator.leaves == leaves
        assert moves(simulator) == log


# D09

CALLING = f"""\
<scxml {XMLNS} version="1.0" datamodel="null" initial="calling">
  <state id="calling">
    <onentry><send event="enough" delay="1s"/></onentry>
    <invoke id="c" type="scxml"><content>
      <scxml version="1.0" datamodel="null" initial="sleep">
        <state id="sleep">
          <onentry><send event="wake" delay="2s"/></onentry>
          <onexit><send target="#_parent" event="child.bye"/></onexit>
          <transition event="wake" target="end"/>
        </state>
        <final id="end"/>
      </scxml></content></invoke>
    <transition event="enough" target="quiet"/>
  </state>
  <state id="quiet">
    <onentry><send event="over" delay="3s"/></onentry>
    <transition event="done.invoke" target="bad"/>
    <transition event="child.bye" target="bad"/>
    <transition event="over" target="good"/>
  </state>
  <final id="good"/><final id="bad"/>
</scxml>
"""


def test_d09_a_machine_inside_is_over_when_its_state_is_left(tmp_path: Path) -> None:
    simulator = started(session_on(tmp_path, CALLING))
    simulator.advance(999)
    assert [each.id for each in simulator.services] == ["c"]
    simulator.advance(1)
    assert simulator.leaves == ("quiet",)
    assert simulator.services == ()
    simulator.advance(4000)
    assert simulator.leaves == ("good",)
    assert simulator.snapshot.is_done


# D10


def test_d10_a_region_without_children_and_the_leaf_of_the_other_light_up(tmp_path: Path) -> None:
    session = session_on(
        tmp_path,
        """\
id: oven
type: parallel
states:
  clock: {}
  door:
    initial: shut
    states:
      shut: {on: {PULL: open}}
      open: {on: {PUSH: shut}}
""",
    )
    simulator = started(session)

    def lit() -> set[str]:
        overlay = Overlay()
        Highlight(simulator).show(overlay, 0)
        return {session.document.chart.states[id].key for id in overlay.active}

    assert lit() == {"oven", "clock", "door", "shut"}
    simulator.send("PULL")
    assert lit() == {"oven", "clock", "door", "open"}
    simulator.send("PUSH")
    assert lit() == {"oven", "clock", "door", "shut"}


# D11


def test_d11_all_delays_that_run_are_listed_with_the_time_left(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(
        tmp_path,
        """\
id: npc
initial: explore
states:
  explore:
    after: {8000: rethink}
    on: {ALERT: fight, REACHED: .near}
    initial: far
    states:
      far: {}
      near: {after: {4000: '#npc.dwell'}}
  rethink: {}
  dwell: {}
  fight: {}
""",
    )
    panel = panel_of(session, qtbot)
    simulator = started(session)
    simulator.advance(1000)
    simulator.send("REACHED")
    assert panel.clock.timers.text().split("\n") == [
        "near after 4 s: 4 s left",
        "explore after 8 s: 7 s left",
    ]
    simulator.advance(4000)
    assert (simulator.leaves, simulator.clock, simulator.timers) == (("dwell",), 5000, [])


# D12

HELLO = f"""\
<scxml {XMLNS} version="1.0" datamodel="null" initial="a">
  <state id="a"><transition event="go" target="b"/></state>
  <state id="b">
    <onentry><send event="hello"/></onentry>
    <transition event="back" target="a"/>
  </state>
</scxml>
"""


def test_d12_events_that_are_only_sent_are_none_of_the_machines(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, HELLO)
    assert queries.events(session.document.chart) == ["go", "back"]
    [(line, problem)] = problems(session, "event-never-handled")
    assert problem.severity is Severity.INFORMATION
    assert problem.element == id_of(session, "b")
    assert (line, "“hello” is sent, but never handled" in problem.message) == (4, True)
    panel = panel_of(session, qtbot)
    simulator = started(session)
    assert offered(panel) == ["go"]
    simulator.send("go")
    assert offered(panel) == ["back"]
    lines = [text for text, _ in step_lines(simulator.trace[-1], session.document.chart)]
    assert lines == ["← a", "go", "→ b", "hello was dropped: nothing answers it"]


# D13

FORK = """\
<scxml version="1.0" datamodel="null" initial="s">
  <state id="s"><transition event="fork" target="both"/></state>
  <parallel id="both">
    <transition target="ready" event="done.state.both"/>
    <transition event="abort" target="s"/>
    <state id="r1"><initial><transition target="r1a"/></initial>
      <state id="r1a"><transition event="x" target="r1f"/></state><final id="r1f"/></state>
    <state id="r2"><initial><transition target="r2a"/></initial>
      <state id="r2a"><transition event="y" target="r2f"/></state><final id="r2f"/></state>
  </parallel>
  <state id="ready"/>
</scxml>
"""


def test_d13_arrows_that_leave_a_parallel_state_are_there(tmp_path: Path) -> None:
    session = session_on(tmp_path, FORK)
    [(line, problem)] = problems(session, "scxml")
    assert (line, problem.severity, "namespace" in problem.message) == (1, Severity.INFORMATION, True)
    chart, picture = session.document.chart, drawn(session)
    kinds = [each.trigger.kind for each in chart.transitions.values()]
    assert (kinds.count(TriggerKind.EVENT), kinds.count(TriggerKind.INITIAL)) == (5, 3)
    assert set(picture.transitions) == set(chart.transitions)
    both = id_of(session, "both")
    box = picture.rect(both)
    assert box is not None
    for each in chart.outgoing(both):
        route = picture.route(each.id)
        assert route is not None
        start = route.paths[0][0]
        assert start.x in (box.x, box.right) or start.y in (box.y, box.bottom)
    assert sent(session, "fork", "x", "y").leaves == ("ready",)


# D14

TWO = f"""\
<scxml {XMLNS} version="1.0" datamodel="null" initial="off">
  <state id="off"><transition event="go" target="b2
      c2"/></state>
  <parallel id="p">
    <transition event="both" target="b1 c1"/>
    <state id="b"><state id="b1"/><state id="b2"/></state>
    <state id="c"><state id="c1"/><state id="c2"/></state>
  </parallel>
</scxml>
"""


def test_d14_a_transition_with_two_targets_is_one_arrow_with_two_ends(tmp_path: Path) -> None:
    session = session_on(tmp_path, TWO)
    chart, picture = session.document.chart, drawn(session)
    assert {each.key for each in chart.states.values() if each.parent} == {
        "off", "p", "b", "b1", "b2", "c", "c1", "c2",
    }  # fmt: skip
    [go] = chart.outgoing(id_of(session, "off"))
    route = picture.route(go.id)
    assert route is not None
    assert len(route.paths) == 2
    ends = {picture.hit(path[-1], 2).id for path in route.paths}
    assert ends <= {go.id, id_of(session, "p.b.b2"), id_of(session, "p.c.c2")}
    assert sent(session, "go").leaves == ("p.b.b2", "p.c.c2")
    assert sent(session, "go", "both").leaves == ("p.b.b1", "p.c.c1")


# D16


def test_d16_a_transition_under_the_root_is_told_and_drawn(tmp_path: Path) -> None:
    session = session_on(
        tmp_path,
        f"""\
<scxml {XMLNS} version="1.0" datamodel="null" initial="a">
  <transition event="reset" target="a"/>
  <state id="a"><transition event="n" target="b"/></state>
  <state id="b"/>
</scxml>
""",
    )
    [(line, problem)] = problems(session, "scxml")
    assert (line, problem.severity) == (2, Severity.WARNING)
    assert "not allowed under <scxml>" in problem.message
    assert set(drawn(session).transitions) == set(session.document.chart.transitions)
    assert sent(session, "n", "reset").leaves == ("a",)


# D35

SIBLINGS = f"""\
<scxml {XMLNS} version="1.0" datamodel="null" initial="ps">
  <parallel id="ps">
    <state id="one" initial="o1"><state id="o1"><transition event="jump" target="t2"/></state><state id="o2"/></state>
    <state id="two" initial="t1"><state id="t1"/><state id="t2"/></state>
  </parallel>
</scxml>
"""


def test_d35_from_one_region_to_its_sibling_is_warned_of(tmp_path: Path) -> None:
    session = session_on(tmp_path, SIBLINGS)
    [(line, problem)] = problems(session, "between-regions")
    assert (line, problem.severity) == (3, Severity.WARNING)
    assert "leaves and enters all regions of “ps”" in problem.message
    simulator = sent(session, "jump")
    assert simulator.leaves == ("ps.one.o1", "ps.two.t2")
    assert simulator.paths == ("ps", "ps.one", "ps.one.o1", "ps.two", "ps.two.t2")
    assert moves(simulator) == ["-t1", "-two", "-o1", "-one", "-ps", "+ps", "+one", "+o1", "+two", "+t2"]
    assert session.document.path is not None
    assert session.document.path.read_text(encoding="utf-8") == SIBLINGS
