"""Promises kept: the tests of rule files, on made-up markets."""
