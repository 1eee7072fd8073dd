"""What the two reports say, whatever shows them."""

from __future__ import annotations

import re
from itertools import cycle

import numpy as np
import pytest
from hedgerow.account.assumptions import Assumptions, FillTiming
from hedgerow.account.run import Kept
from hedgerow.report.comparison_report import comparison_report
from hedgerow.report.document import (
    Answers,
    Chart,
    Extent,
    Heading,
    Note,
    Prose,
    Rules,
    Table,
    Weight,
)
from hedgerow.report.quantity import Word
from hedgerow.report.run_report import run_report
from hedgerow.report.to_html import to_html
from hedgerow.report.trades import MOST_TRADES
from hedgerow.study.compare import compare
from hedgerow.study.statistics import summary
from msgspec.structs import replace

from tests.report.blocks import of, table
from tests.study.synthetic_runs import core, sources, unhedged

PREMIUM = ("Premium bought (hedge cost)", "  brought back (hedge gain)", "  back less paid")


@pytest.fixture(scope="module")
def comparison():
    return compare([unhedged(700), core(700)], repetitions=50)


def warned(document):
    return [note.text for note in of(document, Note) if note.weight is Weight.WARNING]


def test_the_answer_comes_first(comparison):
    document = comparison_report(comparison, sources())
    first = document.blocks[0]
    assert isinstance(first, Answers)
    assert [question for question, _ in first.rows] == [
        "Which is better?",
        "Is it luck?",
        "What was risked?",
        "What did it cost?",
        "Does it beat cash?",
    ]


def answered(document, question):
    return next(said for asked, said in document.blocks[0].rows if asked == question)


def shifted(run, name, cents):
    """The run with `cents` more on each session than on the one before."""
    return replace(run, name=name, equity=run.equity + cents * np.arange(len(run.equity)))


@pytest.mark.parametrize(
    ("cents", "better", "luck"),
    [
        (
            200_00,
            "ahead, by ",
            "Probably not: in 95% of 50 resampled histories the difference is +",
        ),
        (-200_00, "alvh/unhedged, by ", "Probably not: in 95% of 50 resampled histories"),
        (
            0,
            "Undecided: ahead made 0.00 percentage points a year more than",
            "It may be: ",
        ),
    ],
)
def test_the_verdict_is_told_in_words(comparison, cents, better, luck):
    base = comparison.runs[0]
    made = compare([base, shifted(base, "ahead", cents)], repetitions=50)
    document = comparison_report(made, sources())
    assert answered(document, "Which is better?")[0].startswith(better)
    assert answered(document, "Is it luck?")[0].startswith(luck)


def test_the_difference_is_that_of_the_two_returns_beside_it(comparison):
    (said,) = answered(comparison_report(comparison, sources()), "Which is better?")
    size, here, there = (float(found) for found in re.findall(r"(-?\d+\.\d+)(?:%| perc)", said))
    assert size == pytest.approx(abs(here - there), abs=0.011)


def test_more_on_the_average_day_and_less_in_the_end_are_both_told(comparison):
    """Gaining 8 % and losing 7.5 % in turn is ahead of nothing on average only."""
    base = replace(comparison.runs[0], equity=np.full(700, 100_000_000))
    swings = np.where(np.arange(700) % 2, 1.08, 0.925).cumprod()
    swinging = replace(base, name="swinging", equity=(base.equity * swings).astype(np.int64))
    (said,) = answered(
        comparison_report(compare([base, swinging], repetitions=200), sources()), "Which is better?"
    )
    assert re.fullmatch(
        r"swinging made \d+\.\d\d percentage points a year less than alvh/unhedged, -\d+\.\d\d% "
        r"against 0\.00%, yet was better on the average day\.",
        said,
    )


def test_runs_say_how_long_they_were_the_same():
    base = unhedged(700)
    late = replace(base, name="late", equity=base.equity + np.where(np.arange(700) < 300, 0, 9))
    twin = replace(base, name="twin")
    (said,) = (
        block.text
        for block in comparison_report(
            compare([base, late, twin]), [*sources(), sources()[0]]
        ).blocks
        if isinstance(block, Prose) and "common sessions" in block.text
    )
    day = base.sessions[300]
    assert f" late and alvh/unhedged first differ on {day}, after 300 sessions." in said
    assert said.endswith(" twin and alvh/unhedged never differ.")


