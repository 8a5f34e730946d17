"""Assembly: puts the pieces into one window (Qt)."""
