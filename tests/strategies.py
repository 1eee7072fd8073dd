"""Hypothesis strategies for whole rule files, as trees."""

from decimal import Decimal

from hedgerow.language import tree as nodes
from hedgerow.language.units import UNITS
from hedgerow.text.source import Source, Span
from hypothesis import strategies as st

NOWHERE = Source("generated.rules", "")
AT = Span(NOWHERE, 0, 0)

plain_names = st.sampled_from(
    ["base", "second", "vix_rsi", "x1", "day", "delta", "armed", "above", "near", "put", "most"]
)
entry_names = st.sampled_from(["base", "second", "first", "put_side"])
series = st.sampled_from(["SPX", "VIX", "VIX3M", "ADL"])
texts = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters='"'), max_size=12)


def with_spans(kind, **extra):
    """A builder of nodes that stand nowhere."""
    return lambda *parts: kind(*parts, span=AT, **extra)


def built(kind, *parts, **extra):
    return st.builds(with_spans(kind, **extra), *parts)


names = st.lists(plain_names, min_size=1, max_size=1).flatmap(
    lambda first: st.lists(
        st.sampled_from(["open", "when", "delta", "first", "high"]), max_size=2
    ).map(lambda rest: nodes.Name((*first, *rest), span=AT))
)
subjects = entry_names.map(lambda name: nodes.Name((name,), span=AT))
events = st.sampled_from(["FOMC", "CPI", "SPX_EXPIRY"]).map(
    lambda name: nodes.Name((name,), span=AT)
)
amounts = st.decimals(
    min_value=0, max_value=99999, places=2, allow_nan=False, allow_infinity=False
) | st.integers(0, 5000).map(Decimal)
numbers = built(nodes.Number, amounts, st.sampled_from([None, "$", *UNITS]))
counts = st.integers(1, 30).map(lambda count: nodes.Number(Decimal(count), None, span=AT))
truths = built(nodes.Truth, st.booleans())
states = built(
    nodes.State, subjects, st.sampled_from(["open", "armed", "disarmed"]), st.just(False)
) | built(nodes.State, subjects, st.just("open"), st.just(True))
happenings = built(nodes.Happens, st.sampled_from(["entry", "exit", "roll"]), subjects)


def arguments_of(values):
    positional = built(nodes.Argument, st.none(), values)
    named = built(nodes.Argument, st.sampled_from(["expiry", "short", "wing", "near"]), values)
    return st.lists(positional | named, max_size=4).map(tuple)


def calls_of(values):
    return built(nodes.Call, names, arguments_of(values))


def _larger(values):
    above_or_below = st.sampled_from(["above", "below"])
    return st.one_of(
        calls_of(values),
        built(nodes.Lag, values, numbers),
        built(nodes.Of, values, values),
        built(nodes.Unary, st.sampled_from(["-", "not"]), values),
        built(
            nodes.Binary,
            st.sampled_from([*"+-*/<>", "<=", ">=", "==", "!=", "and", "or", "and", "or"]),
            values,
            values,
        ),
        built(nodes.Between, values, values, values),
        built(nodes.Crosses, values, above_or_below, values),
        built(nodes.Held, values, values),
        built(nodes.Recent, values, values),
        built(nodes.Becomes, values, truths),
        built(nodes.Since, values),
        built(nodes.Trend, values, st.sampled_from(["rises", "falls"]), values),
        built(
            nodes.NearEvent,
            st.just(False), values, st.sampled_from(["before", "after", "of"]), events,
        ),
        built(
            nodes.NearEvent, st.just(True), values, st.sampled_from(["before", "after"]), events
        ),
        built(nodes.Every, values),
        built(nodes.If, values, values, values),
        built(nodes.Otherwise, values, values),
        built(nodes.Cycle, st.sampled_from(["monthly", "weekly"]), values),
    )  # fmt: skip


_leaves = st.one_of(
    numbers,
    truths,
    names,
    states,
    built(nodes.ExpiryOf, subjects),
    built(nodes.NearEvent, st.just(True), st.none(), st.just("on"), events),
)
values = st.recursive(_leaves, _larger, max_leaves=8)
structures = calls_of(values)


def _groups(conditions):
    listed = st.lists(conditions, min_size=1, max_size=3).map(tuple)
    return built(nodes.Group, st.sampled_from(["all", "any"]), listed)


conditions = values | _groups(values | _groups(values))
reasons = st.none() | texts

lets = built(nodes.Let, plain_names, conditions, name_span=AT)
opens = built(nodes.Open, st.sampled_from(["buy", "sell", "offset"]), structures)
exits = built(nodes.Exit, conditions, reasons)
rolls = built(nodes.Roll, conditions, st.none() | structures, st.none() | counts, reasons)
rebalances = built(nodes.Rebalance, conditions)
clauses = st.one_of(
    opens,
    built(nodes.When, conditions),
    built(nodes.Size, st.sampled_from(["risk", "spend", "cover", "count"]), values),
    exits,
    rolls,
    built(nodes.AtMost, counts),
    rebalances,
    lets,
)
some_clauses = st.lists(clauses, min_size=1, max_size=4).map(tuple)

