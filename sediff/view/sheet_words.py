"""What is printed on a sheet besides the trace, and the same sheet in words."""

from sediff.ecg import HIDDEN_MARK, IMPORTED_MARK, SYNTHETIC_MARK, Ecg
from sediff.view.look import Look
from sediff.view.paper import Paper
from sediff.view.text import say

_KINDS = {SYNTHETIC_MARK: "synthetic", IMPORTED_MARK: "imported", HIDDEN_MARK: "hidden"}


def scale_line(look: Look) -> str:
    """Speed, gain and display filter, as '25 mm/s   10 mm/mV   no filter'."""
    parts = [_scale(look), say(f"trace.filter_{look.filter}")]
    if look.simultaneous and look.layout not in ("12x1", "strip"):
        parts.append(say("trace.same_time"))
    return "   ".join(parts)


def page_line(paper: Paper) -> str:
    """Which page and which seconds of the record; '' for a sheet of one page."""
    if paper.pages == 1:
        return ""
    start = min(strip.start for strip in paper.strips) / paper.fs
    end = max(strip.stop for strip in paper.strips) / paper.fs
    pages = say("trace.page", page=paper.page, pages=paper.pages)
    return f"{pages}   {say('trace.seconds', start=round(start, 2), end=round(end, 2))}"


def alt_text(ecg: Ecg, look: Look, summary: str = "", mark: str = SYNTHETIC_MARK) -> str:
    """One sentence that tells what the picture shows to those who cannot see it.

    Without `summary` it says nothing that is not the same for every ECG of that look.
    """
    text = say(
        "trace.alt",
        kind=say(f"trace.alt_{_KINDS.get(mark, 'hidden')}"),
        seconds=round(ecg.seconds, 2),
        layout=say(f"trace.alt_{look.layout}", lead=look.rhythm_lead),
        scale=" ".join(_scale(look).split()),
        filter=say(f"trace.filter_{look.filter}"),
        cabrera=say("trace.alt_cabrera") if look.cabrera else "",
    )
    return f"{text}: {summary}." if summary else f"{text}."


def lead_label(lead: str, look: Look) -> str:
    """The name of a lead as that look prints it: '-aVR' in the order of Cabrera."""
    return f"-{lead}" if look.cabrera and lead == "aVR" else lead


def _scale(look: Look) -> str:
    return say("trace.scale", speed=look.speed, gain=look.gain)
