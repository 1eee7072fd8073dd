"""Hedgerow: trading methodologies as rule files, checked, compiled to Backtrader and compared."""

__version__ = "0.1.0"
