"""Cases as one file, to take along or hand on: JSON, with the samples of every ECG inside."""

import base64
import binascii
import json
from collections.abc import Iterable
from typing import Any

from sediff.cases.case import CASE_VERSION, Case, check_version
from sediff.cases.limits import MAX_FILE, MOST_EXPORTED
from sediff.cases.samples import pack, unpack
from sediff.ecg import SYNTHETIC_MARK
from sediff.errors import DataError, RequestError

FORMAT = "sediff-cases"
FILE_NAME = "sediff-cases.json"
_TOO_LARGE = f"The file is larger than {MAX_FILE // 1_000_000} MB: export fewer cases at once."
_OTHER = "This is not a file of cases that this app has exported."


def to_file(cases: Iterable[Case]) -> bytes:
    """The cases as one JSON file, which `from_file` reads back.

    Raises:
        RequestError: more than it would read.
    """
    cases = list(cases)
    if len(cases) > MOST_EXPORTED:
        raise RequestError(f"Choose at most {MOST_EXPORTED} cases for one file.")
    whole = {
        "format": FORMAT,
        "version": CASE_VERSION,
        "mark": SYNTHETIC_MARK,
        "cases": [_row(case) for case in cases],
    }
    content = (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()
    if len(content) > MAX_FILE:
        raise RequestError(_TOO_LARGE)
    return content


def from_file(content: bytes) -> list[Case]:
    """Read what `to_file` wrote; all of it is checked, nothing of it is trusted.

    Raises:
        RequestError: another file, too large, damaged, or from a newer version.
    """
    if len(content) > MAX_FILE:
        raise RequestError(_TOO_LARGE)
    rows = _rows(content)
    cases = [_case(number, row) for number, row in enumerate(rows, start=1)]
    if len({case.id for case in cases}) < len(cases):
        raise RequestError("Two cases of this file have the same id.")
    return cases


def _row(case: Case) -> dict[str, Any]:
    samples = base64.b64encode(pack(case.uv)).decode("ascii")
    return {**case.to_row(), "n_samples": case.uv.shape[1], "samples": samples}


def _rows(content: bytes) -> list[Any]:
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RequestError(_OTHER) from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise RequestError(_OTHER)
    check_version(whole.get("version"))
    rows = whole.get("cases")
    if not isinstance(rows, list) or not rows:
        raise RequestError("This file holds no case.")
    if len(rows) > MOST_EXPORTED:
        raise RequestError(
            f"The file holds {len(rows):,} cases: {MOST_EXPORTED} at once are the most."
        )
    return rows


def _case(number: int, row: Any) -> Case:
    try:
        length, samples = row["n_samples"], row["samples"]
        if isinstance(length, bool) or not isinstance(length, int) or not isinstance(samples, str):
            raise TypeError
        uv = unpack(base64.b64decode(samples, validate=True), length)
        return Case.from_row(row, uv)
    except (RequestError, DataError) as error:
        raise RequestError(f"Case {number} of this file: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error) as error:
        raise RequestError(f"Case {number} of this file is not complete or damaged.") from error
