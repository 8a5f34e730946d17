"""The picture: one painter for the whole chart (Qt)."""
