"""How a state is drawn near: its card, header, details, glyphs and the dashed lines between regions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath

from editor.canvas.card_parts import lines_top
from editor.canvas.inks import Inks
from editor.canvas.measure import FontMeasure, font, line_height, width
from editor.canvas.picture import Picture
from editor.canvas.shapes import StateShape
from editor.canvas.texts import Placed, centered, placed
from editor.document.folded import words_of
from editor.geometry import Rect
from editor.layout import prose, sizes
from editor.layout.sizes import FINAL_NAME, HEADER, LINE, LOOKS, RING, TextStyle, detail_lines, rows
from editor.model.elements import State, StateKind, Transition
from editor.model.prose import Look
from editor.model.queries import descendants

RADIUS = 8.0
PAD = 12.0
CHIP_PAD = sizes.CHIP_PAD
CHIP_GAP = sizes.CHIP_GAP
_CHIP_END = 4.0
_DETAIL_INDENT = 18.0
_TOUCH = 3.0
_LEAST_ASIDE = 72.0
_SQUARE = 4.0
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


@dataclass(slots=True)
class StateArt:
    """What is drawn of one state, in chart units; `kind` chooses the outline."""

    kind: StateKind
    card: QRectF
    title: Placed | None = None
    region: Placed | None = None
    details: list[Placed] = field(default_factory=list)
    signs: list[Placed] = field(default_factory=list)
    chip_texts: list[Placed] = field(default_factory=list)
    chips: list[QRectF] = field(default_factory=list)
    hairlines: list[QLineF] = field(default_factory=list)
    dashes: list[QLineF] = field(default_factory=list)
    gears: list[QPointF] = field(default_factory=list)
    stack: list[QPainterPath] = field(default_factory=list)
    prose: list[tuple[TextStyle, Placed]] = field(default_factory=list)
    is_prose_whole: bool = False
    parallel: QPointF | None = None
    shadow: QLineF | None = None


def art(picture: Picture, shape: StateShape) -> StateArt:
    """The prepared drawing of a state; made when first asked for."""
    if shape.near is None:
        shape.near = _prepare(picture, shape)
    assert isinstance(shape.near, StateArt)
    return shape.near


def fill(shape: StateShape, inks: Inks) -> QBrush:
    """What fills a state's card."""
    if shape.tint is not None and 1 <= shape.tint <= len(inks.tints):
        return inks.tints[shape.tint - 1]
    return inks.leaf(shape.level) if shape.is_leaf or shape.is_collapsed else inks.level(shape.level)


def ring_fill(shape: StateShape, inks: Inks) -> QBrush:
    """What fills the ring of a final or history state."""
    return inks.pill if shape.tint is None else fill(shape, inks)


def paint_states(painter: QPainter, inks: Inks, pairs: Iterable[tuple[StateShape, StateArt]]) -> None:
    """Paint states, outermost first: cards, then lines, glyphs and texts, each in one pass."""
    drawn = list(pairs)
    _paint_cards(painter, inks, drawn)
    _paint_lines(painter, inks, drawn)
    paint_texts(painter, inks, [each for _, each in drawn])


