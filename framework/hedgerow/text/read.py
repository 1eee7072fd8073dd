"""Files to sources."""

from __future__ import annotations

from pathlib import Path

from hedgerow.text.diagnostic import Diagnostic, Refusal
from hedgerow.text.source import Source, Span

LARGEST_FILE = 400_000  # bytes: the longest text allowed, in the widest characters


def read_source(path: Path | str) -> Source:
    """The text of a rule file, its line ends as `\\n`; Refusal if there is no text to be had."""
    return source_from_bytes(str(path), read_bytes(path))


def read_bytes(path: Path | str) -> bytes:
    """What stands in a file, if that can be had and is not too much; else Refusal."""
    name, file = str(path), Path(path)
    try:
        if file.is_dir():
            raise _refused(name, "L001", f"`{name}` is a folder, not a file")
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)  # a device may have no end
            size = max(len(data), file.stat().st_size)
    except FileNotFoundError:
        raise _refused(name, "L001", f"there is no file `{name}`") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name is not one a file can have"
        raise _refused(name, "L001", f"`{name}` can't be read: {why}") from None
    if size > LARGEST_FILE:
        message = f"the file is {size:,} bytes long, far more than any rule file"
        raise _refused(name, "L005", message)
    return data


def source_from_bytes(name: str, data: bytes) -> Source:
    """The text in some bytes, a byte order mark taken off; Refusal if they are none in UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(name, "L004", "the file is in UTF-16", "save it as UTF-8")
    if b"\x00" in data:
        raise _refused(name, "L003", "the file is not a text", "rule files are plain text in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(
            name, "L004", f"line {line} is not in UTF-8", "save the file as UTF-8"
        ) from None
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def _refused(name: str, code: str, message: str, help: str = "") -> Refusal:
    nowhere = Span(Source(name, ""), 0, 0)
    return Refusal([Diagnostic(code, message, nowhere, help=(help,) if help else ())])
