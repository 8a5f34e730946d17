"""What a window is asked for by its session, and who of the window does it."""

from __future__ import annotations

from typing import assert_never

from editor.requests import Request, TogglePanels, WindowRequest
from editor.session import Session
from editor.window.docks import Hiding


class Answering:
    """Listens to the session of a window, and has done what that is asked for."""

    def __init__(self, session: Session, hiding: Hiding) -> None:
        self._hiding = hiding
        session.requested.subscribe(self._on_requested)

    def _on_requested(self, request: Request) -> None:
        if isinstance(request, WindowRequest):
            self._answer(request)

    def _answer(self, request: WindowRequest) -> None:
        match request:
            case TogglePanels():
                self._hiding.toggle()
            case _:
                assert_never(request)
