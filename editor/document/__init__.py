"""The one place where change happens: the gate, undo, edits, files."""
