"""Keeps studies and ratings; a study opens by its token, its results to its owner alone."""

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from sediff.cases.database import session
from sediff.cases.samples import pack, unpack
from sediff.ecg import HIDDEN_MARK, Ecg
from sediff.errors import RequestError
from sediff.reading.ratings import Rating
from sediff.reading.rows import ItemRow, RatingRow, StudyRow
from sediff.reading.study import Item, Study

_GONE = "This link leads to no study: ask whoever gave it to you for a new one."
_SAID = "This ECG has been rated already: go on to the next one."
_MOST_STUDIES = 50  # of one owner


@dataclass(frozen=True)
class StudyHead:
    """A study without its ECGs: opaque `token`, name, ISO date, number of ECGs and readers."""

    token: str
    name: str
    made: str
    fs: int
    items: int
    readers: int


def keep(study: Study, owner: str, url: str | None = None) -> str:
    """Store a study and return its token.

    Raises:
        RequestError: too many studies. LibraryError: the database cannot be used.
    """
    token = secrets.token_urlsafe(24)
    with session(url) as opened:
        mine = select(func.count()).select_from(StudyRow).where(StudyRow.owner == owner)
        if (opened.scalar(mine) or 0) >= _MOST_STUDIES:
            raise RequestError(f"There are {_MOST_STUDIES} studies already: delete one.")
        made = datetime.now(UTC).isoformat(timespec="seconds")
        opened.add(StudyRow(token=token, owner=owner, name=study.name, fs=study.fs, made=made))
        opened.flush()
        opened.add_all(_row(token, place, item) for place, item in enumerate(study.items))
    return token


def heads(owner: str, url: str | None = None) -> list[StudyHead]:
    """The studies of an owner, newest first; raises `LibraryError`."""
    with session(url) as opened:
        rows = opened.scalars(
            select(StudyRow).where(StudyRow.owner == owner).order_by(StudyRow.made.desc())
        )
        return [_head(opened, row) for row in rows]


def head(token: str, url: str | None = None) -> StudyHead:
    """The study of a link; raises `RequestError` where there is none, `LibraryError`."""
    with session(url) as opened:
        row = opened.get(StudyRow, token)
        if row is None:
            raise RequestError(_GONE)
        return _head(opened, row)


def items(token: str, url: str | None = None) -> list[Item]:
    """All items of a study, in the order of their making; raises `LibraryError`."""
    with session(url) as opened:
        fs = _fs(opened, token)
        rows = opened.scalars(select(ItemRow).where(ItemRow.token == token).order_by(ItemRow.place))
        return [_item(row, fs) for row in rows]


def order_for(token: str, reader: str, url: str | None = None) -> list[str]:
    """Ids of what this reader has still to rate, in an order of this reader's own."""
    with session(url) as opened:
        ids = list(
            opened.scalars(select(ItemRow.id).where(ItemRow.token == token).order_by(ItemRow.place))
        )
        said = set(
            opened.scalars(
                select(RatingRow.item).where(RatingRow.token == token, RatingRow.reader == reader)
            )
        )
    random.Random(f"{token} {reader}").shuffle(ids)
    return [id for id in ids if id not in said]


def shown(token: str, id: str, url: str | None = None) -> tuple[Ecg, Item]:
    """One ECG as a reader sees it.

    Raises:
        RequestError: no such ECG. DataError: the file of a real one is gone. LibraryError.
    """
    with session(url) as opened:
        fs, row = _fs(opened, token), opened.get(ItemRow, (token, id))
        if row is None:
            raise RequestError(_GONE)
        item = _item(row, fs)
    return item.shown(fs), item


def rate(token: str, rating: Rating, url: str | None = None) -> None:
    """Store what a reader said; raises `RequestError` where it was said before, `LibraryError`."""
    with session(url) as opened:
        if opened.get(ItemRow, (token, rating.item)) is None:
            raise RequestError(_GONE)
        if opened.get(RatingRow, (token, rating.reader, rating.item)) is not None:
            raise RequestError(_SAID)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        opened.add(RatingRow(token=token, at=at, **vars(rating)))


def ratings(token: str, owner: str, url: str | None = None) -> list[Rating]:
    """All ratings of a study, for its owner; raises `RequestError` for others, `LibraryError`."""
    with session(url) as opened:
        _own(opened, token, owner)
        rows = opened.scalars(
            select(RatingRow).where(RatingRow.token == token).order_by(RatingRow.at)
        )
        return [
            Rating(row.reader, row.item, row.score, row.says, row.role, row.seconds) for row in rows
        ]


def delete_study(token: str, owner: str, url: str | None = None) -> None:
    """Delete a study with its ratings; raises `RequestError` for others, `LibraryError`."""
    with session(url) as opened:
        _own(opened, token, owner)
        for table in (RatingRow, ItemRow, StudyRow):  # not every database cascades
            opened.execute(delete(table).where(table.token == token))


def _own(opened: Session, token: str, owner: str) -> None:
    row = opened.get(StudyRow, token)
    if row is None or row.owner != owner:
        raise RequestError("This study is not yours or is not there any more.")


def _fs(opened: Session, token: str) -> int:
    row = opened.get(StudyRow, token)
    if row is None:
        raise RequestError(_GONE)
    return row.fs


def _head(opened: Session, row: StudyRow) -> StudyHead:
    def count(what, table) -> int:  # type: ignore[no-untyped-def]
        return opened.scalar(select(func.count(what)).where(table.token == row.token)) or 0

    readers = count(RatingRow.reader.distinct(), RatingRow)
    return StudyHead(row.token, row.name, row.made, row.fs, count(ItemRow.id, ItemRow), readers)


def _row(token: str, place: int, item: Item) -> ItemRow:
    uv = None if item.ecg is None else item.ecg.uv
    return ItemRow(
        token=token, id=item.id, place=place, kind=item.kind, path=str(item.path or ""),
        samples=None if uv is None else pack(uv), n_samples=0 if uv is None else uv.shape[1],
        findings=list(item.findings), age=item.age, sex=item.sex,
    )  # fmt: skip


def _item(row: ItemRow, fs: int) -> Item:
    ecg = None
    if row.samples is not None:
        ecg = Ecg.from_uv(unpack(row.samples, row.n_samples), fs, {"mark": HIDDEN_MARK})
    findings: Sequence[str] = row.findings
    path = Path(row.path) if row.path else None
    return Item(row.id, row.kind, path, ecg, tuple(findings), row.age, row.sex)
