"""Every measure of the vocabulary can be read from a view, of all it is said of."""

import math

import pytest
from hedgerow.account.assumptions import Assumptions
from hedgerow.account.fee_files import schedule
from hedgerow.book.expression import Measure, Target
from hedgerow.host.desk import Desk
from hedgerow.market.market_from_history import market_from_history
from hedgerow.plan.readings import reading_of
from hedgerow.text.source import Source, Span
from hedgerow.vocabulary import MEASURES
from hedgerow.vocabulary.word import Subject

from tests.market_strategies import market
from tests.running import plan_of

TEXT = """strategy read 1.0.0
"One condor in a stack"

needs SPX, VIX

shock spike {
  VIX + 6 points
}

layers condors {
  layer base at VIX > 10 {
    sell iron_condor(SPX, expiry = monthly 45 days, short = 5%, wing = 50 points)
    size 2 contracts
  }
}
"""
TARGETS = {
    Subject.LEG: Target(Subject.LEG, ("condors.base",), "short_put"),
    Subject.POSITION: Target(Subject.POSITION, ("condors.base",)),
    Subject.STACK: Target(Subject.STACK, ("condors.base",)),
    Subject.BOOK: Target(Subject.BOOK),
    Subject.ACCOUNT: Target(Subject.ACCOUNT),
}
PAIRS = [(name, subject) for name, word in MEASURES.items() for subject in word.subjects]


def reading(name, subject):
    word, nowhere = MEASURES[name], Span(Source("t.rules", ""), 0, 0)
    return reading_of(
        Measure(name, TARGETS[subject], word.kind_of(subject), nowhere, "spike", rate=0.09)
    )


@pytest.fixture(scope="module")
def desk():
    past = market_from_history(market([2000.0] * 6, [15.0] * 6))
    taken = Assumptions()
    made = Desk(plan_of(TEXT), past, taken, schedule(taken.costs))
    for session in range(6):
        made.begin(session)
        made.look(session)
    return made


@pytest.mark.parametrize("name, subject", PAIRS)
def test_a_measure_is_known_while_its_position_is_open(desk, name, subject):
    assert not math.isnan(reading(name, subject)(desk.view))


@pytest.mark.parametrize("name, subject", PAIRS)
def test_a_measure_lies_where_its_row_says(desk, name, subject):
    low, high = MEASURES[name].between
    assert low <= reading(name, subject)(desk.view) <= high
