from __future__ import annotations

from editor.canvas.highlight import Highlight, clear
from editor.canvas.painter_overlay import Overlay
from editor.engine.simulator import Simulator
from editor.model.changes import TransitionChange
from editor.model.elements import Transition, Trigger, TriggerKind
from tests.canvas.samples import shop


def _run() -> tuple[Simulator, Highlight]:
    chart, _ = shop()
    initial = Transition(
        id="top", source="root", targets=("work",), trigger=Trigger(kind=TriggerKind.INITIAL)
    )
    chart.apply((TransitionChange("top", None, initial),))
    simulator = Simulator(chart)
    highlight = Highlight(simulator)
    simulator.stepped.subscribe(lambda entry: highlight.step(entry, 0))
    simulator.start()
    return simulator, highlight


def _shown(highlight: Highlight, now: float) -> Overlay:
    overlay = Overlay()
    highlight.show(overlay, now)
    return overlay


def test_shows_what_is_active_and_what_can_happen_with_its_key():
    _, highlight = _run()
    overlay = _shown(highlight, 1000)
    assert overlay.is_running
    assert overlay.active >= {"work", "a"}
    assert overlay.enabled["ab"] == "1"
    assert overlay.enabled["in"] == "2"


def test_a_step_flashes_and_fades():
    simulator, highlight = _run()
    simulator.send("GO")
    during = _shown(highlight, 130)
    assert during.taken["ab"] > 0.5
    assert during.left["a"] > 0.5
    assert highlight.is_moving(130)
    after = _shown(highlight, 5000)
    assert after.taken["ab"] == 0
    assert not highlight.is_moving(5000)


def test_nothing_fades_without_motion():
    simulator, _ = _run()
    still = Highlight(simulator, has_motion=False)
    simulator.stepped.subscribe(lambda entry: still.step(entry, 0))
    simulator.send("GO")
    assert not still.is_moving(1)
    assert set(_shown(still, 1).taken.values()) <= {0.0}


def test_a_delay_empties_with_the_clock():
    simulator, highlight = _run()
    simulator.send("GO")
    assert _shown(highlight, 0).timers["aa"] == 1
    simulator.advance(2500)
    assert _shown(highlight, 0).timers["aa"] == 0.5
    overlay = _shown(highlight, 0)
    simulator.elapse(simulator.timers[0].length / 4)
    highlight.tick(overlay)
    assert overlay.timers["aa"] == 0.25


def test_clearing_takes_the_run_out():
    _, highlight = _run()
    overlay = _shown(highlight, 0)
    clear(overlay)
    assert overlay == Overlay()
