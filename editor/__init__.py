"""Statechart Editor: draw statecharts by hand, run them live, save them as YAML."""

__version__ = "0.1.0"
