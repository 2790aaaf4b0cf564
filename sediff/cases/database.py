"""The database behind cases, scores and ratings: SQLite in the user's folder, or any by URL.

Every table has an `owner`: on a shared server the rows of one browser are nobody else's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from sediff.cases.place import HOME, URL, default_url, home
from sediff.errors import LibraryError

__all__ = ["HOME", "URL", "Base", "default_url", "home", "session"]

_WAIT_S = 5  # for another writer of the same file
_DAMAGED = f"The library is damaged: restore its file, or set {URL} to another one."


class Base(DeclarativeBase):
    """Of all tables; a table lives in the module that reads and writes it."""


@contextmanager
def session(url: str | None = None) -> Iterator[Session]:
    """A session that commits at its end and rolls back on any error.

    Args:
        url: SQLAlchemy URL; None: `default_url`.

    Raises:
        LibraryError: the database cannot be opened, is locked or full.
    """
    engine = _open(url or default_url())
    try:
        with Session(engine) as opened, opened.begin():
            yield opened
    except IntegrityError as error:
        raise LibraryError("Another tab has just changed the same: try again.") from error
    except (SQLAlchemyError, OSError) as error:
        raise LibraryError(_sentence(error)) from error
    except ValueError as error:  # a column of JSON that is none
        raise LibraryError(_DAMAGED) from error


def _open(url: str) -> Engine:
    try:
        return _engine(url)
    # A driver that is not installed and a port that is no number are neither of SQLAlchemy's own.
    except (SQLAlchemyError, OSError, ImportError, ValueError) as error:
        raise LibraryError(_sentence(error)) from error


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    """One engine a URL; its tables are made when they are missing."""
    from sediff.cases import tables  # noqa: F401  every table registers itself with Base

    address = make_url(url)
    lite = address.get_backend_name() == "sqlite"
    file = address.database or ""
    if lite and file not in ("", ":memory:") and not file.startswith("file:"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": _WAIT_S} if lite else {})
    if lite:
        event.listen(engine, "connect", _sqlite_settings)
    Base.metadata.create_all(engine)
    return engine


def _sqlite_settings(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=ON")


def _sentence(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).lower()
    if "locked" in said:
        return "The library is in use by another program: wait a moment and try again."
    if "full" in said:
        return "The disk of the library is full: free some space and try again; nothing was lost."
    if "readonly" in said or "read-only" in said:
        return "The library is read-only: make its file writable, or name another folder."
    if "malformed" in said or "not a database" in said:
        return _DAMAGED
    return f"The library cannot be opened: check {URL} and {HOME}, or the rights of the folder."
