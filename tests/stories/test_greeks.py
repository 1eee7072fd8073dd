"""Sensitivities as rules read them, and hedges sized by them."""

from hedgerow.account.assumptions import Assumptions

from tests.market_strategies import market, read_notation
from tests.running import run

HEDGED = """strategy hedged 1.0.0
"Condors with calls sized by vega"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = monthly 45 days, short = 1.5 sd, wing = 50 points)
  when no condor open
  size 20 contracts
  exit when VIX > 60
}

entry calls {
  buy call(VIX, expiry = monthly 45 days, strike = 30 delta)
  when CONDITION
  size cover 50% of vega(condor)
  exit when VIX > 60
}
"""


def hedged(condition, text=HEDGED, spx="2000 x8", vix="16 x8"):
    past = market(read_notation(spx), read_notation(vix))
    return run(text.replace("CONDITION", condition), past, Assumptions(interest=False))


def opened(result, rule="calls"):
    return [fill for fill in result.fills if fill.order.because.rule == rule]


def test_a_sold_condor_is_short_vega_and_earns_theta():
    assert opened(hedged("vega(condor) < 0 and theta(condor) > 0 and gamma(condor) < 0"))
    assert not opened(hedged("vega(condor) > 0"))


def test_calls_offset_half_of_the_vega():
    calls = opened(hedged("condor is open"))[0]
    assert calls.order.units >= 1
    decided = next(
        each for each in hedged("condor is open").decisions
        if (each.rule, each.action) == ("calls", "open")
    )  # fmt: skip
    assert decided.reason.startswith("covers $")


def test_covering_what_the_hedge_would_add_to_is_refused():
    text = HEDGED.replace("buy call(VIX", "sell call(VIX")
    result = hedged("condor is open", text)
    assert {each.detail for each in result.rejections} == {"a contract does not offset any vega"}


def test_shares_have_a_dollar_of_delta_each_and_abs_takes_the_sign_away():
    text = HEDGED.replace(
        "sell iron_condor(SPX, expiry = monthly 45 days, short = 1.5 sd, wing = 50 points)",
        "buy shares(SPX)",
    ).replace("cover 50% of vega(condor)", "1 contracts")  # fmt: skip
    assert opened(hedged("delta(condor) == $20 and abs(delta(condor)) == $20", text))
    assert not opened(hedged("delta(condor) > $20", text))
