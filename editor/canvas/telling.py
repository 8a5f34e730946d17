"""What is told where the pointer rests: where a link leads, what was placed by hand, and the description of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.canvas import painter_states
from editor.canvas.shapes import NEAR
from editor.document import way_points
from editor.document.describing import description
from editor.model.prose import plain

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

MOST = 600
"""Characters of a description that are told."""


def told(view: ChartView, id: str) -> str:
    """The link under the pointer; else that a line was bent by hand, and the description of an element that the card
    does not tell as a whole.
    """
    bent = "Bent by hand. Clear bends gives the line back to the routing." if _is_bent(view, id) else ""
    return "\n\n".join(filter(None, (_described(view, id), bent)))


def _is_bent(view: ChartView, id: str) -> bool:
    return bool(way_points.by_hand(view.picture.chart, view.picture.diagram, id))


def _described(view: ChartView, id: str) -> str:
    link = view.labelling.notes.told
    if link or view.session.settings.descriptions == "never":
        return link
    shape = view.picture.states.get(id)
    if shape is not None and view.zoom >= NEAR and painter_states.art(view.picture, shape).is_prose_whole:
        return ""
    text = plain(description(view.session.document.chart, id))
    return text if len(text) <= MOST else text[:MOST].rstrip() + "…"
