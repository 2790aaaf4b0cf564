"""Servers that behave, lie, stall and refuse, each on a free port of this machine."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Act = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@contextmanager
def served(act: Act) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the address of a server that calls `act`, and the requests that it gets."""
    seen: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append({"path": self.path, "headers": dict(self.headers), "body": body})
            try:
                act(self, body)
            except OSError:
                self.close_connection = True  # the client has left, as it should

        do_GET = do_POST

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", seen
    finally:
        server.shutdown()
        server.server_close()


def sends(data: bytes, status: int = 200, **headers: str) -> Act:
    """A server that answers with these bytes."""

    def act(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return act


def says(content: object) -> Act:
    """A server whose model writes `content`."""
    return sends(json.dumps({"choices": [{"message": {"content": content}}]}).encode())


def stalls(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """A server that does not answer."""
    time.sleep(5)


def drips(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """A server that sends a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def drips_headers(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """A server whose headers never end."""
    handler.send_response(200)
    for k in range(100):
        handler.send_header(f"X-{k}", "x")
        handler.flush_headers()
        time.sleep(0.05)


def floods(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """A server that sends far too much."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(400):
        handler.wfile.write(b"x" * 65_536)


def hangs_up(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """A server that closes the connection without a word."""
    handler.close_connection = True
