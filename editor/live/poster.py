"""Carries out the requests that a run asks for: one after the other, to this computer and nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from editor.engine.http import FORM
from editor.engine.snapshot import Post

MOST_SECONDS = 5.0
MOST_BODY = 1_000_000
MOST_WAITING = 1_000

Told = Callable[[Post, str], None]
"""Hears of each request when it is over: why it failed, or nothing."""


class Poster:
    """Makes requests in a thread of its own and calls `told` there; `own` gives the address that a session has."""

    def __init__(self, told: Told, own: Callable[[str], str]) -> None:
        self._told = told
        self._own = own
        self._waiting: SimpleQueue[Post | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def add(self, post: Post) -> None:
        """Make a request when those before it are over."""
        if self._waiting.qsize() >= MOST_WAITING:
            self._told(post, f"more than {MOST_WAITING:,} requests wait")
        else:
            self._waiting.put(post)

    def close(self) -> None:
        """Make no more requests, those that wait among them."""
        with suppress(Empty):
            while True:
                self._waiting.get_nowait()
        self._waiting.put(None)
        self._thread.join(2 * MOST_SECONDS)

    def _work(self) -> None:
        while (post := self._waiting.get()) is not None:
            self._told(post, self._fault(post))

    def _fault(self, post: Post) -> str:
        try:
            return send(post, self._own(post.session))
        except (OSError, HTTPException) as error:
            return getattr(error, "strerror", None) or str(error) or type(error).__name__
        except ValueError as error:
            return f"this is no address: {error}"


def send(post: Post, origin: str) -> str:
    """Make one request; gives why it was not taken, or nothing.

    No proxy is asked, and no answer leads elsewhere.

    Raises:
        OSError: nobody answers, or not in time.
        HTTPException: the answer is none.
        ValueError: the address is none.
    """
    parts = urlsplit(post.target)
    if parts.scheme != "http" or not parts.hostname:
        return "only addresses that begin with http:// are sent to"
    if not _is_here(parts.hostname):
        return "only addresses of this computer are sent to, such as http://127.0.0.1:8080/"
    body = post.body.encode()
    if len(body) > MOST_BODY:
        return f"it is longer than {MOST_BODY:,} bytes"
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname
    connection = HTTPConnection(host, parts.port or 80, timeout=MOST_SECONDS)
    try:
        path = parts.path or "/"
        headers = {"Content-Type": FORM, "Referer": origin, "Host": parts.netloc.rpartition("@")[2]}
        connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, headers)
        status = connection.getresponse().status
    finally:
        connection.close()
    return "" if 200 <= status < 300 else f"the answer is {status}"


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
