"""How much may stand on each other: what takes no room in a file may still take all day."""

from hedgerow.book import check_text
from hedgerow.text.source import Source

HEAD = 'strategy sized 1.0.0\n"A share"\n\nneeds SPX, VIX\n\nlet a0 = base.profit > 0\n'
ENTRY = "\nentry base {\n  buy shares(SPX)\n  size 1 contracts\n  exit when LAST\n}\n"


def said(lets, last):
    text = HEAD + "".join(f"let {each}\n" for each in lets) + ENTRY.replace("LAST", last)
    return [(each.code, each.message) for each in check_text(Source("sized.rules", text))]


def test_names_that_double_each_other_are_refused_at_the_first_that_is_too_much():
    doubled = [f"a{at} = a{at - 1} and a{at - 1}" for at in range(1, 60)]
    (found,) = said(doubled, "a59")
    assert found == ("T209", "with its names written out this has more than 50,000 operators")


def test_a_name_may_stand_in_many_places():
    names = [f"b{at}" for at in range(300)]
    lets = [f"{name} = a0 or VIX > {at}" for at, name in enumerate(names, 10)]
    assert said(lets, "all {\n" + "\n".join(names) + "\n}") == []
