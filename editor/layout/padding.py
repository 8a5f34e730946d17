"""What a composite keeps free around what it holds, in chart units: where states are placed, and when one is fitted."""

from __future__ import annotations

SIDE = 48.0
"""Left of the first child: room for an initial dot with its arrow."""
BELOW_HEADER = 32.0
"""Between the name with its lines and the first child."""
AROUND = 40.0
"""Right of the last child and below it."""
REGION = (160.0, 96.0)
"""The least width and height of a region that holds nothing."""
