"""What stands between lexer and parser: line ends that end nothing, and reserved words."""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token

from hedgerow.language.vocabulary import reserved

LINE_END = "_NL"


class Layout:
    """Drops line ends inside ( ), repeated ones, and those that follow an opening brace.

    A reserved word where only a name could stand is read as a name by the contextual lexer; here
    it becomes the word again, so that it is never one.

    It keeps nothing between texts and never looks ahead: the contextual lexer chooses each token
    by the state that the parser is in when the token is asked for.
    """

    always_accept = (LINE_END,)

    def process(self, tokens: Iterator[Token]) -> Iterator[Token]:
        words = reserved()
        depth = 0
        last = LINE_END
        for token in tokens:
            if token.type == LINE_END and (depth or last in (LINE_END, "LBRACE")):
                continue
            if token.type == "NAME":
                token.type = words.get(token, "NAME")
            elif token.type == "LPAR":
                depth += 1
            elif token.type == "RPAR":
                depth = max(0, depth - 1)
            last = token.type
            yield token
