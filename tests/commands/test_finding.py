from __future__ import annotations

from pathlib import Path

import pytest

from editor import resources
from editor.commands import reasons
from editor.commands.finding import Finder, Kind, Offer, remembered
from editor.commands.registry import always
from editor.commands.table import COMMANDS
from editor.document.settings import MOST_CHOSEN, Settings
from editor.requests import Find, Request
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on, transition_of

PUMP = """\
id: pump
initial: off
states:
  off:
    on: {START: {target: on, guard: isPrimed, actions: openValve}}
  on:
    entry: openValve
    initial: idle
    states:
      idle: {on: {START: busy}}
      busy: {}
"""


@pytest.fixture
def pump(tmp_path: Path) -> Session:
    return session_on(tmp_path, PUMP)


def find(session: Session, query: str, recent: tuple[str, ...] = ()) -> list[Offer]:
    return Finder(session, COMMANDS.all, recent).find(query)


def titles(session: Session, query: str) -> list[str]:
    return [offer.title for offer in find(session, query)]


def test_every_command_can_be_found_by_its_title(pump: Session) -> None:
    for command in COMMANDS.all:
        if command.choices is None:
            assert command.id in [offer.id for offer in find(pump, f">{command.title}")], command.id


def test_a_command_that_cannot_be_invoked_says_why(pump: Session) -> None:
    [undo] = [offer for offer in find(pump, ">undo") if offer.id == "edit.undo"]
    assert undo.problem == "Nothing to undo"
    pump.selection.replace([id_of(pump, "off")])
    [group] = [offer for offer in find(pump, ">group") if offer.id == "edit.group"]
    assert group.problem == ""
    assert group.command is COMMANDS["edit.group"]


def test_every_command_that_is_not_always_possible_has_a_reason(pump: Session) -> None:
    pump.selection.replace([])
    impossible = [each for each in COMMANDS.all if each.when is not always and not each.when(pump)]
    own = [
        each for each in impossible if not each.id.startswith(("edit.nudge", "edit.fine", "simulate.fire"))
    ]
    assert [each.id for each in own if reasons.reason(each, pump) == reasons.OTHERWISE] == []
    assert set(reasons.REASONS) <= {each.id for each in COMMANDS.all}


def test_states_are_found_by_name_and_by_path(pump: Session) -> None:
    [busy] = find(pump, "@busy")
    assert (busy.kind, busy.title, busy.detail, busy.elements) == (
        Kind.STATE, "busy", "on", (id_of(pump, "on.busy"),),
    )  # fmt: skip
    assert titles(pump, "@on.i") == ["idle"]
    assert titles(pump, "@") == ["off", "on", "idle", "busy"]


def test_events_and_names_lead_to_all_that_they_stand_in(pump: Session) -> None:
    [start] = find(pump, "#start")
    assert start.elements == (transition_of(pump, "off"), transition_of(pump, "on.idle"))
    assert start.detail == "Event, 2 places"
    [valve] = find(pump, "#valve")
    assert set(valve.elements) == {id_of(pump, "on"), transition_of(pump, "off")}
    [primed] = find(pump, "#primed")
    assert primed.detail == "Guard"


def test_a_prefix_narrows(pump: Session) -> None:
    assert {offer.kind for offer in find(pump, ">")} == {Kind.COMMAND}
    assert {offer.kind for offer in find(pump, "@")} == {Kind.STATE}
    assert {offer.kind for offer in find(pump, "#")} == {Kind.NAME}
    assert {offer.kind for offer in find(pump, "o")} >= {Kind.COMMAND, Kind.STATE}


def test_recent_files_and_examples_open(pump: Session, tmp_path: Path) -> None:
    other = tmp_path / "lift.yaml"
    other.write_text("states: {a: {}}", encoding="utf-8")
    pump.set_settings(Settings(recent=(str(other),)))
    desktop = FakeDesktop()
    [recent] = [offer for offer in find(pump, "lift") if offer.kind is Kind.RECENT]
    assert recent.command is not None
    recent.command.run(pump, desktop)
    example = resources.examples()[0]
    [found] = [offer for offer in find(pump, example.stem) if offer.id.endswith(f" {example.name}")]
    assert found.command is not None
    found.command.run(pump, desktop)
    assert desktop.opened == [(other, False), (example, True)]


def test_versions_to_open_are_offered_when_there_are_any(pump: Session) -> None:
    assert titles(pump, ">previous version") == []
    pump.document.path = None
    assert titles(pump, ">previous version") == ["Open previous version"]


def test_recent_choices_come_first_among_the_equally_good(pump: Session) -> None:
    assert find(pump, "", ("edit.group", id_of(pump, "on")))[0].id == "edit.group"
    assert find(pump, "", ("edit.group", id_of(pump, "on")))[1].id == id_of(pump, "on")
    assert find(pump, "busy", ("edit.group",))[0].title == "busy"


def test_the_last_choices_are_remembered_each_once() -> None:
    recent: list[str] = []
    for number in [*range(MOST_CHOSEN + 5), 7]:
        recent = remembered(recent, str(number))
    assert recent[:2] == ["7", str(MOST_CHOSEN + 4)]
    assert len(recent) == len(set(recent)) == MOST_CHOSEN


def test_the_two_commands_ask_for_the_field(pump: Session) -> None:
    asked: list[Request] = []
    pump.requested.subscribe(asked.append)
    COMMANDS["find.any"].run(pump, FakeDesktop())
    COMMANDS["find.state"].run(pump, FakeDesktop())
    assert asked == [Find(), Find("@")]
