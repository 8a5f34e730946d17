"""Looking at one composite or region alone: going in and out, and out as far as is needed for what is to be seen.

What is looked at is the session's (`Session.alone`), so it belongs to one window, and is neither saved nor undone. The
camera of each level is kept, so that one comes back to what one saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from editor.canvas.camera import Camera
from editor.document import alone
from editor.model import queries
from editor.model.changes import Changes
from editor.tools.base import Hit, HitKind

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from editor.canvas.view import ChartView


class Opening:
    """Keeps a view and what its session looks at alone together. Invariant: what is selected is among what is seen."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._cameras: dict[str | None, Camera] = {}
        self._line: tuple[str, ...] = ()
        session = view.session
        session.alone.changed.subscribe(self._show)
        session.changed.subscribe(self._follow)
        session.selection_changed.subscribe(self._on_selection_changed)
        session.document_replaced.subscribe(self._cameras.clear)
        session.comparison.changed.subscribe(self._on_compared)

    # going in and out

    def open(self, id: str = "") -> None:
        """Look at a state alone, the one that is selected by default; what stands against that is told."""
        view, session = self._view, self._view.session
        chart, ids = session.document.chart, session.selection.ids
        wanted = id or (ids[0] if len(ids) == 1 else "")
        if not alone.can_open(chart, session.document.diagram, wanted):
            name = f"“{chart.states[wanted].key}”" if wanted in chart.states else "This"
            session.say(f"{name} holds no states: only composites and regions can be opened alone.")
            return
        top = session.alone.value
        if top is not None and queries.is_descendant(chart, top, wanted):
            view.visiting.jump(lambda: self._go(wanted, chosen=(top,)))
        elif wanted != top:
            view.visiting.jump(lambda: self._go(wanted))

    def leave(self, *, is_all: bool = False) -> None:
        """Look at what is around what one looks at now, or at the whole chart; the former is selected there."""
        view, session = self._view, self._view.session
        top = session.alone.value
        if top is None:
            return
        parent = session.document.chart.states[top].parent
        goal = None if is_all or parent == session.document.chart.root_id else parent
        view.visiting.jump(lambda: self._go(goal, chosen=(top,)))

    def _go(self, goal: str | None, chosen: tuple[str, ...] = ()) -> None:
        view, session = self._view, self._view.session
        self._cameras[session.alone.value] = view.camera
        session.selection.replace(())
        session.alone.put(goal)
        session.selection.replace(chosen)
        camera = self._cameras.get(goal) if chosen else None
        if camera is None:
            view.fit()
        else:
            view.show_camera(camera)
            view.reveal(*chosen)

    def include(self, *ids: str) -> None:
        """Go out as far as is needed for some elements to be seen."""
        session = self._view.session
        top, document = session.alone.value, session.document
        known = [id for id in ids if document.has(id) or id == document.chart.root_id]
        if top is not None and top in document.chart.states and known:
            session.alone.put(alone.level_for(document.chart, document.diagram, top, known))

    def among(self, ids: Sequence[str]) -> Sequence[str]:
        """Those of some elements that are seen without going out."""
        session = self._view.session
        top, chart = session.alone.value, session.document.chart
        if top is None:
            return ids
        notes = self._view.picture.notes.shapes
        return [id for id in ids if id in notes or alone.holds(chart, top, id)]

    def return_to(self, level: str | None) -> None:
        """Look at what was looked at before one only had a look elsewhere, unless what is selected is not in it."""
        session = self._view.session
        if level is None or level in session.document.chart.states:
            session.alone.put(level)
            self.include(*session.selection.ids)

    def follows(self, event: QMouseEvent, hit: Hit) -> bool:
        """Go where a transition leads whose stub was clicked; whether there was one."""
        if hit.kind is not HitKind.STUB or event.modifiers():
            return False
        chart = self._view.session.document.chart
        line = chart.transitions[hit.id]
        end = line.source if hit.handle == "source" else line.targets[int(hit.handle.removeprefix("target"))]
        self._view.visiting.jump(lambda: self._see(end))
        return True

    def _see(self, id: str) -> None:
        session = self._view.session
        self.include(id)
        session.selection.replace([id] if id != session.document.chart.root_id else [])
        self._view.reveal(id)

    # listening

    def _show(self) -> None:
        """Draw what is looked at now, and nothing else."""
        view, session = self._view, self._view.session
        top, chart = session.alone.value, session.document.chart
        self._line = tuple(queries.lineage(chart, top)) if top is not None else ()
        session.say(
            f"“{chart.states[top].key}” is seen alone." if top is not None else "The whole chart is seen."
        )
        view.tool.cancel()
        view.labelling.close()
        if view.picture.show_alone(top):
            view.painter.lift(())
            view.base.drop()
        view.proposing.show_alone(top)
        view.looking.show()
        view.look(view.camera)

    def _follow(self, changes: Changes) -> None:
        """What is looked at may be gone, or hold nothing any more by what it is: then what was around it is seen."""
        session = self._view.session
        top, document = session.alone.value, session.document
        if top is None:
            return
        if alone.can_stay(document.chart, document.diagram, top):
            self._line = tuple(queries.lineage(document.chart, top))
            if any(change.is_semantic for change in changes):
                self.include(*session.selection.ids)  # it may have been moved out
            return
        session.alone.put(alone.left_of(document.chart, document.diagram, self._line))
        self._view.fit()

    def _on_selection_changed(self) -> None:
        """What is selected is to be seen, whoever selected it."""
        self.include(*self._view.session.selection.ids)

    def _on_compared(self) -> None:
        """What differs may be anywhere."""
        if self._view.session.comparison.value is not None:
            self._view.session.alone.put(None)
