"""An editor of our own: it speaks the protocol over the pipes of a real `hedgerow lsp`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from queue import Queue
from typing import Any

PATIENCE = 60  # seconds for one answer, on a busy machine
FRAMEWORK = Path(__file__).parents[2] / "framework"


class Failed(Exception):
    """The server answered a request with an error."""


class Client:
    """One session. Requests wait for their answer; what the server says unasked is kept."""

    def __init__(self, folder: Path, *, encodings: list[str] | None = None) -> None:
        paths = [str(FRAMEWORK), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "hedgerow", "lsp"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
        )  # fmt: skip
        self._answers: Queue[dict[str, Any]] = Queue()
        self._published: Queue[dict[str, Any]] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._last = 0
        general = {"positionEncodings": encodings} if encodings else {}
        item = {"snippetSupport": True}
        self.capabilities = self.ask("initialize", {
            "processId": os.getpid(),
            "rootUri": folder.as_uri(),
            "workspaceFolders": [{"uri": folder.as_uri(), "name": "rules"}],
            "capabilities": {"general": general, "textDocument": {
                "completion": {"completionItem": item}, "rename": {"prepareSupport": True}}},
        })["capabilities"]  # fmt: skip
        self.tell("initialized", {})

    def ask(self, method: str, params: dict[str, Any] | None) -> Any:
        """The result of a request; Failed where the server refuses it."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        answer = self._answers.get(timeout=PATIENCE)
        assert answer["id"] == self._last
        if "error" in answer:
            raise Failed(answer["error"]["message"])
        return answer["result"]

    def tell(self, method: str, params: dict[str, Any] | None) -> None:
        self._send({"method": method, "params": params})

    def diagnostics(self) -> dict[str, Any]:
        """The next ones the server publishes."""
        return self._published.get(timeout=PATIENCE)

    def leave(self) -> int:
        """The status the server ends with after a proper goodbye."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        status = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.complaints = self._process.stderr.read().decode()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            pipe.close()
        return status

    def _send(self, message: dict[str, Any]) -> None:
        if message.get("params", 0) is None:
            del message["params"]
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        while line := self._process.stdout.readline():
            length = int(line.split(b":")[1])
            while self._process.stdout.readline().strip():
                pass
            message = json.loads(self._process.stdout.read(length))
            if message.get("method") == "textDocument/publishDiagnostics":
                self._published.put(message["params"])
            elif "id" in message and "method" not in message:
                self._answers.put(message)
        for waiting in (self._answers, self._published):  # whoever waits learns that it is over
            waiting.put({"id": self._last, "error": {"message": "the server has ended"}})
