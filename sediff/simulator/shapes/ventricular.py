"""Beats that start in the ventricles: what the whole QRS looks like when no bundle conducts.

Five Gaussians per axis; what comes from the left ventricle goes right and forwards and looks like
RBBB, what comes from the right goes left and back and looks like LBBB. Axes: Wellens, Heart
2001;86:579-585.
"""

from dataclasses import replace

import numpy as np

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row

_AT_MS = (-42.0, -21.0, 0.0, 21.0, 42.0)
_W_MS = (10.0, 11.0, 11.0, 11.0, 11.5)
_ST_SHARE = 0.3  # of T: the ST segment runs towards it

Axes = tuple[tuple[float, float, float], ...]  # x, y, z; each early, midway and late, mV

# Apex of the left ventricle: V1 up, V6 down, axis in the north-west.
LEFT_APEX: Axes = ((-0.28, -0.54, -0.30), (-0.50, -0.86, -0.34), (-0.40, -0.78, -0.30))
# Outflow tract of the right ventricle: V1 down, V6 up, axis straight down.
RIGHT_OUTFLOW: Axes = ((0.14, 0.26, 0.16), (0.45, 0.85, 0.45), (0.22, 0.75, 0.60))
# Conduction system low in the left ventricle (escape): RBBB-like with the axis up.
LOW_ESCAPE: Axes = ((0.20, 0.10, -0.55), (-0.35, -0.65, -0.30), (-0.35, -0.50, -0.45))
# Both ventricles paced from apex and lateral wall: V1 up, I down.
BOTH_PACED: Axes = ((-0.40, -0.38, -0.10), (-0.25, -0.60, -0.40), (-0.30, -0.55, -0.30))

VENTRICULAR = ("vt_left", "vt_right", "idioventricular", "agonal")  # no sinus beat looks so


def ventricular_heart(heart: Heart, axes: Axes, size: float = 1.0, t_share: float = 0.14) -> Heart:
    """The heart with a QRS of these forces, slow from its start, and T against it.

    Args:
        heart: of the person; its atria stay.
        axes: forces early, midway and late.
        size: factor on them.
        t_share: T over the sum of the three forces; less at high rates.
    """
    three = np.array(axes) * size
    midway = (three[:, :-1] + three[:, 1:]) / 2
    five = np.stack([three[:, 0], midway[:, 0], three[:, 1], midway[:, 1], three[:, 2]])
    t = -t_share * three.sum(axis=1)
    return replace(
        heart,
        qrs=tuple(Row("R", at, w, *v) for at, w, v in zip(_AT_MS, _W_MS, five, strict=True)),
        t=(float(t[0]), float(t[1]), float(t[2])),
        st=tuple(float(v) for v in _ST_SHARE * t),
        t_locked=True,
        one_focus=True,
        sokolow_mv=None,
    )


@shape("vt_left")
def _vt_left(heart: Heart) -> Heart:
    """Tachycardia from the left ventricle: monophasic R in V1, QS in V6."""
    return ventricular_heart(heart, LEFT_APEX, 1.7)


@shape("vt_right")
def _vt_right(heart: Heart) -> Heart:
    """Tachycardia from the right outflow tract: QS or rS in V1, tall R in II, III and aVF."""
    return ventricular_heart(heart, RIGHT_OUTFLOW, 1.7)


@shape("idioventricular")
def _idioventricular(heart: Heart) -> Heart:
    """An escape focus in the ventricles."""
    return ventricular_heart(heart, LOW_ESCAPE, 1.6, 0.22)


@shape("agonal")
def _agonal(heart: Heart) -> Heart:
    """A dying heart: low, very wide, without a clear ST segment."""
    return replace(ventricular_heart(heart, LOW_ESCAPE, 1.1, 0.22), t_width=1.4)


@shape("paced_biv")
def _paced_biv(heart: Heart) -> Heart:
    """Biventricular pacing: negative in I, dominant R in V1, narrower than right pacing alone."""
    return ventricular_heart(heart, BOTH_PACED, 1.7, 0.2)
