"""Variants: what they change, what they may not, and that nothing depends on order or layout."""

import itertools

import pytest
from hedgerow.book import book_from_text, check_text
from hedgerow.book.fingerprint import fingerprint
from hedgerow.book.origins import lines_of, text_of
from hedgerow.book.places import places_of
from hedgerow.book.spelling import text_from_node
from hedgerow.language import tree as nodes
from hedgerow.language.from_text import tree_from_text
from hedgerow.language.to_text import canonical_text, text_from_tree
from hedgerow.text.source import Source
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.book.families import CORE, beside, codes, variant, whole
from tests.rule_files import rule_files
from tests.strategies import trees


def text_after(*lines: str, core: str = CORE) -> str:
    """The canonical text of a variant that has nothing wrong with it."""
    together, found = whole(variant(*lines), core=core)
    assert codes(found) == []
    return canonical_text(together.tree)


def wrong(*lines: str, core: str = CORE) -> list[str]:
    return codes(whole(variant(*lines), core=core)[1])


# --- set -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("set short_distance = 2 sd", "param short_distance = 2 sd from 1 sd to 2 sd"),
        ("set short_distance.to = 3 sd", "from 1 sd to 3 sd step 0.25 sd"),
        ("set calm = VIX < 30", "let calm = VIX < 30"),
        ("set spike.VIX = 8 points", "  VIX + 8 points"),
        ("set spike.SPX = -5% was -3.2%", "  SPX - 5%"),
        ("set spike.SPX = 1%", "  SPX + 1%"),
        ("set condors.base.short = 2 sd", "short = 2 sd, wing"),
        ("set condors.base.put_wing = 75 points", "wing = 50 points, put_wing = 75 points)"),
        ("set condors.base.underlying = VIX", "iron_condor(VIX, expiry"),
        ("set condors.base.when = VIX < 12", "    when VIX < 12"),
        ("set condors.base.size = 30% of capital", "size risk 30% of capital"),
        ("set condors.base.at_most = 2", "    at most 2 open"),
        ("set hedge.first.when = calm", "    when calm\n    size cover"),
        ("set hedge.first.at = VIX >= 17", "layer first at VIX >= 17 until VIX < 16"),
        ("set condors.base.exit.stop = profit <= -100% of credit", '-100% of credit "stop"'),
        ("set condors.base.exit.days_to_expiry = age > 9 days", "exit when age > 9 days"),
        ("set hedge.second.size = 3 contracts was 2 contracts", "size 3 contracts"),
        ("set hedge.second.buy = put(SPX, expiry = 9 days, strike = atm)", "buy put(SPX"),
        ("set sd = realized(20 sessions)", "sd = realized(20 sessions)"),
    ],
)
def test_everything_with_a_name_can_be_set(line: str, written: str) -> None:
    assert written in text_after(line)


@pytest.mark.parametrize("was", ["1.5 sd", "1.50 sd", "1.500 sd"])
def test_was_compares_the_value_and_not_the_digits(was: str) -> None:
    assert wrong(f"set short_distance = 2 sd was {was}") == []


@pytest.mark.parametrize("was", ["42 days", "6 weeks", "6.0 weeks"])
def test_was_compares_the_value_and_not_the_unit(was: str) -> None:
    assert wrong(f"set condors.base.expiry = 30 days was {was}") == []


@pytest.mark.parametrize("was", ["1.25 sd", "1.5", "150%", "calm"])
def test_a_parent_that_has_moved_fails_loudly(was: str) -> None:
    _, found = whole(variant(f"set short_distance = 2 sd was {was}"), core=CORE)

    assert codes(found) == ["V406"]
    assert found[0].message == f"`short_distance` is `1.50 sd` in the parent, not `{was}`"
    assert found[0].labels[0].span.text == "1.50 sd"
    assert found[0].labels[0].span.source.name == "core.rules"


def test_was_for_what_the_parent_does_not_say_fails_too() -> None:
    assert wrong("set hedge.first.when = calm was VIX < 20") == ["V406"]


def test_an_unknown_path_gets_a_suggestion() -> None:
    near = {
        "condors.base.shrt": "condors.base.short",
        "base.short": "condors.base.short",
        "short_distence": "short_distance",
        "condor.base.short": "condors.base.short",
    }
    for written, meant in near.items():
        _, found = whole(variant(f"set {written} = 2 sd"), core=CORE)
        assert codes(found) == ["V405"]
        assert found[0].help == (f"did you mean `{meant}`?",)


