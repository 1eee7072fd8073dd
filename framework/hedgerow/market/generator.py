"""Markets that never were: joint paths of SPX and VIX for tests and stress, from a seed.

SPX moves by the volatility VIX implies, with skewed fat tails; VIX answers to those moves, reverts
to a level that itself wanders, and now and then jumps as SPX falls. The constants were fitted to
1990-2026; the paths miss some of the extreme kurtosis and clustering of the data, and VIX floors a
little too low.
"""

from __future__ import annotations

from datetime import date
from math import log, sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from hedgerow.market.calendar import nyse
from hedgerow.market.history import Floats, History, Series, history_of

Generator = np.random.Generator

YEAR = 252  # sessions
FLOOR, CEILING = 8.5, 120.0  # VIX points
FIRST_SPX = 2000.0


class Regime(Struct, frozen=True):
    """Constants of the generator; the defaults are those fitted to the data."""

    drift: float = 0.09 - 0.018  # price return of SPX, per year
    realised: float = 0.785  # realised as a share of implied volatility
    tails: float = 11.1  # degrees of freedom of the SPX shocks
    skew: float = 0.10  # of the SPX shocks, to the left
    answer: float = -0.0507  # of ln VIX to an SPX move of one implied standard deviation
    alarm: float = 0.0153  # of ln VIX to the square of such a fall
    noise: float = 0.038  # of ln VIX per session, t-distributed
    noise_tails: float = 5.0
    reversion: float = 0.0277  # of ln VIX to its wandering level, per session
    level: float = 2.783  # mean of that level, ln points
    level_reversion: float = 0.0018  # per session
    level_noise: float = 0.0165  # per session
    jumps: float = 0.0041  # probability per session
    jump: float = 0.153  # mean of a jump of ln VIX
    jump_noise: float = 0.10
    jump_fall: float = -0.0127  # of ln SPX in a jump at VIX 20


FITTED = Regime()
CALM = Regime(level=log(12), jumps=0.001)
GRIND = Regime(level=log(18), level_noise=0.0, drift=-0.25, realised=0.6, jumps=0.0)  # as in 2022
SPIKE = Regime(level=log(14), jumps=0.02, jump=0.45, reversion=0.08)  # VIX up, and soon down again
CRASH = Regime(level=log(32), jumps=0.02, drift=-0.20)
WHIPSAW = Regime(level=log(26), realised=1.1, noise=0.06, reversion=0.10)  # wide days, nowhere


class Paths(Struct, frozen=True):
    """Closes, (sessions, paths)."""

    spx: Floats
    vix: Floats


class _Draws(Struct, frozen=True):
    """All randomness of a set of paths, (sessions, paths) each."""

    shocks: Floats  # SPX, unit variance
    noise: Floats  # ln VIX
    wander: Floats  # level, standard normal
    jumps: NDArray[np.bool_]
    jump_sizes: Floats  # ln VIX, where it jumps
    fall_sizes: Floats  # multiples of `jump_fall`


def generated_paths(seed: int, sessions: int, paths: int, regime: Regime = FITTED) -> Paths:
    """Closes of `paths` independent markets. A longer market begins like the shorter one."""
    draws = _draws(seed, (sessions, paths), regime)
    spx, vix = np.empty((sessions, paths)), np.empty((sessions, paths))
    price = np.full(paths, log(FIRST_SPX))
    gauge, level = np.full(paths, regime.level), np.full(paths, regime.level)
    for row in range(sessions):
        price, gauge, level = _step(price, gauge, level, draws, row, regime)
        spx[row], vix[row] = price, gauge
    return Paths(np.exp(spx), np.exp(vix))


