"""What a chart does: pure steps, and a thin shell that gives them time."""
