"""Tables that a spreadsheet opens: text of others stays text there."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a formula may begin


def harmless(text: str) -> str:
    """The text, with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
