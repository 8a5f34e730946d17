"""What only the native format has, read from where the editor keeps it in SCXML: tables, the context, descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from editor.formats.native_names import Names
from editor.formats.native_parts import read_actions, read_delay
from editor.formats.native_read import read_table_guard, read_tags
from editor.formats.native_report import SILENT
from editor.formats.scxml_actions import Report
from editor.formats.scxml_own import from_json
from editor.formats.xml_tree import Node
from editor.model.elements import Data, Info


def about(node: Node, output: Data = None) -> dict[str, Any]:
    """The fields of a state that mean nothing to SCXML; only those that are given."""
    found: dict[str, Any] = {}
    if not any(name.startswith("{") for name in node.attributes):
        return {"output": output} if output is not None else found
    tags, meta, extra = (from_json(node.own(name))[1] for name in ("tags", "meta", "extra"))
    if node.own("description") is not None:
        found["description"] = node.own("description")
    if tags is not None:
        found["tags"] = read_tags(tags, SILENT)
    if meta is not None:
        found["meta"] = meta
    if isinstance(extra, dict):
        found["extra"] = tuple(extra.items())
    if output is None:
        output = from_json(node.own("output"))[1]
    if output is not None:
        found["output"] = output
    return found


def read_info(info: Info, tables: Sequence[Node], data: Sequence[Node], names: Names, report: Report) -> Info:
    """The record of a machine with its tables, and with its context where the data model holds that."""
    found: dict[str, Data] = {}
    for table in tables:
        is_given, value = from_json(table.content)
        if is_given and isinstance(value, dict):
            found[table.get("name") or ""] = value
        else:
            report(table, f"The table “{table.get('name') or ''}” is no JSON object and is not read.")
    guards, actions, delays, services, extra = (
        _table(found, name) for name in ("guards", "actions", "delays", "services", "extra")
    )
    context = found.get("context")
    if data:
        context = {each.get("id") or "": _value(each) for each in data}
    lengths = [(name, read_delay(each, SILENT)) for name, each in delays.items()]
    return replace(
        info,
        context=context,
        guards=tuple((name, read_table_guard(each, SILENT, names)) for name, each in guards.items()),
        actions=tuple((name, read_actions(each, SILENT, names.inside)) for name, each in actions.items()),
        delays=tuple((name, delay) for name, delay in lengths if delay is not None),
        services=tuple(services.items()),
        extra=tuple(extra.items()),
    )


def _table(found: dict[str, Data], name: str) -> dict[str, Data]:
    table = found.get(name)
    return table if isinstance(table, dict) else {}


def _value(node: Node) -> Data:
    """What a key of the context begins with; an expression that is no plain data stays a text."""
    text = node.get("expr")
    if text is None:
        text = node.content
    is_given, value = from_json(text)
    return value if is_given else text or None
