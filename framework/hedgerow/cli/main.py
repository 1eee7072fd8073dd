"""The door: one status for the shell, whatever happens inside.

Imports next to nothing, so that Ctrl-C is answered from the first moment on.
"""

from __future__ import annotations

import gc
import os
import sys

from hedgerow.cli import interrupt

TYPE_CHECKING = False  # as in cli/interrupt.py
if TYPE_CHECKING:
    from typing import NoReturn

_FAILED = interrupt.STATUS
_PATIENCE = 100_000  # records between two looks for circular ones, which are few: most stay in use


def start() -> NoReturn:
    """The process: `main`, and out at once.

    Without the interpreter's own way out, which takes a while with many libraries loaded.
    """
    try:
        interrupt.answer_ctrl_c()
        gc.set_threshold(_PATIENCE)
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
    if _closed_streams():
        print("hedgerow: standard output is closed; send it somewhere", file=sys.stderr)
        return _FAILED
    try:
        from hedgerow.cli.app import carry_out

        status = carry_out(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # `hedgerow words | head`: nobody reads any more, and nobody would read a complaint.
        _write_nothing_more()
        return _FAILED
    except Exception as error:
        if interrupt.struck():
            raise  # or what a library made of the interrupt, which is nobody's mistake
        _tell(error)
        return _FAILED
    return status


def _tell(error: Exception) -> None:
    """What the machine refuses in a sentence; our own mistakes whole."""
    from hedgerow.cli.fault import refused_by_system

    refused = refused_by_system(error)
    if refused is not None:
        print(f"hedgerow: {refused}", file=sys.stderr)
        if getattr(error, "filename", None) is None:  # a stream was refused, not a file
            _write_nothing_more()
        return
    import traceback

    traceback.print_exc()
    advice = "please report it with the lines above"
    print(f"hedgerow: this is a mistake in Hedgerow itself; {advice}", file=sys.stderr)


def _closed_streams() -> bool:
    """Whether nothing can be shown (`>&-`); what else the shell has closed is left empty."""
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115, PTH123 for as long as we run
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115, PTH123
    closed = sys.stdout is None
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115, PTH123
    return closed


def _write_nothing_more() -> None:
    """What still waits to be written goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
