"""Edits that a click or a drop in a panel asks for: made, or refused with a word in the status bar."""

from __future__ import annotations

from collections.abc import Callable

from editor.document.undo import Edit
from editor.errors import EditorError
from editor.session import Session


def made(session: Session, plan: Callable[[], Edit]) -> bool:
    """Plan an edit and make it; whether that was done. What is refused, as everything is amid a drag, is told."""
    try:
        session.document.apply(plan())
    except EditorError as error:
        session.say(str(error))
        return False
    return True
