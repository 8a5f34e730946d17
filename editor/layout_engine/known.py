"""What ELK made of graphs, kept by what they are like: one that is asked for again costs nothing.

ELK is shown numbers for ids, so that its answer depends on no name, and containers that are alike are one graph: the
same machine in several regions, or what an edit elsewhere left alone when a chart is drawn anew.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from editor.layout_engine.levels import Engine

MOST = 4_000_000
"""Characters of graphs and answers that are kept; a container of ten states has about ten thousand."""
Graph = dict[str, Any]


class Known:
    """Both libraries, with what was placed last. The oldest goes first when it becomes too much."""

    def __init__(self, libraries: Engine, most: int = MOST) -> None:
        self._libraries = libraries
        self._most = most
        self._answers: OrderedDict[str, str] = OrderedDict()
        self._size = 0

    def place(self, graph: Graph) -> Graph:
        """What ELK makes of a graph; `error` in it where it fails, which is not kept."""
        numbers = {name: str(number) for number, name in enumerate(_names(graph))}
        key = json.dumps(_renamed(graph, numbers))
        text = self._answers.get(key)
        if text is None:
            answer = self._libraries.place(json.loads(key))
            if "error" in answer:
                return answer
            text = json.dumps(answer)
            self._keep(key, text)
        else:
            self._answers.move_to_end(key)
        return _renamed(json.loads(text), {number: name for name, number in numbers.items()})

    def route(self, request: dict[str, Any]) -> dict[str, Any]:
        """What libavoid makes of lines among boxes."""
        return self._libraries.route(request)

    def _keep(self, key: str, text: str) -> None:
        self._answers[key] = text
        self._size += len(key) + len(text)
        while self._size > self._most:
            self._size -= sum(map(len, self._answers.popitem(last=False)))


def _names(graph: Graph) -> Iterator[str]:
    """The ids of all boxes and lines, each once, in an order that depends on no name."""
    todo = [graph]
    while todo:
        node = todo.pop()
        yield node["id"]
        yield from (edge["id"] for edge in node.get("edges", ()))
        todo.extend(node.get("children", ()))


def _renamed(graph: Graph, names: dict[str, str]) -> Graph:
    """A graph, or an answer, with other ids."""
    made = {**graph, "id": names[graph["id"]]}
    if "edges" in graph:
        made["edges"] = [_renamed_edge(edge, names) for edge in graph["edges"]]
    if "children" in graph:
        made["children"] = [_renamed(child, names) for child in graph["children"]]
    return made


def _renamed_edge(edge: Graph, names: dict[str, str]) -> Graph:
    made = {**edge, "id": names[edge["id"]]}
    for end in ("sources", "targets"):
        if end in edge:
            made[end] = [names[each] for each in edge[end]]
    return made
