"""Drawing on the best rung that works: each answer is checked, and what fails leaves the next to try."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

from editor.geometry import Rect
from editor.layout import auto
from editor.layout.frame import Frame
from editor.layout.sizes import Measure, TableMeasure
from editor.layout_engine import checks, leading, parts, plain, sketching, unasked
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.levels import MOST
from editor.layout_engine.options import NAMES, Mode, Options, Rung, Scope
from editor.layout_engine.plan import NodeKind, Plan
from editor.layout_engine.process import EngineError, NotLoadedError
from editor.layout_engine.reading import plan_of
from editor.layout_engine.remembering import remembered
from editor.layout_engine.sketching import Sketch
from editor.layout_engine.warm import Kept, Warm
from editor.layout_engine.writing import diagram_of, may_have_moved
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import ROOT

MOST_INTEGRATED = 1_500
"""States up to which a whole chart is tried in one go."""
_RUNGS = {Mode.LEVELS: Rung.LEVELS, Mode.INTEGRATED: Rung.INTEGRATED}
"""The rungs of the engine's manners."""


class CancelledError(Exception):
    """Nobody wants the proposal any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A diagram for a chart, who drew it, and why nobody better did, as sentences (empty: nobody is better)."""

    diagram: Diagram
    rung: Rung
    why: str = ""


class TooSlowError(EngineError):
    """No answer came in time; the text says so."""


class _Proposing:
    """One request."""

    def __init__(
        self, chart: Chart, diagram: Diagram, options: Options, measure: Measure, warm: Warm, told: Told
    ) -> None:
        self.chart = chart
        self.options = options
        self.measure = measure
        self.warm = warm
        self.told = told
        self.before = diagram
        self.is_fresh = options.scope is Scope.CHART and not options.pinned
        self.start = diagram if self.is_fresh else auto.complete(chart, diagram, measure)
        self.plan = plan_of(chart, self.start, measure, options)
        self.kept: Plan | None = None
        """The plan that tells of the drawing that is there, where it is to be kept and there is one."""
        if options.keeps and options.scope is Scope.CHART:
            made = remembered(self.plan, Frame(chart, diagram, measure))
            self.kept = made if made.keeps else None
        self.reasons: list[str] = []

    def proposal(self) -> Proposal:
        if len(self.plan.nodes) == 1:
            return Proposal(diagram=self.before, rung=Rung.AS_IT_WAS, why="There is no state to place.")
        for rung, draw in self._rungs():
            if rung not in self.options.rungs:
                continue
            if self.told.is_cancelled():
                raise CancelledError
            diagram = draw()
            if diagram is not None:
                return Proposal(diagram=diagram, rung=rung, why=" ".join(self.reasons))
        self.reasons.append("The places are as they were.")
        return Proposal(diagram=self.start, rung=Rung.AS_IT_WAS, why=" ".join(self.reasons))

    def _rungs(self) -> Iterator[tuple[Rung, Callable[[], Diagram | None]]]:
        order = (Mode.LEVELS, Mode.INTEGRATED)
        first = self.options.mode
        for mode in (first, *(each for each in order if each is not first)):
            yield _RUNGS[mode], lambda mode=mode: self._by_engine(mode)  # type: ignore[misc]
        yield Rung.GRAPHLAY, self._by_graphlay
        yield Rung.PLAIN, self._by_rows

    def _by_engine(self, mode: Mode) -> Diagram | None:
        """The engine's drawing; None where it gives none, with the reason noted."""
        if self._is_engine_gone:
            return None
        missing = parts.missing()
        if missing is not None:
            self._give_up(f"ELK is not here: {missing}")
            return None
        why = self._not_whole() if mode is Mode.INTEGRATED else self._not_by_levels()
        if why is None:
            try:
                drawing = self._ask(mode)
                why = checks.flaw(self._plan_for(mode), drawing)
                if why is None:
                    return self._diagram(self._plan_for(mode), drawing)
            except NotLoadedError as error:
                self._give_up(f"ELK is not here: {error}")
                return None
            except EngineError as error:
                why = str(error)
            except ValueError as error:
                self.warm.kill()
                why = str(error)
        self.reasons.append(f"{NAMES[_RUNGS[mode]]} gave no drawing: {why}.")
        return None

    def _diagram(self, plan: Plan, drawing: Drawing) -> Diagram:
        made = diagram_of(self.chart, self.start, plan, drawing, self.measure)
        if not unasked.step_aside(self.chart, made, plan, drawing, self.measure):
            return made
        return diagram_of(self.chart, self.start, plan, drawing, self.measure)

    def _plan_for(self, mode: Mode) -> Plan:
        return self.kept if self.kept is not None and mode is Mode.LEVELS else self.plan

    _is_engine_gone = False

    def _give_up(self, why: str) -> None:
        self._is_engine_gone = True
        self.reasons.append(why)

    def _not_whole(self) -> str | None:
        """Why the whole chart is not drawn in one go."""
        nodes = self.plan.nodes.values()
        if any(len(node.moving) < len(node.children) for node in nodes):
            return "some states are to stay where they are"
        return "the chart is too large for it" if len(nodes) > MOST_INTEGRATED else None

    def _not_by_levels(self) -> str | None:
        """Why it is not drawn container by container, which the engine is spared to be asked."""
        crowds = (node for node in self._plan_for(Mode.LEVELS).nodes.values() if len(node.children) > MOST)
        if any(
            len(node.moving) == len(node.children) for node in crowds if node.kind is not NodeKind.PARALLEL
        ):
            return f"a state holds more than {MOST} others"
        return None

    def _ask(self, mode: Mode) -> Drawing:
        """One request to the engine.

        Raises:
            EngineError: no answer in time, or one that says what is wrong.
            ValueError: an answer without sense.
            CancelledError: it is not wanted any more.
        """
        options = self.options
        kind = "route" if options.scope is Scope.ROUTES else "layout"
        asked = {
            "plan": self._plan_for(mode).to_data(), "mode": mode.value, "direction": options.direction.value,
            "aspect": options.aspect,
        }  # fmt: skip
        try:
            return self._answer(self.warm, kind, asked)
        except TooSlowError:
            self._is_engine_gone = True
            raise

    def _answer(self, kept: Kept, kind: str, asked: Mapping[str, Any]) -> Drawing:
        """What a process says to a request, which raises the same."""
        process, limits = kept.ready(), kept.limits
        if self.told.is_cancelled():
            raise CancelledError
        reply = process.ask(kind, asked)
        if not limits.wait(reply.came, limits.soft):
            self.told.is_slow()
            if not limits.wait(reply.came, limits.hard - limits.soft):
                process.kill()
                raise TooSlowError(f"it took more than {limits.hard:g} seconds")
        if self.told.is_cancelled():
            raise CancelledError
        told = reply.told
        if told is None:
            raise EngineError("its process ended")
        if "done" not in told:
            raise EngineError(str(told.get("error", "its answer has no sense")).rstrip("."))
        return Drawing.from_data(told["done"])

    def _by_graphlay(self) -> Diagram | None:
        if find_spec("graphlay") is None:
            self.reasons.append("graphlay is not installed.")
            return None
        made = without_routes(self.chart, self.before if self.is_fresh else self.start, self.plan)
        loose = self._loose()
        for id in loose:
            made.put_box(id, None)
        lines = tuple(leading.unled(made, self.plan))
        sketch = Sketch(chart=self.chart, diagram=made, lines=lines, measure=self.measure)
        try:
            drawing = self._sketched(sketch)
            done = sketching.taken(sketch, drawing)
            why = checks.flaw(Plan(root=self.plan.root), rects_of(self.chart, done, self.plan))
        except EngineError as error:
            why = str(error)
        except ValueError as error:
            self.warm.graphlay.kill()
            why = str(error)
        if why is not None:
            self.reasons.append(f"{NAMES[Rung.GRAPHLAY]} gave no drawing: {why}.")
            return None
        for id in loose:
            old = self.start.boxes.get(id)
            if old is not None:
                looks = replace(done.boxes[id], tint=old.tint, collapsed=old.collapsed, extra=old.extra)
                done.put_box(id, looks)
        return sketching.led(sketch, done, drawing)

    def _sketched(self, sketch: Sketch) -> Drawing:
        """What graphlay draws, in its process; here where the measure cannot leave this one, as one of fonts.

        Raises:
            EngineError, ValueError, CancelledError: as of the engine.
        """
        if type(sketch.measure) is not TableMeasure:
            return sketching.sketched(sketch)
        return self._answer(self.warm.graphlay, "sketch", sketch.to_data())

    def _loose(self) -> list[str]:
        """The states that may be placed anew."""
        found = [id for node in self.plan.nodes.values() for id in node.moving if id in self.chart.states]
        return found if self.options.scope is not Scope.ROUTES else []

    def _by_rows(self) -> Diagram | None:
        drawing = plain.placed(self.plan)
        why = checks.flaw(Plan(root=self.plan.root), drawing)
        if why is not None:
            self.reasons.append(f"Rows do not fit: {why}.")
            return None
        bare = Plan(root=self.plan.root)
        made = diagram_of(self.chart, self.start, bare, drawing, self.measure)
        return leading.led(self.chart, made, self.plan, self.measure)


