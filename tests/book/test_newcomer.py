"""A newcomer who does what the messages say, and nothing else, ends with a correct file."""

import re

from hedgerow.book import check_text
from hedgerow.language.to_text import format_text
from hedgerow.text.diagnostic import Diagnostic, Edit
from hedgerow.text.edits import edited
from hedgerow.text.source import Source

FIRST_TRY = """strategy my_condors 1.0
"Condors in calm markets"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = 45, short = 0.16 delta, wing = 50 points)
  when VIX < 20 && VXI > 12
  size risk 10%
  exit when profit >= 50%
  exit when dte <= 7 days
}
"""
IN_THE_END = """strategy my_condors 1.0.0
"Condors in calm markets"

needs SPX, VIX

entry condor {
  sell iron_condor(SPX, expiry = 45 days, short = 16 delta, wing = 50 points)
  when VIX < 20 and VIX > 12
  size risk 10% of capital
  exit when profit >= 50% of credit
  exit when days_to_expiry <= 7 days
}
"""
MOST_ROUNDS = 5  # a mistake may hide another on its line


def advice(found: Diagnostic) -> Edit:
    """The first fix; else what the help tells to write, where the help's words begin alike."""
    if found.fixes:
        return found.fixes[0].edits[0]
    said = re.findall(r"`([^`]+)`", found.help[0])[0]
    written = re.match(r"-?[0-9.]+%?", said)
    places = [label.span for label in found.labels if written and label.span.text == written[0]]
    return Edit(places[0] if places else found.span, said)


def test_following_the_messages_leads_to_a_correct_file():
    text, codes = FIRST_TRY, []
    for _ in range(MOST_ROUNDS):
        found = check_text(Source("my_condors.rules", text))
        if not found:
            break
        codes += [each.code for each in found]
        text = edited(text, [advice(each) for each in found])
    assert text == IN_THE_END
    assert format_text(Source("my_condors.rules", text)) == text
    assert sorted(codes) == ["N101", "N102", "S107", "S118", "T202", "T203", "T204", "T205"]
