"""The sinus node drives the ventricles while the atria stay silent (hyperkalaemia)."""

from sediff.simulator.rhythms.registry import rhythm
from sediff.simulator.rhythms.sinus import tachogram
from sediff.simulator.strip import Context, Course, Planned


@rhythm("sinoventricular")
def sinoventricular(context: Context) -> Course:
    """Sinus intervals without P waves: the impulse reaches the AV node, atrial muscle is numb."""
    sd = context.spec.rr_sd_ms / 1000
    rr = tachogram(context.mean_s, sd, context.count, context.rng)
    return Course([Planned(float(before)) for before in rr])
