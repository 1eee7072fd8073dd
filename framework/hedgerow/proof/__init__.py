"""Promises kept: tests on made-up markets, invariants on generated ones, one close looked at."""
