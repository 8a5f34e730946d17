"""Basic HTTP between the machines of a run: what an event becomes on the way, and that it is off unless asked for."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.engine import http
from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.formats import scxml
from tests.engine.machines import HEAD


def leaf(send: str, *, has_http: bool) -> str:
    text = (
        f'{HEAD} datamodel="null"><state id="s"><onentry><send type="basichttp" {send}/></onentry>'
        '<transition event="error.execution" target="execution"/>'
        '<transition event="error.communication" target="communication"/>'
        '<transition event="hello" target="heard"/></state>'
        '<state id="execution"/><state id="communication"/><state id="heard"/></scxml>'
    )
    simulator = Simulator(Machine.from_chart(scxml.read(text).chart, has_http=has_http))
    simulator.start()
    return simulator.leaves[0]


@pytest.mark.parametrize(
    ("send", "expected"),
    [
        (f'event="hello" target="{http.location(http.SIMULATED, "1")}"', "heard"),
        (f'event="hello" target="{http.location(http.SIMULATED, "2")}"', "communication"),
        ('event="hello" target="http://example.org/"', "communication"),
        ('event="hello"', "communication"),
    ],
)
def test_events_reach_a_session_of_the_run_and_nothing_else(send: str, expected: str) -> None:
    assert leaf(send, has_http=True) == expected
    assert leaf(send, has_http=False) == "execution"


def test_an_event_without_a_name_is_called_by_what_it_carries_or_by_its_way() -> None:
    assert http.posted("", {"_scxmleventname": "named", "a": 1}, "").name == "named"
    assert http.posted("", {"a": 1}, "").name == "HTTP.POST"
    assert http.posted("", "some words", "") == ("HTTP.POST", "some words", "external", "", "", http.PROCESSOR, "",
                                                 "some%20words")  # fmt: skip


_TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)


@given(_TEXTS.filter(bool), st.dictionaries(_TEXTS.filter(lambda text: text != http.NAME), _TEXTS))
def test_names_and_texts_arrive_as_they_were_sent(name: str, data: dict[str, str]) -> None:
    arrived = http.posted(name, dict(data), "i")
    assert (arrived.name, arrived.data or {}, arrived.sendid) == (name, data, "i")
    assert arrived.raw.isascii()


@given(
    _TEXTS,
    st.dictionaries(_TEXTS.filter(lambda text: text != http.NAME), _TEXTS) | st.text("a &=+%ä", min_size=1),
)
def test_what_is_read_from_a_request_is_what_was_sent(name: str, data: dict[str, str] | str) -> None:
    event = http.posted(name, data if isinstance(data, str) else dict(data), "")
    assert http.received(http.Request("POST", "", http.FORM, event.raw)) == event


@given(st.text(), st.text(), st.text())
def test_whatever_arrives_is_an_event_or_refused(query: str, kind: str, body: str) -> None:
    with suppress(ValueError):
        assert http.received(http.Request("POST", query, kind, body)).name
