"""Proposals for drawings: ELK places, libavoid routes, in a process of their own; without Qt."""
