"""Generated rule files that pass every check: what the laws about whole runs are tried on."""

from __future__ import annotations

from hypothesis import strategies as st

HEADER = 'strategy generated 1.0.0\n"A generated strategy"\n\nneeds SPX, VIX\nevents FOMC\n'

_whole = st.integers


def _pick(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


_calendars = _pick("SPX_EXPIRY", "VIX_EXPIRY", "MONTH_END", "QUARTER_END", "FOMC")

market_conditions = st.one_of(
    st.builds("VIX {} {}".format, _pick("<", "<=", ">", ">="), _whole(12, 35)),
    st.builds("SPX {} sma(SPX, {})".format, _pick("<", ">"), _whole(2, 20)),
    st.builds("SPX crosses {} ema(SPX, {})".format, _pick("above", "below"), _whole(2, 15)),
    st.builds("rsi({}, {}) {} {}".format,
              _pick("SPX", "VIX"), _whole(2, 14), _pick("<", ">"), _whole(30, 70)),
    st.builds("VIX {} for {} sessions".format, _pick("> 15", "< 25", "> VIX[1]"), _whole(2, 5)),
    st.builds("VIX > {} within last {} sessions".format, _whole(15, 30), _whole(2, 6)),
    st.builds("{} {} for {} sessions".format,
              _pick("SPX", "VIX"), _pick("rises", "falls"), _whole(2, 3)),
    st.builds("VIX between {} and {}".format, _whole(10, 18), _whole(19, 40)),
    st.builds("VIX - VIX[{}] > {} points".format, _whole(1, 5), _whole(-2, 3)),
    st.just("SPX.open > SPX[1]"),
    st.builds("future(VIX, {}) {} VIX".format, _whole(1, 6), _pick("<", ">")),
    st.builds("implied_vol({}, {} days, {} delta) > {}%".format,
              _pick("SPX", "VIX"), _whole(5, 90), _whole(5, 95), _whole(10, 90)),
    st.builds("skew(SPX, {} days) > {} pp".format, _whole(5, 90), _whole(2, 8)),
    st.builds("expected_move(SPX, {} days) < {} points".format, _whole(5, 90), _whole(50, 300)),
    st.builds("{}within {} sessions {} {}".format, _pick("", "not "), _whole(1, 6),
              _pick("before", "after", "of"), _calendars),
    st.builds("{} sessions {} {}".format, _whole(2, 5), _pick("before", "after"), _calendars),
    st.builds("on {}".format, _calendars),
    st.builds("sessions since on {} >= {} sessions".format, _calendars, _whole(1, 9)),
    st.builds("every {} sessions".format, _whole(2, 9)),
    st.builds("weekday {} {}".format, _pick("==", "!="), _pick("monday", "wednesday", "friday")),
    st.builds("month {} {}".format, _pick("==", "!=", "<="), _pick("january", "march", "9")),
    st.just("true"),
)  # fmt: skip

position_conditions = st.one_of(
    _pick("no base open", "base is open", "count(base) < 2", "drawdown < 20%"),
    st.builds("base.age >= {} days".format, _whole(1, 20)),
    st.builds("base.profit > {}% of base.credit".format, _whole(-50, 50)),
    st.builds("SPX < base.lower_break_even + {} points".format, _whole(-20, 60)),
    st.builds("(base is open) for {} sessions".format, _whole(2, 5)),
    st.builds("(base.profit > 0) within last {} sessions".format, _whole(2, 5)),
    _pick("margin < 50% of equity", "base.margin < 30% of equity", "quick_ratio > 2"),
    st.builds("irr({}) {} {}%".format,
              _pick("base", "condors", "book", "base, 30 sessions"), _pick("<", ">"),
              _whole(-50, 50)),
    st.builds("base.profit > capital_cost(base, {}%)".format, _whole(0, 20)),
    st.builds("base.vol_break_even > {}%".format, _whole(-10, 30)),
)  # fmt: skip


def leg_conditions(opening: str) -> st.SearchStrategy[str]:
    """Conditions on a leg that the opening has."""
    leg = "short_call" if "call_spread" in opening else "short_put"
    return _pick(f"base.{leg}.itm", f"base.{leg}.delta > 30 delta", f"base.{leg}.price > 0")


def _joined(parts: list[str]) -> str:
    lines = "\n".join(f"      {part}" for part in parts)
    return parts[0] if len(parts) == 1 else "all {\n" + lines + "\n    }"


def _conditions(opening: str) -> st.SearchStrategy[str]:
    one = st.one_of(market_conditions, position_conditions, leg_conditions(opening))
    return st.lists(one, min_size=1, max_size=3).map(_joined)


_strikes = st.one_of(
    st.builds("{} delta".format, _whole(5, 45)),
    st.builds("{} sd".format, _pick("0.5", "1", "1.5", "2")),
    st.builds("{}%".format, _whole(2, 12)),
    st.builds("{} points".format, _whole(20, 200)),
)
_wings = st.builds("{} points".format, _whole(10, 100))
_expiries = st.builds("{}{} days".format, _pick("", "monthly "), _whole(5, 70))

condors = st.builds(
    "sell {}(SPX, expiry = {}, short = {}, wing = {})".format,
    _pick("iron_condor", "put_spread", "call_spread"), _expiries, _strikes, _wings,
)  # fmt: skip
bought = st.one_of(
    st.builds("buy {}({}, expiry = {}, strike = {})".format,
              _pick("call", "put"), _pick("SPX", "VIX"), _expiries,
              st.builds("{} delta".format, _whole(10, 60))),
    st.builds("buy strangle(SPX, expiry = {}, short = {})".format, _expiries, _strikes),
)  # fmt: skip

_exits = st.one_of(
    st.builds("profit >= {}% of credit".format, _whole(10, 90)),
    st.builds("profit <= -{}% of credit".format, _whole(50, 300)),
    st.builds("profit >= {}% of cost".format, _whole(20, 300)),
    st.builds("days_to_expiry <= {} days".format, _whole(1, 20)),
    st.builds("age >= {} days".format, _whole(1, 30)),
    st.builds("irr > {}%".format, _whole(5, 90)),
    market_conditions,
)


def _rule(kind: str, opening: str, when: str, size: str, exits: list[str], extra: str) -> str:
    lines = [f"  {kind} {{", f"    {opening}", f"    when {when}", f"    size {size}"]
    lines += [f"    exit when {condition}" for condition in exits]
    return "\n".join([*lines, *([f"    {extra}"] if extra else []), "  }"])


_exit_lists = st.lists(_exits, max_size=3)
_extras = _pick("", "at most 2 open", "at most 3 open")


def _base(opening: str, when: str, risk: int, exits: list[str], extra: str) -> str:
    return _rule("layer base", opening, when, f"risk {risk}% of capital", exits, extra)


def _hedge(opening: str, when: str, size: str, exits: list[str], at: int, until: int) -> str:
    kind = f"layer first at VIX >= {at} until VIX < {until}"
    return _rule(kind, opening, when, size, exits, "")


_sizes = st.one_of(
    st.builds("spend {}% of equity".format, _whole(1, 5)),
    st.builds("cover {}% of loss(condors, spike)".format, _whole(10, 80)),
    st.builds("cover {}% of loss(condors, yuan_2015)".format, _whole(10, 80)),
    st.builds("{} contracts".format, _whole(2, 20)),
)


_rebalances = st.one_of(
    st.just(""),
    st.builds("rebalance when {}".format, market_conditions),
    st.builds("rebalance when profit > {}% of cost".format, _whole(-5, 5)),
)
_offsets = st.builds(
    "entry flat {{\n  offset {}\n  when base is open\n  size cover {}% of {}\n  {}\n  exit when no"
    " base open\n}}\n".format,
    _pick("shares(SPX)", "future(SPX, expiry = monthly 90 days)",
          "put_spread(SPX, expiry = 45 days, short = 20 delta, wing = 50 points)"),
    _whole(20, 150), _pick("delta(base)", "delta(book)"),
    _pick("", "rebalance when abs(delta(book)) > 20% of abs(delta(base))",
          "rebalance when every 2 sessions"),
)  # fmt: skip


_happenings = _pick("entry base", "exit base", "entry condors", "roll base")
_invariants = st.one_of(
    st.builds("{} {}".format, _pick("always", "never"), market_conditions),
    st.builds("{} {}".format, _pick("always", "never"), position_conditions),
    st.builds("whenever {} then {} within {} sessions".format, market_conditions,
              _pick("base is open", "no base open", "VIX < 20"), _whole(1, 9)),
    st.builds("at most {} {} within {} sessions".format, _whole(1, 4), _happenings, _whole(2, 20)),
    st.builds("at most {} base open".format, _whole(1, 3)),
    st.builds("after {} no {} for {} sessions".format, _happenings, _happenings, _whole(1, 9)),
)  # fmt: skip


@st.composite
def rule_files(draw: st.DrawFn, other: str = "") -> str:
    """A condor stack, mostly with a hedge stack beside it, at times shares, invariants.

    With the name of another underlying, some of it trades on that.
    """

    def on_either(opening: str) -> str:
        return opening.replace("(SPX", f"({other}") if other and draw(st.booleans()) else opening

    opening = on_either(draw(condors))
    when = _conditions(opening)
    base = draw(st.builds(_base, st.just(opening), when, _whole(2, 40), _exit_lists, _extras))
    header = HEADER.replace("SPX, VIX", f"SPX, VIX, {other}") if other else HEADER
    parts = [header, f"layers condors {{\n{base}\n}}\n"]
    if draw(st.booleans()):
        at = draw(_whole(12, 25))
        hedge = draw(
            st.builds(_hedge, st.just(on_either(draw(bought))), when, _sizes, _exit_lists,
                      st.just(at), st.just(at - 2))
        )  # fmt: skip
        parts.append("shock spike {\n  VIX + 6 points\n  SPX - 3.2%\n}\n")
        parts.append(f"layers hedge {{\n{hedge}\n}}\n")
    if draw(st.booleans()):
        exits = draw(st.lists(market_conditions, min_size=1, max_size=2))
        when, part = draw(market_conditions), draw(_whole(5, 40))
        size, again = f"spend {part}% of capital", draw(_rebalances)
        parts.append(_rule("entry dip", on_either("buy shares(SPX)"), when, size, exits, again))
    if draw(st.booleans()):
        parts.append(draw(_offsets))
    parts.extend(f"{each}\n" for each in draw(st.lists(_invariants, max_size=2, unique=True)))
    return "\n".join(parts)
