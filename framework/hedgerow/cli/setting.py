"""What every command that runs strategies is asked beside them, said once for all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from hedgerow.account.assumptions import Assumptions
from hedgerow.cli import options
from hedgerow.cli.outputs import Outputs
from hedgerow.cli.status import Status
from hedgerow.market.wings import Steepness, Wings, wings_from


class Terms(Struct, frozen=True):
    """Everything about a run that is not its rules."""

    data: str  # `sample` or a folder
    assumptions: Assumptions
    host: options.Host
    wings: Wings


class Setting(Struct, frozen=True):
    """On what terms strategies run, and where their results go."""

    terms: Terms
    outputs: Outputs
    seed: int


def setting(
    data: options.Data = "sample",
    start: options.Start = None,
    end: options.End = None,
    capital: options.Capital = None,
    costs: options.Costs = options.DEFAULTS.costs,
    fill: options.Fill = options.DEFAULTS.fill,
    spread: options.Spread = None,
    skew: options.Skew = Steepness.MEASURED,
    vix_wing: options.VixWing = Steepness.MEASURED,
    account: options.Account = options.DEFAULTS.account,
    seed: options.Seed = None,
    host: options.Through = options.Host.BACKTRADER,
    html: options.Page = None,
    out: options.Folder = None,
    output: options.Output = options.Format.HUMAN,
) -> Setting:
    """The shared options; raises BadParameter, and CommandFault where nothing can be written."""
    taken = options.assumptions(start, end, capital, costs, fill, spread, account)
    outputs = Outputs(html, out, output)
    outputs.expect()
    return Setting(
        Terms(data, taken, host, wings_from(skew, vix_wing)), outputs, 1 if seed is None else seed
    )


_SHARED = tuple(inspect.signature(setting, eval_str=True).parameters.values())
_OF_WHOLE_RUNS = ("end", "seed", "host", "html", "out", "output")


def with_setting(command: Callable[..., Status]) -> Callable[..., Status]:
    """`command`, whose last parameter is a `Setting`, as a command with the options of one."""
    return _asking(command, _SHARED, setting)


def with_direct_setting(command: Callable[..., Status]) -> Callable[..., Status]:
    """The same of a command whose runs all take the plain loop."""
    asked = [each for each in _SHARED if each.name != "host"]
    return _asking(command, asked, partial(setting, host=options.Host.DIRECT))


def with_terms(command: Callable[..., Status]) -> Callable[..., Status]:
    """The same of a command that looks at one day and writes no files: it gets `Terms`."""
    asked = [each for each in _SHARED if each.name not in _OF_WHOLE_RUNS]
    return _asking(command, asked, _terms)


def _terms(**given: Any) -> Terms:
    return setting(**given, host=options.Host.DIRECT).terms


def _asking(
    command: Callable[..., Status], shared: Sequence[inspect.Parameter], make: Callable[..., Any]
) -> Callable[..., Status]:
    *own, last = inspect.signature(command, eval_str=True).parameters.values()
    names = [each.name for each in shared]

    def asked(**given: Any) -> Status:
        chosen = {name: given.pop(name) for name in names}
        return command(**given, **{last.name: make(**chosen)})

    parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in (*own, *shared)]
    asked.__name__, asked.__doc__ = command.__name__, command.__doc__
    asked.__annotations__ = {each.name: each.annotation for each in parameters}
    asked.__dict__["__signature__"] = inspect.Signature(parameters)
    return asked
