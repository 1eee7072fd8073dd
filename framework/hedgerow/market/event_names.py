"""Names of event calendars and of what events bring: terms only, no dates."""

BY_RULE = ("SPX_EXPIRY", "VIX_EXPIRY", "MONTH_END", "QUARTER_END")  # always there
PACKAGED = "FOMC"  # there as well, but a file of the user's own takes its place
VALUES = ("actual", "expected", "surprise")  # what an event can bring