def test_a_path_that_ends_too_early_is_told_what_stands_below_it() -> None:
    _, found = whole(variant("drop condors.base.exit"), core=CORE)
    assert codes(found) == ["V405"]
    assert found[0].help == (
        "`condors.base.exit` has `half_the_credit_is_in`, `stop`, `days_to_expiry`",
    )
    assert found[0].fixes == ()


def test_what_is_locked_stays_and_the_lock_is_shown() -> None:
    for line in ("set coverage = 60%", "set coverage.to = 70%", "drop coverage"):
        _, found = whole(variant(line), core=CORE)
        assert codes(found) == ["V407"]
        assert found[0].labels[0].span.text.endswith("locked")


def test_the_same_path_twice_shows_both_lines() -> None:
    lines = ("set condors.base.exit.stop = age > 9 days", "drop condors.base")
    for pair in (lines, lines[::-1], lines[:1] * 2):
        _, found = whole(variant(*pair), core=CORE)
        assert codes(found) == ["V408"]
        assert found[0].span.text == pair[1]
        assert [each.span.text for each in found[0].labels] == [pair[0]]


def test_a_part_and_its_whole_are_changed_twice() -> None:
    whole_call = "set condors.base.sell = put_spread(SPX, expiry = 9 days, short = 1 sd)"
    assert wrong("set condors.base.short = 2 sd", whole_call) == ["V408"]


def test_setting_the_parents_value_is_a_warning_whose_fix_deletes_the_line() -> None:
    text = variant("set short_distance = 1.5 sd", "set condors.base.wing = 75 points")
    _, found = whole(text, core=CORE)

    assert codes(found) == ["V413"]
    (edit,) = found[0].fixes[0].edits
    fixed = text[: edit.span.start] + edit.text + text[edit.span.stop :]
    assert fixed == variant("set condors.base.wing = 75 points")


@pytest.mark.parametrize(
    "line",
    [
        "set condors = 5",
        "set condors.base.at_most = 1.5",
        "set condors.base.at_most = calm",
        "set condors.base.short = any {\n  calm\n}",
        "set condors.base.sell = 5",
        "drop short_distance.to",
        "add exit to hedge when calm",
        "add layer third to condors.base {\n  size 1 contract\n}",
    ],
)
def test_what_fits_nowhere_is_refused(line: str) -> None:
    assert wrong(line) == ["V410"]


def test_what_is_not_written_can_not_be_dropped() -> None:
    structure = """
structure pair(U, expiry, strike) {
  long_put: buy put(U, expiry = expiry, strike = strike)
}
"""
    assert wrong("drop pair.long_put.ratio", core=CORE + structure) == ["V410"]
    doubled = structure.replace("buy put", "buy 2 x put")
    assert "buy put" in text_after("drop pair.long_put.ratio", core=CORE + doubled)


def test_two_exits_that_go_by_one_word_need_reasons() -> None:
    two = CORE.replace("exit when days_to_expiry <= 7 days", "exit when age > 5 days")
    two = two.replace(' "stop"', "").replace("exit when profit <= -200% of credit", "exit when age")
    assert wrong("set condors.base.exit.age = age > 9 days", core=two) == ["V409"]


# --- drop and add ----------------------------------------------------------------------------


def test_the_last_layer_takes_its_stack_along() -> None:
    assert "layers hedge" not in text_after("drop hedge.first", "drop hedge.second")


def test_clauses_are_added_in_their_usual_place() -> None:
    text = text_after("add exit to hedge.second when calm", "set hedge.second.at_most = 2")
    assert (
        "size 2 contracts\n    at most 2 open\n    exit when disarmed\n    exit when calm" in text
    )


def test_a_layer_that_is_dropped_and_added_keeps_its_place() -> None:
    text = text_after(
        "add layer first to hedge at VIX > 9 {\n  buy put(SPX, expiry = 9 days, strike = atm)\n"
        "  size 1 contract\n}",
        "drop hedge.first",
    )
    assert text.index("layer first at VIX > 9") < text.index("layer second")


def test_all_kinds_of_additions_arrive() -> None:
    text = text_after(
        "needs VIX3M",
        "add param floor = 8%",
        "add let stormy = VIX > 30",
        "add shock calmer {\n  VIX - 1 point\n}",
        "add entry dip {\n  buy shares(SPX)\n  size 1 contract\n}",
        "add layers.other {\n  layer one {\n    size 1 contract\n  }\n}",
        "add layer third to hedge {\n  size 1 contract\n}",
        "add sell to condors.base put(SPX, expiry = 9 days, strike = atm)",
        "add roll to condors.base when stormy",
        "add rebalance to hedge.first when stormy",
        "add limit margin <= 60% of equity",
        'add never drawdown > 35% "floor"',
    )
    expected = (
        "needs VIX3M", "param floor", "let stormy", "shock calmer", "entry dip", "layer one",
        "layer third", "sell put(", "roll when stormy", "rebalance when stormy", "limit margin",
        "never drawdown",
    )  # fmt: skip
    assert [each for each in expected if each not in text] == []


