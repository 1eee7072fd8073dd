"""A server on this machine that answers as it is told: good files, and all that goes wrong."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TAG = '"v1"'
Reply = Callable[[BaseHTTPRequestHandler], None]


def good(content: bytes, tag: str = TAG) -> Reply:
    """The file; from where a Range says; nothing where it is known by its tag."""

    def reply(asked: BaseHTTPRequestHandler) -> None:
        if asked.headers.get("If-None-Match") == tag:
            asked.send_response(304)
            asked.end_headers()
            return
        span = asked.headers.get("Range")
        start = int(span.removeprefix("bytes=").rstrip("-")) if span else 0
        asked.send_response(206 if span else 200)
        asked.send_header("ETag", tag)
        asked.send_header("Content-Length", str(len(content) - start))
        asked.end_headers()
        asked.wfile.write(content[start:])

    return reply


def status(code: int, **headers: str) -> Reply:
    def reply(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(code)
        for name, value in headers.items():
            asked.send_header(name.replace("_", "-"), value)
        asked.send_header("Content-Length", "0")
        asked.end_headers()

    return reply


def cut(content: bytes, after: int) -> Reply:
    """The beginning of the file, then the end of the connection."""

    def reply(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("ETag", TAG)
        asked.send_header("Content-Length", str(len(content)))
        asked.end_headers()
        asked.wfile.write(content[:after])
        asked.wfile.flush()
        asked.connection.shutdown(socket.SHUT_WR)

    return reply


def silent(seconds: float) -> Reply:
    return lambda _: time.sleep(seconds)


class Server:
    """What it was asked, and what it answers next: the last reply stays."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.address = ""

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        self.asked.append((asked.path, dict(asked.headers)))
        replies = self.replies.get(asked.path, [status(404)])
        (replies.pop(0) if len(replies) > 1 else replies[0])(asked)


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server.address = f"http://127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
