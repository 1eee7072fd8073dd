"""Ctrl-C: one message, status 2 and a prompt end, wherever it strikes.

The first one is a KeyboardInterrupt, so that whatever is being written is cleared away. It may get
lost: in a callback from C, in an import that makes another error of it, before a read that blocks.
So a thread of its own, woken by the signal itself, ends the process if nothing else does.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time

TYPE_CHECKING = False  # `typing` takes longer to load than Ctrl-C should wait
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

GRACE = 1.0  # seconds for clearing away
STATUS = 2  # Status.FAILED, whose enum would be loaded while Ctrl-C is not yet answered
_SAID = b"hedgerow: stopped by Ctrl-C; no file was left half-written, run the command again\n"
_CLEAR = b"\r\x1b[2K\x1b[?25h"  # a terminal's line, and the cursor that a progress bar hides

_leaving = _thread.allocate_lock()  # never given back: who has it says the last word
_struck: list[int] = []


def answer_ctrl_c() -> None:
    """From here on; a process that was told to ignore it (`nohup`, `&`) goes on ignoring it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        return
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGINT, _strike)
    _thread.start_new_thread(_see_to_it, (woken,))


def struck() -> bool:
    """Whether there was a Ctrl-C, whatever has become of its KeyboardInterrupt."""
    return bool(_struck)


def leave() -> NoReturn:
    """The end of the process, by whichever thread comes first."""
    _leaving.acquire()
    os.write(2, (_CLEAR if _is_screen() else b"") + _SAID)
    os._exit(STATUS)


def _strike(number: int, frame: FrameType | None) -> None:
    """Only once: a second one would break off the clearing away."""
    del frame
    if not _struck:
        _struck.append(number)
        sys.unraisablehook = sys.excepthook = _say_nothing
        raise KeyboardInterrupt


def _say_nothing(*lost: object) -> None:
    """C code that can't pass an interrupt on, or makes an error of it, prints its traceback."""


def _see_to_it(woken: int) -> None:
    while os.read(woken, 1)[0] != signal.SIGINT:
        pass
    time.sleep(GRACE)
    leave()


def _is_screen() -> bool:
    return os.isatty(2) and os.environ.get("TERM", "dumb") != "dumb"
