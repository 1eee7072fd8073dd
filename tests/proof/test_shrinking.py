"""The smallest market that still shows something."""

from hedgerow.book import book_from_text
from hedgerow.proof.generated import generated, scenario_of, written
from hedgerow.proof.made_up import made_up
from hedgerow.proof.shrinking import MOST_TRIES, shrunk
from hedgerow.text.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st

MARKET = next(generated(1, 80, seed=3))
RULES = """strategy a 1.0.0
"A"

needs SPX, VIX

entry a {
  buy shares(SPX)
  size 1 contracts
  exit when VIX > 90
}
"""


def falls(prices):
    return any(after < before for before, after in zip(prices.spx, prices.spx[1:], strict=False))


def test_of_a_fall_two_days_are_left_with_whole_levels():
    small = shrunk(MARKET, falls)
    assert len(small) == 2
    assert falls(small)
    assert len(set(small.vix)) == 1
    assert all(level == int(level) for level in (*small.spx, *small.vix))


def test_what_is_far_from_shrinking_is_given_up_in_time():
    tries = []

    def stubborn(prices):
        tries.append(prices)
        return prices == MARKET

    assert shrunk(MARKET, stubborn) == MARKET
    assert len(tries) <= MOST_TRIES


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.integers(2, 6), st.floats(10, 60))
def test_the_smallest_still_shows_it_and_shrinks_no_further(seed, days, level):
    market = next(generated(1, 60, seed))

    def high(prices):
        return sum(vix > level for vix in prices.vix) >= days

    if high(market):
        small = shrunk(market, high)
        assert high(small)
        assert len(small) == days
        assert shrunk(small, high) == small


def test_markets_of_a_seed_are_the_same_and_come_in_turn_from_calm_and_storm():
    some = list(generated(6, 50, seed=1))
    assert some == list(generated(6, 50, seed=1))
    assert some[:3] == list(generated(3, 50, seed=1))
    assert len({each.vix for each in some}) == 6
    fitted, stressed, quiet = (sum(each.vix) for each in some[:3])
    assert quiet < fitted < stressed


def test_a_written_market_is_the_market():
    text = "\n".join(["", *(f"  {line}" for line in written(MARKET))])
    book = book_from_text(Source("a.rules", f'{RULES}\ntest "t" {{{text}\n  expect entry a\n}}\n'))
    one, other = (made_up(book, each).series for each in (book.tests[0], scenario_of(MARKET)))
    for name in ("SPX", "VIX"):
        assert one[name].close.tolist() == other[name].close.tolist()
