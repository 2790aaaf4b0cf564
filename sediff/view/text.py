"""Every sentence that the pages say, in one table a language: `assets/text/LANGUAGE/*.toml`.

The file is the first part of a key: `say("cases.title")` is `title` in `cases.toml`. A language
that lacks a sentence says it in English. `SEDIFF_LANGUAGE` names the language.
"""

import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sediff.assets import ASSETS
from sediff.errors import WeightsError

TEXT = ASSETS / "text"
ENGLISH = "en"
LANGUAGE = "SEDIFF_LANGUAGE"


def say(key: str, **values: Any) -> str:
    """The sentence of `key` with `values` in its {places}.

    Text that a user typed goes through `sediff.view.words.quoted` before it is given here.

    Raises:
        KeyError: no such sentence.
    """
    sentence = sentences()[key]
    return sentence.format(**values) if values else sentence


def sentences() -> Mapping[str, str]:
    """The whole table of the language in use."""
    return table(os.environ.get(LANGUAGE, "").strip().lower() or ENGLISH)


@lru_cache(maxsize=8)
def table(language: str) -> Mapping[str, str]:
    """English, and over it what `language` has.

    Raises:
        WeightsError: a table is missing or damaged.
    """
    found: dict[str, str] = {}
    for name in dict.fromkeys((ENGLISH, language)):
        folder = TEXT / name
        if name != ENGLISH and not (name.isalpha() and folder.is_dir()):
            continue
        try:
            for path in sorted(folder.glob("*.toml")):
                rows = tomllib.loads(path.read_text(encoding="utf-8"))
                found |= {f"{path.stem}.{key}": str(text) for key, text in rows.items()}
        except (OSError, ValueError) as error:
            raise WeightsError(
                f"The table of texts {folder} is damaged: restore it with git checkout."
            ) from error
    return found
