"""A quiz behind a student's link: a copy of its cases under a token that nobody can guess.

The cases are copied when the set is made, so that later changes of the library do not reach it,
and so that the token alone, without its owner, is enough to read them.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from sediff.cases.case import CASE_VERSION, Case, check_version
from sediff.cases.database import Base, session
from sediff.cases.quiz_settings import MOST_QUESTIONS, Settings
from sediff.cases.samples import pack, unpack
from sediff.errors import RequestError

MOST_SETS = 100  # of one owner
MAX_NAME = 80
_LONGEST_BLOB = 2**24 - 1
_GONE = "This link leads to no quiz: ask whoever gave it to you for a new one."


class SetRow(Base):
    """One set; columns as in `QuizSet`."""

    __tablename__ = "quiz_sets"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    made: Mapped[str] = mapped_column(String(40))
    questions: Mapped[int]


class SetCaseRow(Base):
    """The copy of one case of a set, at its place from 0."""

    __tablename__ = "quiz_set_cases"

    token: Mapped[str] = mapped_column(
        ForeignKey("quiz_sets.token", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    case: Mapped[dict[str, Any]] = mapped_column(JSON)
    n_samples: Mapped[int]
    samples: Mapped[bytes] = mapped_column(LargeBinary(_LONGEST_BLOB))


@dataclass(frozen=True)
class QuizSet:
    """What is told of a set before its first question.

    Attributes:
        token: opaque, as in the link. name: as students see it. made: ISO date and time, UTC.
        questions: how many.
    """

    token: str
    name: str
    settings: Settings
    made: str
    questions: int


def make_set(
    owner: str, name: str, cases: Sequence[Case], settings: Settings, url: str | None = None
) -> QuizSet:
    """Copy cases into a new set.

    Raises:
        RequestError: no name, no case, too many, or a case without findings. LibraryError: the
            database cannot be used.
    """
    _check(name, cases)
    row = SetRow(
        token=secrets.token_urlsafe(24),
        owner=owner,
        name=" ".join(name.split()),
        settings=asdict(settings),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        questions=len(cases),
    )
    with session(url) as opened:
        mine = select(func.count()).select_from(SetRow).where(SetRow.owner == owner)
        if (opened.scalar(mine) or 0) >= MOST_SETS:
            raise RequestError(f"There are {MOST_SETS} links already: delete one that is over.")
        opened.add(row)
        opened.flush()
        opened.add_all(_copy(row.token, place, case) for place, case in enumerate(cases))
        return _told(row)


def open_set(token: str, url: str | None = None) -> QuizSet:
    """The set of a link.

    Raises:
        RequestError: there is none. LibraryError: the database cannot be used.
    """
    with session(url) as opened:
        row = opened.get(SetRow, token)
        if row is None:
            raise RequestError(_GONE)
        return _told(row)


def case_of(token: str, place: int, url: str | None = None) -> Case:
    """The case at a place of a set.

    Raises:
        RequestError: there is none, or a newer version wrote it. DataError: it is damaged.
            LibraryError: the database cannot be used.
    """
    with session(url) as opened:
        row = opened.get(SetCaseRow, (token, place))
        if row is None:
            raise RequestError(_GONE)
        check_version(row.version)
        return Case.from_row(row.case, unpack(row.samples, row.n_samples))


def sets_of(owner: str, url: str | None = None) -> list[QuizSet]:
    """The sets of an owner, the latest first; raises `LibraryError`."""
    with session(url) as opened:
        mine = select(SetRow).where(SetRow.owner == owner).order_by(SetRow.made.desc())
        return [_told(row) for row in opened.scalars(mine)]


def delete_set(owner: str, token: str, url: str | None = None) -> None:
    """Delete a set of this owner with its cases; its link then leads nowhere. One that is not
    there is left alone. Raises `LibraryError`."""
    with session(url) as opened:
        row = opened.get(SetRow, token)
        if row is not None and row.owner == owner:
            opened.execute(delete(SetCaseRow).where(SetCaseRow.token == token))
            opened.delete(row)


def _check(name: str, cases: Sequence[Case]) -> None:
    if not name.strip():
        raise RequestError("Give the quiz a name that students may see.")
    if len(name) > MAX_NAME:
        raise RequestError(f"The name of a quiz may have {MAX_NAME} characters.")
    if not cases:
        raise RequestError("Choose at least one case for the quiz.")
    if len(cases) > MOST_QUESTIONS:
        raise RequestError(f"A quiz may have {MOST_QUESTIONS} questions: choose fewer cases.")


def _copy(token: str, place: int, case: Case) -> SetCaseRow:
    return SetCaseRow(
        token=token,
        place=place,
        version=CASE_VERSION,
        case=case.to_row(),
        n_samples=case.uv.shape[1],
        samples=pack(case.uv),
    )


def _told(row: SetRow) -> QuizSet:
    return QuizSet(row.token, row.name, _settings(row.settings), row.made, row.questions)


def _settings(values: dict[str, Any]) -> Settings:
    """As kept; what a newer version added is left out."""
    known = Settings.__dataclass_fields__
    return Settings(**{name: value for name, value in values.items() if name in known})
