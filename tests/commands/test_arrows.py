from __future__ import annotations

from editor.commands.table import COMMANDS
from editor.model import labels
from editor.requests import EditLabel
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, transition_of


def invoke(session: Session, desktop: FakeDesktop, id: str) -> None:
    assert COMMANDS[id].when(session), id
    COMMANDS[id].run(session, desktop)


def test_the_event_of_many_transitions_is_changed_at_once(session: Session, desktop: FakeDesktop) -> None:
    chart = session.document.chart
    ids = [transition_of(session, "closed"), transition_of(session, "opened")]
    session.selection.replace(ids)
    desktop.answers = ["TOGGLE"]
    invoke(session, desktop, "arrow.event")
    assert desktop.asked == [("Change event of 2 transitions", ("",))]
    assert [labels.label_text(chart, chart.transitions[id]) for id in ids] == ["TOGGLE", "TOGGLE"]
    assert session.status == "Change event of 2 transitions."
    desktop.answers = ["TWO WORDS"]
    invoke(session, desktop, "arrow.event")
    assert desktop.asked[-1] == ("Change event of 2 transitions", ("TOGGLE",))
    assert "no spaces" in desktop.reviews[-1].problem
    session.document.undo()
    assert not session.document.undo_stack.can_undo


def test_a_transition_is_turned_around_and_split(session: Session, desktop: FakeDesktop) -> None:
    chart, asked = session.document.chart, []
    session.requested.subscribe(asked.append)
    id = transition_of(session, "closed")
    session.selection.replace([id])
    invoke(session, desktop, "arrow.swap")
    assert (chart.transitions[id].source, session.status) == (id_of(session, "opened"), "Swap ends.")
    invoke(session, desktop, "arrow.insert")
    assert asked == [EditLabel(id_of(session, "state"))]
    assert session.selection.ids == (id_of(session, "state"),)


def test_a_state_gets_transitions_to_itself_and_inside_itself(session: Session, desktop: FakeDesktop) -> None:
    id, chart = id_of(session, "closed"), session.document.chart
    for command, targets in (("arrow.addSelf", (id,)), ("arrow.addInternal", ())):
        session.selection.replace([id])
        invoke(session, desktop, command)
        [new] = session.selection.ids
        assert chart.transitions[new].targets == targets
    session.selection.replace([new])
    assert not COMMANDS["arrow.addSelf"].when(session)
    invoke(session, desktop, "arrow.self")
    assert chart.transitions[new].targets == (id,)


def test_the_last_selected_is_what_the_others_are_connected_to(
    session: Session, desktop: FakeDesktop
) -> None:
    chart = session.document.chart
    session.selection.replace(
        [id_of(session, "opened.wide"), id_of(session, "opened"), id_of(session, "closed")]
    )
    invoke(session, desktop, "arrow.connect")
    ends = {(chart.transitions[id].source, chart.transitions[id].targets) for id in session.selection.ids}
    closed = (id_of(session, "closed"),)
    assert ends == {(id_of(session, "opened.wide"), closed), (id_of(session, "opened"), closed)}
    session.selection.replace([id_of(session, "closed")])
    assert not COMMANDS["arrow.connect"].when(session)


def test_a_state_is_led_on_from_to_a_new_one_beside_it(session: Session, desktop: FakeDesktop) -> None:
    document, asked = session.document, []
    session.requested.subscribe(asked.append)
    id = id_of(session, "closed")
    session.selection.replace([id])
    invoke(session, desktop, "arrow.growDown")
    [arrow] = session.selection.ids
    assert asked == [EditLabel(arrow)]
    [new] = document.chart.transitions[arrow].targets
    assert document.diagram.boxes[new].y >= document.diagram.boxes[id].rect.bottom
    document.undo()
    assert not document.undo_stack.can_undo