class Told:
    """What happens meanwhile: nobody is told, and nothing is cancelled."""

    def is_slow(self) -> None:
        """A drawing takes longer than the soft limit."""

    def is_cancelled(self) -> bool:
        """Whether nobody wants it any more."""
        return False


def propose(
    chart: Chart,
    diagram: Diagram,
    options: Options,
    warm: Warm,
    measure: Measure | None = None,
    told: Told | None = None,
) -> Proposal:
    """A diagram for a chart, from the best rung that gives one. Takes its time: seconds, at most minutes.

    Raises:
        CancelledError: it is not wanted any more, as `told` says.
    """
    return _Proposing(chart, diagram, options, measure or TableMeasure(), warm, told or Told()).proposal()


def rects_of(chart: Chart, diagram: Diagram, plan: Plan) -> Drawing:
    """The rectangles that a diagram has, as a drawing; dots stand in the corner of their state."""
    made = Drawing()
    made.rects[chart.root_id] = Rect(0, 0, 0, 0)
    for node in plan.root.walk():
        if node.id == chart.root_id:
            continue
        above = made.rects[plan.parents[node.id]]
        if node.kind is NodeKind.DOT:
            made.rects[node.id] = Rect(above.x, above.y, 0, 0)
            continue
        box = diagram.boxes[node.id]
        made.rects[node.id] = box.rect.moved(above.x, above.y)
    return made


def without_routes(chart: Chart, diagram: Diagram, plan: Plan) -> Diagram:
    """The diagram without the way points of lines in containers whose states moved."""
    made = diagram.copy()
    for id, bends in diagram.bends.items():
        if id in chart.transitions and may_have_moved(chart, plan, chart.transitions[id]):
            kept = replace(bends, points=(), label=None)
            made.put_bends(id, kept if kept.extra else None)
    root = made.boxes.get(ROOT)
    if root is not None and plan.root.moving:
        made.put_box(ROOT, replace(root, initial=None) if root.extra else None)
    return made
