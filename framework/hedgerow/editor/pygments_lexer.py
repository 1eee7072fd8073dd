"""Rule files in colour wherever Pygments is: documentation, terminals, web pages."""

from __future__ import annotations

from typing import ClassVar

from pygments import token
from pygments.lexer import RegexLexer, default
from pygments.lexer import words as any_of

from hedgerow.editor.highlighting import PAIRS, words

_WORDS = words()
_WHOLE = {"prefix": r"(?<![.\w])", "suffix": r"\b"}


class RulesLexer(RegexLexer):
    """Hedgerow rule files."""

    name = "Hedgerow rules"
    aliases: ClassVar = ["hedgerow", "hedgerow-rules"]
    filenames: ClassVar = ["*.rules"]
    mimetypes: ClassVar = ["text/x-hedgerow-rules"]
    tokens: ClassVar = {
        "root": [
            (r"\s+", token.Whitespace),
            (r"#.*", token.Comment.Single),
            (r'"[^"\n]*"', token.String.Double),
            *(
                (rf"(?<![.\w]){first}(?=\s+(?:{'|'.join(then)})\b)", token.Keyword, f"{first} ...")
                for first, then in PAIRS
            ),
            (any_of(_WORDS.statements, **_WHOLE), token.Keyword),
            (any_of(_WORDS.logic, **_WHOLE), token.Operator.Word),
            (any_of(_WORDS.truths, **_WHOLE), token.Keyword.Constant),
            (any_of(_WORDS.others, **_WHOLE), token.Keyword.Pseudo),
            (r"[0-9]+\.[0-9]+\.[0-9]+(?![0-9.])", token.Literal),
            (r"\$[0-9][0-9,]*(?:\.[0-9]+)?", token.Number),
            (r"[0-9][0-9,]*(?:\.[0-9]+)?", token.Number, "unit"),
            (r"(?<![.\w])[A-Z][A-Z0-9_]*\b", token.Name.Constant),
            (r"[A-Za-z_]\w*(?=\()", token.Name.Function),
            (r"[A-Za-z_]\w*", token.Name),
            (r"[<>!=]=?|[-+*/≤≥≠]", token.Operator),
            (r"[(){}\[\].,:]", token.Punctuation),
        ],
        "unit": [
            (r"[ \t]+", token.Whitespace),
            (r"%", token.Keyword.Type, "#pop"),
            (any_of(_WORDS.units, suffix=r"\b"), token.Keyword.Type, "#pop"),
            default("#pop"),
        ],
        **{
            f"{first} ...": [
                (r"\s+", token.Whitespace),
                (any_of(then, suffix=r"\b"), token.Keyword, "#pop"),
            ]
            for first, then in PAIRS
        },
    }