def paint_card(painter: QPainter, inks: Inks, shape: StateShape, art: StateArt) -> None:
    """Paint the outline of one state with its fill."""
    if art.kind is StateKind.FINAL:
        _paint_final(painter, inks, shape, art)
    elif art.kind.is_history:
        painter.setPen(inks.ring)
        painter.setBrush(ring_fill(shape, inks))
        painter.drawEllipse(ring(art.card))
    elif shape.is_region:
        if shape.tint is not None:
            painter.setPen(_NO_PEN)
            painter.setBrush(fill(shape, inks))
            painter.drawRoundedRect(art.card.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
    else:
        edge = inks.edge
        if shape.tint is not None and 1 <= shape.tint <= len(inks.tints):
            edge = inks.tint_pens[shape.tint - 1]
        painter.setPen(edge)
        painter.setBrush(inks.level(shape.level))
        for path in art.stack:
            painter.drawPath(path)
        painter.setBrush(fill(shape, inks))
        painter.drawRoundedRect(art.card, RADIUS, RADIUS)


def paint_texts(painter: QPainter, inks: Inks, arts: list[StateArt]) -> None:
    """Paint names, details and chips, one font after another."""
    painter.setFont(font(TextStyle.TITLE))
    painter.setPen(inks.text)
    for each in arts:
        if each.title is not None:
            painter.drawStaticText(*each.title)
    painter.setFont(font(TextStyle.DETAIL))
    for each in arts:
        for text in each.details:
            painter.drawStaticText(*text)
    painter.setPen(inks.quiet)
    for each in arts:
        for text in each.signs:
            painter.drawStaticText(*text)
    painter.setFont(font(TextStyle.LABEL))
    for each in arts:
        for text in each.chip_texts:
            painter.drawStaticText(*text)
    _paint_prose(painter, arts)
    painter.setFont(font(TextStyle.REGION))
    for each in arts:
        if each.region is not None:
            painter.drawStaticText(*each.region)


def _paint_prose(painter: QPainter, arts: list[StateArt]) -> None:
    """Paint descriptions, one font after another."""
    told = [each for art in arts for each in art.prose]
    for style in LOOKS.values() if told else ():
        painter.setFont(font(style))
        for own, text in told:
            if own is style:
                painter.drawStaticText(*text)


def paint_over(painter: QPainter, inks: Inks, shape: StateShape, art: StateArt) -> None:
    """Paint the lines, glyphs and texts of one state again, over a card the overlay filled."""
    _paint_lines(painter, inks, [(shape, art)])
    paint_texts(painter, inks, [art])


def _paint_cards(painter: QPainter, inks: Inks, drawn: list[tuple[StateShape, StateArt]]) -> None:
    lines = [each.shadow for _, each in drawn if each.shadow is not None]
    for shape, each in drawn:
        paint_card(painter, inks, shape, each)
    if lines:
        painter.setPen(inks.shadow)
        painter.drawLines(lines)


def _paint_final(painter: QPainter, inks: Inks, shape: StateShape, art: StateArt) -> None:
    circle = ring(art.card)
    painter.setPen(inks.ring)
    painter.setBrush(ring_fill(shape, inks))
    painter.drawEllipse(circle)
    painter.setPen(_NO_PEN)
    painter.setBrush(inks.dot)
    inner = circle.width() * 0.24
    painter.drawEllipse(circle.adjusted(inner, inner, -inner, -inner))


def _paint_lines(painter: QPainter, inks: Inks, drawn: list[tuple[StateShape, StateArt]]) -> None:
    painter.setBrush(_NO_BRUSH)
    painter.setPen(inks.hairline)
    for _, each in drawn:
        if each.hairlines:
            painter.drawLines(each.hairlines)
    painter.setPen(inks.divider)
    for _, each in drawn:
        if each.dashes:
            painter.drawLines(each.dashes)
    painter.setPen(_NO_PEN)
    painter.setBrush(inks.chip)
    for _, each in drawn:
        for chip in each.chips:
            painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
    painter.setBrush(_NO_BRUSH)
    painter.setPen(inks.glyph)
    for _, each in drawn:
        for place in each.gears:
            painter.translate(place)
            painter.drawPath(_GEAR)
            painter.translate(-place)
        if each.parallel is not None:
            x, y = each.parallel.x(), each.parallel.y()
            painter.drawLine(QLineF(x - 2, y - 4, x - 2, y + 4))
            painter.drawLine(QLineF(x + 2, y - 4, x + 2, y + 4))


def ring(card: QRectF) -> QRectF:
    """The square around the ring of a final or history state, at the top of its card."""
    return QRectF(*sizes.ring(Rect(card.x(), card.y(), card.width(), card.height())))


def _prepare(picture: Picture, shape: StateShape) -> StateArt:
    state = picture.chart.states[shape.id]
    rect = shape.rect
    made = StateArt(kind=state.kind, card=QRectF(rect.x, rect.y, rect.width, rect.height))
    if state.kind.is_history:
        sign = "H*" if state.kind is StateKind.DEEP_HISTORY else "H"
        middle = ring(made.card).center()
        made.title = centered(sign, TextStyle.TITLE, middle.x(), middle.y())
    elif state.kind is StateKind.FINAL:
        _prepare_final(picture, made, shape, state)
    elif shape.is_region:
        _prepare_region(picture, made, shape, state)
    else:
        _prepare_card(picture, made, shape, state)
    return made


def _prepare_final(picture: Picture, made: StateArt, shape: StateShape, state: State) -> None:
    rect, lines = shape.rect, len(detail_lines(picture.chart, state))
    if lines and rect.height >= FINAL_NAME + lines * LINE:
        _prepare_details(picture, made, state, rect, lines_top(picture.chart, shape))
        rect = Rect(rect.x, rect.y, rect.width, FINAL_NAME)
    if rect.height >= RING + line_height(TextStyle.DETAIL) - 2:
        middle = rect.y + RING + (rect.height - RING) / 2
        made.details.append(centered(state.key, TextStyle.DETAIL, rect.center.x, middle, rect.width + 2))


def _prepare_region(picture: Picture, made: StateArt, shape: StateShape, state: State) -> None:
    rect = shape.rect
    room = rect.width - 2 * PAD
    made.region = placed(state.key.upper(), TextStyle.REGION, rect.x + PAD, rect.y + 14, room)
    takes = FontMeasure().width(state.key, TextStyle.REGION)
    _prepare_aside(picture, made, state, rect, rect.x + PAD + takes, rect.y + 14)
    _prepare_details(picture, made, state, rect, lines_top(picture.chart, shape))
    if state.parent is None:
        return
    if picture.alone == state.id:  # nothing is beside it that would tell where it ends
        corners = [QPointF(x, y) for x, y in ((rect.x, rect.y), (rect.right, rect.y))]
        corners += [QPointF(rect.right, rect.bottom), QPointF(rect.x, rect.bottom)]
        made.dashes = [QLineF(corners[place - 1], corners[place]) for place in range(4)]
        return
    around = picture.rect(state.parent)
    others = [
        found
        for child in picture.chart.children(state.parent)
        if child.id != state.id and (found := picture.rect(child.id)) is not None
    ]
    if around is None:  # the machine itself has no card: its regions end where the last of them does
        open_ground = Rect.around([rect, *others]) or rect
        around = Rect(open_ground.x, open_ground.y - HEADER, open_ground.width, open_ground.height + HEADER)
    made.dashes = _dividers(rect, around, others)


def _dividers(rect: Rect, around: Rect, others: list[Rect]) -> list[QLineF]:
    """Dashed lines on the sides of a region that are neither its parent's border nor another's left or top side."""
    lines = []
    if rect.x > around.x + _TOUCH:
        lines.append(QLineF(rect.x, rect.y, rect.x, rect.bottom))
    if rect.y > around.y + HEADER + _TOUCH or any(abs(each.bottom - rect.y) <= _TOUCH for each in others):
        lines.append(QLineF(rect.x, rect.y, rect.right, rect.y))
    if rect.right < around.right - _TOUCH and not any(abs(each.x - rect.right) <= _TOUCH for each in others):
        lines.append(QLineF(rect.right, rect.y, rect.right, rect.bottom))
    if rect.bottom < around.bottom - _TOUCH and not any(
        abs(each.y - rect.bottom) <= _TOUCH for each in others
    ):
        lines.append(QLineF(rect.x, rect.bottom, rect.right, rect.bottom))
    return lines


def _prepare_card(picture: Picture, made: StateArt, shape: StateShape, state: State) -> None:
    rect = shape.rect
    header = min(HEADER, rect.height)
    if shape.is_leaf:
        made.shadow = QLineF(rect.x + RADIUS, rect.bottom + 1.2, rect.right - RADIUS, rect.bottom + 1.2)
    has_lines = bool(detail_lines(picture.chart, state)) or bool(rows(picture.chart, shape.id))
    told = _lines_told(picture, state, rect)
    is_plain = shape.is_leaf and not (has_lines or told) and not shape.is_collapsed
    if is_plain and state.kind is not StateKind.PARALLEL:
        made.title = centered(state.key, TextStyle.TITLE, rect.center.x, rect.center.y, rect.width - 8)
        return
    middle = rect.y + header / 2
    made.title = placed(state.key, TextStyle.TITLE, rect.x + PAD, middle, rect.width - 2 * PAD)
    if state.kind is StateKind.PARALLEL:
        made.parallel = QPointF(rect.right - PAD - 2, middle)
    if not shape.is_leaf or shape.is_collapsed or state.kind is StateKind.PARALLEL:
        takes = width(state.key, TextStyle.TITLE)
        _prepare_aside(picture, made, state, rect, rect.x + PAD + takes, middle)
    if shape.is_collapsed:
        _prepare_collapsed(picture, made, shape)
        return
    if rect.height > header + 4:
        made.hairlines.append(QLineF(rect.x, rect.y + header, rect.right, rect.y + header))
    bottom = _prepare_details(picture, made, state, rect, lines_top(picture.chart, shape))
    if told:
        _prepare_lines(picture, made, state, rect, told)
    for row in rows(picture.chart, shape.id) if picture.has_prose else ():
        _prepare_row(picture, made, row, rect)
    if not shape.is_leaf and bottom > rect.y + header + 4:
        made.hairlines.append(QLineF(rect.x, bottom + 3, rect.right, bottom + 3))


def _prepare_collapsed(picture: Picture, made: StateArt, shape: StateShape) -> None:
    rect = shape.rect
    for step in (6.0, 3.0):
        path = QPainterPath()
        path.addRoundedRect(QRectF(rect.x + step, rect.y + step, rect.width - 2 * step, rect.height), 8, 8)
        made.stack.append(path)
    words = words_of(len(descendants(picture.whole, shape.id)))
    if rect.height >= HEADER + LINE:
        made.hairlines.append(QLineF(rect.x, rect.y + HEADER, rect.right, rect.y + HEADER))
        middle = rect.y + HEADER + (rect.height - HEADER) / 2
        made.signs.append(centered(words, TextStyle.DETAIL, rect.center.x, middle, rect.width - 8))
    else:
        room = width(words, TextStyle.DETAIL)
        made.signs.append(placed(words, TextStyle.DETAIL, rect.right - PAD - room, rect.y + 16))


def _prepare_details(picture: Picture, made: StateArt, state: State, rect: Rect, top: float) -> float:
    """Entry, exit, invoke and tag lines from `top` on; where they end."""
    signs = {"entry": "→", "exit": "←"}
    for line in detail_lines(picture.chart, state):
        middle = top + LINE / 2
        if line.kind == "tags":
            _prepare_chips(made, state, rect, middle)
        else:
            if line.kind in signs:
                made.signs.append(placed(signs[line.kind], TextStyle.DETAIL, rect.x + PAD, middle))
            else:
                made.gears.append(QPointF(rect.x + PAD + 5.5, middle))
            x = rect.x + PAD + _DETAIL_INDENT
            text = line.text
            made.details.append(placed(text, TextStyle.DETAIL, x, middle, rect.right - PAD / 2 - x))
        top += LINE
    return top


def _look_width(text: str, look: Look) -> float:
    return width(text, LOOKS[look])


def _lines_told(picture: Picture, state: State, rect: Rect) -> int:
    """For how many lines of its description a state without an inside has room below all else."""
    if not picture.has_prose or not sizes.has_prose(picture.chart, state):
        return 0
    free = rect.height - sizes.header_height(picture.chart, state.id, picture.measure) - 2 * sizes.PROSE_GAP
    return max(0, int(free // prose.LINE))


def _prepare_lines(picture: Picture, made: StateArt, state: State, rect: Rect, most: int) -> None:
    told = prose.wrapped(state.description or "", rect.width - sizes.PROSE_SIDES, _look_width, most)
    made.is_prose_whole = told.is_whole
    top = rect.y + sizes.header_height(picture.chart, state.id, picture.measure) + sizes.PROSE_GAP / 2
    for number, line in enumerate(told.lines):
        middle = top + prose.LINE * (number + 0.5)
        for piece in line:
            style = LOOKS[piece.look]
            made.prose.append((style, placed(piece.text, style, rect.x + PAD + piece.x, middle)))


def _prepare_aside(
    picture: Picture, made: StateArt, state: State, rect: Rect, start: float, middle: float
) -> None:
    """The description behind a name, where the line at the top has room for it."""
    x = start + PAD
    room = rect.right - PAD - x - (PAD if state.kind is StateKind.PARALLEL else 0)
    if picture.has_prose and state.description and room >= _LEAST_ASIDE:
        made.is_prose_whole = _prepare_line(made, state.description, x, middle, room)


def _prepare_row(picture: Picture, made: StateArt, row: Transition, rect: Rect) -> None:
    """The description of a transition that stands inside its state, behind its label."""
    route = picture.route(row.id) if row.description else None
    if route is not None and route.label.width and row.description:
        x = max([route.label.right, *(at.x for path in route.paths for at in path)]) + CHIP_GAP + _SQUARE
        if rect.right - PAD - x >= _LEAST_ASIDE:
            _prepare_line(made, row.description, x, route.label.center.y, rect.right - PAD - x)


def _prepare_line(made: StateArt, text: str, x: float, middle: float, room: float) -> bool:
    """One line of a description; whether that is all of it."""
    told = prose.wrapped(text, room, _look_width, 1)
    for piece in told.lines[0] if told.lines else ():
        style = LOOKS[piece.look]
        made.prose.append((style, placed(piece.text, style, x + piece.x, middle)))
    return told.is_whole


def _prepare_chips(made: StateArt, state: State, rect: Rect, middle: float) -> None:
    """As many tags as there is room for, and how many more there are."""
    x, end = rect.x + PAD, rect.right - _CHIP_END
    for number, tag in enumerate(state.tags):
        rest = len(state.tags) - number - 1
        after = CHIP_GAP + _chip(f"+{rest}") if rest else 0.0
        if x + _chip(tag) + after > end and number:
            tag, rest = f"+{rest + 1}", 0
        room = min(_chip(tag), max(end - after - x, 2 * CHIP_PAD))
        made.chips.append(QRectF(x, middle - 8, room, 16))
        made.chip_texts.append(placed(tag, TextStyle.LABEL, x + CHIP_PAD, middle, room - 2 * CHIP_PAD + 0.5))
        x += room + CHIP_GAP
        if tag is not state.tags[number]:
            return


def _chip(text: str) -> float:
    """The width of a chip."""
    return width(text, TextStyle.LABEL) + 2 * CHIP_PAD


def _gear() -> QPainterPath:
    """A small gear around the origin: a ring with eight teeth and a hole."""
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), 3.6, 3.6)
    path.addEllipse(QPointF(0, 0), 1.2, 1.2)
    for tooth in range(8):
        angle = math.tau * tooth / 8
        x, y = math.cos(angle), math.sin(angle)
        path.moveTo(3.6 * x, 3.6 * y)
        path.lineTo(5.2 * x, 5.2 * y)
    return path


_GEAR = _gear()
