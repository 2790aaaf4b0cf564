"""What can go wrong, as one tree; every message is one sentence that says what to do.

SediffError
├── RequestError      the request cannot be met as written (age 5, HR 900, 100 kB of text)
├── WeightsError      a weight file is missing or damaged
├── DataError         a data set or an ECG file cannot be read
├── LibraryError      the database of cases cannot be opened, read or written
└── Cancelled         the user stopped a running generation
"""


class SediffError(Exception):
    """Base of every error that is meant for the user's eyes."""


class RequestError(SediffError):
    """The request cannot be met as written."""


class WeightsError(SediffError):
    """A weight file is missing or damaged."""


class DataError(SediffError):
    """A data set or an ECG file cannot be read."""


class LibraryError(SediffError):
    """The database of cases cannot be opened, read or written."""


class Cancelled(SediffError):
    """The user stopped a running generation."""
