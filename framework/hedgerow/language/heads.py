"""Slips in the first line of a file or a block: its name, its version, its parent, its braces."""

from __future__ import annotations

import re
from collections.abc import Callable

from hedgerow.language import vocabulary
from hedgerow.language.failure import Failure
from hedgerow.text.diagnostic import Applicability, Diagnostic, Edit, Fix, instead, replace

_WORDS_OF_A_NAME = r"(?P<name>[A-Za-z]\w*(?:[ \t]+[A-Za-z]\w*|-[A-Za-z]\w*)+)"
_NAMES = tuple(
    re.compile(rf"(?:{words})[ \t]+{_WORDS_OF_A_NAME}[ \t]*{behind}")
    for words, behind in (
        ("let|param", "=(?!=)"),
        ("buy|sell|offset|structure", r"\("),
        ("entry|layers|layer|shock", r"\{"),
        ("strategy|variant", "v?[0-9]"),
    )
)
_NAMED = ("param", "let", "entry", "layers", "layer", "shock", "structure")


def _version_with_letter(failure: Failure) -> Diagnostic | None:
    """`strategy condor v1.0.0`."""
    found = re.compile(r"[vV](?=[0-9]+\.[0-9]+\.[0-9]+\b)").match(failure.text, failure.at)
    if found is None or "VERSION" not in failure.accepts:
        return None
    span = failure.skeleton.span(*found.span())
    return Diagnostic(
        "S118", f"a version is written without `{found[0]}`", span,
        help=("write it as in `1.0.0`",), fixes=(replace("delete it", span, "", safe=False),),
    )  # fmt: skip


def _braces_around_the_file(failure: Failure) -> Diagnostic | None:
    """`strategy condor 1.0.0 { ... }`."""
    if failure.found != "{" or failure.text.split(None, 1)[0] not in ("strategy", "variant"):
        return None
    braces = [failure.skeleton.span(at, at + 1) for at in (failure.at, failure.at + 1)]
    edits = tuple(Edit(each, "") for each in braces if each.text in "{}")  # the second may be lost
    return Diagnostic(
        "S126", "no braces stand around a strategy: it is the whole file", failure.span,
        help=("delete this `{` and the `}` that closes it",),
        fixes=(Fix("delete them", Applicability.SAFE, edits),),
    )  # fmt: skip


def _name_in_pieces(failure: Failure) -> Diagnostic | None:
    """`sell iron condor(...)`, `let short-term = ...`."""
    for pattern in _NAMES:
        found = pattern.match(failure.text)
        if found is None or not found.start("name") < failure.at < found.end("name"):
            continue
        words = re.split(r"[ \t-]+", found["name"])
        if vocabulary.keywords().isdisjoint(words):
            span = failure.skeleton.span(*found.span("name"))
            message = "a name is one word, without spaces or dashes"
            return instead("S101", message, span, "_".join(words), safe=False)
    return None


def _name_of_digits(failure: Failure) -> Diagnostic | None:
    """`layer 1 at ...`."""
    if not failure.found.isdigit() or failure.before not in _NAMED:
        return None
    name = f"{failure.before}_{failure.found}"
    return instead("S101", "a name begins with a letter", failure.span, name, safe=False)


def _path_without_quotes(failure: Failure) -> Diagnostic | None:
    """`variant tight 1.0.0 of alvh/core.rules`."""
    found = re.compile(r"[^\s\"]+").match(failure.text, failure.at)
    if failure.before != "of" or not failure.text.startswith("variant") or found is None:
        return None
    span = failure.skeleton.span(*found.span())
    return instead("S101", "the file of the parent stands in quotes", span, f'"{found[0]}"')


def _name_in_quotes(failure: Failure) -> Diagnostic | None:
    """`strategy "Weekly Put Seller" 1.0.0`."""
    found = re.compile(r'"([^"\n]*)"').match(failure.text, failure.at)
    if found is None or failure.before not in ("strategy", "variant") or not found[1].strip():
        return None
    name = "_".join(re.findall(r"\w+", found[1].lower()))
    span = failure.skeleton.span(*found.span())
    return instead("S101", "a name is one word, without quotes", span, name, safe=False)


HEADS: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    _version_with_letter,
    _braces_around_the_file,
    _name_in_pieces,
    _name_of_digits,
    _name_in_quotes,
    _path_without_quotes,
)
