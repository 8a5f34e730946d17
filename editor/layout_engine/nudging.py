"""Places in a container of a drawing that is kept: what grew or came in pushes others aside, as far as it must."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from editor.geometry import Rect
from editor.layout_engine.plan import Node
from editor.layout_engine.pushing import Size, part, size_around

GAP = 28.0
"""How near what is pushed aside may come to what pushes it, where it was farther off."""
_LABEL_GAP = 6.0
_MOST = 4_000


def nudged(
    node: Node,
    sizes: Mapping[str, Size],
    new: Collection[str] = (),
    labels: Iterable[Rect] = (),
    gap: float = GAP,
) -> tuple[dict[str, Rect], Size]:
    """Where the children of a container are, which all have a place, and its size, which never shrinks.

    What grew stays at its top left corner and pushes what is in its way to the right or down, and so on; `new` ones,
    which came in, do so too. `labels`, in its coordinates, are pushed, so that they have room. What is pinned never
    moves; what lies on it then takes a free place below. `gap`: how near boxes may come that were farther off.
    """
    pushing = _Pushing(node, sizes, new, labels, gap)
    pushing.push()
    after = pushing.places()
    part(node, after)
    return after, size_around(node, after.values() if pushing.has_changed or node.place is None else ())


class _Pushing:
    def __init__(
        self,
        node: Node,
        sizes: Mapping[str, Size],
        new: Collection[str],
        labels: Iterable[Rect],
        gap: float,
    ) -> None:
        self._gap = gap
        self._node = node
        self._sizes = sizes
        self._new = new
        self._before: dict[str, Rect] = {}
        self._rects: dict[str, Rect] = {}
        self._still = {child.id for child in node.children if child.is_pinned}
        self._todo: list[str] = []
        for child in node.children:
            assert child.place is not None
            self._before[child.id] = with_name(child, child.place)
            self._rects[child.id] = with_name(child, Rect(child.place.x, child.place.y, *sizes[child.id]))
            if child.id in new or self._before[child.id] != self._rects[child.id]:
                self._todo.append(child.id)
        for number, label in enumerate(labels):
            self._before[f"label {number}"] = self._rects[f"label {number}"] = label
        self.has_changed = bool(self._todo)

    def places(self) -> dict[str, Rect]:
        """The boxes of the children, without their names."""
        made = {}
        for child in self._node.children:
            assert child.place is not None
            before, rect = self._before[child.id], self._rects[child.id]
            at = child.place.moved(rect.x - before.x, rect.y - before.y)
            made[child.id] = Rect(at.x, at.y, *self._sizes[child.id])
        return made

    def push(self) -> None:
        """Push until nothing is in the way of anything; everything goes right or down, so it ends."""
        count = 0
        while self._todo and count < _MOST:
            count += 1
            id = min(self._todo, key=lambda each: (self._rects[each].y, self._rects[each].x, each))
            self._todo.remove(id)
            for other in list(self._rects):
                if other != id and other not in self._still:
                    self._give_way(id, other)

    def _give_way(self, id: str, other: str) -> None:
        """Move something off what grew, was moved or came in."""
        rect, place = self._rects[id], self._rects[other]
        old, former = self._before[id], self._before[other]
        is_label = other.startswith("label ") or id.startswith("label ")
        least = _LABEL_GAP if is_label else GAP if id in self._new else self._gap
        right_of, below = former.x - old.right, former.y - old.bottom
        across, down = least, least
        if id not in self._new:
            across, down = min(least, max(right_of, 0.0)), min(least, max(below, 0.0))
        wide = place.x < rect.right + across and place.right > rect.x - (across if id in self._new else 0)
        tall = place.y < rect.bottom + down and place.bottom > rect.y - (down if id in self._new else 0)
        if not wide or not tall:
            return
        right, lower = rect.right + across - place.x, rect.bottom + down - place.y
        if id in self._new or (right_of >= 0 and below >= 0):
            goes_right = right < lower
        elif right_of >= 0 or below >= 0:
            goes_right = right_of >= 0
        else:
            return
        if (right if goes_right else lower) <= 0:
            return
        self._rects[other] = place.moved(right, 0.0) if goes_right else place.moved(0.0, lower)
        if other not in self._todo:
            self._todo.append(other)


def with_name(child: Node, rect: Rect) -> Rect:
    """A box at its place with the name below it."""
    if not child.name[0]:
        return rect
    width, height = child.room((rect.width, rect.height))
    return Rect(rect.center.x - width / 2, rect.y, width, height)
