"""One line that says what is being made, how far it is, and how long it will take."""

import sys
import time
from typing import TextIO

import numpy as np

_QUIET_S = 20.0  # between lines where they are not drawn over each other
_FROM_CACHE_S = 0.01  # an ECG that took less was not made but read


class Progress:
    """Told of every batch; writes to a terminal in place, elsewhere a line now and then."""

    def __init__(self, total: int, out: TextIO | None = None) -> None:
        """`total` ECGs, each counted once when made and once when measured."""
        self.out = out or sys.stderr
        self.total, self.done, self.label = total, 0, ""
        self._costs: list[float] = []
        self._last = self._told = time.monotonic()

    def begin(self, label: str) -> None:
        """What is made from now on."""
        self.label, self._last = label, time.monotonic()

    def step(self, count: int) -> None:
        """`count` more are done."""
        now = time.monotonic()
        cost, self._last = (now - self._last) / max(count, 1), now
        if cost > _FROM_CACHE_S:
            self._costs.append(cost)
        self.done += count
        whole = self.done >= self.total
        if self.out.isatty() or whole or now - self._told > _QUIET_S:
            self._told = now
            start, end = ("\r\033[K", "\n" if whole else "") if self.out.isatty() else ("", "\n")
            print(start + self.text(), end=end, file=self.out, flush=True)

    def text(self) -> str:
        """The line."""
        share = f"{100 * self.done / max(self.total, 1):.0f} %"
        return f"{share}, {self.label}{self._left()}"

    def _left(self) -> str:
        left = self.total - self.done
        if not self._costs or left <= 0:
            return ""
        minutes = left * float(np.mean(self._costs[-200:])) / 60
        return f", about {max(1, round(minutes))} min left"
