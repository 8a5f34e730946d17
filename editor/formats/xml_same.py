"""Whether two elements to be written say the same, whatever names and declarations their markup uses for that."""

from __future__ import annotations

from importlib import import_module

from editor.formats.xml_write import Element


def same(a: Element, b: Element) -> bool:
    """Equality, with markup compared in its canonical form."""
    if (a.tag, a.attributes, a.text, len(a.children)) != (b.tag, b.attributes, b.text, len(b.children)):
        return False
    if a.markup != b.markup and _canonical(a.markup) != _canonical(b.markup):
        return False
    return all(same(one, other) for one, other in zip(a.children, b.children, strict=True))


def _canonical(markup: str) -> str:
    etree = import_module("lxml.etree")  # takes its time, and only markup needs it
    try:
        return str(etree.canonicalize(xml_data=f"<x>{markup}</x>"))
    except etree.XMLSyntaxError:
        return markup