def test_of_many_variants_each_has_its_sentence_and_chance_is_named(comparison):
    base, variant = comparison.runs
    made = compare([base, variant, shifted(base, "third", 9)], repetitions=50)
    document = comparison_report(made, (*sources(), sources()[0]))
    ranking, *verdicts = answered(document, "Which is better?")
    made = [float(found) for found in re.findall(r"(-?\d+\.\d+)%", ranking)]
    assert " made most, " in ranking and made == sorted(made, reverse=True) and len(made) == 3
    assert len(verdicts) == 2
    luck = answered(document, "Is it luck?")
    assert "of third" in luck[1] and "some look better by chance" in luck[2]


def test_too_few_sessions_leave_luck_open():
    made = compare([unhedged(50), core(50)])
    (said,) = answered(comparison_report(made, sources()), "Is it luck?")
    assert said == "Nobody can say: fewer than 60 sessions."


def test_the_answers_tell_what_was_paid_and_whether_cash_did_better():
    run = core(700)
    document = run_report(run, sources()[1])
    (paid,) = answered(document, "What did it cost?")
    found = summary(run)
    for amount in (found.slippage, found.fees, found.bought.cost, found.bought.gain):
        assert f"${round(amount / 100):,}" in paid
    assert "for premium (hedge.first, hedge.second) that brought" in paid
    rich, poor = (
        answered(run_report(shifted(run, "a", cents), sources()[1]), "Does it beat cash?")[1]
        for cents in (10_000_00, -800_00)
    )
    assert rich == "a did, even at the full spread."
    assert poor == "a did not, not even at the mid."


@pytest.mark.parametrize(
    ("rules", "named"), [(["calendar"], "(calendar)"), (["a", "b", "c", "d", "e"], "(5 rules)")]
)
def test_bought_premium_goes_by_its_rules_for_not_every_debit_is_a_hedge(rules, named):
    run = core(700)
    debits = [each for each in run.trades if each.opening < 0]
    trades = tuple(replace(each, rule=rule) for each, rule in zip(debits, cycle(rules)))
    (paid,) = answered(run_report(replace(run, trades=trades), sources()[1]), "What did it cost?")
    assert f"for premium {named} that brought" in paid
    assert "hedge" not in paid


def test_what_was_made_in_less_than_a_year_is_no_rate():
    long, short = core(300), core(200)
    assert " a year, $" in answered(run_report(long, sources()[1]), "What did it make?")[0]
    (made,) = answered(run_report(short, sources()[1]), "What did it make?")
    assert made.startswith(f"{short.equity[-1] / short.equity[0] - 1:.2%} in all, $")


def words_of(document):
    """All that a document says, cells of tables included."""
    for block in document.blocks:
        match block:
            case Table():
                yield block.caption
                yield from (column.title for column in block.columns)
                yield from (cell for row in block.rows for cell in row if isinstance(cell, str))
            case Answers():
                yield from (line for _, said in block.rows for line in said)
            case Prose() | Note():
                yield block.text


def test_neither_a_short_run_nor_a_short_comparison_tells_a_return_by_the_year():
    runs = [unhedged(200), core(200)]
    texts = [
        *words_of(comparison_report(compare(runs, repetitions=50), sources())),
        *words_of(run_report(runs[1], sources()[1])),
    ]
    told = [text for text in texts if re.search(r"(?i)return a year|annual|a year[,;. ]", text)]
    assert [text for text in told if not text.startswith(("The rate a year", "Growth from"))] == []
    assert "Return in all" in texts and "Return in all, had every fill been at ..." in texts


def test_a_short_comparison_sums_what_the_days_differ_by():
    base, other = unhedged(200), core(200)
    document = comparison_report(compare([base, other], repetitions=50), sources())
    days = [np.diff(run.equity) / run.equity[:-1] for run in (base, other)]
    made = table(document, "Against").rows[0]
    assert made[0] == f"{other.name}: return in all"
    assert made[1].value == pytest.approx((days[1] - days[0]).sum())
    assert made[2].low < made[1].value < made[2].high
    kinds = table(document, "Return in all by kind of market").rows
    assert sum(row[3] for row in kinds if row[3]) == pytest.approx(days[1].sum())
    (said,) = answered(document, "Which is better?")
    growth = [run.equity[-1] / run.equity[0] - 1 for run in (base, other)]
    size = f"{abs(growth[1] - growth[0]) * 100:.2f} percentage points"
    assert f"{size}: it made" in said and f"{max(growth):.2%} in all, " in said


def test_modelled_prices_are_said_before_the_results(comparison):
    document = comparison_report(comparison, sources())
    headings = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading)]
    notes = [at for at, block in enumerate(document.blocks) if isinstance(block, Note)]
    assert notes[0] < headings[0]
    assert "modelled" in warned(document)[0] and "mode B" in warned(document)[0]


