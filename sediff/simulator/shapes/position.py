"""Where the heart lies. Imported last: it acts on whatever the other findings have drawn."""

from dataclasses import replace

from sediff.simulator.shapes.registry import shape
from sediff.simulator.waves import Heart, Row, scale


@shape("effusion")
def _effusion(heart: Heart) -> Heart:
    """Fluid around the heart: limb leads below 0.5 mV, T flat in proportion."""
    return replace(heart, limb_mv=0.44, sokolow_mv=None, t=scale(heart.t, 0.35))


@shape("dextrocardia")
def _dextrocardia(heart: Heart) -> Heart:
    """A mirror image in the chest: every force left becomes one to the right."""

    def mirrored(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(row._replace(x=-row.x) for row in rows)

    return replace(
        heart,
        qrs=mirrored(heart.qrs),
        p=mirrored(heart.p),
        t=(-heart.t[0], *heart.t[1:]),
        st=(-heart.st[0], *heart.st[1:]),
        t_rows=mirrored(heart.t_rows),
        late=mirrored(heart.late),
    )
