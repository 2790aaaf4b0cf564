"""What was answered, how well, and when: kept on this computer, one owner's rows for that owner."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from sediff.cases.database import Base, session
from sediff.cases.marking import Marked
from sediff.spreadsheet import harmless

_MOST = 20_000  # rows of one owner that are read back: the latest
_HEADS = ("answered", "family", "findings", "form", "score", "seconds", "in_time", "quiz")


class AnswerRow(Base):
    """One answered question; columns as in `Answered`."""

    __tablename__ = "quiz_answers"
    __table_args__ = (Index("quiz_answers_of_owner", "owner", "quiz"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(64))
    quiz: Mapped[str] = mapped_column(String(64))
    answered: Mapped[str] = mapped_column(String(40))
    family: Mapped[str] = mapped_column(String(100))
    findings: Mapped[str] = mapped_column(String(400))
    form: Mapped[str] = mapped_column(String(10))
    score: Mapped[float]
    seconds: Mapped[float]
    in_time: Mapped[bool]


@dataclass(frozen=True)
class Answered:
    """One answered question.

    Attributes:
        family: of the case. findings: ids that were asked, with ' ' between them.
        form: 'text' or 'choice'. score: 0 to 1. seconds: it took. in_time: before the time ended.
        quiz: token of the set of a student's link, '' for one's own quiz.
        answered: ISO date and time, UTC.
    """

    family: str
    findings: str
    form: str
    score: float
    seconds: float = 0.0
    in_time: bool = True
    quiz: str = ""
    answered: str = ""


@dataclass(frozen=True)
class Results:
    """What became of a set: how many people answered, how many answers, their mean score."""

    people: int = 0
    answers: int = 0
    mean: float = 0.0


class Scores:
    """The scores of one owner. Every method raises `LibraryError` when the database fails."""

    def __init__(self, owner: str, url: str | None = None) -> None:
        """`url`: of the database; None: the user's own."""
        self._owner = owner
        self._url = url

    def add(self, one: Answered) -> None:
        """Keep an answer, as answered now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        values = {**vars(one), "answered": one.answered or now, "findings": one.findings[:400]}
        with session(self._url) as opened:
            opened.add(AnswerRow(owner=self._owner, **values))

    def rows(self, quiz: str | None = None) -> list[Answered]:
        """Answers in the order they were given.

        Args:
            quiz: of this set alone, '' of one's own quizzes alone; None: all.
        """
        wanted = select(AnswerRow).where(AnswerRow.owner == self._owner)
        if quiz is not None:
            wanted = wanted.where(AnswerRow.quiz == quiz)
        with session(self._url) as opened:
            found = opened.scalars(wanted.order_by(AnswerRow.id.desc()).limit(_MOST))
            return [_answered(row) for row in found][::-1]

    def reset(self, quiz: str | None = None) -> None:
        """Forget the answers; arguments as in `rows`."""
        unwanted = delete(AnswerRow).where(AnswerRow.owner == self._owner)
        if quiz is not None:
            unwanted = unwanted.where(AnswerRow.quiz == quiz)
        with session(self._url) as opened:
            opened.execute(unwanted)


def results_of(quizzes: Sequence[str], url: str | None = None) -> dict[str, Results]:
    """Results of sets over all who answered them, without telling who they are.

    Raises:
        LibraryError: the database cannot be used.
    """
    told = select(
        AnswerRow.quiz,
        func.count(func.distinct(AnswerRow.owner)),
        func.count(),
        func.avg(AnswerRow.score),
    )
    wanted = told.where(AnswerRow.quiz.in_(quizzes)).group_by(AnswerRow.quiz)
    with session(url) as opened:
        return {quiz: Results(people, n, mean) for quiz, people, n, mean in opened.execute(wanted)}


def by_family(rows: Sequence[Answered]) -> dict[str, tuple[float, int]]:
    """Family -> (mean score, answers), sorted by name."""
    scores: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        scores[row.family].append(row.score)
    return {family: (sum(s) / len(s), len(s)) for family, s in sorted(scores.items())}


def running_mean(rows: Sequence[Answered], over: int = 10) -> list[float]:
    """Mean score of the last `over` answers at each answer."""
    scores = [row.score for row in rows]
    parts = [scores[max(0, i + 1 - over) : i + 1] for i in range(len(scores))]
    return [sum(part) / len(part) for part in parts]


def answered(case_family: str, marked: Marked, **more: object) -> Answered:
    """The row of a marked answer; `more`: further attributes of `Answered`."""
    asked = marked.of("correct", "partial", "missed")
    findings = " ".join(f"{one.id}:{one.stage}".rstrip(":") for one in asked)
    return Answered(case_family, findings, score=round(marked.score, 4), **more)  # type: ignore[arg-type]


def to_csv(rows: Sequence[Answered]) -> bytes:
    """The answers as CSV, one row each, score from 0 to 1; the first line names the columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADS)
    for row in rows:
        cells = [getattr(row, name) for name in _HEADS]
        writer.writerow([harmless(one) if isinstance(one, str) else one for one in cells])
    return text.getvalue().encode()


def _answered(row: AnswerRow) -> Answered:
    names = Answered.__dataclass_fields__
    return Answered(**{name: getattr(row, name) for name in names})
