"""What came out of a study: for its owner alone."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts.reading_studies import back_button
from sediff.view.text import say
from sediff.view.words import quoted


def page(token: str, owner: str) -> None:
    """Figures with intervals, readers, and files.

    Raises:
        SediffError: the study is not this visitor's, or the database cannot be used.
    """
    from sediff.reading.results import results
    from sediff.reading.store import head, items, ratings
    from sediff.reading.tables import ratings_csv, results_json

    study = head(token)
    said, shown = ratings(token, owner), items(token)
    st.header(quoted(study.name), anchor=False)
    if not said:
        st.info(say("reading.nobody"))
        back_button()
        return
    found = results(shown, said)
    st.table(_figures(found), border="horizontal")
    st.subheader(say("reading.by_reader"), anchor=False)
    st.table(_readers(found), border="horizontal")
    with st.container(horizontal=True, gap="small"):
        for name, data in (
            ("csv", partial(ratings_csv, shown, said)),
            ("json", partial(results_json, found)),
        ):
            st.download_button(
                say(f"reading.{name}"),
                data=data,
                file_name=f"blind-reading.{name}",
                icon=":material/download:",
                on_click="ignore",
                key=f"reading_{name}",
            )
    back_button()


def _figures(found: Any) -> pd.DataFrame:
    rows = [
        _share("told", found.told, _told_meaning(found.told)),
        _row("told_wide", _percent(found.told.value), _pair(found.told_wide, _percent)),
        _share("real", found.real),
        _share("synthetic", found.synthetic),
        _row("area", _number(found.area), _pair(found.area_interval, _number)),
        _kappa(found),
        *(_named(kind, share) for kind, share in found.named.items() if share.of),
    ]
    if found.seconds is not None:
        value = say("reading.seconds_value", seconds=found.seconds)
        rows.append(_cells("seconds", value, say("reading.nothing"), ""))
    return pd.DataFrame(rows).set_index(say("reading.figure"))


def _readers(found: Any) -> pd.DataFrame:
    rows = [
        {
            say("reading.reader"): str(i),
            say("reading.who"): quoted(role) or say("reading.nothing"),
            say("reading.right"): say("reading.of", right=share.right, of=share.of),
            say("reading.share"): _percent(share.value),
            say("reading.interval"): _pair(share.interval, _percent),
        }
        for i, (role, share) in enumerate(found.readers.values(), 1)
    ]
    return pd.DataFrame(rows).set_index(say("reading.reader"))


def _told_meaning(share: Any) -> str:
    return say("reading.told_meaning", right=share.right, of=share.of, p=f"{share.p:.3f}")


def _share(name: str, share: Any, meaning: str = "") -> dict[str, str]:
    meaning = meaning or say("reading.of", right=share.right, of=share.of)
    return _cells(name, _percent(share.value), _pair(share.interval, _percent), meaning)


def _named(kind: str, share: Any) -> dict[str, str]:
    meaning = say("reading.named_meaning", right=share.right, of=share.of)
    return _share(f"named_{kind}", share, meaning)


def _kappa(found: Any) -> dict[str, str]:
    if found.kappa is None:
        nothing = say("reading.nothing")
        return _cells("kappa", nothing, nothing, say("reading.kappa_none"))
    return _row("kappa", _number(found.kappa), _pair(found.kappa_interval, _number))


def _row(name: str, value: str, interval: str) -> dict[str, str]:
    return _cells(name, value, interval, say(f"reading.{name}_meaning"))


def _cells(name: str, value: str, interval: str, meaning: str) -> dict[str, str]:
    return {
        say("reading.figure"): say(f"reading.{name}"),
        say("reading.value"): value,
        say("reading.interval"): interval,
        say("reading.meaning"): meaning,
    }


def _pair(interval: Any, tell: Any) -> str:
    if interval is None:
        return say("reading.nothing")
    return f"{tell(interval[0])} – {tell(interval[1])}"


def _percent(value: float | None) -> str:
    return say("reading.nothing") if value is None else f"{100 * value:.0f} %"


def _number(value: float | None) -> str:
    return say("reading.nothing") if value is None else f"{value:.2f}"
