"""What became of the claims a rule file makes."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.report.document import Block, Column, Heading, Note, Prose, Table, Weight
from hedgerow.report.quantity import Cell, Quantity, Range, Sign, Unit, Word, written
from hedgerow.study.claims import JudgedClaim, JudgedPromise, Margin, Measured, Standing
from hedgerow.vocabulary.units import Kind

_TONES = {Standing.SUPPORTED: "good", Standing.CONTRADICTED: "bad"}
_UNITS = {
    Kind.RATIO: Unit.RATIO,
    Kind.RATIO_DIFFERENCE: Unit.POINTS,
    Kind.DAYS: Unit.DAYS,
    Kind.MONEY: Unit.MONEY,
}

_METHOD = (
    "Supported: it holds of these runs and in at least {sure:.1%} of {drawn:,} histories drawn "
    "from them by stationary bootstrap, both runs on the same sessions, blocks of {block} sessions "
    "on average, seed {seed}. Contradicted: it fails as often. The margin is how far a promise is "
    "from failing. Each claim stands alone: of many, some look true by chance."
)


def claim_answer(claims: Sequence[JudgedClaim]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A question with a line a claim; nothing where none is made."""
    if not claims:
        return ()
    return (("Is it as claimed?", tuple(_said(each) for each in claims)),)


def contradicted_notes(claims: Sequence[JudgedClaim]) -> tuple[Note, ...]:
    return tuple(
        Note(f"the data contradict what {each.strategy} claims: {each.text}", Weight.WARNING)
        for each in claims
        if each.standing is Standing.CONTRADICTED
    )


def claim_blocks(claims: Sequence[JudgedClaim]) -> tuple[Block, ...]:
    """A table each, and how they were judged; nothing where none is made."""
    if not claims:
        return ()
    judged = [each.resampling for each in claims if each.resampling is not None]
    method = tuple(
        Prose(
            _METHOD.format(
                sure=(1.0 + each.level) / 2.0,
                drawn=each.repetitions,
                block=each.block,
                seed=each.seed,
            )
        )
        for each in dict.fromkeys(judged)
    )
    return (Heading("Claims"), *(_table(each) for each in claims), *method)


def _said(claim: JudgedClaim) -> str:
    why = f": {claim.why}" if claim.why else ""
    return f"{_titled(claim)}: {claim.standing.value}{why}."


def _titled(claim: JudgedClaim) -> str:
    return f'{claim.strategy}, against {claim.baseline}, "{claim.text}"'


def _table(claim: JudgedClaim) -> Table:
    caption, interval = _said(claim), "Interval"
    if claim.resampling is not None:
        interval = f"{claim.resampling.level:.0%} interval"
    if claim.trades is not None:
        ours, theirs = claim.trades
        caption += f" {ours:,} trades had ended, and {theirs:,} of {claim.baseline}."
    columns = (
        Column("Promise"),
        Column("Measured"),
        Column("Margin", Unit.NUMBER),
        Column(interval, Unit.NUMBER),
        Column("Held in", Unit.RATIO),
        Column("Verdict"),
    )
    return Table(caption, columns, tuple(_row(each) for each in claim.promises))


def _row(promise: JudgedPromise) -> tuple[Cell, ...]:
    margin = promise.margin
    return (
        promise.text,
        ", ".join(_measured(each) for each in promise.measured),
        _quantity(margin.value, margin.kind, Sign.BOTH) if margin else None,
        _interval(margin) if margin else None,
        promise.held,
        Word(promise.standing.value, _TONES.get(promise.standing, "plain")),
    )


def _measured(found: Measured) -> str:
    return f"{found.name} {written(_quantity(found.value, found.kind))}"


def _interval(margin: Margin) -> Range | None:
    if margin.interval is None:
        return None
    unit, factor = _unit(margin.kind)
    return Range(margin.interval.low * factor, margin.interval.high * factor, unit)


def _quantity(value: float | None, kind: Kind, sign: Sign = Sign.MINUS_ONLY) -> Quantity:
    unit, factor = _unit(kind)
    return Quantity(None if value is None else value * factor, unit, sign)


def _unit(kind: Kind) -> tuple[Unit, int]:
    """And how many of it are one of the kind: results are in dollars, reports in cents."""
    return _UNITS.get(kind, Unit.NUMBER), 100 if kind is Kind.MONEY else 1
