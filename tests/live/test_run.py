"""Runs that other programs reach: sends go out as requests, requests come in as events, and errors are told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Empty, Queue
from threading import Event as Flag
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from editor.engine.snapshot import ALONE, Event, Post
from editor.engine.trace import TraceEntry
from editor.errors import RunError
from editor.formats import native, registry, scxml
from editor.live import server
from editor.live.poster import Poster
from editor.live.run import LONGEST, Arrival, Arrived, Ended, LiveRun, RealTime
from editor.model.elements import Data
from tests.engine.machines import HEAD
from tests.live.jumping import SECONDS, live

WAITING = '<state id="s"><transition event="go" target="f"/></state><final id="f"/>'
ALL = '<state id="s"><transition event="quit" target="f"/><transition event="*"/></state><final id="f"/>'


def machine(text: str, model: str = "null") -> registry.Loaded:
    return scxml.read(f'{HEAD} datamodel="{model}">{text}</scxml>')


@contextmanager
def running(run: LiveRun) -> Iterator[Thread]:
    thread = Thread(target=run.run)
    thread.start()
    try:
        yield thread
        thread.join(SECONDS)
        assert not thread.is_alive()
    finally:
        run.close()


def ask(
    address: str, body: str | bytes = "", *, method: str = "POST", path: str = "", **headers: str | None
) -> tuple[int, str]:
    """A request as it is written; header names have _ for -, and None leaves one out."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    data = body.encode() if isinstance(body, str) else body
    given = {"Host": parts.netloc, "Content_Length": str(len(data)), **headers}
    connection.putrequest(method, path or parts.path, skip_host=True, skip_accept_encoding=True)
    for name, value in given.items():
        if value is not None:
            connection.putheader(name.replace("_", "-"), value)
    connection.endheaders(data)
    answer = connection.getresponse()
    try:
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def heard(body: str, **given: Any) -> tuple[str, Data, str]:
    """Name, data and origin of the event that a request becomes."""
    steps: list[TraceEntry] = []
    run = live(machine(ALL, "python"), steps.append)
    with running(run):
        assert ask(run.address, body, **given)[0] == 200
        assert ask(run.address, "_scxmleventname=quit")[0] == 200
    event = steps[1].outcome.snapshot.event
    assert event is not None
    return event.name, event.data, event.origin


@pytest.mark.parametrize(
    ("body", "given", "expected"),
    [
        ("_scxmleventname=go", {}, ("go", None)),
        ("_scxmleventname=a.b&x=1&y=a+b%26", {}, ("a.b", {"x": "1", "y": "a b&"})),
        ("x=1", {}, ("HTTP.POST", {"x": "1"})),
        ("some%20words", {}, ("HTTP.POST", "some words")),
        ("_scxmleventname=go&words", {}, ("go", "words")),
        ("", {}, ("HTTP.POST", None)),
        ('{"n": [1]}', {"Content_Type": "application/json"}, ("HTTP.POST", {"n": [1]})),
        ("[1]", {"Content_Type": "application/json", "path": "/scxml/1?_scxmleventname=go"}, ("go", [1])),
        ("<a/>", {"Content_Type": "text/xml"}, ("HTTP.POST", "<a/>")),
        ("ä".encode("latin-1"), {"Content_Type": "text/plain; charset=latin-1"}, ("HTTP.POST", "ä")),
    ],
)
def test_a_request_becomes_an_event(body: str, given: dict[str, str], expected: tuple[str, Data]) -> None:
    assert heard(body, **given) == (*expected, "")


