"""How a quiz is asked: form of the answer and time."""

from dataclasses import dataclass
from typing import Literal

from sediff.errors import RequestError

Form = Literal["text", "choice"]
Timing = Literal["none", "each", "whole"]

MOST_QUESTIONS = 60
SECONDS = {"each": (10, 600), "whole": (60, 7200)}  # least and most that can be asked


@dataclass(frozen=True)
class Settings:
    """How a quiz is asked.

    Attributes:
        form: free text, or a choice of four. timing: none, for each ECG, or for the whole quiz.
        seconds: of that timing, 0 for none.
    """

    form: Form = "text"
    timing: Timing = "none"
    seconds: int = 0

    def __post_init__(self) -> None:
        if self.form not in ("text", "choice") or self.timing not in ("none", *SECONDS):
            raise RequestError("The settings of this quiz are not known here.")
        low, high = SECONDS.get(self.timing, (0, 0))
        if not low <= self.seconds <= high:
            raise RequestError(f"The time must be between {low} and {high} seconds.")
