"""What a session looks for, on its canvas: into the overlay, and all else dimmed where that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.canvas.painter_looking import Lights
from editor.document.looking import Look, Looking
from editor.model import queries
from editor.model.changes import Changes

if TYPE_CHECKING:
    from editor.canvas.view import ChartView


class LookingOn:
    """Keeps the overlay of a view in step with what its session looks for."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._known: tuple[object, ...] = ()
        view.session.looking.changed.subscribe(self.show)
        view.session.changed.subscribe(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        """What was found may be hidden now, or be seen again."""
        if self._view.overlay.lights is not None and not self._view.session.document.is_in_gesture:
            self.show()

    @property
    def is_dimming(self) -> bool:
        """Whether all is dimmed that nobody looks for."""
        return self._view.session.looking.kept is not None

    def show(self) -> None:
        """Show what is looked for now."""
        view, looking = self._view, self._view.session.looking
        if looking.look is Look.NONE:
            view.overlay.lights = None
        else:
            self._light(looking)
        view.dim()
        view.minimap.update()

    def _light(self, looking: Looking) -> None:
        """To go on from one to the next must not take longer the more there are."""
        lights, picture = self._view.overlay.lights, self._view.picture
        known = (looking.look, looking.hits, looking.kept, picture, picture.version)
        if lights is None or known != self._known:
            self._known = known
            places = {id: drawn for id in looking.hits if (drawn := self.drawn(id))}
            is_event = looking.look is Look.EVENT
            kept = looking.kept
            if kept is not None:
                kept = frozenset(drawn for id in kept if (drawn := self.drawn(id)))
            lights = Lights(places=places, kept=kept, is_event=is_event)
            self._view.overlay.lights = lights
        lights.at = lights.places.get(looking.at, "")

    def in_sight(self) -> set[str]:
        """The elements of which something is in sight now."""
        view = self._view
        corner, size = view.camera.to_chart(0, 0), view.viewport().size()
        area = (*corner, corner.x + size.width() / view.zoom, corner.y + size.height() / view.zoom)
        picture = view.picture
        found = {*picture.state_index.meeting(*area), *picture.transition_index.meeting(*area)}
        return found | {each.id for each in picture.notes.meeting(area)}

    def drawn(self, id: str) -> str:
        """An element, or the state around it that is drawn where a collapsed one hides it; empty for none."""
        chart, picture = self._view.session.document.chart, self._view.picture
        if id in picture.states or id in picture.transitions or id in picture.notes.shapes:
            return id
        if (line := picture.line_of(id)) != id:
            return line
        start = chart.transitions[id].source if id in chart.transitions else id
        if start not in chart.states:
            return ""
        around = [each for each in queries.lineage(chart, start) if each != chart.root_id]
        return next((each for each in reversed(around) if each in picture.states), "")
