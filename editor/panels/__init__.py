"""The docks around the canvas (Qt)."""
