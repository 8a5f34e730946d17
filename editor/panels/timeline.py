"""Panel."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from editor.session import Session


class TimelinePanel(QWidget):
    """Panel."""

    def __init__(self, session: Session) -> None:
        super().__init__()
