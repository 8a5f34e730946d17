"""A server on the loopback interface that takes POST requests in as events (SCXML, C.2).

Nobody but this computer reaches it, and no page in a browser of this computer does: a request must name the server by
its own address, and must not come from a page of another place. All that is refused is told why.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from editor.engine.http import FORM, Request, received
from editor.engine.snapshot import Event
from editor.errors import RunError

HOST = "127.0.0.1"
PATH = "/scxml/"
MOST_BODY = 1_000_000
MOST_AT_ONCE = 16
MOST_SECONDS = 10.0
"""How long a request may take to arrive."""

Accept = Callable[[str, Event], int]
"""Takes an event in for a session; gives the status that says how that went."""

_SAID = {
    200: "Taken in.",
    404: "No such session runs here. Events go to {base}SESSION; that of the machine itself is {base}1.",
    503: "Too many events wait. Try again later.",
}


class Server:
    """Listens from when it is made until it is closed. `accept` is called in threads of its own.

    `base` is the address below which the sessions lie.
    """

    def __init__(self, accept: Accept, port: int = 0) -> None:
        """Begin to listen at a port, by default any that is free.

        Raises:
            RunError: the port is taken, or may not be used.
        """
        try:
            self._server = _Listener(port, accept)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            raise RunError(
                f"Port {port} cannot be listened on: {why}. Leave it out to take a free one."
            ) from None
        self.base = self._server.base
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more; what was taken in is still answered."""
        if not self._thread.is_alive():
            return
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server.wait(MOST_SECONDS)


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let others listen at the same port
    request_queue_size = 64

    def __init__(self, port: int, accept: Accept) -> None:
        super().__init__((HOST, port), _Handler)
        self.accept = accept
        self.names = (f"{HOST}:{self.server_port}", f"localhost:{self.server_port}")
        self.base = f"http://{self.names[0]}{PATH}"
        self._free = threading.Semaphore(MOST_AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, of which there are not too many."""
        self._free.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """What the thread does."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def wait(self, seconds: float) -> None:
        """Wait until all requests are answered."""
        end = monotonic() + seconds
        for _ in range(MOST_AT_ONCE):
            self._free.acquire(timeout=max(end - monotonic(), 0))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """One that leaves before it is answered is no matter of ours."""


class _RefusedError(Exception):
    """Why a request is not taken in."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    server_version = "Statechart"
    sys_version = ""
    timeout = MOST_SECONDS
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(message)s: %(explain)s.\n"

    def do_POST(self) -> None:
        """Take a request in as an event."""
        try:
            status = self._take()
            self._answer(status, _SAID[status].format(base=self.server.base))
        except _RefusedError as refused:
            self._answer(refused.status, str(refused))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._refuse_method
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: what comes of a request is seen in the run."""

    def _refuse_method(self) -> None:
        self._answer(405, "Events are sent with POST.", allow="POST")

    def _answer(self, status: int, message: str, *, allow: str = "") -> None:
        body = f"{message}\n".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        if allow:
            self.send_header("Allow", allow)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _take(self) -> int:
        self._check_sender()
        parts = urlsplit(self.path)
        if not parts.path.startswith(PATH):
            return 404
        kind, encoding = self._kind()
        try:
            body = self._body().decode(encoding)
        except (UnicodeDecodeError, LookupError):
            raise _RefusedError(400, f"The body is no text in {encoding}.") from None
        try:
            event = received(Request(self.command, parts.query, kind, body))
        except ValueError as error:
            raise _RefusedError(400, f"The body cannot be read: {error}.") from None
        sender = self.headers.get("Referer", "")
        if sender.startswith("http://"):
            event = event._replace(origin=sender)
        return self.server.accept(unquote(parts.path.removeprefix(PATH)), event)

    def _check_sender(self) -> None:
        """Refuse what a page in a browser could be made to send."""
        names = self.server.names
        if self.headers.get_all("Host", []) not in [[name] for name in names]:
            raise _RefusedError(
                403, f"The request must be made to {names[0]}, and say so in its header “Host”."
            )
        origin = self.headers.get("Origin")
        if origin is not None and origin.removeprefix("http://") not in names:
            raise _RefusedError(403, "Pages of other places may not send events.")
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise _RefusedError(403, "Pages of other places may not send events.")

    def _kind(self) -> tuple[str, str]:
        """What the body is, and how its letters are written."""
        given = self.headers.get("Content-Type")
        kind = FORM if given is None else self.headers.get_content_type()
        return kind, self.headers.get_content_charset("utf-8")

    def _body(self) -> bytes:
        given = self.headers.get_all("Content-Length") or []
        if "Transfer-Encoding" in self.headers or not given:
            raise _RefusedError(411, "The length of the body must be told in the header “Content-Length”.")
        if len(given) > 1 or not (given[0].isascii() and given[0].isdigit()):
            raise _RefusedError(400, "The header “Content-Length” is no length.")
        length = int(given[0]) if len(given[0]) < 20 else MOST_BODY + 1
        if length > MOST_BODY:
            raise _RefusedError(413, f"The body is longer than {MOST_BODY:,} bytes.")
        end = monotonic() + MOST_SECONDS
        found = bytearray()
        while len(found) < length:
            try:
                piece = self.rfile.read1(length - len(found))
            except TimeoutError:
                piece = b""
            if not piece or monotonic() > end:
                raise _RefusedError(400, "The body is shorter than its header “Content-Length” says.")
            found += piece
        return bytes(found)
