"""Who tells a person what to do: the words on an empty canvas, and the card of the tour once it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.canvas.view import ChartView
from editor.window.landmarks import Landmarks
from editor.window.menus import Actions
from editor.window.welcome import Welcome

if TYPE_CHECKING:
    from editor.window.tour import TourBox


class Guide:
    """One of a window. Invariant: the words on the canvas are silent while the card speaks."""

    def __init__(self, view: ChartView, actions: Actions, landmarks: Landmarks) -> None:
        self._view = view
        self._actions = actions
        self._landmarks = landmarks
        self._box: TourBox | None = None
        self.welcome = Welcome(view, actions)

    @property
    def box(self) -> TourBox:
        """The card of the tour, made when it is asked for."""
        if self._box is None:
            from editor.window.tour import TourBox  # noqa: PLC0415 - most starts take no tour

            self._box = TourBox(self._view, self._actions, self._landmarks)
            self._box.tour.changed.subscribe(self._on_tour)
        return self._box

    @property
    def is_taken(self) -> bool:
        """Whether the tour is taken in this window now."""
        return self._box is not None and self._box.tour.step is not None

    def begin(self) -> None:
        """Take the tour, or give the keys to its card."""
        self.box.begin()

    def _on_tour(self) -> None:
        self.welcome.want(is_wanted=not self.is_taken)
