"""What a window is asked for by its session, and who of the window does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from editor.requests import (
    AnswerProposal,
    Find,
    FindText,
    GoToPart,
    OpenMenu,
    Propose,
    Rename,
    Request,
    TogglePanels,
    WindowRequest,
)
from editor.session import Session
from editor.window.context import ElementMenu
from editor.window.docks import Hiding, LazyDock
from editor.window.finder import FinderBox
from editor.window.layouter import Layouter
from editor.window.menus import Actions
from editor.window.parts import Parts
from editor.window.strips import Strips


class Answering:
    """Listens to the session of a window, and has done what that is asked for."""

    def __init__(
        self,
        session: Session,
        docks: Mapping[str, LazyDock],
        finder: FinderBox,
        strips: Strips,
        actions: Actions,
        layouter: Layouter,
        menu: ElementMenu,
        parts: Parts,
    ) -> None:
        self._hiding = Hiding(docks)
        self._parts = parts
        self._menu = menu
        self._finder = finder
        self._strips = strips
        self._actions = actions
        self._layouter = layouter
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
            case Propose(asked=asked):
                self._layouter.propose(asked)
            case AnswerProposal(only_selected=only_selected):
                id = "layout.acceptSelection" if only_selected else "layout.accept"
                self._actions.invoke(self._actions.commands[id])
            case OpenMenu():
                self._menu.show_selected()
            case GoToPart(is_back=is_back):
                self._parts.go(is_back=is_back)
            case _:
                assert_never(request)
