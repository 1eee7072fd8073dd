"""One file over HTTP: tried again, taken up where it broke off, not fetched twice."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from msgspec import Struct

from hedgerow.market.data_fault import DataFault

TRIES = 4
TIMEOUT = 20.0  # seconds without a byte
LARGEST = 64 << 20  # bytes of an answer
_LONGEST_WAIT = 60.0  # seconds, whatever a server asks for
_BLOCK = 1 << 16
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_ELSEWHERE = "fetch it with a browser and save it into the folder, or try again later"

Wait = Callable[[float], None]  # seconds


class Answer(Struct, frozen=True):
    content: bytes
    tag: str  # ETag, by which the server knows what it gave; "" where it gave none


class NoSuchFile(DataFault):
    """The server is there, and the file is not: a store of files may answer 403 for that."""


class _Broken(Exception):
    """A try that failed in a way another may not; `wait` is what the server asks for, seconds."""

    def __init__(self, problem: str, wait: float = 0.0) -> None:
        super().__init__(problem)
        self.wait = wait


def fetch(url: str, known_tag: str, wait: Wait, timeout: float = TIMEOUT) -> Answer | None:
    """The file; None where it is still the one with `known_tag`. DataFault where it can't be had.

    Tries `TRIES` times, 1, 2 and 4 seconds apart; a broken transfer goes on where it stopped.
    """
    part = _Part(url, known_tag, timeout)
    for attempt in range(TRIES):
        try:
            return part.go_on()
        except _Broken as broken:
            problem = str(broken)
            if attempt + 1 < TRIES:
                wait(max(2.0**attempt, min(broken.wait, _LONGEST_WAIT)))
    raise DataFault(url, f"{problem} ({TRIES} tries)", _ELSEWHERE)


class _Part:
    """What has come of a file so far."""

    def __init__(self, url: str, known_tag: str, timeout: float) -> None:
        self._url, self._known, self._timeout = url, known_tag, timeout
        self._got = bytearray()
        self._tag = ""

    def go_on(self) -> Answer | None:
        headers = {"User-Agent": "hedgerow (data download)", "Accept": "text/csv, */*;q=0.5"}
        if self._got and self._tag:
            headers |= {"Range": f"bytes={len(self._got)}-", "If-Range": self._tag}
        elif self._known:
            headers["If-None-Match"] = self._known
        try:
            with urlopen(Request(self._url, headers=headers), timeout=self._timeout) as response:
                return self._read(response)
        except HTTPError as error:
            error.close()
            if error.code == http.client.NOT_MODIFIED:
                return None
            if error.code in _AGAIN:
                asked = error.headers.get("Retry-After", "")
                seconds = float(asked) if asked.isdigit() else 0.0
                raise _Broken(f"the server answers {error.code}", seconds) from None
            raise self._refused(error.code) from None
        except ssl.SSLCertVerificationError as error:
            raise DataFault(self._url, f"not trusted: {error.verify_message}", _ELSEWHERE) from None
        except URLError as error:
            reason = error.reason
            raise _Broken(f"no connection ({getattr(reason, 'strerror', '') or reason})") from None
        except TimeoutError:
            raise _Broken(f"no answer for {self._timeout:g} seconds") from None
        except (http.client.HTTPException, OSError) as error:
            raise _Broken(f"the connection broke off ({type(error).__name__})") from None

    def _refused(self, code: int) -> DataFault:
        """What asking again would not change."""
        if code == http.client.NOT_FOUND:
            return NoSuchFile(self._url, f"the server has no such file ({code})", _ELSEWHERE)
        if code == http.client.FORBIDDEN:
            return NoSuchFile(self._url, f"the server refuses it ({code})", _ELSEWHERE)
        told = "sends it round in a circle" if 300 <= code < 400 else "refuses it"
        return DataFault(self._url, f"the server {told} ({code})", _ELSEWHERE)

    def _read(self, response: http.client.HTTPResponse) -> Answer:
        if response.status != http.client.PARTIAL_CONTENT:
            self._got.clear()
        self._tag = response.headers.get("ETag", "")
        expected = response.headers.get("Content-Length")
        whole = None if expected is None else len(self._got) + int(expected)
        while block := response.read1(_BLOCK):
            self._got += block
            if len(self._got) > LARGEST:
                problem = f"larger than {LARGEST >> 20} MB"
                raise DataFault(self._url, problem, "this is no series of prices; check the URL")
        if whole is not None and len(self._got) < whole:
            raise _Broken(f"the connection broke off at {len(self._got):,} of {whole:,} bytes")
        return Answer(bytes(self._got), self._tag)
