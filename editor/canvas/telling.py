"""What is told where the pointer rests: texts that have no room, where a link leads, the description of an element,
and what was placed by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.canvas import painter_states
from editor.canvas.shapes import NEAR
from editor.document import way_points
from editor.document.describing import description
from editor.layout.sizes import detail_lines, pill_parts
from editor.model.labels import label_text
from editor.model.prose import plain

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

MOST = 600
"""Characters of a text that are told."""
_DOTS = "…"


def told(view: ChartView, id: str) -> str:
    """The texts of an element that are not seen as a whole; the link under the pointer, else the description that the
    card does not tell as a whole; and that a line was bent by hand.
    """
    bent = "Bent by hand. Clear bends gives the line back to the routing." if _is_bent(view, id) else ""
    return "\n\n".join(filter(None, ("\n".join(_cut(view, id)), _described(view, id), bent)))


def _cut(view: ChartView, id: str) -> list[str]:
    """The texts of a state or a transition that are drawn shortened, or are too far away to be drawn."""
    picture = view.picture
    chart, shape = picture.chart, picture.states.get(id)
    if shape is not None:
        state = chart.states[id]
        if view.zoom < NEAR:
            found = [state.key]
        else:
            seen = _seen_on(painter_states.art(picture, shape))
            texts = (state.key, *(line.text for line in detail_lines(chart, state)), *state.tags)
            found = [text for text in texts if any(_is_start(each, text) for each in seen)]
    elif id in picture.transitions and not chart.transitions[id].is_pseudo:
        line = chart.transitions[id]
        is_whole = view.zoom >= NEAR and pill_parts(chart, line) == pill_parts(chart, line, whole=True)
        found = [] if is_whole else [label_text(chart, line)]
    else:
        found = []
    return [text if len(text) <= MOST else text[:MOST].rstrip() + _DOTS for text in found]


def _seen_on(art: painter_states.StateArt) -> list[str]:
    """The texts of a state as they are drawn, those that are shortened."""
    names = [each for each in (art.title, art.region) if each is not None]
    drawn = (text.text() for _, text in (*names, *art.details, *art.chip_texts))
    return [text for text in drawn if _DOTS in text]


def _is_start(shown: str, text: str) -> bool:
    """Whether what is shown is a text that was shortened."""
    start = shown.partition(_DOTS)[0]
    return shown != text and (text.startswith(start) or text.upper().startswith(start))


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
    return text if len(text) <= MOST else text[:MOST].rstrip() + _DOTS
