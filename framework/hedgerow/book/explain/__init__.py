"""A rule file in plain English."""

from __future__ import annotations

from hedgerow.book.explain.explained import explained
from hedgerow.book.explain.explanation import Explanation, Section, Sentence
from hedgerow.book.explain.to_text import text_from_explanation

__all__ = ["Explanation", "Section", "Sentence", "explained", "text_from_explanation"]
