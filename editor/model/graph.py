"""The chart as a networkx graph, for analysis and layout; the one door between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx

from editor.model.elements import is_unresolved

if TYPE_CHECKING:
    from editor.model.chart import Chart


def read_only_graph(chart: Chart) -> networkx.MultiDiGraph[str]:
    """A frozen graph: a vertex per state (`state=`), an edge per transition and target, keyed by the transition's id.

    A transition without a target that exists is an edge from its source to itself. Writing raises
    `networkx.NetworkXError`.
    """
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from((state.id, {"state": state}) for state in chart.states.values())
    for transition in chart.transitions.values():
        targets = [each for each in transition.targets if not is_unresolved(each)] or [transition.source]
        for target in targets:
            graph.add_edge(transition.source, target, transition.id, transition=transition)
    networkx.freeze(graph)
    return graph
