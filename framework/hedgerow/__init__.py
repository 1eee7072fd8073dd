"""Hedgerow: trading methodologies as rule files, checked, compiled to Backtrader and compared.

`compile_strategy` and `prepare` put a rule file into a Cerebro of your own. They are fetched when
they are first asked for, so that commands which need no Backtrader don't wait for it.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in `typing`, which takes longer to load than Ctrl-C should wait
if TYPE_CHECKING:
    from hedgerow.host.backtrader import compile_strategy, prepare

__version__ = "0.1.0"
__all__ = ["__version__", "compile_strategy", "prepare"]


def __getattr__(name: str) -> object:
    if name not in ("compile_strategy", "prepare"):
        raise AttributeError(f"module 'hedgerow' has no attribute '{name}'")
    from hedgerow.host import backtrader

    found: object = getattr(backtrader, name)
    return found
