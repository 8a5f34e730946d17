from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QTreeWidget, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from editor.commands import simulate
from editor.document import edits, files
from editor.engine.simulator import Simulator
from editor.panels.simulation import SimulationPanel
from editor.panels.timeline import HEAD, NAMES, STEP, TimelinePanel
from editor.session import Session
from tests.commands.desk import id_of, session_on

SHOP = """\
id: shop
initial: cart
context: {items: 0, total: {net: 0}}
states:
  cart:
    on:
      ADD: {actions: {assign: {items: items + 1, total.net: event.data.price if event.data else 1}}}
      PAY: {target: paying, guard: hasMoney}
      user.*: cart
  paying:
    invoke: {src: charge, onDone: paid, onError: cart}
    entry: askBank
  paid: {type: final}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Session:
    return session_on(tmp_path, SHOP)


def opened(session: Session, qtbot: QtBot) -> tuple[SimulationPanel, Simulator]:
    panel = SimulationPanel(session)
    qtbot.addWidget(panel)
    panel.resize(320, 900)
    panel.show()
    simulate.start(session)
    assert session.simulator is not None
    return panel, session.simulator


def click(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def rows(tree: QTreeWidget) -> list[str]:
    return [item.text(0) for item in top_items(tree)]


def top_items(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    found = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    return [item for item in found if item is not None]


def below(item: QTreeWidgetItem) -> list[str]:
    return [item.child(place).text(0) for place in range(item.childCount())]


def test_without_a_run_it_offers_one(session: Session, qtbot: QtBot) -> None:
    panel = SimulationPanel(session)
    qtbot.addWidget(panel)
    panel.show()
    click(panel.run_button, qtbot)
    assert session.simulator is not None
    assert panel.log.isVisible()
    session.set_simulator(None)
    assert panel.run_button.isVisible()


def test_enabled_events_are_buttons_with_their_keys(session: Session, qtbot: QtBot) -> None:
    panel, run = opened(session, qtbot)
    assert [row.enabled.event for row in panel.events.rows] == ["OPEN"]
    click(panel.events.rows[0].button, qtbot)
    assert run.leaves == ("opened.ajar",)
    assert [row.enabled.event for row in panel.events.rows] == ["PUSH", "CLOSE"]


def test_an_event_carries_the_data_that_was_typed(shop: Session, qtbot: QtBot) -> None:
    panel, run = opened(shop, qtbot)
    row = panel.events.rows[0]
    click(row.more, qtbot)
    qtbot.keyClicks(row.data, "{price: 7")
    qtbot.keyClick(row.data, Qt.Key.Key_Return)
    assert not row.message.isHidden()
    assert len(run.trace) == 1
    qtbot.keyClicks(row.data, "}")
    click(row.button, qtbot)
    assert run.snapshot.context == {"items": 1, "total": {"net": 7}}
    assert panel.events.rows[0].message.isHidden()


def test_any_event_can_be_sent_from_the_line(shop: Session, qtbot: QtBot) -> None:
    panel, run = opened(shop, qtbot)
    qtbot.keyClicks(panel.events.line, 'ADD {"price": 3}')
    qtbot.keyClick(panel.events.line, Qt.Key.Key_Return)
    assert run.snapshot.context["total"] == {"net": 3}
    assert panel.events.line.text() == ""
    qtbot.keyClicks(panel.events.line, "NONSENSE")
    click(panel.events.send_button, qtbot)
    assert below(top_items(panel.log)[-1]) == ["Nothing answered it"]


def test_a_descriptor_with_a_star_asks_for_the_name(shop: Session, qtbot: QtBot) -> None:
    panel, run = opened(shop, qtbot)
    row = next(row for row in panel.events.rows if row.enabled.needs_name)
    click(row.button, qtbot)
    assert panel.events.line.text() == "user."
    assert len(run.trace) == 1


@pytest.mark.parametrize(
    ("word", "leaf", "asks_again"),
    [
        ("True", "paying", True),
        ("False", "cart", True),
        ("Always", "paying", False),
        ("Never", "cart", False),
    ],
)
def test_an_unknown_guard_is_asked(
    shop: Session, qtbot: QtBot, word: str, leaf: str, asks_again: bool
) -> None:
    panel, run = opened(shop, qtbot)
    run.send("PAY")
    assert panel.question.isVisible()
    assert "hasMoney" in panel.question.text.text()
    click(panel.question.buttons[word], qtbot)
    assert run.leaves == (leaf,)
    assert not panel.question.isVisible()
    if leaf == "paying":
        run.fail("charge")
    run.send("PAY")
    assert (run.question is not None) is asks_again


def test_a_service_waits_for_its_end(shop: Session, qtbot: QtBot) -> None:
    panel, run = opened(shop, qtbot)
    run.answers.guards["hasMoney"] = True
    assert panel.services.isHidden()
    run.send("PAY")
    [row] = panel.services.rows
    qtbot.keyClicks(row.data, "[1")
    click(row.done, qtbot)
    assert not row.message.isHidden()
    row.data.setText("[1]")
    click(row.done, qtbot)
    assert run.leaves == ("paid",)
    assert panel.services.isHidden()
    assert panel.events.none.text() == "The machine is done."


def test_a_service_can_fail(shop: Session, qtbot: QtBot) -> None:
    panel, run = opened(shop, qtbot)
    run.answers.guards["hasMoney"] = True
    run.send("PAY")
    click(panel.services.rows[0].error, qtbot)
    assert run.leaves == ("cart",)


def test_what_the_last_step_changed_stands_out(shop: Session, qtbot: QtBot) -> None:
    panel, run = opened(shop, qtbot)
    run.send("ADD", {"price": 0})
    items = top_items(panel.context)
    marked = {item.text(0) for item in items if item.font(0).bold() or item.font(0).weight() > 400}
    assert marked == {"items"}
    assert [item.text(1) for item in items] == ["1", ""]
    assert below(items[1]) == ["net"]


def test_the_log_shows_what_happened_in_order_and_goes_back(shop: Session, qtbot: QtBot) -> None:
    panel, run = opened(shop, qtbot)
    run.answers.guards["hasMoney"] = True
    run.send("PAY")
    run.finish("charge")
    first, pay, done = top_items(panel.log)
    assert below(first) == ["→ cart"]
    assert below(pay) == ["← cart", "PAY [hasMoney]", "→ paying", "/ askBank"]
    assert done.text(0) == "done: charge"
    place = panel.log.visualItemRect(first).center()
    qtbot.mouseClick(panel.log.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert run.cursor == 0
    assert panel.place.text() == "Step 0 of 2"
    run.send("ADD")
    assert rows(panel.log) == ["start", "ADD"]


def test_the_log_tells_delays_as_the_canvas_does(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, "{initial: a, states: {a: {after: {90s: b, LATER: b}}, b: {}}}")
    panel, run = opened(session, qtbot)
    run.advance(90_000)
    assert below(top_items(panel.log)[-1])[1] == "after 1 min 30 s"


def test_back_forward_and_reset(session: Session, qtbot: QtBot) -> None:
    panel, run = opened(session, qtbot)
    assert not panel.buttons["back"].isEnabled()
    run.send("OPEN")
    click(panel.buttons["back"], qtbot)
    assert run.leaves == ("closed",)
    click(panel.buttons["forward"], qtbot)
    assert run.leaves == ("opened.ajar",)
    click(panel.buttons["reset"], qtbot)
    assert rows(panel.log) == ["start"]


def test_the_clock_is_moved_by_an_amount_or_to_the_next_delay(session: Session, qtbot: QtBot) -> None:
    panel, run = opened(session, qtbot)
    run.send("OPEN")
    run.send("PUSH")
    assert panel.clock.timers.text() == "wide after 5 s: 5 s left"
    panel.clock.amount.setText("4.5 s")
    click(panel.clock.go, qtbot)
    assert (run.clock, run.leaves) == (4500, ("opened.wide",))
    click(panel.clock.next, qtbot)
    assert (run.clock, run.leaves) == (5000, ("opened.ajar",))
    assert not panel.clock.next.isEnabled()
    panel.clock.amount.setText("soon")
    click(panel.clock.go, qtbot)
    assert panel.clock.amount.property("wrong") is True
    assert run.clock == 5000


def test_a_clock_that_runs_makes_a_step_only_when_a_delay_ends(session: Session, qtbot: QtBot) -> None:
    panel, run = opened(session, qtbot)
    run.send("OPEN")
    run.send("PUSH")
    for _ in range(49):
        panel.clock.run_for(100)
    assert len(run.trace) == 3
    assert panel.clock.time.text() == "4.9 s"
    panel.clock.run_for(200)
    assert (len(run.trace), run.leaves, run.clock) == (4, ("opened.ajar",), 5000)
    panel.events.send("CLOSE", None)
    assert run.clock == 5100


def test_play_and_pause(session: Session, qtbot: QtBot) -> None:
    panel, _ = opened(session, qtbot)
    click(panel.clock.play, qtbot)
    assert panel.clock.is_playing
    click(panel.clock.play, qtbot)
    assert not panel.clock.is_playing
    click(panel.clock.play, qtbot)
    session.set_simulator(None)
    assert not panel.clock.is_playing


def test_a_changed_chart_offers_a_restart(session: Session, qtbot: QtBot) -> None:
    panel, run = opened(session, qtbot)
    run.send("OPEN")
    assert panel.banner.isHidden()
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, "opened"), "wideOpen"))
    assert panel.banner.isVisible()
    click(panel.restart_button, qtbot)
    assert session.simulator is not None
    assert session.simulator.leaves == ("wideOpen.ajar",)
    assert panel.banner.isHidden()


def test_an_unknown_delay_gets_its_length(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, "initial: a\nstates: {a: {after: {PAUSE: b}}, b: {}}\n")
    panel, run = opened(session, qtbot)
    [row] = panel.services.delays
    qtbot.keyClicks(row.length, "soon")
    qtbot.keyClick(row.length, Qt.Key.Key_Return)
    assert row.length.property("wrong") is True
    row.length.clear()
    qtbot.keyClicks(row.length, "1 min")
    qtbot.keyClick(row.length, Qt.Key.Key_Return)
    click(panel.clock.next, qtbot)
    assert (run.leaves, run.clock) == (("b",), 60_000)


def test_the_timeline_has_a_column_per_step_and_goes_there(session: Session, qtbot: QtBot) -> None:
    panel = TimelinePanel(session)
    qtbot.addWidget(panel)
    panel.resize(600, 200)
    panel.show()
    simulate.start(session)
    run = session.simulator
    assert run is not None
    run.send("OPEN")
    run.send("CLOSE")
    assert panel.bars.names == ["closed", "opened.ajar"]
    qtbot.mouseClick(panel.bars, Qt.MouseButton.LeftButton, pos=QPoint(NAMES + STEP + STEP // 2, HEAD + 10))
    assert run.cursor == 1
    qtbot.keyClick(panel.bars, Qt.Key.Key_Left)
    assert run.cursor == 0
    assert not panel.grab().isNull()


def test_keys_go_on_to_no_field_when_what_had_them_is_gone(shop: Session, qtbot: QtBot) -> None:
    panel, simulator = opened(shop, qtbot)
    qtbot.waitUntil(panel.isActiveWindow)
    pay = next(row for row in panel.events.rows if row.enabled.event == "PAY")
    pay.button.setFocus()
    click(pay.button, qtbot)
    assert panel.hasFocus()
    click(panel.question.buttons["True"], qtbot)
    assert simulator.leaves == ("paying",)
    assert panel.hasFocus()
    row = panel.services.rows[0]
    row.data.setFocus()
    qtbot.keyClicks(row.data, "5")
    click(row.done, qtbot)
    assert simulator.leaves == ("paid",)
    assert panel.hasFocus()


def test_long_names_do_not_reach_out_of_the_panel(tmp_path: Path, qtbot: QtBot) -> None:
    long = "averyLongNameOfSomethingThatGoesOnAndOn" * 2
    machine = (
        f"initial: a\nstates: {{a: {{invoke: {{src: {long}}}, after: {{{long}: a}}, on: {{{long}: a}}}}}}"
    )
    panel, _ = opened(session_on(tmp_path, machine), qtbot)
    found = [panel.events.rows[0].button, panel.events.rows[0].more, panel.services.rows[0].error]
    found += panel.services.delays[0].findChildren(QPushButton)
    qtbot.waitUntil(
        lambda: all(each.mapTo(panel, QPoint(each.width(), 0)).x() <= panel.width() for each in found)
    )
    assert long in panel.events.rows[0].button.toolTip()


def test_delays_of_machines_inside_are_shown_with_the_session_they_run_in(
    tmp_path: Path, qtbot: QtBot
) -> None:
    head = '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="null">'

    def waiting(event: str, delay: str, rest: str = "") -> str:
        return f'{head}<state id="s"><onentry><send event="{event}" delay="{delay}"/></onentry>{rest}</state></scxml>'

    inner = f'<invoke id="deep"><content>{waiting("late", "3s")}</content></invoke>'
    outer = f'<invoke id="child"><content>{waiting("soon", "1s", inner)}</content></invoke>'
    path = tmp_path / "outer.scxml"
    path.write_text(waiting("own", "2s", outer), encoding="utf-8")
    session = Session(files.open_document(path))
    panel, run = opened(session, qtbot)
    assert panel.clock.timers.text().splitlines() == [
        "soon: 1 s left, in child (session 1.2)",
        "own: 2 s left",
        "late: 3 s left, in child › deep (session 1.2.2)",
    ]
    run.advance(2_000)
    assert panel.clock.timers.text() == "late: 1 s left, in child › deep (session 1.2.2)"
    assert panel.clock.next.isEnabled()
    click(panel.clock.next, qtbot)
    assert (run.clock, panel.clock.timers.text()) == (3_000, "")
