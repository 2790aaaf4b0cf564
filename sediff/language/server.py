"""`Endpoint` and `ask`: one bounded question to an OpenAI-compatible server, or why it failed.

Nothing is sent unless the user names a server. The key goes to that server alone: redirects are
refused, and a server on this machine is never reached through a proxy.
"""

import http.client
import ipaddress
import json
import os
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sediff.errors import RequestError, SediffError

URL, MODEL, KEY = "SEDIFF_LLM_URL", "SEDIFF_LLM_MODEL", "SEDIFF_LLM_KEY"
TIMEOUT_S = 20.0
_LONGEST_TIMEOUT_S = 600.0
_MOST_BYTES = 1_000_000  # a paragraph has a few thousand
_CHUNK_BYTES = 16_384
_POLL_S = 0.05
_PATH = "/chat/completions"
_MOST_AT_ONCE = 4  # questions of all users together
_turns = threading.BoundedSemaphore(_MOST_AT_ONCE)
# The status with which servers say that they do not know a field of the request.
_UNKNOWN_FIELD = (400, 422)

Message = Mapping[str, str]


class NoAnswer(SediffError):
    """The server gave nothing usable; the message is one clause without a full stop."""

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible server that the user chose.

    Attributes:
        url: base address, mostly ending in /v1; http or https.
        model: name that the server knows. key: secret, '' for servers that want none.
        timeout_s: for the whole answer, from the first byte sent to the last received.

    Raises:
        RequestError: the address, the model or the key cannot be used.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout_s: float = TIMEOUT_S

    def __post_init__(self) -> None:
        url = self.url.strip().rstrip("/").removesuffix(_PATH)
        object.__setattr__(self, "url", url)
        problem = _problem(url, self.model, self.key)
        if problem:
            raise RequestError(problem)
        if not 0 < self.timeout_s <= _LONGEST_TIMEOUT_S:
            raise RequestError(f"The time-out must lie between 0 and {_LONGEST_TIMEOUT_S:g} s.")

    @property
    def host(self) -> str:
        """Where the report would go, for the user's eyes: 'localhost:11434'."""
        return urllib.parse.urlsplit(self.url).netloc


def endpoint_from_environment(environment: Mapping[str, str] = os.environ) -> Endpoint | None:
    """The server named by `SEDIFF_LLM_URL`, `_MODEL` and `_KEY`; None, the default, where none is.

    Raises:
        RequestError: a server is named, but not so that it can be used.
    """
    url = environment.get(URL, "").strip()
    if not url:
        return None
    return Endpoint(url, environment.get(MODEL, "").strip(), environment.get(KEY, "").strip())


def ask(
    endpoint: Endpoint,
    messages: Sequence[Message],
    most_tokens: int,
    stop: str = "",
    should_stop: Callable[[], bool] | None = None,
) -> str:
    """Send `messages` and return the text of the answer.

    A server that does not know a field of the request is asked again with the bare question,
    within the same time.

    Args:
        most_tokens: length at which the server shall stop. stop: text before which it shall stop.
        should_stop: asked about twenty times a second; what it raises is passed on.

    Raises:
        NoAnswer: time is over, the server refused, or what came is no chat completion.
    """
    bare = {"model": endpoint.model, "messages": [dict(message) for message in messages]}
    full = bare | {"temperature": 0, "max_tokens": most_tokens, "stream": False}
    full |= {"stop": [stop]} if stop else {}
    end = time.monotonic() + endpoint.timeout_s
    if not _turns.acquire(blocking=False):
        raise NoAnswer("is busy with the questions of others")
    try:
        return _content(_exchange(endpoint, full, end, should_stop))
    except NoAnswer as refusal:
        if refusal.status not in _UNKNOWN_FIELD:
            raise
        return _content(_exchange(endpoint, bare, end, should_stop))
    finally:
        _turns.release()


def _problem(url: str, model: str, key: str) -> str:
    try:
        parts = urllib.parse.urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return f"{URL} is no address: write it like http://localhost:11434/v1."
    if not usable or not url.isascii() or not url.isprintable() or " " in url:
        return f"{URL} must be an http or https address like http://localhost:11434/v1."
    if "@" in parts.netloc or parts.query or parts.fragment:
        return f"{URL} must hold no password, '?' or '#': put the key into {KEY}."
    if not model:
        return f"{MODEL} is not set: name the model that the server shall use."
    if not key.isascii() or not (key.isprintable() or not key):
        return f"{KEY} holds characters that no key has: copy it again."
    return ""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Another address would be sent the report and the key: the user did not name it."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return None


