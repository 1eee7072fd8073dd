"""What a reader asks first, answered in words: which, by how much, luck, risk, cost, cash."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.report.claims import claim_answer
from hedgerow.report.document import Answers
from hedgerow.report.findings import NOTHING, Findings
from hedgerow.report.quantity import (
    Quantity,
    Range,
    Unit,
    dollars,
    percent,
    written,
    written_range,
)
from hedgerow.report.stress import stress_answer
from hedgerow.report.term import Term, term_of
from hedgerow.study.compare import FEWEST_SESSIONS, Comparison, Pair, Verdict
from hedgerow.study.other_fills import Bracket
from hedgerow.study.statistics import Bought, Summary

_MOST_NAMED = 4  # rules a sentence has room for


def comparison_answers(comparison: Comparison, findings: Findings = NOTHING) -> Answers:
    """Each variant against the baseline, then all runs side by side."""
    summaries = comparison.summaries
    return Answers(
        (
            ("Which is better?", _verdicts(comparison)),
            ("Is it luck?", _luck(comparison)),
            ("What was risked?", _risk(summaries)),
            ("What did it cost?", _cost(summaries)),
            ("Does it beat cash?", _cash(summaries, comparison.brackets)),
            *stress_answer(findings.stress),
            *claim_answer(findings.claims),
        )
    )


def run_answers(found: Summary, fills: Bracket, findings: Findings = NOTHING) -> Answers:
    """The same questions, as far as one run can be asked them."""
    term = term_of(found)
    made = f"{percent(term.made(found))} {term}, {dollars(found.final_equity)} at the end."
    return Answers(
        (
            ("What did it make?", (made,)),
            ("What was risked?", _risk([found])),
            ("What did it cost?", _cost([found])),
            ("Does it beat cash?", _cash([found], [fills])),
            *stress_answer(findings.stress),
            *claim_answer(findings.claims),
        )
    )


def _verdicts(comparison: Comparison) -> tuple[str, ...]:
    """Of many runs first who made how much, then each variant against the baseline."""
    term = term_of(comparison.summaries[0])
    said = tuple(_better(comparison, each, term) for each in comparison.pairs)
    if len(said) == 1:
        return said
    first, *others = sorted(comparison.summaries, key=lambda one: -term.made(one))
    behind = ", ".join(f"{one.name} {percent(term.made(one))}" for one in others)
    return (f"{first.name} made most, {percent(term.made(first))} {term}; {behind}.", *said)


def _better(comparison: Comparison, pair: Pair, term: Term) -> str:
    """The verdict on one variant, in compound returns.

    The verdict is about daily returns: where the two don't agree on who is ahead, both are told.
    """
    base, variant = comparison.summaries[0], comparison.summaries[pair.variant]
    verdict, gap = pair.annual_return.verdict, term.made(variant) - term.made(base)
    size = f"{_points(abs(gap))}{term.rate}"
    here, there = percent(term.made(variant)), percent(term.made(base))
    if verdict is Verdict.BETTER and gap > 0:
        return f"{variant.name}, by {size}: it made {here} {term}, {base.name} {there}."
    if verdict is Verdict.WORSE and gap < 0:
        return f"{base.name}, by {size}: it made {there} {term}, {variant.name} {here}."
    said = f"{variant.name} made {size} {'less' if gap < 0 else 'more'} than {base.name}"
    both = f"{said}, {here} against {there}{term.total}"
    if verdict in (Verdict.BETTER, Verdict.WORSE):
        return f"{both}, yet was {verdict.value} on the average day."
    return f"{verdict.value.capitalize()}: {both}."


def _luck(comparison: Comparison) -> tuple[str, ...]:
    term = term_of(comparison.summaries[0])
    said = [_chance(comparison, pair, term) for pair in comparison.pairs]
    if len(said) > 1:
        said.append("Each verdict stands alone: of many variants some look better by chance.")
    return tuple(said)


def _chance(comparison: Comparison, pair: Pair, term: Term) -> str:
    made, drawn = term.told_difference(pair.annual_return), comparison.resampling
    named = f" of {comparison.runs[pair.variant].name}" if len(comparison.pairs) > 1 else ""
    if made.interval is None:
        return f"Nobody can say{named}: fewer than {FEWEST_SESSIONS} sessions."
    ends = _spelled(written_range(Range(made.interval.low, made.interval.high, Unit.POINTS)))
    where = (
        f"in {drawn.level:.0%} of {drawn.repetitions:,} resampled histories the difference{named} "
        f"is {ends}{term.rate}"
    )
    if made.verdict is Verdict.UNDECIDED:
        return f"It may be: {where}, on both sides of zero."
    return f"Probably not: {where}, all on one side of zero."


def _risk(summaries: Sequence[Summary]) -> tuple[str, ...]:
    return tuple(_fall(one) for one in summaries)


def _fall(one: Summary) -> str:
    fell = one.drawdown
    if fell is None:
        return f"{one.name} never closed below a high."
    depth = percent(-fell.ratio)
    again = f"made good by {fell.recovered}" if fell.recovered else "not made good since"
    return f"{one.name} fell {depth} from its high until {fell.trough}, {again}."


def _cost(summaries: Sequence[Summary]) -> tuple[str, ...]:
    return tuple(
        f"{one.name} gave {dollars(one.slippage)} to the spread and {dollars(one.fees)} in fees"
        + (f", and {_premium(one.bought)}." if one.bought.rules else ".")
        for one in summaries
    )


def _premium(bought: Bought) -> str:
    """By the rules' own names: whether it is a hedge, a calendar or a bet, they say."""
    rules = bought.rules
    named = ", ".join(rules) if len(rules) <= _MOST_NAMED else f"{len(rules)} rules"
    paid, back = dollars(bought.cost), dollars(bought.gain)
    return f"paid {paid} for premium ({named}) that brought {back} back"


def _cash(summaries: Sequence[Summary], brackets: Sequence[Bracket]) -> tuple[str, ...]:
    pairs = zip(summaries, brackets, strict=True)
    alone = f"Left as cash, the capital would have become {dollars(brackets[0].cash_alone)}."
    return (alone, *(_beats(one, fills) for one, fills in pairs))


def _beats(one: Summary, fills: Bracket) -> str:
    """Whether a run ended above cash, and how good its fills have to be for that."""
    if not fills.hangs_on_fills:
        return f"{one.name} never traded."
    ahead = one.final_equity > fills.cash_alone
    said = f"{one.name} {'did' if ahead else 'did not'}"
    if fills.break_even is None:
        return f"{said}, {'even at the full spread' if ahead else 'not even at the mid'}."
    edge = f"less than {max(fills.break_even, 0.01):.0%} of the half spread"
    needed = f"as its fills gave up {edge}" if ahead else f"and needs fills that give up {edge}"
    return f"{said}, {needed}: here they gave up {fills.as_run.fraction:.0%}."


def _points(ratio: float) -> str:
    return _spelled(written(Quantity(ratio, Unit.POINTS)))


def _spelled(text: str) -> str:
    """A sentence has room for what a table writes short."""
    return text.replace(" pp", " percentage points")