def test_a_name_that_is_there_already_is_declared_twice() -> None:
    found = check_text(
        Source("example.rules", variant("add let calm = VIX < 15")), beside(core=CORE)
    )
    assert "N104" in codes(found)


def test_lines_of_a_variant_say_what_they_do() -> None:
    assert wrong("let stormy = VIX > 30", "sd = implied") == ["V412", "V412"]


def test_a_strategy_has_nothing_to_change() -> None:
    assert codes(whole(CORE + "\nset calm = VIX < 9\ndrop hedge\n")[1]) == ["V411", "V411"]


# --- parents ---------------------------------------------------------------------------------


def test_a_variant_of_a_variant_builds_on_it() -> None:
    middle = variant("set short_distance = 2 sd was 1.5 sd")
    text = variant("set short_distance = 1 sd was 2 sd", of="middle.rules")
    together, found = whole(text, core=CORE, middle=middle)

    assert codes(found) == []
    assert "param short_distance = 1 sd" in canonical_text(together.tree)
    assert [each.name for each in together.tree.parents] == ["middle.rules", "core.rules"]


def test_three_parents_are_too_many() -> None:
    text = variant(of="b.rules")
    found = whole(text, core=CORE, a=variant(), b=variant(of="a.rules"))[1]
    assert codes(found) == ["V403"]


def test_a_circle_of_parents_is_shown() -> None:
    for circle in ("example.rules", "./example.rules", "other.rules"):
        _, found = whole(variant(of=circle), example=variant(), other=variant(of="example.rules"))
        assert codes(found) == ["V404"]
        assert "example.rules" in found[0].message


def test_a_missing_parent_is_the_only_thing_reported() -> None:
    text = variant("set nothing = 3", "drop more", of="gone.rules")
    assert codes(check_text(Source("example.rules", text), beside(core=CORE))) == ["V402"]


def test_mistakes_of_a_parent_are_reported_where_they_stand() -> None:
    found = check_text(
        Source("example.rules", variant()),
        beside(core=CORE.replace("calm = VIX < 20", "calm = VIX < 20 days")),
    )
    assert codes(found) == ["T203"]
    assert found[0].span.place.startswith("core.rules:9:")


def test_a_wrong_value_is_reported_in_the_variant() -> None:
    text = variant("set short_distance = 3 sd")
    (found,) = check_text(Source("example.rules", text), beside(core=CORE.replace(" locked", "")))
    assert (found.code, found.span.place) == ("T207", "example.rules:3:22")


def test_what_a_variant_leaves_unused_is_dropped_and_not_deleted() -> None:
    text = variant("drop condors.base.when", "add let hot = VIX > 30", name="eager")
    left, own = check_text(Source("example.rules", text), beside(core=CORE))

    assert (left.code, left.span.place) == ("R504", "core.rules:9:5")
    assert left.message == "nothing in `eager` uses `calm` of its parent"
    assert left.help == ("write `drop calm`, or use it",)
    assert left.labels[0].span.place == "example.rules:1:9"
    assert (own.span.place, own.help) == ("example.rules:4:9", ("delete it, or use it",))
    dropped = text.replace("add let hot = VIX > 30", "drop calm")
    assert check_text(Source("example.rules", dropped), beside(core=CORE)) == ()


def test_what_is_locked_and_left_unused_has_to_be_used() -> None:
    text = variant("set hedge.first.size = 50% of loss(condors, spike)")
    (left,) = check_text(Source("example.rules", text), beside(core=CORE))
    assert (left.span.text, left.help) == (
        "coverage", ("use it: what is locked can't be dropped",)
    )  # fmt: skip


def test_a_variant_keeps_its_parents_words_unless_it_has_its_own() -> None:
    book = book_from_text(Source("e.rules", variant(name="other")), beside(core=CORE))
    assert (book.name, book.doc) == ("other", "A parent")


# --- the same whatever the way -----------------------------------------------------------------


def test_written_out_in_full_it_is_the_same_strategy() -> None:
    text = variant("set condors.base.short = 2 sd was short_distance", "drop hedge", "drop spike")
    together, _ = whole(text, core=CORE.replace(" locked", ""))
    again, found = tree_from_text(Source("full.rules", f"# in full\n\n{text_of(together)}"))

    assert found == ()
    assert fingerprint(again) == fingerprint(together.tree)


