"""The select tool goes through the states of the machine that the product draws of it, `select-tool.yaml`."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor import resources
from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.formats import native
from editor.geometry import Point
from editor.model.elements import Data
from editor.tools.base import Hit, HitKind
from editor.tools.select import SelectTool
from tests.tools.bench import Bench

PLACES = {
    "Idle": "idle", "Pressing": "pressing", "Moving": "dragging.moving", "Resizing": "dragging.resizing",
    "Connecting": "connecting", "Banding": "banding",
}  # fmt: skip
KINDS = {
    "resize": HitKind.RESIZE,
    "connect": HitKind.CONNECT,
    "state": HitKind.STATE,
    "nothing": HitKind.NOTHING,
}
STATES = ("a", "b", "p", "done")
Deed: TypeAlias = tuple[str, str, int, int]
DEEDS = st.tuples(
    st.sampled_from(["PRESS", "MOVE", "MOVE", "RELEASE", "ESCAPE"]),
    st.sampled_from(sorted(KINDS)),
    st.integers(0, 70),
    st.integers(0, 70),
)


class Pair:
    """A hand on the tool, and the same events sent to the machine."""

    def __init__(self) -> None:
        self.bench = Bench(SelectTool)
        self.ids = [self.bench.id(path) for path in STATES]
        [path] = [each for each in resources.examples() if each.stem == "select-tool"]
        chart = native.read(path.read_bytes(), name=path.name).chart
        self.machine = Simulator(Machine.from_chart(chart))
        self.machine.start()
        self.start = Point(0, 0)

    def do(self, deed: Deed) -> None:
        what, kind, x, y = deed
        at = Point(x * 10, y * 10)
        data: dict[str, Data] = {}
        if what == "PRESS":
            id = self.ids[x % 3]
            if self.bench.tool.phase.name == "Idle":
                self.start = at  # a second press during a gesture begins nothing
            data = {"kind": kind, "id": id}
            handle = "se" if kind == "resize" else "e"
            is_nothing = kind == "nothing"
            self.bench.press(at, Hit() if is_nothing else Hit(kind=KINDS[kind], id=id, handle=handle))
        elif what == "MOVE":
            data["travelled"] = max(abs(at.x - self.start.x), abs(at.y - self.start.y))
            self.bench.move(at)
        elif what == "RELEASE":
            self.bench.release(at)
        else:
            self.bench.escape()
        data["ids"] = list(self.bench.document.selection.ids)
        self.machine.send(what, data)


def test_a_drag_given_up_in_both() -> None:
    pair = Pair()
    for deed, place in (
        (("PRESS", "state", 10, 6), "pressing"), (("MOVE", "", 10, 6), "pressing"),
        (("MOVE", "", 20, 6), "dragging.moving"), (("ESCAPE", "", 0, 0), "idle"),
        (("PRESS", "resize", 16, 8), "dragging.resizing"), (("RELEASE", "", 16, 8), "idle"),
    ):  # fmt: skip
        pair.do(deed)
        assert pair.machine.leaves == (place,)
        assert PLACES[pair.bench.tool.phase.name] == place


@settings(max_examples=100, deadline=None)
@example(
    [("PRESS", "connect", 0, 0), ("RELEASE", "", 0, 0), ("PRESS", "nothing", 0, 33), ("RELEASE", "", 0, 0)]
)
@example([("PRESS", "state", 0, 0), ("PRESS", "connect", 0, 1), ("MOVE", "connect", 0, 0)])
@given(st.lists(DEEDS, max_size=25))
def test_tool_and_machine_are_always_in_the_same_state(deeds: list[Deed]) -> None:
    pair = Pair()
    for deed in deeds:
        pair.do(deed)
        assert pair.machine.leaves == (PLACES[pair.bench.tool.phase.name],)
        context = pair.machine.snapshot.context
        assert isinstance(context, dict)
        if pair.bench.tool.phase.name in ("Idle", "Pressing"):
            assert context["selected"] == list(pair.bench.document.selection.ids)
