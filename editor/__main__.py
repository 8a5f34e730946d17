"""Runs the command line as `python -m editor`."""

import sys

from editor.layout_engine.parts import SWITCH

if __name__ == "__main__":
    if sys.argv[1:] == [SWITCH]:
        from editor.layout_engine.worker import main as work

        work()
    from editor.cli import main

    sys.exit(main())
