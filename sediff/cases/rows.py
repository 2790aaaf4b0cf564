"""The table of cases."""

from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sediff.cases.case import CASE_VERSION, Case, CaseHead, check_version
from sediff.cases.database import Base
from sediff.cases.samples import pack, unpack

_LONGEST_BLOB = 2**24 - 1  # some databases cut at 64 kB unless told


class CaseRow(Base):
    """One case of one owner; columns as in `Case`.

    Attributes:
        owner: whose it is (`pages.parts.owner`). n_samples: of one lead. samples: `pack`ed.
        link: opaque token that opens it read-only in another browser; None: not shared.
        version: of the case's form, `CASE_VERSION` when written.
    """

    __tablename__ = "cases"
    __table_args__ = (Index("cases_by_owner_and_family", "owner", "family", "difficulty"),)

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(default=CASE_VERSION)
    link: Mapped[str | None] = mapped_column(String(64), unique=True, default=None)
    title: Mapped[str] = mapped_column(String(120))
    history: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    teaching: Mapped[list[str]] = mapped_column(JSON)
    findings: Mapped[list[str]] = mapped_column(JSON)
    family: Mapped[str] = mapped_column(String(100))
    tags: Mapped[list[str]] = mapped_column(JSON)
    difficulty: Mapped[int]
    age: Mapped[float | None]
    sex: Mapped[str | None] = mapped_column(String(10))
    fs: Mapped[int]
    n_samples: Mapped[int]
    samples: Mapped[bytes] = mapped_column(LargeBinary(_LONGEST_BLOB))
    spec: Mapped[str] = mapped_column(Text)
    weights: Mapped[str] = mapped_column(String(100))
    how: Mapped[str] = mapped_column(String(20))
    learned: Mapped[list[list[str]]] = mapped_column(JSON)
    changed: Mapped[str] = mapped_column(String(40))


HEAD = (
    CaseRow.id, CaseRow.title, CaseRow.family, CaseRow.difficulty, CaseRow.tags, CaseRow.findings,
    CaseRow.age, CaseRow.sex, CaseRow.changed,
)  # fmt: skip
TEXTS = (CaseRow.history, CaseRow.question, CaseRow.answer, CaseRow.teaching)


def fill(row: CaseRow, case: Case) -> None:
    """Write all of a case into its row; whose it is and its link stay."""
    for name, value in case.to_row().items():
        setattr(row, name, _plain(value))
    row.version = CASE_VERSION
    row.n_samples = case.uv.shape[1]
    row.samples = pack(case.uv)


def to_case(row: CaseRow) -> Case:
    """The case of a row.

    Raises:
        RequestError: a newer version has written it. DataError: its samples are damaged.
    """
    check_version(row.version)
    names = [column.key for column in CaseRow.__table__.columns]
    values = {name: getattr(row, name) for name in names}
    return Case.from_row(values, unpack(row.samples, row.n_samples))


def to_head(row: Any) -> CaseHead:
    """The head of a case from a result with the columns `HEAD`."""
    values = {column.key: getattr(row, column.key) for column in HEAD}
    lists = {name: tuple(values[name]) for name in ("tags", "findings")}
    return CaseHead(**{**values, **lists, "shipped": False})


def _plain(value: Any) -> Any:
    """Tuples as the lists that JSON gives back, so that an unchanged row is not written again."""
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
