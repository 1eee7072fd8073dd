"""What a reader of a sweep asks first, answered in words."""

from __future__ import annotations

from hedgerow.report.document import Answers
from hedgerow.report.quantity import Quantity, Unit, dollars, written
from hedgerow.study.goals import GOALS
from hedgerow.study.luck import Luck
from hedgerow.study.sweep import Sweep
from hedgerow.study.walk import YEARS_TO_LEARN
from hedgerow.text.in_words import listed

_SURE = 0.05  # a chance below which a best version is not put down to luck
_UNITS = {"annual_return": Unit.RATIO, "max_drawdown": Unit.RATIO, "cvar": Unit.RATIO}


def sweep_answers(sweep: Sweep) -> Answers:
    return Answers(
        (
            ("Which version is best?", (_best(sweep),)),
            ("Is it luck?", (_luck_told(sweep.luck),)),
            ("Would choosing have worked?", (_walk_told(sweep),)),
            ("Which number matters?", _matters(sweep)),
            ("Does it beat cash?", (_cash(sweep),)),
        )
    )


def _best(sweep: Sweep) -> str:
    best, own = sweep.best, sweep.written
    title, value = goal_title(sweep), _value(sweep, sweep.values[best])
    if sweep.values[best] is None:
        return f"None of them has a {title}."
    if best == own:
        return f"None has a better {title} than the one as written: {value}."
    place = f"{_ordinal(sweep.rank(own))} of {len(sweep.made):,}"
    beside = f"the one as written {_value(sweep, sweep.values[own])}, {place}"
    return f"By its {title} {_told(sweep, best)}: {value}; {beside}."


def _luck_told(luck: Luck | None) -> str:
    if luck is None:
        return "There is too little to tell by."
    if luck.best <= 0:
        return "No version has a better Sharpe ratio than the one as written."
    many = f"{luck.tried:,} others" if luck.tried > 1 else "one other"
    said = (
        f"Were {many} no better than the one as written, the best Sharpe ratio of them would still "
        f"have come out this far ahead in {_chance(luck)} of histories"
    )
    return f"{said}: hardly." if luck.p_value < _SURE else f"{said}: it may well be."


def _chance(luck: Luck) -> str:
    if luck.p_value == 0.0:
        return f"fewer than one in {luck.resampling.repetitions:,}"
    return f"{luck.p_value:.1%}"


def _walk_told(sweep: Sweep) -> str:
    found = sweep.walk
    if found is None:
        return f"There are not the more than {YEARS_TO_LEARN} calendar years it takes to tell."
    chosen, own, best = (
        _value(sweep, each) for each in (found.chosen, found.as_written, found.hindsight)
    )
    first = found.choices[0].year
    return (
        f"Whoever went over to the best version so far every January from {first} on had a "
        f"{goal_title(sweep)} of {chosen}; the one as written {own}, the best in hindsight {best}."
    )


def _matters(sweep: Sweep) -> tuple[str, ...]:
    """The param whose numbers move the middle version furthest comes first."""
    moves = []
    for param in sweep.params:
        middles = [each.middle for each in sweep.effects_of(param) if each.middle is not None]
        if middles:
            moves.append((max(middles) - min(middles), param))
    if not moves:
        return ("None of these versions ever moved.",)
    (most, first), *others = sorted(moves, key=lambda each: -each[0])
    told = [f"{first} moves the {goal_title(sweep)} by {_distance(sweep, most)}"]
    told += [f"{param} by {_distance(sweep, move)}" for move, param in others]
    if len(sweep.params) > 1:
        told.append("between the middle ones of the versions with each number")
    return (f"{', '.join(told)}.", *_at_an_end(sweep))


def _at_an_end(sweep: Sweep) -> tuple[str, ...]:
    """Params whose range the best version would leave if it could."""
    pairs = zip(sweep.params, sweep.settings[sweep.best], strict=True)
    found = []
    for param, value in pairs:
        numbers = [each.value for each in sweep.effects_of(param)]
        if len(numbers) > 2 and value in (numbers[0], numbers[-1]):
            found.append(f"{param} {value}")
    if not found:
        return ()
    ends = "an end of its range" if len(found) == 1 else "ends of their ranges"
    return (f"The best has {listed(found)}, {ends}: better may lie beyond.",)


def _cash(sweep: Sweep) -> str:
    count = sweep.ahead_of_cash
    known = {0: "None of them", 1: "One of them", len(sweep.made): "All of them"}
    many = known.get(count, f"{count:,} of them")
    does = "does" if count in (0, 1) else "do"
    became = dollars(sweep.cash_alone)
    return f"{many} {does}: left as cash, the capital would have become {became}."


def _told(sweep: Sweep, at: int) -> str:
    pairs = zip(sweep.params, sweep.settings[at], strict=True)
    return ", ".join(f"{param} {value}" for param, value in pairs)


def goal_title(sweep: Sweep) -> str:
    """In a sentence."""
    return GOALS[sweep.goal].title


def goal_unit(sweep: Sweep) -> Unit:
    return _UNITS.get(sweep.goal, Unit.NUMBER)


def _value(sweep: Sweep, value: float | None) -> str:
    return written(Quantity(value, goal_unit(sweep)))


def _distance(sweep: Sweep, value: float) -> str:
    unit = Unit.POINTS if goal_unit(sweep) is Unit.RATIO else goal_unit(sweep)
    return written(Quantity(value, unit)).replace(" pp", " percentage points")


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0)
    return f"{number:,}{ending or 'th'}"