entries = built(nodes.Entry, entry_names, some_clauses, name_span=AT)
thresholds = st.none() | values
layer_blocks = built(nodes.Layer, entry_names, thresholds, thresholds, some_clauses, name_span=AT)
stacks = built(
    nodes.Layers,
    entry_names,
    st.lists(layer_blocks, min_size=1, max_size=3).map(tuple),
    name_span=AT,
)
params = st.one_of(
    built(
        nodes.Param, plain_names, values, st.none(), st.none(), st.none(), st.booleans(),
        name_span=AT,
    ),
    built(
        nodes.Param, plain_names, values, values, values, st.none() | values, st.booleans(),
        name_span=AT,
    ),
)  # fmt: skip
moves = built(
    nodes.Move,
    series.map(lambda name: nodes.Name((name,), span=AT)),
    st.sampled_from("+-"),
    numbers,
)
shocks = built(
    nodes.Shock, entry_names, st.lists(moves, min_size=1, max_size=3).map(tuple), name_span=AT
)
ratios = built(nodes.Number, amounts, st.just("x")) | names
legs = built(
    nodes.Leg,
    plain_names, st.sampled_from(["buy", "sell"]), structures, st.none() | ratios,
    name_span=AT,
)  # fmt: skip
parameters = built(nodes.Parameter, plain_names, st.none() | values)
positions = built(
    nodes.Structure,
    plain_names,
    st.lists(parameters, max_size=3).map(tuple),
    st.lists(legs, min_size=1, max_size=3).map(tuple),
    name_span=AT,
)
declarations = built(
    nodes.Declare,
    st.sampled_from(["needs", "wants", "events"]),
    st.lists(series.map(lambda name: nodes.Name((name,), span=AT)), min_size=1, max_size=3).map(
        tuple
    ),
)
limits = built(nodes.Limit, conditions)
open_states = built(nodes.State, subjects, st.just("open"), st.just(False))


def invariant(pattern, *operands):
    return built(nodes.Invariant, st.just(pattern), st.tuples(*operands), reasons)


invariants = st.one_of(
    invariant("always", conditions),
    invariant("never", conditions),
    invariant("whenever", conditions, conditions, values),
    invariant("at_most", counts, open_states),
    invariant("at_most", counts, happenings, values),
    invariant("after", values | happenings, open_states | happenings, values),
)
claims = built(nodes.Claim, texts, names, st.lists(conditions, min_size=1, max_size=3).map(tuple))
steps = st.one_of(
    built(nodes.Step, numbers, st.sampled_from([None, "+", "-"]), st.integers(1, 40)),
    built(nodes.Step, st.none(), st.none(), st.integers(1, 40)),
)
scenario_series = built(
    nodes.ScenarioSeries,
    series.map(lambda name: nodes.Name((name,), span=AT)),
    st.lists(steps, min_size=1, max_size=4).map(tuple),
)
expectations = built(
    nodes.Expect,
    st.booleans(), st.sampled_from(["entry", "exit", "roll"]), subjects,
    st.none() | st.integers(1, 400),
)  # fmt: skip
scenarios = built(
    nodes.Scenario,
    texts,
    st.lists(scenario_series, min_size=1, max_size=2).map(tuple),
    st.lists(expectations, max_size=2).map(tuple),
)
additions = st.one_of(
    built(
        nodes.Add,
        st.none(),
        params
        | lets
        | positions
        | shocks
        | entries
        | stacks
        | limits
        | invariants
        | claims
        | scenarios,
    ),
    built(nodes.Add, subjects, opens | exits | rolls | rebalances | layer_blocks),
)
statements = st.one_of(
    declarations,
    params,
    lets,
    built(nodes.SdBasis, values),
    positions,
    shocks,
    entries,
    stacks,
    limits,
    invariants,
    claims,
    scenarios,
    built(nodes.Set, names, conditions, st.none() | conditions),
    built(nodes.Drop, names),
    additions,
)
versions = st.tuples(*[st.integers(0, 30)] * 3).map(lambda parts: "{}.{}.{}".format(*parts))
headers = st.one_of(
    built(
        nodes.Header, st.just("strategy"), plain_names, versions, st.none(), reasons, name_span=AT
    ),
    built(nodes.Header, st.just("variant"), plain_names, versions, texts, reasons, name_span=AT),
)


@st.composite
def trees(draw, most=4):
    """A whole file of any statements; it reads well, though it need not mean anything."""
    found = draw(st.lists(statements, max_size=most).map(tuple))
    return nodes.Tree(NOWHERE, draw(headers), found, ())
