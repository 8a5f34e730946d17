"""The tour is led by what really happens to a document, a run and a file, and never loses its place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from editor.commands import simulate, touring
from editor.commands.table import COMMANDS
from editor.commands.touring import OFFERED, OVER, Tour
from editor.document import edits, files, settings
from editor.engine.play import play
from editor.errors import EditorError
from editor.formats import native, scenario
from editor.geometry import Point
from editor.model import rules
from editor.model.problems import Severity
from editor.requests import Request, TakeTour
from editor.session import Session
from tests.charts import MEASURE
from tests.commands.desk import FakeDesktop

DEEDS = ["draw", "connect", "label", "undo", "redo", "run", "send", "skip", "back", "leave", "take", "delete"]
STEPS = ["state", "transition", "label", "run", "save", "end"]


@pytest.fixture
def session() -> Session:
    return Session(files.new_document())


@pytest.fixture
def tour(session: Session) -> Tour:
    made = Tour(session)
    made.take()
    return made


def key(tour: Tour) -> str:
    return tour.step.key if tour.step is not None else ""


def draw_state(session: Session) -> str:
    document = session.document
    edit, id = edits.add_state(
        document.chart, document.diagram, document.chart.root_id, Point(0, 0), measure=MEASURE
    )
    document.apply(edit)
    return id


def connect(session: Session, source: str, target: str) -> str:
    document = session.document
    edit, id = edits.connect(document.chart, document.diagram, source, [target])
    document.apply(edit)
    return id


def label(session: Session, id: str, text: str) -> None:
    document = session.document
    document.apply(edits.set_label(document.chart, id, text))


# the chart


def test_the_chart_of_the_tour_is_clean_and_does_what_its_scenario_says() -> None:
    path = touring.chart_path()
    loaded = native.read(path.read_bytes(), name=str(path))
    found = [*loaded.problems, *rules.check(loaded.chart)]
    assert [each.message for each in found if each.severity is not Severity.INFORMATION] == []
    result = play(loaded.chart, scenario.read(path.with_suffix(".scenario.yaml").read_bytes()))
    assert (result.failures, result.errors) == ((), ())


def test_every_step_says_what_to_do_and_names_commands_that_there_are(session: Session, tour: Tour) -> None:
    seen = []
    tools = {"tool.state", "tool.connect"}
    while tour.step is not None and not tour.step.is_last:
        step = tour.step
        seen.append((step.key, step.number, step.of))
        assert step.text.endswith((".", "]"))
        assert step.title
        assert step.place.what
        assert step.keys
        assert all(each in tools or COMMANDS[each] for each in step.keys)
        tour.skip()
    assert seen == [(each, number + 1, 5) for number, each in enumerate(STEPS[:-1])]
    assert key(tour) == OVER


# what leads on


def test_what_a_person_does_leads_from_the_first_step_to_the_last(
    session: Session, tour: Tour, tmp_path: Path
) -> None:
    seen = [key(tour)]
    tour.changed.subscribe(lambda: seen.append(key(tour)))
    a = draw_state(session)
    assert tour.step is not None
    assert tour.step.place == ("state", a)
    b = draw_state(session)
    assert key(tour) == "transition"
    t = connect(session, a, b)
    assert tour.step.place == ("transition", t)
    label(session, t, "GO")
    assert "guard" in tour.step.text
    label(session, t, "GO [ready]")
    assert key(tour) == "run"
    simulate.start(session)
    run = session.simulator
    assert run is not None
    assert "raised" in tour.step.text
    run.send("OTHER")
    assert key(tour) == "run"
    run.send("GO")
    assert "Does the guard hold?" in tour.step.text
    run.answer_guard("ready", False)
    assert "raised" in tour.step.text
    run.send("GO")
    run.answer_guard("ready", True)
    assert key(tour) == "save"
    files.save(session.document, tmp_path / "mine.yaml")
    assert key(tour) == OVER
    assert list(dict.fromkeys(seen)) == STEPS
    assert settings.load().tour == OVER


def test_a_label_typed_at_once_leads_past_its_step(session: Session, tour: Tour) -> None:
    busy = True
    tour._is_busy = lambda: busy
    a, b = draw_state(session), draw_state(session)
    t = connect(session, a, b)
    label(session, t, "GO [ready]")
    assert key(tour) == "state"
    busy = False
    tour.settle()
    assert key(tour) == "run"


def test_the_name_that_a_new_event_has_is_not_given_by_a_person(session: Session, tour: Tour) -> None:
    tour.skip()
    a, b = draw_state(session), draw_state(session)
    first, second = connect(session, a, b), connect(session, a, b)
    assert session.document.chart.transitions[second].trigger.text == "EVENT2"
    assert tour.step is not None
    before = tour.step.text
    label(session, first, "EVENT7 / log 1")
    assert tour.step.text == before
    label(session, first, "EVENTUALLY")
    assert tour.step.text != before


def test_what_is_taken_back_in_the_middle_of_a_drag_was_not_done(session: Session, tour: Tour) -> None:
    document = session.document
    gesture = document.gesture("Draw")
    edit, _ = edits.add_state(
        document.chart, document.diagram, document.chart.root_id, Point(0, 0), measure=MEASURE
    )
    gesture.apply(edit)
    assert key(tour) == "state"
    gesture.cancel()
    assert key(tour) == "state"
    again = document.gesture("Draw")
    again.apply(edit)
    again.commit()
    assert key(tour) == "transition"


def test_a_step_that_was_done_before_asks_to_be_done_once_more(session: Session, tour: Tour) -> None:
    draw_state(session)
    tour.back()
    assert key(tour) == "state"
    draw_state(session)
    assert key(tour) == "transition"


def test_a_run_that_is_ended_is_asked_for_again(session: Session, tour: Tour) -> None:
    a, b = draw_state(session), draw_state(session)
    label(session, connect(session, a, b), "GO [true]")
    assert tour.step is not None
    before = tour.step
    simulate.start(session)
    assert tour.step != before
    session.set_simulator(None)
    assert tour.step == before


def test_a_run_that_is_there_already_counts(session: Session, tour: Tour) -> None:
    a, b = draw_state(session), draw_state(session)
    connect(session, a, b)
    simulate.start(session)
    tour.skip()
    assert tour.step is not None
    assert (tour.step.key, tour.step.place.what) == ("run", "transition")
    assert session.simulator is not None
    session.simulator.send("EVENT")
    assert key(tour) == "save"


def test_another_document_is_nobodys_deed(session: Session, tour: Tour, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("states: {a: {on: {GO: b}}, b: {}}", encoding="utf-8")
    session.replace_document(files.open_document(path))
    assert key(tour) == "state"
    drawn = draw_state(session)
    assert tour.step is not None
    assert (tour.step.key, tour.step.place.id) == ("transition", drawn)


# leaving and coming back


def test_after_a_pause_it_goes_on_where_it_was(session: Session, tour: Tour) -> None:
    tour.skip()
    tour.leave()
    assert tour.step is None
    a, b = draw_state(session), draw_state(session)
    connect(session, a, b)
    tour.take()
    assert key(tour) == "transition"
    connect(session, b, a)
    assert key(tour) == "label"


@pytest.mark.parametrize("reached", STEPS)
def test_in_another_window_it_goes_on_where_it_was_reached(reached: str) -> None:
    session = Session(files.new_document(), settings.Settings(tour=reached))
    tour = Tour(session)
    tour.take()
    assert key(tour) == (reached if reached != OVER else STEPS[0])


def test_a_tour_that_is_declined_keeps_its_step_and_is_not_offered() -> None:
    for kept, is_offered in (("", False), ("run", True), (OFFERED, False), (OVER, False)):
        assert touring.is_begun(kept) is is_offered
        after = touring.declined(kept)
        assert after
        assert not touring.is_begun(after)
        assert touring.declined(after) == after
    tour = Tour(Session(files.new_document(), settings.Settings(tour=touring.declined("run"))))
    tour.take()
    assert key(tour) == "run"


@pytest.mark.parametrize("kept", ["", OFFERED, "of another version", "last", "taking"])
def test_what_is_no_step_begins_at_the_first(kept: str) -> None:
    tour = Tour(Session(files.new_document(), settings.Settings(tour=kept)))
    tour.take()
    assert key(tour) == STEPS[0]


def test_taken_to_its_end_it_begins_anew(session: Session, tour: Tour) -> None:
    while key(tour) != OVER:
        tour.skip()
    tour.back()
    assert key(tour) == "save"
    tour.skip()
    tour.leave()
    assert settings.load().tour == OVER
    tour.take()
    assert key(tour) == STEPS[0]


def test_what_was_left_hears_no_more(session: Session, tour: Tour) -> None:
    told: list[str] = []
    tour.leave()
    tour.changed.subscribe(lambda: told.append("changed"))
    draw_state(session)
    session.set_simulator(None)
    tour.settle()
    tour.skip()
    tour.leave()
    assert told == []
    assert settings.load().tour == STEPS[0]


def test_the_place_is_kept_for_people_and_not_exported(session: Session, tour: Tour, tmp_path: Path) -> None:
    tour.skip()
    assert session.settings.tour == settings.load().tour == "transition"
    path = tmp_path / "mine.json"
    settings.export(replace(session.settings, theme="dark"), path)
    assert settings.imported(settings.Settings(), path).tour == ""


@tries(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(DEEDS), max_size=14))
def test_whatever_is_done_there_is_a_step_or_none_and_the_work_stays(deeds: list[str]) -> None:
    session = Session(files.new_document())
    tour = Tour(session)
    tour.take()
    alone = Session(files.new_document())
    for deed in deeds:
        for each in (session, alone):
            _do(deed, each)
        if deed in ("skip", "back", "leave", "take"):
            getattr(tour, deed)()
        step = tour.step
        assert step is None or (step.key in STEPS and step.text and step.title)
        assert (step is None) == (not tour._heard)
    assert session.document.chart.states == alone.document.chart.states
    assert session.document.chart.transitions == alone.document.chart.transitions


def _do(deed: str, session: Session) -> None:
    document, chart = session.document, session.document.chart
    own = [each.id for each in chart.children(chart.root_id)]
    lines = [each.id for each in chart.transitions.values() if not each.is_pseudo]
    deeds: dict[str, Callable[[], object]] = {
        "draw": lambda: draw_state(session),
        "connect": lambda: connect(session, own[0], own[-1]) if own else None,
        "label": lambda: label(session, lines[-1], "GO [ready]") if lines else None,
        "undo": document.undo,
        "redo": document.redo,
        "run": lambda: simulate.start(session) if own else None,
        "send": lambda: session.simulator.send("GO") if session.simulator is not None else None,
        "delete": lambda: document.apply(edits.delete(chart, document.diagram, own[:1])) if own else None,
    }
    with suppress(EditorError):
        deeds.get(deed, lambda: None)()


# commands


def test_the_tour_is_asked_for_and_opened_from_the_help_menu(session: Session, desktop: FakeDesktop) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    COMMANDS["help.tour"].run(session, desktop)
    assert asked == [TakeTour()]
    COMMANDS["help.tour_chart"].run(session, desktop)
    assert desktop.opened == [(touring.chart_path(), True)]