def test_where_a_request_comes_from_is_where_answers_go() -> None:
    sender = "http://127.0.0.1:1/scxml/1"
    assert heard("_scxmleventname=go", Referer=sender) == ("go", None, sender)


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"path": "/scxml/2"}, 404, "No such session"),
        ({"path": "/"}, 404, "No such session"),
        ({"path": "/scxml/1/../2"}, 404, "No such session"),
        ({"method": "GET"}, 405, "POST"),
        ({"method": "BREW"}, 405, "POST"),
        ({"Host": "example.org"}, 403, "Host"),  # a name that leads here, as a page may have it
        ({"Host": None}, 403, "Host"),
        ({"Origin": "http://example.org"}, 403, "Pages"),
        ({"Origin": "null"}, 403, "Pages"),
        ({"Sec_Fetch_Site": "cross-site"}, 403, "Pages"),
        ({"Content_Length": None}, 411, "Content-Length"),
        ({"Content_Length": "-1"}, 400, "Content-Length"),
        ({"Content_Length": "²"}, 400, "Content-Length"),
        ({"Content_Length": "9" * 30}, 413, "longer"),
        ({"Content_Length": "1000001"}, 413, "longer"),
        ({"Transfer_Encoding": "chunked"}, 411, "Content-Length"),
        ({"body": b"\xff"}, 400, "utf-8"),
        ({"body": "x=%ff"}, 400, "cannot be read"),
        ({"body": "&".join(f"n{each}=" for each in range(2_000))}, 400, "cannot be read"),
        ({"Content_Type": "text/plain; charset=nonsense"}, 400, "nonsense"),
    ],
)
def test_what_is_no_event_is_refused_with_a_reason_and_does_nothing(
    given: dict[str, Any], status: int, words: str
) -> None:
    steps: list[TraceEntry] = []
    run = live(machine(WAITING), steps.append)
    with running(run):
        found = ask(run.address, given.pop("body", "_scxmleventname=go"), **given)
        assert (found[0], words in found[1]) == (status, True), found
        assert ask(run.address, "_scxmleventname=go")[0] == 200
    assert [entry.title for entry in steps] == ["start", "go"]


def test_a_body_that_does_not_come_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MOST_SECONDS", 0.1)
    monkeypatch.setattr(server._Handler, "timeout", 0.1)
    run = live(machine(WAITING), lambda entry: None)
    with running(run):
        status, words = ask(run.address, "half", Content_Length="100")
        assert (status, "shorter" in words) == (400, True)
        ask(run.address, "_scxmleventname=go")


def test_nobody_answers_any_more_when_the_run_is_over() -> None:
    run = live(machine('<final id="f"/>'), lambda entry: None)
    run.run()
    with pytest.raises(OSError):
        ask(run.address)


def test_only_this_computer_is_listened_to() -> None:
    run = live(machine(WAITING), lambda entry: None)
    assert run._server._server.socket.getsockname()[0] == "127.0.0.1"
    run.close()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(RunError, match=f"Port {port} cannot be listened on"):
            server.Server(lambda session, event: 200, port)


def test_a_native_machine_hears_requests() -> None:
    text = (
        "initial: a\nstates:\n  a: {on: {go: {target: b, guard: event.data.n == '1'}}}\n  b: {type: final}\n"
    )
    steps: list[TraceEntry] = []
    run = live(native.read(text), steps.append)
    with running(run):
        assert ask(run.address, "_scxmleventname=go&n=1")[0] == 200
    assert steps[-1].outcome.snapshot.is_done


def test_a_machine_inside_has_an_address_of_its_own() -> None:
    inner = f'<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="null">{WAITING}</scxml>'
    text = (
        f'<state id="s"><invoke><content>{inner}</content></invoke>'
        '<transition event="done.invoke" target="f"/></state><final id="f"/>'
    )
    steps: list[TraceEntry] = []
    run = live(machine(text), steps.append)
    path = urlsplit(run.address).path
    with running(run):
        status = 404
        for place in range(1, 10):
            status, _ = ask(run.address, "_scxmleventname=go", path=f"{path}.{place}")
            if status == 200:
                break
        assert status == 200
    assert steps[-1].outcome.snapshot.is_done


# what goes out


