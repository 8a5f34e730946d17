"""Runs the command line as `python -m editor`, and in a frozen program the processes that V8 and graphlay are in."""

import sys

from editor import v8
from editor.layout_engine.parts import SKETCH_SWITCH, SWITCH

if __name__ == "__main__":
    if sys.argv[1:] == [SWITCH]:
        from editor.layout_engine.worker import main as work

        work()
    if sys.argv[1:] == [SKETCH_SWITCH]:
        from editor.layout_engine.sketch_worker import main as sketch

        sketch()
    if sys.argv[1:] == [v8.SCRIPT_SWITCH]:
        from editor.engine.script_worker import main as evaluate

        evaluate(v8.refusal)
    from editor.cli import main

    sys.exit(main())
