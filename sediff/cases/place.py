"""Where the app keeps what belongs to its users; needs no database to say so."""

import os
from pathlib import Path

from sediff.errors import LibraryError

URL = "SEDIFF_DATABASE"  # an SQLAlchemy URL
HOME = "SEDIFF_HOME"  # folder of what the app keeps
_FILE = "studio.db"


def home() -> Path:
    """The folder of what the app keeps for its users.

    Raises:
        LibraryError: '~' of nobody.
    """
    given = os.environ.get(HOME, "").strip()
    try:
        return Path(given).expanduser() if given else Path.home() / ".sediff"
    except RuntimeError as error:
        raise LibraryError(f"There is no such home: set {HOME} to the path of a folder.") from error


def default_url() -> str:
    """What `SEDIFF_DATABASE` names, else the SQLite file in `home`."""
    return os.environ.get(URL, "").strip() or f"sqlite:///{home() / _FILE}"
