"""The door: one status for the shell, whatever happens inside.

Imports next to nothing, so that Ctrl-C is answered from the first moment on.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

_FAILED = 2  # Status.FAILED, whose enum would be loaded while Ctrl-C is not yet answered


def start() -> NoReturn:
    """The process: `main`, and out at once.

    Without the interpreter's own way out, which takes a while with many libraries loaded and turns
    a Ctrl-C that was answered into a death by signal, if it struck inside `exec`.
    """
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def main() -> int:
    """Carries out the command line; what goes wrong becomes one message on standard error."""
    try:
        from hedgerow.cli.app import carry_out

        status = carry_out(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        _say("stopped by Ctrl-C; no file was left half-written, run the command again")
        return _FAILED
    except BrokenPipeError:
        # `hedgerow words | head`: nobody reads any more, and nobody would read a complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except Exception:  # noqa: BLE001 our own mistake: shown whole, only the status is ours
        import traceback

        traceback.print_exc()
        _say("this is a mistake in Hedgerow itself; please report it with the lines above")
        return _FAILED
    return status


def _say(text: str) -> None:
    print(f"hedgerow: {text}", file=sys.stderr)
