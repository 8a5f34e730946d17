"""Makes the packages of this system: `python packaging/build.py [--output DIR] [--only KIND ...]`.

Linux: folder, tar, deb, appimage. Windows: folder, installer. macOS: folder, dmg. See packaging/README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).resolve().parent.parent)
]  # the editor of this repository is what is packaged

from packager.front import main

if __name__ == "__main__":
    sys.exit(main())
