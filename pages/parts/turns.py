"""A line of people waiting for the sampler: one runs, the others see their place."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK_S = 0.3  # how often a waiting page wakes, so that the user can stop it


class Turns:
    """Lets `places` callers run at once, first come first served."""

    def __init__(self, places: int = 1) -> None:
        self._places = places
        self._line: list[object] = []  # those who run stand at its head
        self._change = threading.Condition()

    @contextmanager
    def take(self, on_wait: Callable[[int], None]) -> Iterator[None]:
        """Wait for a place and hold it while the block runs.

        Args:
            on_wait: called again and again with the number of callers ahead; may raise to leave.
        """
        ticket = object()
        with self._change:
            self._line.append(ticket)
        try:
            while (ahead := self._ahead(ticket)) > 0:
                on_wait(ahead)
                with self._change:
                    self._change.wait(_LOOK_S)
            yield
        finally:  # also when the page is stopped, which raises no ordinary exception
            with self._change:
                self._line.remove(ticket)
                self._change.notify_all()

    def _ahead(self, ticket: object) -> int:
        with self._change:
            return self._line.index(ticket) + 1 - self._places
