"""Markup as nested lists, for languages that make objects of it: `[name, attributes, what is inside]`, and texts."""

from __future__ import annotations

from xml.etree import ElementTree

from editor.errors import ExpressionError
from editor.model.elements import Data

MOST_DEPTH = 200


def trees(text: str) -> list[Data]:
    """The elements of a text, one after the other.

    Raises:
        ExpressionError: it is no well-formed XML, or declares entities.
    """
    if "<!" in text.replace("<!--", "").replace("<![CDATA[", ""):
        raise ExpressionError("a document type is not read", text=text)
    body = text.strip()
    if body.startswith("<?xml"):
        body = body.partition("?>")[2]
    try:
        root = ElementTree.fromstring(f"<_>{body}</_>")
    except (ElementTree.ParseError, ValueError) as error:
        raise ExpressionError(f"no well-formed XML: {error}", text=text) from None
    made = _tree(root, 0)
    inside = made[2]
    return inside if isinstance(inside, list) else []


def _tree(element: ElementTree.Element, depth: int) -> list[Data]:
    if depth > MOST_DEPTH:
        raise ExpressionError("the markup is nested too deeply")
    inside: list[Data] = [element.text] if element.text else []
    for child in element:
        inside.append(_tree(child, depth + 1))
        if child.tail:
            inside.append(child.tail)
    attributes: dict[str, Data] = {_local(key): value for key, value in element.attrib.items()}
    return [_local(element.tag), attributes, inside]


def _local(name: str) -> str:
    return name.rpartition("}")[2]
