"""Whatever a session can be asked for is done in a real window, and done once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import get_args

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from editor import requests
from editor.canvas.bending import movable_stretch
from editor.canvas.camera import STRIDE
from editor.canvas.label_editor import LabelEditor
from editor.canvas.note_editor import NoteEditor
from editor.geometry import Rect
from editor.layout_engine.options import Options, Rung
from editor.layout_engine.proposed import Asked, Proposed
from editor.layout_engine.rungs import Proposal
from editor.model.naming import Name, NameKind
from editor.requests import CanvasRequest, ProgramRequest, Request, WindowRequest
from editor.window.app import Program
from editor.window.main_window import MainWindow
from editor.window.settings_dialog import SettingsDialog
from tests.commands.desk import id_of, transition_of
from tests.window.conftest import fake_desktop
from tests.window.drawer import FakeService


def kinds(union: object) -> tuple[object, ...]:
    """The kinds of requests in a union; one of a single kind is that kind."""
    return get_args(union) or (union,)


def select(window: MainWindow, *paths: str) -> tuple[str, ...]:
    ids = tuple(id_of(window.session, path) for path in paths)
    window.session.selection.replace(ids)
    return ids


def label_field(window: MainWindow) -> LabelEditor:
    field = window.view.labelling.editor
    assert field is not None
    return field


def note_field(window: MainWindow) -> NoteEditor:
    field = window.view.labelling.notes.editor
    assert field is not None
    return field


def is_seen(window: MainWindow, id: str) -> bool:
    rect = window.view.rect_of(id)
    assert rect is not None
    return window.view.viewport().rect().contains(window.view.rect_to_view(rect))


def fits_all(window: MainWindow) -> None:
    window.view.pan(-4000, 0)
    window.session.ask(requests.FitAll())
    assert is_seen(window, id_of(window.session, "closed"))
    assert is_seen(window, id_of(window.session, "opened"))


def fits_the_selection(window: MainWindow) -> None:
    [id] = select(window, "opened.wide")
    window.view.pan(-4000, 0)
    window.session.ask(requests.FitSelection())
    assert is_seen(window, id)
    assert window.view.zoom > 1


def reveals_the_selection(window: MainWindow) -> None:
    [id] = select(window, "opened.wide")
    window.view.pan(-4000, 0)
    window.session.ask(requests.RevealSelection())
    assert is_seen(window, id)


def zooms_in(window: MainWindow) -> None:
    window.view.set_zoom(0.8)
    window.session.ask(requests.ZoomIn())
    assert window.view.zoom == pytest.approx(1.0)


def zooms_out(window: MainWindow) -> None:
    window.view.set_zoom(1.0)
    window.session.ask(requests.ZoomOut())
    assert window.view.zoom == pytest.approx(0.8)


def zooms_to_full(window: MainWindow) -> None:
    window.view.set_zoom(0.5)
    window.session.ask(requests.ZoomToFull())
    assert window.view.zoom == pytest.approx(1.0)


def pans(window: MainWindow) -> None:
    before = window.view.offset
    window.session.ask(requests.Pan(8, -1))
    moved = window.view.offset - before
    assert (moved.x(), moved.y()) == (-8 * STRIDE, STRIDE)


def goes_back(window: MainWindow) -> None:
    window.view.pan(-4000, 0)
    before = window.view.camera
    window.session.ask(requests.FitAll())
    window.session.ask(requests.GoBack())
    assert window.view.camera == before


def goes_forward(window: MainWindow) -> None:
    window.view.pan(-4000, 0)
    window.session.ask(requests.FitAll())
    there = window.view.camera
    window.session.ask(requests.GoBack())
    window.session.ask(requests.GoForward())
    assert window.view.camera == there


def edits_a_label(window: MainWindow) -> None:
    window.session.ask(requests.EditLabel(transition_of(window.session, "closed")))
    assert label_field(window).text() == "OPEN"


def edits_a_part(window: MainWindow) -> None:
    window.session.selection.replace([transition_of(window.session, "opened.wide")])
    window.session.ask(requests.EditPart("delay"))
    assert label_field(window).selectedText() == "5s"


def adds_a_line(window: MainWindow) -> None:
    select(window, "closed")
    window.session.ask(requests.AddLine("exit"))
    assert label_field(window).placeholderText() == "Exit action"


def goes_on(window: MainWindow) -> None:
    select(window, "closed")
    window.session.ask(requests.GoOn())
    assert label_field(window).text() == "closed"


def writes_a_note(window: MainWindow) -> None:
    window.session.ask(requests.WriteNote(Rect(40, 300, 240, 96)))
    note_field(window).setPlainText("why")
    window.view.labelling.close()
    assert [note.text for note in window.session.document.diagram.notes.values()] == ["why"]


def describes(window: MainWindow) -> None:
    [id] = select(window, "closed")
    window.session.ask(requests.Describe())
    note_field(window).setPlainText("Nobody comes in.")
    window.view.labelling.close()
    assert window.session.document.chart.states[id].description == "Nobody comes in."


def bends(window: MainWindow) -> None:
    id = transition_of(window.session, "closed")
    window.session.selection.replace([id])
    before = window.view.surface.path(id)
    stretch = movable_stretch(before, is_level=True)
    assert stretch is not None
    window.session.ask(requests.Bend(0, 8))
    assert before[stretch].y + 8 in {point.y for point in window.view.surface.path(id)}


def goes_by_letters(window: MainWindow) -> None:
    window.session.ask(requests.GoByLetters())
    assert {plate.id for plate in window.view.lettering.plates()} >= {
        id_of(window.session, "closed"), transition_of(window.session, "closed"),
    }  # fmt: skip


def follows(window: MainWindow) -> None:
    select(window, "closed")
    window.session.ask(requests.Follow())
    assert window.session.selection.ids == (transition_of(window.session, "closed"),)


def moves_by_letters(window: MainWindow) -> None:
    select(window, "closed")
    window.session.ask(requests.MoveByLetters())
    assert id_of(window.session, "opened") in {plate.id for plate in window.view.lettering.plates()}


def toggles_panels(window: MainWindow) -> None:
    shown = {id for id, dock in window.docks.items() if not dock.isHidden()}
    assert shown
    window.session.ask(requests.TogglePanels())
    assert all(dock.isHidden() for dock in window.docks.values())
    window.session.ask(requests.TogglePanels())
    assert {id for id, dock in window.docks.items() if not dock.isHidden()} == shown


def finds(window: MainWindow) -> None:
    window.session.ask(requests.Find("@op"))
    assert window.finder.isVisible()
    assert window.finder.model.offers[0].title == "opened"
    window.session.ask(requests.Find("@op"))
    assert not window.finder.isVisible()


def finds_a_text(window: MainWindow) -> None:
    window.session.ask(requests.FindText("wide"))
    assert window.strips.find.isVisible()
    assert window.session.looking.hits[0] == id_of(window.session, "opened.wide")


def renames(window: MainWindow) -> None:
    desktop = fake_desktop(window)
    desktop.answers = ["ENTER"]
    window.session.ask(requests.Rename(Name(NameKind.EVENT, "OPEN"), "EN"))
    assert desktop.asked == [("Rename event “OPEN”", ("EN",))]
    assert "ENTER" in window.session.document.vocabulary.names(NameKind.EVENT)


def proposes(window: MainWindow) -> None:
    service = FakeService()
    window.layouter.make = lambda: service
    window.session.ask(requests.Propose(Asked(options=Options())))
    assert len(service.requests) == 1


def answers_a_proposal(window: MainWindow) -> None:
    session = window.session
    document = session.document
    diagram = document.diagram.copy()
    id = id_of(session, "closed")
    diagram.put_box(id, replace(diagram.boxes[id], x=diagram.boxes[id].x + 400))
    answer = Proposal(diagram=diagram, rung=Rung.PLAIN)
    session.proposed.put(Proposed(asked=Asked(options=Options()), answer=answer))
    session.ask(requests.AnswerProposal())
    assert document.diagram.boxes[id] == diagram.boxes[id]
    assert len(document.undo_stack.steps) == 2


def opens_the_menu(window: MainWindow) -> None:
    select(window, "opened")
    window.session.ask(requests.OpenMenu())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Rename" in [each.text() for each in menu.actions()]
    menu.close()


def goes_to_a_part(window: MainWindow) -> None:
    window.view.setFocus()
    window.session.ask(requests.GoToPart())
    panel = QApplication.focusWidget()
    assert panel is not None
    assert window.docks["outline"].isAncestorOf(panel)
    window.session.ask(requests.GoToPart(is_back=True))
    assert window.view.hasFocus()


def stretches(window: MainWindow) -> None:
    [id] = select(window, "closed")
    before = window.session.document.diagram.boxes[id].rect
    window.session.ask(requests.Stretch(8, 16))
    assert window.session.document.diagram.boxes[id].rect == Rect(
        before.x, before.y, before.width + 8, before.height + 16
    )


def leads_by_letters(window: MainWindow) -> None:
    window.session.selection.replace([transition_of(window.session, "closed")])
    window.session.ask(requests.LeadByLetters("target"))
    assert id_of(window.session, "closed") in [each.id for each in window.view.lettering.plates()]
    window.view.lettering.end()


def opens_alone(window: MainWindow) -> None:
    [opened] = select(window, "opened")
    window.session.ask(requests.OpenAlone())
    assert window.session.alone.value == opened
    assert id_of(window.session, "closed") not in window.view.picture.states


def leaves_alone(window: MainWindow) -> None:
    opens_alone(window)
    window.session.ask(requests.LeaveAlone())
    assert window.session.alone.value is None
    assert id_of(window.session, "closed") in window.view.picture.states


ANSWERS: dict[object, Callable[[MainWindow], None]] = {
    requests.FitAll: fits_all,
    requests.FitSelection: fits_the_selection,
    requests.RevealSelection: reveals_the_selection,
    requests.ZoomIn: zooms_in,
    requests.ZoomOut: zooms_out,
    requests.ZoomToFull: zooms_to_full,
    requests.Pan: pans,
    requests.GoBack: goes_back,
    requests.GoForward: goes_forward,
    requests.OpenAlone: opens_alone,
    requests.LeaveAlone: leaves_alone,
    requests.EditLabel: edits_a_label,
    requests.EditPart: edits_a_part,
    requests.AddLine: adds_a_line,
    requests.GoOn: goes_on,
    requests.WriteNote: writes_a_note,
    requests.Describe: describes,
    requests.Bend: bends,
    requests.GoByLetters: goes_by_letters,
    requests.Follow: follows,
    requests.MoveByLetters: moves_by_letters,
    requests.TogglePanels: toggles_panels,
    requests.Find: finds,
    requests.FindText: finds_a_text,
    requests.Rename: renames,
    requests.Propose: proposes,
    requests.AnswerProposal: answers_a_proposal,
    requests.OpenMenu: opens_the_menu,
    requests.GoToPart: goes_to_a_part,
    requests.Stretch: stretches,
    requests.LeadByLetters: leads_by_letters,
}
OF_THE_PROGRAM = {requests.TakeTour, requests.ShowSettings}


@pytest.mark.parametrize("kind", ANSWERS, ids=lambda kind: kind.__name__)
def test_what_is_asked_for_is_done_once(kind: object, window: MainWindow) -> None:
    ANSWERS[kind](window)


def test_the_tour_is_taken_once_beside_a_window_with_a_machine(program: Program, window: MainWindow) -> None:
    window.session.ask(requests.TakeTour())
    assert [each.guide.is_taken for each in program.windows] == [False, True]


def test_the_settings_are_shown_once(window: MainWindow) -> None:
    window.session.ask(requests.ShowSettings())
    assert len(window.findChildren(SettingsDialog)) == 1


def test_each_kind_of_request_is_tried_here() -> None:
    assert set(kinds(Request)) == {*ANSWERS, *OF_THE_PROGRAM}


def test_each_kind_of_request_has_one_listener(window: MainWindow) -> None:
    everyone = [set(kinds(union)) for union in (CanvasRequest, WindowRequest, ProgramRequest)]
    assert not any(one & other for one, other in combinations(everyone, 2))
    assert len(window.session.requested._listeners) == len(everyone)
