"""Many versions of one strategy as a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from hedgerow.account.run import Run
from hedgerow.report.assumptions import assumption_blocks, warnings
from hedgerow.report.document import (
    Block,
    Chart,
    Column,
    Document,
    Extent,
    Heading,
    Note,
    Prose,
    Role,
    Rules,
    Series,
    Shape,
    Table,
)
from hedgerow.report.quantity import Cell, Unit
from hedgerow.report.sweep_answers import goal_title, goal_unit, sweep_answers
from hedgerow.report.term import Term, term_of
from hedgerow.study.goals import GOALS
from hedgerow.study.statistics import Drawdown
from hedgerow.study.sweep import Sweep
from hedgerow.study.walk import YEARS_TO_LEARN
from hedgerow.text.in_words import counted
from hedgerow.text.source import Source

_BEST = 10  # versions a terminal shows
_AS_WRITTEN = " (as written)"
_SHOWN = ("sharpe", "annual_return", "max_drawdown")  # of every version, whatever ranks them


def sweep_report(sweep: Sweep, run: Run, rules: Source, refused: Sequence[str] = ()) -> Document:
    """`run`: that of the version as written; `refused`: what the checks did not let pass."""
    count = len(sweep.made)
    first = sweep.made[sweep.written].summary
    return Document(
        f"{run.name} in {counted(count, 'version')}",
        (
            sweep_answers(sweep),
            Prose(f"{first.sessions:,} sessions from {first.first} to {first.last}."),
            *warnings([run]),
            *_refused(refused),
            Heading("What does each number do?"),
            *(block for param in sweep.params for block in _effect(sweep, param)),
            Heading("The versions"),
            *_versions(sweep),
            *_luck(sweep),
            *_walk(sweep),
            Heading("The rule file"),
            Rules(rules),
            *assumption_blocks([run]),
        ),
    )


# --- numbers and what they do ----------------------------------------------------------------


def _refused(refused: Sequence[str]) -> tuple[Note, ...]:
    if not refused:
        return ()
    many = "1 version was" if len(refused) == 1 else f"{len(refused):,} versions were"
    return (Note(f"{many} not run, since the checks refuse the rules: {refused[0]}."),)


def _effect(sweep: Sweep, param: str) -> tuple[Block, ...]:
    found, table = sweep.effects_of(param), _effect_table(sweep, param)
    middles = [each.middle for each in found]
    if len(found) < 2 or None in middles:
        return (table,)
    own = sweep.settings[sweep.written][sweep.params.index(param)]
    drawn = "" if len(sweep.params) == 1 else "The middle one of the versions with each number; "
    return (
        Chart(
            title=f"{param}: {goal_title(sweep)}",
            shape=Shape.BARS,
            unit=goal_unit(sweep),
            x=tuple(each.value for each in found),
            series=(Series("middle version", np.array(middles, dtype=np.float64), Role.VARIANT),),
            summary=f"{drawn}{own} as written.",
            table=table,
        ),
    )


def _effect_table(sweep: Sweep, param: str) -> Table:
    """Of a single param, a version each number."""
    own = sweep.settings[sweep.written][sweep.params.index(param)]
    names = [(_marked(each.value, own), each) for each in sweep.effects_of(param)]
    unit, title = goal_unit(sweep), goal_title(sweep)
    if len(sweep.params) == 1:
        columns: tuple[Column, ...] = (Column(param), Column(_capital(title), unit))
        rows: list[tuple[Cell, ...]] = [(name, each.middle) for name, each in names]
        return Table(f"{param}: {title}", columns, tuple(rows))
    columns = (
        Column(param),
        Column("Versions", Unit.COUNT),
        Column("Lowest", unit),
        Column("Middle", unit),
        Column("Highest", unit),
    )
    rows = [(name, each.versions, each.lowest, each.middle, each.highest) for name, each in names]
    return Table(f"{param}: {title} of the versions with each number", columns, tuple(rows))


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _marked(value: str, own: str) -> str:
    return f"{value}{_AS_WRITTEN}" if value == own else value


# --- versions ---------------------------------------------------------------------------------


def _versions(sweep: Sweep) -> tuple[Table, ...]:
    own = sweep.written
    shown = [*sweep.ranking[:_BEST], *([own] if sweep.rank(own) > _BEST else [])]
    best = _table(sweep, f"The best by {goal_title(sweep)}", shown)
    if len(sweep.made) <= _BEST:
        return (best,)
    return (best, _table(sweep, "Every version", sweep.ranking, Extent.SEARCH))


def _table(
    sweep: Sweep, caption: str, shown: Sequence[int], extent: Extent = Extent.SHORT
) -> Table:
    fields = _fields(sweep)
    rows = tuple(tuple(read(at) for _, read in fields) for at in shown)
    return Table(caption, tuple(column for column, _ in fields), rows, extent)


def _fields(sweep: Sweep) -> list[tuple[Column, Callable[[int], Cell]]]:
    """What stands in each column of a version."""
    found = [each.summary for each in sweep.made]
    term, goal = term_of(found[sweep.written]), GOALS[sweep.goal]
    made = "Return in all" if term is Term.IN_ALL else "Annual return"
    fields: list[tuple[Column, Callable[[int], Cell]]] = [
        (Column("Rank"), lambda at: f"{sweep.rank(at)}{_AS_WRITTEN if at == sweep.written else ''}")
    ]
    for place, param in enumerate(sweep.params):
        fields.append((Column(param), partial(_setting, sweep, place)))
    if goal.word not in _SHOWN:
        title = _capital(goal.title)
        fields.append((Column(title, goal_unit(sweep)), lambda at: sweep.values[at]))
    return [
        *fields,
        (Column("Sharpe ratio", Unit.NUMBER), lambda at: found[at].sharpe),
        (Column(made, Unit.RATIO), lambda at: term.made(found[at])),
        (Column("Volatility", Unit.RATIO), lambda at: found[at].volatility),
        (Column("Maximum drawdown", Unit.RATIO), lambda at: _depth(found[at].drawdown)),
        (Column("Trades", Unit.COUNT), lambda at: found[at].trades),
        (Column("Win rate", Unit.RATIO), lambda at: found[at].win_rate),
    ]


def _setting(sweep: Sweep, place: int, at: int) -> str:
    return sweep.settings[at][place]


def _depth(found: Drawdown | None) -> float:
    return found.ratio if found else 0.0


# --- luck -------------------------------------------------------------------------------------


def _luck(sweep: Sweep) -> tuple[Block, ...]:
    found = sweep.luck
    if found is None:
        return ()
    drawn = found.resampling
    return (
        Heading("How the best is put to the test"),
        Prose(
            f"Hansen's test for superior predictive ability (2005), consistent p-value "
            f"{found.p_value:.3f}. Daily excess returns of the {found.tried:,} versions that "
            "differ from the one as written are brought to one volatility, so that their means "
            f"differ as their Sharpe ratios do; {drawn.repetitions:,} stationary-bootstrap "
            "resamples, the same sessions drawn for every version, blocks of "
            f"{drawn.block} sessions on average, seed {drawn.seed}. The test knows of the versions "
            "tried here, and of none that were tried before."
        ),
    )


def _walk(sweep: Sweep) -> tuple[Block, ...]:
    found = sweep.walk
    if found is None:
        return ()
    columns = (
        Column("Year"),
        *(Column(param) for param in sweep.params),
        Column("Extract", Unit.RATIO),
        Column("As written", Unit.RATIO),
    )
    rows: list[tuple[Cell, ...]] = [
        (str(each.year), *sweep.settings[each.version], each.made, each.as_written)
        for each in found.choices
    ]
    return (
        Heading("Chosen again every January"),
        Prose(
            f"The version with the best {goal_title(sweep)} up to the last session of the year "
            f"before, for the first time after {YEARS_TO_LEARN} years. Going over from one to the "
            "other costs nothing here, which flatters it."
        ),
        Table("What was chosen, and what it made", columns, tuple(rows), Extent.LONG),
    )