class _Call:
    """One request in a thread of its own, so that the caller can leave at any time."""

    def __init__(self, request: urllib.request.Request, end: float) -> None:
        self.answer = b""
        self.failure: NoAnswer | None = None
        self._request, self._end = request, end
        self._sockets: list[socket.socket] = []
        self._left = False
        self.thread = threading.Thread(target=self._run, name="language-model", daemon=True)
        self.thread.start()

    def leave(self) -> None:
        """Cut the connection, so that the thread ends whatever the server does."""
        self._left = True
        for opened in self._sockets:
            _cut(opened)

    def _opened(self, opened: socket.socket) -> None:
        self._sockets.append(opened)
        if self._left:  # nobody waits any more: the report is not sent
            _cut(opened)

    def _run(self) -> None:
        try:
            self.answer = self._fetch()
        except NoAnswer as failure:
            self.failure = failure
        except urllib.error.HTTPError as error:
            error.close()
            self.failure = NoAnswer(_refusal(error.code), error.code)
        except TimeoutError:
            self.failure = _too_late()
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)
            late = isinstance(reason, TimeoutError)
            why = f"could not be reached ({_in_line(reason)})"
            self.failure = _too_late() if late else NoAnswer(why)

    def _fetch(self) -> bytes:
        seconds = max(self._end - time.monotonic(), _POLL_S)
        with self._opener().open(self._request, timeout=seconds) as response:
            pieces, size = [], 0
            while piece := response.read1(_CHUNK_BYTES):
                pieces.append(piece)
                size += len(piece)
                if size > _MOST_BYTES:
                    raise NoAnswer("sent far more than a paragraph")
                if self._left or time.monotonic() > self._end:
                    raise _too_late()
            return b"".join(pieces)

    def _opener(self) -> urllib.request.OpenerDirector:
        proxies = {} if _is_here(self._request.host) else None
        return urllib.request.build_opener(
            _NoRedirects, urllib.request.ProxyHandler(proxies), *_handlers(self._opened)
        )


def _cut(opened: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        opened.shutdown(socket.SHUT_RDWR)


def _handlers(
    opened: Callable[[socket.socket], None],
) -> tuple[urllib.request.BaseHandler, ...]:
    """Handlers for http and https that show each socket to `opened` before they use it."""

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            opened(self.sock)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            opened(self.sock)

    class Http(urllib.request.HTTPHandler):
        def http_open(self, req):
            return self.do_open(Plain, req)

    class Https(urllib.request.HTTPSHandler):
        def https_open(self, req):
            return self.do_open(Secure, req)

    return Http(), Https()


def _exchange(
    endpoint: Endpoint,
    body: Mapping[str, Any],
    end: float,
    should_stop: Callable[[], bool] | None,
) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    data = json.dumps(body).encode()
    call = _Call(urllib.request.Request(endpoint.url + _PATH, data, headers), end)
    try:
        while call.thread.is_alive():
            call.thread.join(_POLL_S)
            if should_stop is not None and should_stop():
                raise NoAnswer("was stopped")
            if time.monotonic() > end:
                raise _too_late()
    finally:
        call.leave()
    if call.failure is not None:
        raise call.failure
    return call.answer


def _content(answer: bytes) -> str:
    """The text of the first choice of a chat completion."""
    try:
        choice = json.loads(answer)["choices"][0]["message"]
        content = choice.get("content")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NoAnswer("did not send a chat completion") from None
    if isinstance(content, str) and content.strip():
        return content
    raise NoAnswer("refused to answer" if choice.get("refusal") else "sent an empty answer")


def _is_here(netloc: str) -> bool:
    host = urllib.parse.urlsplit(f"//{netloc}").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refusal(status: int) -> str:
    if status in (401, 403):
        return f"refused the key: check {KEY}"
    if status == 404:
        return f"knows no such address or model: check {URL} (mostly it ends in /v1) and {MODEL}"
    if 300 <= status < 400:
        return f"redirects elsewhere, which is not followed: put the final address into {URL}"
    return f"answered with HTTP error {status}"


def _too_late() -> NoAnswer:
    return NoAnswer("did not answer in time")


def _in_line(reason: object) -> str:
    return " ".join(str(reason).split())[:120]
