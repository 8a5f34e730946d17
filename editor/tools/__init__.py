"""Pointer gestures as small statecharts; know nothing of Qt."""
