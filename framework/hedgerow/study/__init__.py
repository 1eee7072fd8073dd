"""Runs in numbers: summaries, regimes, paired comparisons. Prices nothing."""
