"""How many cases go into one file; apart from what makes the files, which loads slowly."""

MOST_PRINTED = 100  # in a hand-out
MOST_BUNDLED = 60  # in an instructor's archive
MOST_EXPORTED = 200  # in a file of cases; ten seconds of each are half of what it may hold
MAX_FILE = 20_000_000  # bytes of a file of cases: what the page lets in