def generated_history(
    seed: int, sessions: int, regime: Regime = FITTED, start: date = date(2012, 1, 3)
) -> History:
    """One generated market, SPX and VIX bars, on real New York sessions from `start` on.

    ValueError where the calendar ends before that many sessions.
    """
    known = nyse().sessions
    first = int(np.searchsorted(known, np.datetime64(start)))
    days = known[first : first + sessions]
    if len(days) < sessions:
        raise ValueError(f"the calendar has only {len(days)} sessions from {start} on")
    paths = generated_paths(seed, sessions, 1, regime)
    vix = paths.vix[:, 0]
    daily = vix / 100 / sqrt(YEAR) * regime.realised
    rng = np.random.default_rng([seed, 1])
    source = f"generated, seed {seed}"
    series = {
        "SPX": _bars(rng, paths.spx[:, 0], FIRST_SPX, daily, source),
        "VIX": _bars(rng, vix, np.exp(regime.level), np.full(sessions, regime.noise), source),
    }
    return history_of(days, series, notes=(f"This market is generated (seed {seed}), not real.",))


def _draws(seed: int, shape: tuple[int, int], regime: Regime) -> _Draws:
    """Each kind of randomness from a stream of its own, so that no length disturbs another."""
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(6)]
    raw = _unit_t(streams[0], regime.tails, shape)
    skewed = (raw - regime.skew * (raw**2 - 1) / 2) / sqrt(1 + regime.skew**2 / 2)
    sizes = regime.jump + regime.jump_noise * streams[4].standard_normal(shape)
    return _Draws(
        shocks=np.clip(skewed, -9, 7),
        noise=regime.noise * _unit_t(streams[1], regime.noise_tails, shape),
        wander=streams[2].standard_normal(shape),
        jumps=streams[3].random(shape) < regime.jumps,
        jump_sizes=np.maximum(sizes, 0.02),
        fall_sizes=streams[5].uniform(0.5, 1.5, shape),
    )


def _unit_t(rng: Generator, tails: float, shape: tuple[int, int]) -> Floats:
    """Student's t with unit variance."""
    return rng.standard_t(tails, shape) * sqrt((tails - 2) / tails)


def _step(
    price: Floats, gauge: Floats, level: Floats, draws: _Draws, row: int, regime: Regime
) -> tuple[Floats, Floats, Floats]:
    """One session: ln SPX, ln VIX and its level. A move is judged by the VIX before it."""
    vix = np.exp(gauge)
    daily = vix / 100 / sqrt(YEAR)
    scale = regime.realised * daily
    jumps = draws.jumps[row]
    fall = jumps * regime.jump_fall * vix / 20 * draws.fall_sizes[row]
    move = regime.drift / YEAR - scale**2 / 2 + scale * draws.shocks[row] + fall
    deviations = move / daily
    answer = regime.answer * deviations + regime.alarm * np.minimum(deviations, 0) ** 2
    expected = 0.36 * regime.alarm * regime.realised**2 + 0.02 * regime.answer
    gauge_change = (
        regime.reversion * (level - gauge)
        + answer
        + jumps * draws.jump_sizes[row]
        + draws.noise[row]
        - (expected + regime.jumps * regime.jump)
    )
    level_change = regime.level_reversion * (regime.level - level)
    level_change += regime.level_noise * draws.wander[row] + 0.05 * (answer - expected)
    bounded = np.clip(gauge + gauge_change, log(FLOOR), log(CEILING))
    return price + move, bounded, level + level_change


def _bars(rng: Generator, close: Floats, first: float, daily: Floats, source: str) -> Series:
    """Opens, highs and lows to go with closes: an assumption, not fitted.

    About a third of a session's move happens overnight; beyond open and close a bar reaches by a
    third of a typical move either way. Rounded to cents.
    """
    before = np.concatenate([[first], close[:-1]])
    gap = 0.3 * np.log(close / before) + 0.3 * daily * rng.standard_normal(len(close))
    open_ = before * np.exp(gap)
    reach = np.exp(np.abs(rng.standard_normal((2, len(close)))) * daily / 3)
    high = np.maximum(open_, close) * reach[0]
    low = np.minimum(open_, close) / reach[1]
    close, open_, high, low = (np.round(values, 2) for values in (close, open_, high, low))
    return Series(close, open_, high, low, source)
