"""Which line ends the parser sees: a line end ends a statement, except inside ( )."""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token

LINE_END = "_NL"


class LineEnds:
    """Drops line ends inside ( ), repeated ones, and those that follow an opening brace.

    It keeps nothing between texts and never looks ahead: the contextual lexer chooses each token
    by the state that the parser is in when the token is asked for.
    """

    always_accept = (LINE_END,)

    def process(self, tokens: Iterator[Token]) -> Iterator[Token]:
        depth = 0
        last = LINE_END
        for token in tokens:
            if token.type == LINE_END and (depth or last in (LINE_END, "LBRACE")):
                continue
            if token.type == "LPAR":
                depth += 1
            elif token.type == "RPAR":
                depth = max(0, depth - 1)
            last = token.type
            yield token
