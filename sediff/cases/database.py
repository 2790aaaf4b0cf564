"""The database behind cases, scores and ratings: SQLite in the user's folder, or any by URL.

Every table has an `owner`: on a shared server the rows of one browser are nobody else's.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session

from sediff.errors import LibraryError

URL = "SEDIFF_DATABASE"  # an SQLAlchemy URL
HOME = "SEDIFF_HOME"  # folder of what the app keeps
_FILE = "studio.db"
_WAIT_S = 5  # for another writer of the same file


class Base(DeclarativeBase):
    """Of all tables; a table lives in the module that reads and writes it."""


def home() -> Path:
    """The folder of what the app keeps for its users."""
    given = os.environ.get(HOME, "").strip()
    return Path(given).expanduser() if given else Path.home() / ".sediff"


def default_url() -> str:
    """What `SEDIFF_DATABASE` names, else the SQLite file in `home`."""
    return os.environ.get(URL, "").strip() or f"sqlite:///{home() / _FILE}"


@contextmanager
def session(url: str | None = None) -> Iterator[Session]:
    """A session that commits at its end and rolls back on any error.

    Args:
        url: SQLAlchemy URL; None: `default_url`.

    Raises:
        LibraryError: the database cannot be opened, is locked or full.
    """
    try:
        with Session(_engine(url or default_url())) as opened, opened.begin():
            yield opened
    except (SQLAlchemyError, OSError) as error:
        raise LibraryError(_sentence(error)) from error


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    """One engine a URL; its tables are made when they are missing."""
    from sediff.cases import tables  # noqa: F401  every table registers itself with Base

    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args=_arguments(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_settings)
    Base.metadata.create_all(engine)
    return engine


def _arguments(url: str) -> dict[str, object]:
    return {"timeout": _WAIT_S} if url.startswith("sqlite") else {}


def _sqlite_settings(connection, _record) -> None:  # type: ignore[no-untyped-def]
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
        return f"The library is damaged: restore its file, or set {URL} to another one."
    return f"The library cannot be opened: check {URL} and {HOME}, or the rights of the folder."
