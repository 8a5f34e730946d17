"""What installing from a checkout does besides: it brings the libraries that propose drawings, where npm is there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from packager import engine
from packager.errors import PackagingError


class LibrariesHook(BuildHookInterface[Any]):
    """Fetches them before a wheel is made, or a checkout is installed; without them the program draws with graphlay."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch them; what stands against it is told and stops nothing."""
        try:
            engine.fetch()
        except PackagingError as error:
            self.app.display_warning(str(error))
