"""Claims about the table of texts: the pages say nothing that is not in it, and all of it."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from sediff.view.text import ENGLISH, sentences, table

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "pages").rglob("*.py"))
SPEAKERS = [*PAGES, ROOT / "app.py", *sorted((ROOT / "sediff").rglob("*.py"))]
SPEAKERS = [path for path in SPEAKERS if "view.text import" in path.read_text(encoding="utf-8")]
# Calls that take no text, or text that is not for people.
SILENT = {"html", "switch_page", "Page", "columns", "container", "form", "get_option", "page_link"}
TEXTS = {"label", "help", "placeholder", "text", "body", "alt", "caption", "title"}
ICON = re.compile(r":\w+[\w-]*:|:[\w-]+\[|:material/\w+:|\]")


def sayings(path: Path) -> Iterator[ast.expr]:
    """The first argument of every call of `say`."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call) and _name(node) == "say" and node.args:
            yield node.args[0]


@lru_cache(maxsize=512)
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def keys_and_patterns(path: Path) -> tuple[set[str], set[str]]:
    """Keys said as they stand, and those that are put together, as patterns."""
    keys, patterns = set(), set()
    for said in sayings(path):
        for node in _branches(said):
            if isinstance(node, ast.Constant):
                keys.add(str(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r".+"
                    for part in node.values
                ]
                patterns.add("".join(parts))
            elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
                patterns.add(re.escape(str(node.left.value)) + r".+")
    return keys, patterns


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    """Both sides of 'a if b else c'."""
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def named_elsewhere(path: Path) -> set[str]:
    """Keys that stand as plain strings and are said by another function (`text="making.step"`)."""
    return {
        node.value
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } & set(sentences())


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_key_that_is_said_exists(path):
    keys, patterns = keys_and_patterns(path)
    assert keys <= set(sentences())
    for pattern in patterns:
        assert any(re.fullmatch(pattern, key) for key in sentences()), pattern


def test_every_sentence_of_the_table_is_said_somewhere():
    keys: set[str] = set()
    patterns: set[str] = set()
    for path in SPEAKERS:
        said, built = keys_and_patterns(path)
        keys |= said | named_elsewhere(path)
        patterns |= built
    silent = [
        key
        for key in sentences()
        if key not in keys and not any(re.fullmatch(pattern, key) for pattern in patterns)
    ]
    assert silent == []


def literals(path: Path) -> list[str]:
    """English in calls of Streamlit that is not from the table, with its line."""
    found = []
    for node in ast.walk(_tree(path)):
        if not (isinstance(node, ast.Call) and _is_streamlit(node)) or _name(node) in SILENT:
            continue
        texts = [*node.args[:1], *(k.value for k in node.keywords if k.arg in TEXTS)]
        found += [f"{path.name}:{node.lineno}: {text}" for one in texts for text in _english(one)]
    return found


def _is_streamlit(call: ast.Call) -> bool:
    """Whether it is `st.x(...)`, or a method of one of its boxes: `left.button(...)`."""
    names = {"button", "caption", "error", "info", "markdown", "metric", "success", "subheader",
             "text_input", "title", "warning", "write", "progress"}  # fmt: skip
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value
    return (isinstance(owner, ast.Name) and owner.id == "st") or call.func.attr in names


def _english(node: ast.expr) -> Iterator[str]:
    """Constant text with letters in an expression, but what other calls are given."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"[A-Za-z]", ICON.sub("", node.value)):
            yield node.value
    elif isinstance(node, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.BoolOp):
        skipped = (node.test,) if isinstance(node, ast.IfExp) else ()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and child not in skipped:
                yield from _english(child)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_of_a_page_stands_in_its_code(path):
    assert literals(path) == []


def test_a_sentence_in_code_would_be_found(tmp_path):
    page = tmp_path / "page.py"
    page.write_text('st.button("Press me")\nst.caption(f"of {n} hearts")\nst.badge(":red[:x:]")\n')
    assert [line.split(": ")[1] for line in literals(page)] == ["Press me", "of ", " hearts"]


def test_places_of_a_sentence_can_be_filled():
    for key, sentence in table(ENGLISH).items():
        names = re.findall(r"(?<!\{)\{(\w+)[^{}]*\}(?!\})", sentence)
        assert isinstance(sentence.format(**dict.fromkeys(names, 1)), str), key