def test_recorded_prices_bring_no_warning():
    document = run_report(priced_from("chain", "vx_settle", "index close"), sources()[1])
    assert warned(document) == []
    said = [prose.text for prose in of(document, Prose)] + [
        note.text for note in of(document, Note)
    ]
    assert "modelled" not in " ".join([*said, str(table(document, "Where fill prices").rows)])


def test_mixed_prices_say_how_many_are_modelled():
    run = priced_from("chain", "chain", "model:S", "vx_settle")
    (said,) = warned(run_report(run, sources()[1]))
    modelled, fills = run.sources["model:S"], len(run.fills)
    assert said.startswith(f"{modelled} of {fills} fills ({modelled / fills:.1%}) are at modelled")
    assert "mode S, from SPX, VIX, its tenors at hand and SKEW" in said
    assert "SPX condors come within 14%" in said
    shown = table(run_report(run, sources()[1]), "Where fill prices").rows
    assert [row[0] for row in shown] == [
        "chain: quotes of recorded chains",
        "model:S: modelled from SPX, VIX, its tenors at hand and SKEW",
        "vx_settle: recorded settlements of VIX futures",
        "all fills",
    ]


def test_the_accuracy_is_that_of_what_was_modelled():
    hedged = run_report(priced_from("model:B"), sources()[1])
    bare = run_report(priced_from("model:B", run=unhedged(300)), sources()[0])
    (shortly,), (bare_shortly,) = warned(hedged), warned(bare)
    assert shortly.startswith("All ") and bare_shortly.startswith("All ")
    assert "far VIX calls" in shortly and "VIX calls" not in bare_shortly
    details, bare_details = (
        " ".join(prose.text for prose in of(document, Prose)) for document in (hedged, bare)
    )
    assert "iron condor" in bare_details and "VIX options" not in bare_details
    assert "iron condor" in details and "VIX options are the weaker part" in details


def test_the_warning_of_modelled_prices_leads_to_a_heading(comparison):
    document = comparison_report(comparison, sources())
    (seen,) = {note.see for note in of(document, Note) if note.see}
    assert seen in [heading.text for heading in of(document, Heading)]
    assert f'href="#{seen.lower()}"' in to_html(document)


def test_settlements_say_what_stood_in():
    shown = table(run_report(core(300), sources()[1]), "Where settlement values").rows
    assert shown[0][:2] == ("index open: opens of the index, for the special quotation", 0.75)
    assert shown[1][:2] == ("previous close: closes before, for want of an open", 0.25)
    assert shown[2][1].value == 4


def test_fills_at_the_mid_are_called_optimistic():
    run = replace(core(200), assumptions=Assumptions(spread_fraction=0.0))
    assert "at the mid" in warned(run_report(run, sources()[1]))[-1]


def priced_from(*names, run=None):
    """A run whose fills got their prices from these sources, in turn."""
    run = run or core(300)
    fills = zip(run.fills, cycle(names), strict=False)
    return replace(run, fills=tuple(replace(fill, source=name) for fill, name in fills))


def test_fills_at_the_deciding_close_are_called_optimistic():
    run = replace(core(200), assumptions=Assumptions(fill=FillTiming.SAME_CLOSE))
    document = run_report(run, sources()[1])
    assert any("optimistic" in text for text in warned(document))
    assert "optimistic" in str(table(document, "Terms").rows)


def test_the_measures_of_both_stand_beside_their_difference(comparison):
    found = table(comparison_report(comparison, sources()), "Every measure")
    assert [column.title for column in found.columns] == [
        "Measure",
        "alvh/unhedged",
        "alvh/core",
        "difference",
    ]
    rows = {row[0]: row for row in found.rows}
    for name in ("Final equity", "Sortino ratio", "Costs paid", "Margin use, mean"):
        base, variant, gap = (cell.value for cell in rows[name][1:])
        assert gap == pytest.approx(variant - base)
    assert (
        rows["Premium bought (hedge cost)"][1] == "none"
        and rows["Premium bought (hedge cost)"][3] == ""
    )
    cost, gain, made = (rows[name][2].value for name in PREMIUM)
    assert made == gain - cost


def test_both_reports_hold_the_bracket_of_fills(comparison):
    found = table(comparison_report(comparison, sources()), "Return a year, had every fill")
    assert [row[0] for row in found.rows] == [
        "the mid",
        "as run, 50% of the half spread",
        "the full spread",
        "Break-even fill",
    ]
    run = comparison.runs[1]
    alone = table(run_report(run, sources()[1]), "Return a year, had every fill")
    assert [row[1] for row in alone.rows] == [row[2] for row in found.rows]
    said = " ".join(prose.text for prose in of(run_report(run, sources()[1]), Prose))
    assert "The same trades, other fills" in said


