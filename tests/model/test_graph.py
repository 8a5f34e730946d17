"""The networkx view of a chart."""

from __future__ import annotations

import networkx
import pytest

from tests.charts import chart, id_of


def test_the_graph_has_a_vertex_per_state_and_an_edge_per_target() -> None:
    made = chart("initial: a\nstates:\n  a: {on: {GO: b, STAY: {actions: x}}}\n  b: {}\n")
    graph = made.graph
    a, b = id_of(made, "a"), id_of(made, "b")
    assert set(graph) == set(made.states)
    assert graph.has_edge(a, b)
    assert graph.has_edge(a, a)


def test_the_graph_cannot_be_written_to() -> None:
    with pytest.raises(networkx.NetworkXError):
        chart("initial: a\nstates: {a: {}}\n").graph.add_node("x")
