"""Forms of the QRS in single leads (qR, rS, R') and numbers that several leads make together."""

from collections.abc import Callable, Mapping, Sequence

from sediff.criteria.blocks import Limit, Wave, spans_of
from sediff.criteria.check import Check, Outcome, Subject
from sediff.measure.values import LeadWaves

SMALL_MV = 0.02  # a deflection below it is not named
SEEN_MV = 0.05  # a q or r' must reach it to count against or for a form in a noisy record

Leads = Mapping[str, LeadWaves]


def form(
    name: str,
    leads: Sequence[str],
    holds: Callable[[LeadWaves], bool],
    threshold: str,
    *,
    need: int | None = None,
    wave: Wave = "QRS",
) -> Check:
    """A form of the dominant beat in some of the leads.

    Args:
        name: the question. leads: where to look.
        holds: whether one lead shows it. threshold: the form in words.
        need: in how many of the leads; None: in all. wave: what to highlight.
    """
    wanted = len(leads) if need is None else need
    where = " and ".join(leads) if wanted == len(leads) else f"{wanted} of {', '.join(leads)}"

    def check(subject: Subject) -> Outcome:
        seen = subject.measured.leads
        good = tuple(lead for lead in leads if lead in seen and holds(seen[lead]))
        missing = [lead for lead in leads if lead not in seen]
        met = True if len(good) >= wanted else None if len(good) + len(missing) >= wanted else False
        reason = "" if met else f"Only in {', '.join(good)}." if good else "In none of the leads."
        if met is None:
            reason = subject.measured.lead_faults.get(
                missing[0], f"Lead {missing[0]} could not be read."
            )
        return Outcome(
            name, met, threshold=f"{threshold} in {where}", reason=reason,
            leads=good if met else tuple(lead for lead in leads if lead in seen),
            spans=spans_of(subject.measured, wave),
        )  # fmt: skip

    return check


def across(
    name: str,
    leads: Sequence[str],
    read: Callable[[Leads], float],
    *,
    low: Limit | None = None,
    high: Limit | None = None,
    unit: str = "mV",
    wave: Wave = "QRS",
) -> Check:
    """One number made from several leads, within limits (inclusive).

    Args:
        name: the question. leads: all of those that `read` needs.
        read: the number from the leads. low, high: limits, numbers or functions of the subject.
        unit: of the number. wave: what to highlight.
    """

    def check(subject: Subject) -> Outcome:
        seen = subject.measured.leads
        below = low(subject) if callable(low) else low
        above = high(subject) if callable(high) else high
        words = [f"at least {below:g}"] if below is not None else []
        words += [f"at most {above:g}"] if above is not None else []
        threshold = f"{' and '.join(words)} {unit}".strip()
        missing = [lead for lead in leads if lead not in seen]
        if missing:
            reason = subject.measured.lead_faults.get(
                missing[0], f"Lead {missing[0]} could not be read."
            )
            return Outcome(name, None, None, unit, threshold, reason)
        value = read(seen)
        met = (below is None or value >= below) and (above is None or value <= above)
        spans = spans_of(subject.measured, wave)
        return Outcome(name, met, round(value, 3), unit, threshold, leads=tuple(leads), spans=spans)

    return check


def is_qr(w: LeadWaves) -> bool:
    """QR: a q and then an R that is the larger of the two (an s may follow)."""
    return w.q_mv <= -SMALL_MV and w.r_mv > max(SEEN_MV, -w.q_mv)


def is_rs(w: LeadWaves) -> bool:
    """An rS: r first, then an S that is deeper."""
    return w.q_mv > -SEEN_MV and w.r_mv >= SMALL_MV and -w.s_mv > max(w.r_mv, 0.1)


def has_r_prime(w: LeadWaves) -> bool:
    """Two upright waves with an S between them: rsr', rsR' or rSR'."""
    return w.r_mv >= SMALL_MV and w.s_mv <= -SMALL_MV and w.r2_mv >= SEEN_MV


def is_upright(w: LeadWaves) -> bool:
    """The QRS is mainly upright."""
    return w.tall_mv > w.deep_mv


def is_negative(w: LeadWaves) -> bool:
    """The QRS is mainly negative."""
    return w.deep_mv > w.tall_mv


def q_share(w: LeadWaves) -> float:
    """Depth of the q as a share of the R after it; 0 without both."""
    return -w.q_mv / w.r_mv if w.r_mv > SEEN_MV else 0.0
