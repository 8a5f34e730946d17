"""What a window is asked for by its session, and who of the window does it."""

from __future__ import annotations

from typing import assert_never

from editor.requests import Find, FindText, Rename, Request, TogglePanels, WindowRequest
from editor.session import Session
from editor.window.docks import Hiding
from editor.window.finder import FinderBox
from editor.window.menus import Actions
from editor.window.strips import Strips


class Answering:
    """Listens to the session of a window, and has done what that is asked for."""

    def __init__(
        self, session: Session, hiding: Hiding, finder: FinderBox, strips: Strips, actions: Actions
    ) -> None:
        self._hiding = hiding
        self._finder = finder
        self._strips = strips
        self._actions = actions
        session.requested.subscribe(self._on_requested)

    def _on_requested(self, request: Request) -> None:
        if isinstance(request, WindowRequest):
            self._answer(request)

    def _answer(self, request: WindowRequest) -> None:
        match request:
            case TogglePanels():
                self._hiding.toggle()
            case Find(query=query):
                self._finder.open(query)
            case FindText(text=text):
                self._strips.find.open(text)
            case Rename(name=name, new=new):
                self._actions.rename(name, new)
            case _:
                assert_never(request)
