"""One who draws layouts when a test wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from editor.layout_engine.options import Options, Rung
from editor.layout_engine.rungs import Proposal
from editor.model.chart import Chart
from editor.model.diagram import Diagram


@dataclass(eq=False)
class Asking:
    """What was asked for; it is answered when the test wants it, and never after it was called off."""

    chart: Chart
    diagram: Diagram
    options: Options
    done: Callable[[Proposal], None]
    slow: Callable[[], None] | None
    is_cancelled: bool = False

    def cancel(self) -> None:
        self.is_cancelled = True

    def answer(self, dx: float = 500, rung: Rung = Rung.LEVELS, why: str = "") -> None:
        """Propose that every state that is not pinned goes to the right."""
        if self.is_cancelled:
            return
        made = self.diagram.copy()
        for child in self.chart.children(self.chart.root_id):
            box = made.boxes[child.id]
            if child.id not in self.options.pinned:
                made.put_box(child.id, replace(box, x=box.x + dx, auto=True))
        self.done(Proposal(diagram=made, rung=rung, why=why))


@dataclass(eq=False)
class FakeService:
    """Draws nothing by itself."""

    requests: list[Asking] = field(default_factory=list)
    is_closed: bool = False

    def propose(
        self,
        chart: Chart,
        diagram: Diagram,
        options: Options,
        done: Callable[[Proposal], None],
        *,
        slow: Callable[[], None] | None = None,
    ) -> Asking:
        self.requests.append(Asking(chart.copy(), diagram.copy(), options, done, slow))
        return self.requests[-1]

    def warm_up(self) -> None:
        """Is always ready."""

    def close(self) -> None:
        self.is_closed = True
