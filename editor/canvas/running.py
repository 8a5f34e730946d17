"""A run on the canvas: its steps flash and fade in the overlay, its timers empty, everything else is dimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from editor.canvas import highlight, motion
from editor.engine.trace import TraceEntry
from editor.tools.base import Hit, HitKind

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

_FRAME = 16
"""Milliseconds between frames of what flashes and fades."""


class Running(QObject):
    """Shows the run of a view's session, from its beginning to its end; `highlight` is None while there is none."""

    def __init__(self, view: ChartView) -> None:
        super().__init__(view)
        self._view = view
        self.highlight: highlight.Highlight | None = None
        self._timer = QTimer(self, interval=_FRAME)
        self._timer.timeout.connect(self._on_frame)
        view.session.simulator_changed.subscribe(self._on_simulator_changed)

    def _on_simulator_changed(self) -> None:
        view, simulator = self._view, self._view.session.simulator
        view.dim()
        self.highlight = None
        highlight.clear(view.overlay)
        if simulator is not None:
            has_motion = motion.is_wanted(view.session.settings.animation)
            self.highlight = highlight.Highlight(simulator, has_motion=has_motion)
            simulator.stepped.subscribe(self._on_stepped)
            simulator.moved.subscribe(self._on_cursor_moved)
            simulator.ticked.subscribe(self._on_ticked)
            self._show()
        view.viewport().update()

    def fires(self, hit: Hit) -> bool:
        """Send the event whose pill was clicked while a run is shown; whether there was one."""
        return hit.kind is HitKind.LABEL and self.fire(hit.id)

    def fire(self, id: str) -> bool:
        """Send the event that a transition waits for, while a run is shown; whether there was one."""
        simulator = self._view.session.simulator
        if simulator is None or id not in self._view.overlay.enabled:
            return False
        merged = self._view.picture.merged
        ids = merged.get(id, (id,))
        found = [each for each in simulator.enabled if not set(each.transitions).isdisjoint(ids)]
        if id in merged and len(found) > 1:
            self._view.session.say(
                "Several events can be taken here. Expand the state, or send one by its key."
            )
            return True
        if not found or found[0].needs_name:
            return False
        simulator.send(found[0].event)
        return True

    def _on_stepped(self, entry: TraceEntry) -> None:
        if self.highlight is not None:
            self.highlight.step(entry, highlight.now())
            self._timer.start()
            self._show()

    def _on_cursor_moved(self) -> None:
        if self.highlight is not None:
            self.highlight.settle()
            self._show()

    def _on_ticked(self) -> None:
        if self.highlight is not None and self._view.overlay.timers:
            self.highlight.tick(self._view.overlay)
            self._view.viewport().update()

    def _show(self) -> None:
        if self.highlight is not None:
            self.highlight.show(self._view.overlay, highlight.now())
            self._merge()
            self._view.viewport().update()

    def _merge(self) -> None:
        """A transition that is drawn for several can be taken when one of them can, and was when one of them was."""
        picture, overlay = self._view.picture, self._view.overlay
        for first, ids in picture.merged.items():
            keys = [overlay.enabled[id] for id in ids if id in overlay.enabled]
            if keys:
                overlay.enabled = {**overlay.enabled, first: keys[0]}
            shares = [overlay.taken[id] for id in ids if id in overlay.taken]
            if shares:
                overlay.taken = {**overlay.taken, first: max(shares)}

    def _on_frame(self) -> None:
        self._show()
        if self.highlight is None or not self.highlight.is_moving(highlight.now()):
            self._timer.stop()