def test_every_line_knows_where_it_comes_from() -> None:
    middle = variant("set short_distance = 2 sd was 1.5 sd", "drop hedge.second")
    text = variant("set short_distance = 1 sd", "set hedge.first.when = calm", of="middle.rules")
    together, _ = whole(text, core=CORE, middle=middle)
    lines = {line.text.strip(): line for line in lines_of(together)}

    param = lines["param short_distance = 1 sd from 1 sd to 2 sd step 0.25 sd"]
    assert param.origin.place == "core.rules:6:1"
    assert [(step.before, step.after, step.span.place) for step in param.steps] == [
        ("1.50 sd", "2 sd", "middle.rules:3:1"),
        ("2 sd", "1 sd", "example.rules:3:1"),
    ]
    assert [line.origin.place for line in lines_of(together) if line.text == "    when calm"] == [
        "core.rules:19:5", "example.rules:4:1"
    ]  # fmt: skip
    assert lines["}"].origin is None


@given(rule_files())
@settings(max_examples=30)
def test_a_variant_that_changes_nothing_is_its_parent(text: str) -> None:
    parent = book_from_text(Source("core.rules", text))
    child = book_from_text(
        Source("e.rules", variant(name=parent.name, version=parent.version)), beside(core=text)
    )
    assert child.fingerprint == parent.fingerprint


@st.composite
def other_numbers(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A strategy, and lines that set some of its numbers to others."""
    text = draw(rule_files())
    file, _ = tree_from_text(Source("core.rules", text))
    numbers = [each for each in places_of(file) if isinstance(each.value, nodes.Number)]
    chosen = draw(st.lists(st.sampled_from(numbers), unique_by=lambda each: each.path, min_size=1))
    lines = []
    for place in chosen:
        old = text_from_node(place.value)
        digits = format(place.value.value, "f")
        lines.append(f"set {place.path} = {old.replace(digits, digits + '7', 1)} was {old}")
    if draw(st.booleans()):
        lines.append("add exit to condors.base when age > 99 days")
    return text, lines


@given(other_numbers(), st.randoms())
@settings(max_examples=30)
def test_the_order_of_lines_does_not_matter(drawn, random) -> None:
    text, lines = drawn
    shuffled = random.sample(lines, len(lines))
    one, found = whole(variant(*lines), core=text)
    other, _ = whole(variant(*shuffled), core=text)

    assert codes(found) == []
    assert fingerprint(one.tree) == fingerprint(other.tree)


def strategy_of(tree: nodes.Tree) -> str:
    """The text of a tree, as a strategy with the statements that a strategy can have."""
    header = nodes.Header("strategy", "core", "1.0.0", None, None,
                          span=tree.header.span, name_span=tree.header.name_span)  # fmt: skip
    own = tuple(each for each in tree.statements
                if not isinstance(each, nodes.Set | nodes.Drop | nodes.Add))  # fmt: skip
    return text_from_tree(nodes.Tree(tree.source, header, own, ()))


@given(trees(most=3))
@settings(max_examples=60)
def test_any_place_can_be_set_to_what_it_is(tree) -> None:
    text = strategy_of(tree)
    file, _ = tree_from_text(Source("core.rules", text))
    places = [each for each in places_of(file) if each.at and each.value and not each.lock]
    lines = [_as_it_is(each) for each in places]
    for line in itertools.islice(lines, 6):
        together, found = whole(variant(line), core=text)
        assert codes(found) in (["V413"], ["V409"])
        if codes(found) == ["V413"]:
            assert together.tree.statements == file.statements


def _as_it_is(place) -> str:
    value = text_from_tree(
        nodes.Tree(Source("", ""), None, (nodes.Let("v", place.value, span=place.value.span,
                                                    name_span=place.value.span),), ())
    ).removeprefix("let v = ").rstrip("\n")  # fmt: skip
    return f"set {place.path} = {value} was {value}"


@given(trees(most=4), st.data())
@settings(max_examples=60)
def test_what_is_left_after_any_drops_can_be_read_again(tree, data) -> None:
    text = strategy_of(tree)
    file, _ = tree_from_text(Source("core.rules", text))
    paths = sorted({each.path for each in places_of(file) if each.whole and not each.lock})
    assume(paths)
    dropped = data.draw(st.lists(st.sampled_from(paths), unique=True, max_size=4))
    together, found = whole(variant(*(f"drop {path}" for path in dropped)), core=text)
    assume(not found)

    again, mistakes = tree_from_text(Source("again.rules", canonical_text(together.tree)))

    assert {each.code for each in mistakes} <= {"S120"}  # an empty block may be left
    if not mistakes:
        assert again == together.tree
        assert text_of(together).split() == canonical_text(together.tree).split()
