"""The tables of blind reading: studies, their items, and what readers said of them."""

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sediff.cases.database import Base

_LONGEST_BLOB = 2**24 - 1
_STUDY = "reading_studies.token"


class StudyRow(Base):
    """One study; `token` opens it to readers, `owner` sees its results."""

    __tablename__ = "reading_studies"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(80))
    fs: Mapped[int]
    made: Mapped[str] = mapped_column(String(40))


class ItemRow(Base):
    """One ECG of a study; `samples` of a synthetic one, `path` of a real one."""

    __tablename__ = "reading_items"

    token: Mapped[str] = mapped_column(ForeignKey(_STUDY, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    path: Mapped[str] = mapped_column(Text, default="")
    samples: Mapped[bytes | None] = mapped_column(LargeBinary(_LONGEST_BLOB))
    n_samples: Mapped[int] = mapped_column(default=0)
    findings: Mapped[list[str]] = mapped_column(JSON)
    age: Mapped[float | None]
    sex: Mapped[str | None] = mapped_column(String(10))


class RatingRow(Base):
    """What one reader said of one ECG; said once."""

    __tablename__ = "reading_ratings"

    token: Mapped[str] = mapped_column(ForeignKey(_STUDY, ondelete="CASCADE"), primary_key=True)
    reader: Mapped[str] = mapped_column(String(64), primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(80))
    score: Mapped[int]
    says: Mapped[str] = mapped_column(Text)
    seconds: Mapped[float]
    at: Mapped[str] = mapped_column(String(40))
