"""Whose cases, scores and notes these are: on a shared server, those of one browser."""

import re
import secrets

import streamlit as st

from sediff.cases.place import HOME, URL, home

LOCAL = "local"  # the one user of this computer
_COOKIE = "sediff_owner"
_KEPT = "owner"
_FORM = re.compile(r"[A-Za-z0-9_-]{43}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_YEAR_S = 31_536_000

__all__ = ["HOME", "LOCAL", "URL", "home", "one_user", "owner"]


def one_user() -> bool:
    """Whether the app runs for the person at this computer: reached directly, by loopback."""
    headers = st.context.headers
    host = (headers.get("Host") or "").rsplit(":", 1)[0].strip("[]")
    passed_on = any(headers.get(name) for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip"))
    return st.get_option("server.address") in _LOOPBACK and host in _LOOPBACK and not passed_on


def owner() -> str:
    """Key of the rows that this visitor may see: a secret of the browser, or `LOCAL`.

    A new browser is given a random cookie that lasts a year; nothing else is kept of anyone.
    """
    if one_user():
        return LOCAL
    if _KEPT not in st.session_state:
        known = st.context.cookies.get(_COOKIE) or ""
        st.session_state[_KEPT] = known if _FORM.fullmatch(known) else secrets.token_urlsafe(32)
    mine = st.session_state[_KEPT]
    if st.context.cookies.get(_COOKIE) != mine:
        _give(mine)
    return mine


def _give(value: str) -> None:
    """Set the cookie in the browser; strict, so that no other site can send it."""
    secure = "; Secure" if st.context.url and st.context.url.startswith("https:") else ""
    st.html(
        f'<script>document.cookie = "{_COOKIE}={value}; path=/; max-age={_YEAR_S}; '
        f'SameSite=Strict{secure}";</script>',
        unsafe_allow_javascript=True,
    )
