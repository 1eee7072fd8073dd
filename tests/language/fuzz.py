"""Bytes that libFuzzer makes, guided by what they reach: `python -m tests.language.fuzz CORPUS`.

Needs `pip install atheris`. Whatever the bytes, checking them yields diagnostics with a place in
the text, never an exception. The corpus is a folder of one's own; the cases are put into it first.
Ends after `-runs=N` or `-max_total_time=SECONDS`; a text that breaks the promise is kept beside it.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["hedgerow.language", "hedgerow.text", "hedgerow.book"]):
    from hedgerow.book import check_text
    from hedgerow.language.vocabulary import keywords
    from hedgerow.text.diagnostic import Refusal
    from hedgerow.text.read import source_from_bytes

ROOT = Path(__file__).parents[2]


def answered(data: bytes) -> None:
    try:
        source = source_from_bytes("fuzzed.rules", data)
    except Refusal as refusal:
        assert refusal.diagnostics
        return
    for found in check_text(source):
        assert 0 <= found.span.start <= found.span.stop <= len(found.span.source.text), found


def main() -> None:
    corpus = Path(next((each for each in sys.argv[1:] if not each.startswith("-")), "corpus"))
    corpus.mkdir(parents=True, exist_ok=True)
    for path in (*ROOT.glob("rules/**/*.rules"), *ROOT.glob("tests/cases/*/*.rules")):
        (corpus / f"{path.parent.name}-{path.name}").write_bytes(path.read_bytes())
    words = corpus.parent / f"{corpus.name}.words"
    words.write_text("".join(f'"{word}"\n' for word in sorted(keywords())), encoding="utf-8")
    atheris.Setup([*sys.argv, f"-dict={words}"], answered)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
