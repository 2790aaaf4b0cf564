"""Where the app keeps what belongs to its users; needs no database to say so."""

import os
from pathlib import Path

URL = "SEDIFF_DATABASE"  # an SQLAlchemy URL
HOME = "SEDIFF_HOME"  # folder of what the app keeps
_FILE = "studio.db"


def home() -> Path:
    """The folder of what the app keeps for its users."""
    given = os.environ.get(HOME, "").strip()
    return Path(given).expanduser() if given else Path.home() / ".sediff"


def default_url() -> str:
    """What `SEDIFF_DATABASE` names, else the SQLite file in `home`."""
    return os.environ.get(URL, "").strip() or f"sqlite:///{home() / _FILE}"