@contextmanager
def elsewhere(status: int, headers: dict[str, str]) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Another server: its address, and the path, sender and body of each request it got."""
    got: list[tuple[str, str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            got.append((self.path, self.headers["Referer"], body))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    there = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=there.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{there.server_port}/there?x=1", got
    finally:
        there.shutdown()
        thread.join()
        there.server_close()


def sending(target: str) -> str:
    return (
        f'<state id="s"><onentry><send id="i" event="hello" type="basichttp" target="{target}"/>'
        '<send event="late" delay="1s"/></onentry><transition event="late" target="f"/>'
        '<transition event="error.communication" target="e"/></state><final id="f"/><final id="e"/>'
    )


def outcome(text: str) -> tuple[str, list[str], str]:
    """Where a machine ends, what failed, and its address."""
    steps: list[TraceEntry] = []
    run = live(machine(text), steps.append)
    run.run()
    return (
        run.simulator.leaves[0],
        [str(each) for entry in steps for each in entry.outcome.failures],
        run.address,
    )


def test_a_send_goes_to_another_program_with_where_it_comes_from() -> None:
    with elsewhere(204, {}) as (address, got):
        leaf, failures, own = outcome(sending(address))
    assert (leaf, failures) == ("f", [])
    assert got == [("/there?x=1", own, "_scxmleventname=hello")]


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (500, {}, "the answer is 500"),
        (307, {"Location": "/other"}, "the answer is 307"),
    ],
)
def test_an_answer_that_is_no_yes_is_an_error_and_leads_nowhere(
    status: int, headers: dict[str, str], words: str
) -> None:
    with elsewhere(status, headers) as (address, got):
        leaf, [failure], _ = outcome(sending(address))
    assert (leaf, words in failure, len(got)) == ("e", True, 1)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://example.org/", "this computer"),
        ("http://192.168.0.1/", "this computer"),
        ("http://127.0.0.1.example.org/", "this computer"),
        ("http://127.0.0.1@example.org/", "this computer"),
        ("https://127.0.0.1/", "http://"),
        ("file:///etc/passwd", "http://"),
        ("nonsense", "http://"),
        ("", "404"),
        ("http://", "http://"),
        ("http://127.0.0.1:port/", "no address"),
        ("http://127.0.0.1:99999/", "no address"),
        ("http://[::1/", "no address"),
        ("http://127.0.0.1/a b&#10;c", "cannot be sent"),
    ],
)
def test_what_is_no_address_of_this_computer_is_an_error(
    target: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    leaf, [failure], _ = outcome(sending(target))
    assert (leaf, words in failure) == ("e", True), failure


def test_where_nobody_listens_is_an_error() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert outcome(sending(f"http://127.0.0.1:{port}/"))[0] == "e"


def test_what_is_sent_at_the_end_still_goes_out() -> None:
    with elsewhere(200, {}) as (address, got):
        outcome(
            f'<final id="f"><onentry><send event="bye" type="basichttp" target="{address}"/></onentry></final>'
        )
    assert [body for _, _, body in got] == ["_scxmleventname=bye"]


class Noted(Queue["Arrival | Ended"]):
    """Hears how long it is waited for; what arrives does so at the third time."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float | None] = []

    def get(self, block: bool = True, timeout: float | None = None) -> Arrival | Ended:
        self.waits.append(timeout if block else 0)
        if len(self.waits) < 3:
            raise Empty
        return Arrival(ALONE, Event("go"))


@pytest.mark.parametrize("until", [1e9, float("inf")])
def test_nothing_is_waited_for_so_long_that_ctrl_c_goes_unheard(until: float) -> None:
    arrived: Arrived = Noted()
    assert RealTime().wait(arrived, until, is_busy=False) == Arrival(ALONE, Event("go"))
    assert isinstance(arrived, Noted)
    assert arrived.waits == [LONGEST] * 3


def test_what_is_due_already_takes_what_has_arrived_and_waits_for_nothing() -> None:
    arrived: Arrived = Queue()
    assert RealTime().wait(arrived, 0, is_busy=False) is None
    arrived.put(Ended())
    assert RealTime().wait(arrived, 0, is_busy=False) == Ended()


@pytest.mark.parametrize("waiting", [0, 1, 20])
def test_a_poster_comes_to_its_end_though_requests_wait_that_it_takes_meanwhile(waiting: int) -> None:
    begun, goes_on = Flag(), Flag()

    def hear(post: Post, fault: str) -> None:
        begun.set()
        goes_on.wait(SECONDS)

    poster = Poster(hear, lambda session: "http://127.0.0.1:1/scxml/1")
    for _ in range(1 + waiting):
        poster.add(Post(ALONE, "ftp://nowhere", "go", "", "", "s", "entry"))
    assert begun.wait(SECONDS)
    closing = Thread(target=poster.close)
    closing.start()
    goes_on.set()
    closing.join(SECONDS)
    assert not closing.is_alive()
