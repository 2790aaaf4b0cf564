"""The library of one owner: own cases in the database, and those that come with the app."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from sediff.cases.case import MAX_TITLE, Case, CaseHead, now
from sediff.cases.database import session
from sediff.cases.rows import HEAD, TEXTS, CaseRow, fill, to_case, to_head
from sediff.cases.search import matches, words_of
from sediff.cases.shipped import shipped_cases
from sediff.errors import RequestError, WeightsError

MAX_CASES = 2000  # of one owner: a shared server has room for the others too
_GONE = "This case is not there: it was deleted, or its link is not complete."
_SHIPPED = "This case comes with the app and cannot be changed: duplicate it and change the copy."


class Library:
    """What one owner sees: shipped cases, and those of their own. Nobody sees another's.

    Every method raises `LibraryError`, one sentence, when the database cannot be used.
    """

    def __init__(self, owner: str, url: str | None = None) -> None:
        """`url`: of the database; None: the user's own (`sediff.cases.place`)."""
        self._owner = owner
        self._url = url

    def search(
        self,
        text: str = "",
        family: str | None = None,
        difficulty: int | None = None,
        tags: Iterable[str] = (),
        own: bool | None = None,
    ) -> list[CaseHead]:
        """The heads of the cases that fit all of it; own ones first, the latest on top.

        Args:
            text: every word of it must occur in the texts, or it names a finding of the case.
            tags: all of them must be there.
            own: True: own ones alone. False: shipped ones alone. None: both.
        """
        found = [] if own is False else self._own_heads(text)
        if own is not True:
            found += [case.head for case in _shipped() if matches(text, case.head, words_of(case))]
        wanted = {tag.casefold() for tag in tags}
        return [
            head
            for head in found
            if (family is None or head.family == family)
            and (difficulty is None or head.difficulty == difficulty)
            and wanted <= {tag.casefold() for tag in head.tags}
        ]

    def get(self, id: str) -> Case:
        """A case of one's own or a shipped one; raises `RequestError` when it is not there."""
        shipped = _shipped_by_id(id)
        if shipped is not None:
            return shipped
        with session(self._url) as opened:
            return to_case(self._row(opened, id))

    def save(self, case: Case) -> Case:
        """Insert the case, or replace the own one of that id.

        Returns:
            The case as it is kept: with the time of this change.

        Raises:
            RequestError: it is a shipped one, or the library is full.
        """
        return self.save_all([case])[0]

    def save_all(self, cases: Iterable[Case]) -> list[Case]:
        """As `save`, all or none."""
        kept = [replace(case, changed=now()) for case in cases]
        if any(case.shipped or _shipped_by_id(case.id) for case in kept):
            raise RequestError(_SHIPPED)
        with session(self._url) as opened:
            for case in kept:
                row = opened.get(CaseRow, (self._owner, case.id))
                if row is None:
                    row = CaseRow(owner=self._owner)
                    fill(row, case)
                    opened.add(row)
                else:
                    fill(row, case)
            opened.flush()
            if self._count(opened) > MAX_CASES:
                raise RequestError(f"A library may hold {MAX_CASES:,} own cases: delete some.")
        return kept

    def add_all(self, cases: Iterable[Case]) -> int:
        """Add cases of a file: what is there already is left alone, and nothing is replaced.

        Returns:
            How many were added; a case that differs from the one of its id comes under a new id.
        """
        new: dict[str, Case] = {}
        for case in cases:
            there = new.get(case.id) or self._find(case.id)
            if there is None:
                new[case.id] = replace(case, shipped=False)
            elif not _same(there, case):
                other = case.copy()
                new[other.id] = other
        self.save_all(new.values())
        return len(new)

    def delete(self, id: str) -> None:
        """Delete an own case, and its link with it; raises `RequestError` as `save` and `get`."""
        self._refuse_shipped(id)
        with session(self._url) as opened:
            opened.delete(self._row(opened, id))

    def delete_all(self) -> None:
        """Delete every own case of this owner."""
        with session(self._url) as opened:
            opened.execute(delete(CaseRow).where(CaseRow.owner == self._owner))

    def duplicate(self, id: str) -> Case:
        """Keep a copy of a case as one's own; raises `RequestError` when it is not there."""
        return self.keep_copy(self.get(id))

    def keep_copy(self, case: Case) -> Case:
        """Keep a copy of any case, such as one that a link opened."""
        return self.save(case.copy(title=_copy_title(case.title)))

    def share(self, id: str) -> str:
        """A token that opens the case, read-only, in any browser; the same one every time.

        A shipped case needs none: its id opens it everywhere.

        Raises:
            RequestError: it is not there.
        """
        if _shipped_by_id(id) is not None:
            return id
        with session(self._url) as opened:
            row = self._row(opened, id)
            link = row.link = row.link or secrets.token_urlsafe(24)
            return link

    def unshare(self, id: str) -> None:
        """End a link; the case stays. Raises `RequestError` when it is not there."""
        self._refuse_shipped(id)
        with session(self._url) as opened:
            self._row(opened, id).link = None

    def is_shared(self, id: str) -> bool:
        """Whether a link opens this own case."""
        with session(self._url) as opened:
            found = select(CaseRow.link).where(CaseRow.owner == self._owner, CaseRow.id == id)
            return opened.scalar(found) is not None

    def get_shared(self, token: str) -> Case:
        """The case that a link opens, whoever owns it; raises `RequestError` for a broken link."""
        shipped = _shipped_by_id(token)
        if shipped is not None:
            return shipped
        with session(self._url) as opened:
            row = opened.scalar(select(CaseRow).where(CaseRow.link == token))
            if row is None:
                raise RequestError(_GONE)
            return to_case(row)

    def open(self, link: str) -> tuple[Case, bool]:
        """What `?case=` names: the id of an own or shipped case, or the token of a shared one.

        Returns:
            The case, and whether it is this owner's.

        Raises:
            RequestError: it is not there.
        """
        with session(self._url) as opened:
            row = opened.get(CaseRow, (self._owner, link))
            if row is not None:
                return to_case(row), True
        return self.get_shared(link), False

    def _own_heads(self, text: str) -> list[CaseHead]:
        with session(self._url) as opened:
            rows = opened.execute(self._mine(HEAD + TEXTS)).all()
        pairs = [(to_head(row), words_of(row)) for row in rows]
        return [head for head, words in pairs if matches(text, head, words)]

    def _mine(self, columns: Sequence) -> Select:
        mine = select(*columns).where(CaseRow.owner == self._owner)
        return mine.order_by(CaseRow.changed.desc(), CaseRow.title)

    def _count(self, opened: Session) -> int:
        mine = select(func.count()).where(CaseRow.owner == self._owner)
        return opened.scalar(mine) or 0

    def _row(self, opened: Session, id: str) -> CaseRow:
        row = opened.get(CaseRow, (self._owner, id))
        if row is None:
            raise RequestError(_GONE)
        return row

    def _find(self, id: str) -> Case | None:
        try:
            return self.get(id)
        except RequestError:
            return None

    def _refuse_shipped(self, id: str) -> None:
        if _shipped_by_id(id) is not None:
            raise RequestError(_SHIPPED)


def _shipped() -> tuple[Case, ...]:
    """The shipped cases; none where they are damaged, so that one's own can still be used."""
    try:
        return shipped_cases()
    except WeightsError:
        return ()


def _shipped_by_id(id: str) -> Case | None:
    return next((case for case in _shipped() if case.id == id), None)


def _same(one: Case, other: Case) -> bool:
    """Whether both say and show the same; when they were written does not count."""
    rows = [{**case.to_row(), "changed": ""} for case in (one, other)]
    return rows[0] == rows[1] and one.uv.tobytes() == other.uv.tobytes()


def _copy_title(title: str) -> str:
    ending = " (copy)"
    return title[: MAX_TITLE - len(ending)] + ending
