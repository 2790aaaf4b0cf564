"""ST and T of the whole epicardium or apex: pericarditis, early repolarisation, takotsubo, strain.

Vectors are dipoles in mV (x left, y down, z back) that give the textbook leads through the Dower
matrix; the leads each drawing reaches are checked in the tests.
"""

from dataclasses import replace

from sediff.simulator.shapes.registry import graded, shape
from sediff.simulator.waves import Heart, Row, scale

# Atrial injury: PR down in II and V3-V6, up in aVR. It ends within the QRS (ms from J).
_PR_DOWN = Row("PR", -95.0, 28.0, -0.085, -0.075, 0.0)
# A notch on the end of the QRS of the inferior and lateral leads.
_NOTCH = (0.22, 0.18, 0.0)


@shape("pericarditis_1")
def _pericarditis_1(heart: Heart) -> Heart:
    """ST concave upwards in I, II and V3-V6, down in aVR and V1; PR depressed."""
    return heart.with_st((0.21, 0.12, -0.05), 0.5).after(_PR_DOWN)


@shape("pericarditis_2")
def _pericarditis_2(heart: Heart) -> Heart:
    """ST back on the baseline, T flat."""
    return replace(heart, t=scale(heart.t, 0.15))


@shape("pericarditis_3")
def _pericarditis_3(heart: Heart) -> Heart:
    """T inverted in I, II, aVF and V3-V6, upright in aVR."""
    return replace(heart, t=(-0.28, -0.19, 0.02), t_locked=True)


@graded("early_repolarisation")
def _early_repolarisation(heart: Heart, amount: float) -> Heart:
    """End-QRS notch in the inferior and lateral leads, ascending ST, tall T."""
    notched = heart.after(Row("J", 1.0, 5.0, *scale(_NOTCH, amount)))
    raised = replace(notched, t=scale(heart.t, 1.3))
    return raised.with_st(scale((0.07, 0.05, -0.04), amount), 0.0)


@graded("j_waves")
def _j_waves(heart: Heart, amount: float) -> Heart:
    """The notch alone, with a level ST segment."""
    return heart.after(Row("J", 1.0, 5.0, *scale(_NOTCH, amount)))


@shape("takotsubo_acute")
def _takotsubo_acute(heart: Heart) -> Heart:
    """ST up in II and V2-V6 and -aVR, not in V1."""
    return heart.with_st((0.24, 0.12, -0.07), 0.3)


@shape("takotsubo_subacute")
def _takotsubo_subacute(heart: Heart) -> Heart:
    """T deeply and symmetrically inverted in I, II and V2-V6, upright in aVR and V1."""
    rows = (Row("T", 0.0, 48.0, -0.44, -0.16, 0.18),)
    return replace(heart, t_rows=rows, t=(-0.44, -0.16, 0.18), t_locked=True)


@shape("raised_icp")
def _raised_icp(heart: Heart) -> Heart:
    """Broad T waves 1 mV and more below the baseline in V3-V5."""
    rows = (Row("T", -40.0, 60.0, -0.40, -0.15, 0.26), Row("T", 10.0, 52.0, -0.62, -0.22, 0.40))
    return replace(heart, t_rows=rows, t=(-0.9, -0.3, 0.6), t_locked=True)


@graded("lv_strain")
def _lv_strain(heart: Heart, amount: float) -> Heart:
    """ST down and T asymmetrically inverted in I, aVL, V5 and V6."""
    strained = replace(heart, t=scale((-0.34, 0.04, -0.16), amount), t_locked=True)
    return strained.with_st(scale((-0.13, 0.01, -0.06), amount), 0.0)


@graded("u_waves")
def _u_waves(heart: Heart, amount: float) -> Heart:
    """A U wave that is largest in V2 and V3, after a T wave of usual size."""
    return heart.after(Row("U", 402.0, 32.0, *scale((0.05, 0.05, -0.15), amount)))
