"""The door: one status for the shell, whatever happens inside.

Imports next to nothing, so that Ctrl-C is answered from the first moment on.
"""

from __future__ import annotations

import os
import sys

from hedgerow.cli import interrupt

TYPE_CHECKING = False  # as in cli/interrupt.py
if TYPE_CHECKING:
    from typing import NoReturn

_FAILED = interrupt.STATUS


def start() -> NoReturn:
    """The process: `main`, and out at once.

    Without the interpreter's own way out, which takes a while with many libraries loaded.
    """
    try:
        interrupt.answer_ctrl_c()
        status = main()
        sys.stdout.flush()
        sys.stderr.flush()
        if not interrupt.struck():
            os._exit(status)
    except BaseException:
        if not interrupt.struck():
            raise
    interrupt.leave()


def main() -> int:
    """Carries out the command line; what goes wrong becomes one message on standard error."""
    try:
        from hedgerow.cli.app import carry_out

        status = carry_out(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # `hedgerow words | head`: nobody reads any more, and nobody would read a complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except Exception:  # our own mistake: shown whole, only the status is ours
        if interrupt.struck():
            raise  # or what a library made of the interrupt, which is nobody's mistake
        import traceback

        traceback.print_exc()
        advice = "please report it with the lines above"
        print(f"hedgerow: this is a mistake in Hedgerow itself; {advice}", file=sys.stderr)
        return _FAILED
    return status