def test_an_account_the_full_spread_empties_is_called_so():
    run = core(300)
    poor = replace(run, equity=run.equity - run.equity[-1] + 1_00)
    found = table(run_report(poor, sources()[1]), "Return a year, had every fill")
    assert found.rows[2][1] == "emptied"


def test_every_table_has_a_cell_for_every_column(comparison):
    documents = (
        comparison_report(comparison, sources()),
        run_report(comparison.runs[1], sources()[1]),
    )
    for document in documents:
        tables = [*of(document, Table), *(chart.table for chart in of(document, Chart))]
        for found in tables:
            assert {len(row) for row in found.rows} <= {len(found.columns)}


def test_verdicts_carry_their_tone(comparison):
    base = comparison.runs[0]
    worse = replace(base, name="worse", equity=base.equity - 50_00 * base.equity.argsort())
    document = comparison_report(compare([base, worse], repetitions=50), sources())
    verdicts = [row[-1] for row in table(document, "Against").rows]
    assert verdicts[0] == Word("worse", "bad")


def test_regimes_are_defined_where_they_are_used(comparison):
    said = " ".join(prose.text for prose in of(comparison_report(comparison, sources()), Prose))
    for words in ("Spike: VIX closed at 30 or above", "Trend: ", "Sideways: "):
        assert words in said


def test_assumptions_tell_of_refusals_and_unknown_sessions(comparison):
    document = comparison_report(comparison, sources())
    assert ("not enough margin free", 2, 2) in table(document, "Refused orders").rows
    assert ("hedge.first", 0, 20) in table(document, "Sessions on which").rows
    assert table(document, "Fingerprints").rows[0][1] == "a3f1a3f1a3f1"
    shares = [row[2] for row in table(document, "Where fill prices").rows[:-1]]
    assert sum(shares) == pytest.approx(1.0)


def test_more_trades_than_a_page_shows_are_said():
    run = core(5_000)
    assert len(run.trades) > MOST_TRADES
    found = next(
        found for found in of(run_report(run, sources()[1]), Table) if found.extent is Extent.SEARCH
    )
    assert len(found.rows) == MOST_TRADES
    assert f"of {len(run.trades):,}" in found.caption
    assert [row[1] for row in found.rows] == sorted(row[1] for row in found.rows)


def test_each_variant_has_its_difference_of_rules(comparison):
    runs = [*comparison.runs, replace(comparison.runs[1], name="third")]
    before, after = sources()
    document = comparison_report(compare(runs, repetitions=20), (before, after, before))
    assert of(document, Rules) == [Rules(after, before), Rules(before, before)]


def test_a_rule_text_for_each_run_is_asked_for(comparison):
    with pytest.raises(ValueError, match="1 rule texts for 2 runs"):
        comparison_report(comparison, sources()[:1])


def test_a_run_without_trades_has_a_report():
    empty = replace(unhedged(100), trades=(), fills=(), settlements={}, rejections=(), decisions=())
    document = run_report(replace(empty, equity=np.arange(100) + 9), sources()[0])
    assert document.title == "alvh/unhedged"
    assert answered(document, "Does it beat cash?")[1] == "alvh/unhedged never traded."
    assert table(document, "Return in all, had every fill").rows[3][1] == "no fills"
    assert len(of(document, Chart)) == 3
    assert "alvh/unhedged never traded." in [block.text for block in of(document, Prose)]
    assert not [found for found in of(document, Table) if found.caption.startswith("Trades")]
    depth = next(chart for chart in of(document, Chart) if chart.title == "Drawdown")
    assert depth.summary == "Deepest: alvh/unhedged never below a high."


def test_rules_stand_in_file_order_whichever_traded_first():
    run = core(300)
    late = replace(run, trades=run.trades[::-1])
    rules = [row[0] for row in table(run_report(late, sources()[1]), "Trades by rule").rows]
    assert rules == list(run.layers)


def test_an_invariant_that_nothing_could_break_is_not_said_to_have_held():
    def kept(occasions):
        return Kept("never VIX > 30", "", "a.rules:9:1", sessions=300, occasions=occasions,
                    broken=0, unknown=0, waiting=0, first=None, seen=())  # fmt: skip

    run = replace(core(300), invariants=(kept(300), kept(0)))
    rows = table(run_report(run, sources()[1]), "Sessions that could break").rows
    assert [row[1] for row in rows] == [Word("held", "good"), Word("untried", "plain")]
