"""The picture as the rules of the drawing look at it: what is drawn, less what is only sketched."""

from __future__ import annotations

from collections.abc import Iterable

from editor.canvas.picture import Picture
from editor.geometry import Rect
from editor.layout.index import Bounds
from editor.layout.routing import Route
from editor.layout.sizes import Measure
from editor.model.chart import Chart


def whole(picture: Picture) -> Seen | None:
    """What a picture shows of a whole machine; None while lines are drawn for now only, or states are hidden."""
    return Seen(picture) if picture.is_whole and not picture.is_hasty else None


class Seen:
    """What a picture shows now. `fresh` gives what looks different since it was asked last."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._version = picture.version
        self._sketched = frozenset(picture.sketched)

    @property
    def chart(self) -> Chart:
        """What is drawn; hidden ends are lifted to what hides them."""
        return self.picture.chart

    @property
    def measure(self) -> Measure:
        """Sizes of texts."""
        return self.picture.measure

    def card(self, id: str) -> Rect | None:
        """The rectangle of a state."""
        shape = self.picture.states.get(id)
        return shape.rect if shape is not None else None

    def line(self, id: str) -> Route | None:
        """The route of a line that was found and not only sketched."""
        shape = self.picture.transitions.get(id)
        if shape is None or id in self.picture.sketched or shape.route.ends_inside or not shape.route.paths:
            return None
        return shape.route

    def states_at(self, area: Bounds) -> list[str]:
        """The states that meet an area."""
        return self.picture.state_index.meeting(*area)

    def lines_at(self, area: Bounds) -> list[str]:
        """The lines that meet an area."""
        return self.picture.transition_index.meeting(*area)

    def ids(self) -> Iterable[str]:
        """All states and lines."""
        picture = self.picture
        return (*picture.states, *(id for id in picture.transitions if id not in picture.sketched))

    def fresh(self) -> frozenset[str] | None:
        """The ids of what looks different since this was asked last; None for everything."""
        picture = self.picture
        touched = picture.touched_since(self._version)
        self._version = picture.version
        if len(picture.sketched) != len(self._sketched):
            routed = self._sketched - picture.sketched
            self._sketched = frozenset(picture.sketched)
            touched = touched | routed if touched is not None else None
        return touched
