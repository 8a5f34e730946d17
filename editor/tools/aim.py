"""Drawing a transition by keys alone: arrows choose the state that it leads to, Return makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from editor.document import arrows, edits
from editor.geometry import Point, Rect
from editor.tools.base import KeyInput, Phase, PointerInput, Scene

WAYS = {"Left": Point(-1, 0), "Right": Point(1, 0), "Up": Point(0, -1), "Down": Point(0, 1)}
"""The arrow keys."""
_ASIDE = 2.0
"""How much farther away a state seems for what it lies aside of the way."""


class Aiming(Phase):
    """A target is chosen for transitions out of `sources`; the first of them is where the choice begins."""

    def __init__(self, scene: Scene, sources: list[str], then: Callable[[Scene], Phase]) -> None:
        super().__init__(scene)
        self.sources = sources
        self.subject = sources[0]
        self.target = sources[0]
        self.then = then

    def wants(self, key: str) -> bool:
        """Arrows choose, Return ends."""
        return key in WAYS or key == "Return"

    def key(self, key: KeyInput) -> Phase | None:
        """Go to the nearest state on that way, or make the transitions."""
        if key.key in WAYS:
            self._go(WAYS[key.key])
        elif key.key == "Return" and self.scene.has(self.target):
            self._connect()
            return self.then(self.scene)
        return None

    def offers(self) -> Sequence[str]:
        """All states may be led to."""
        return targets(self.scene)

    def chosen(self, id: str) -> Phase | None:
        """Lead the transitions there."""
        self.target = id
        self._connect()
        return self.then(self.scene)

    def _go(self, way: Point) -> None:
        surface, chart = self.scene.surface, self.scene.document.chart
        here = surface.rect(self.target)
        others = ((id, surface.rect(id)) for id in chart.states if id not in (self.target, chart.root_id))
        found = None if here is None else nearest(here, others, way)
        if found is None:
            surface.say("No state lies on that way.")
            return
        self.target = found
        self._show()
        surface.say(f"Return leads the transition to “{chart.states[found].key}”, Escape ends.")

    def _show(self) -> None:
        surface = self.scene.surface
        start, end = surface.rect(self.sources[0]), surface.rect(self.target)
        if start is not None and end is not None:
            surface.show_preview(start.center, end.center, self.target)

    def _connect(self) -> None:
        document, surface = self.scene.document, self.scene.surface
        chart, diagram = document.chart, document.diagram
        sources = [id for id in self.sources if self.scene.has(id)]
        if len(sources) > 1:
            edit, new = arrows.connect_all(chart, diagram, sources, self.target)
        else:
            edit, id = edits.connect(chart, diagram, sources[0], (self.target,))
            new = [id]
        document.apply(edit)
        self.scene.selection.replace(new)
        if len(new) == 1:
            surface.edit_label(new[0])
        surface.put_back()

    def press(self, pointer: PointerInput) -> Phase | None:
        """The pointer takes over."""
        return self.then(self.scene)

    def exit(self) -> None:
        """Take the preview away."""
        self.scene.surface.show_preview(None, None)


def targets(scene: Scene) -> list[str]:
    """The states that a transition may lead to."""
    chart = scene.document.chart
    return [id for id in chart.states if id != chart.root_id]


def nearest(here: Rect, others: Iterable[tuple[str, Rect | None]], way: Point) -> str | None:
    """The state whose middle is nearest in a direction (`WAYS`); what lies aside counts as farther away."""
    best: tuple[float, str] | None = None
    for id, rect in others:
        if rect is None:
            continue
        dx, dy = rect.center.x - here.center.x, rect.center.y - here.center.y
        along, aside = dx * way.x + dy * way.y, abs(dx * way.y) + abs(dy * way.x)
        if along > 0 and aside <= along * _ASIDE:
            rank = (along + _ASIDE * aside, id)
            best = rank if best is None else min(best, rank)
    return best[1] if best is not None else None
