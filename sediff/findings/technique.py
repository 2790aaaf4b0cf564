"""What is wrong with the recording, not with the heart."""

from sediff.criteria import technique as checks
from sediff.findings.finding import Finding, Stage

_EXCHANGED = (
    "The asked numbers are those of the heart; the exchanged cables show them in other leads, so "
    "axis and amplitudes are read differently."
)
_MOVED = "The asked numbers are those of the heart; V1 and V2 see it from another place."
_NOISY = "The asked numbers are those of the heart; noise may hide them from the measurement."


def _swap(a: str, b: str) -> Stage:
    return Stage(
        f"{a}_{b}".lower(), f"{a}/{b} swap", english=(f"{a}/{b} electrode swap",),
        technique=f"swap_{a}_{b}".lower(), criteria=checks.swapped(a, b),
    )  # fmt: skip


TECHNIQUE = (
    Finding(
        "lead_reversal",
        "limb lead reversal",
        "technique",
        english=("lead reversal", "lead misplacement"),
        german=("elektrodenvertauschung",),
        snomed="251139008",
        technique="la_ra",
        typical={"heart_rate": (60, 85), "axis_deg": (25, 65)},
        benign=True,
        stages=(
            Stage(
                "la_ra",
                "arm lead reversal",
                english=(
                    "LA/RA reversal",
                    "left arm right arm lead reversal",
                    "arm electrodes swapped",
                    "arm leads swapped",
                    "left and right arm electrodes swapped",
                    "left and right arm leads swapped",
                ),
                german=("armelektrodenvertauschung",),
                criteria=checks.ARMS,
            ),
            Stage(
                "la_ll",
                "left arm left leg lead reversal",
                english=("LA/LL reversal",),
                technique="la_ll",
                criteria=checks.LEFT_ARM_LEG,
            ),
            Stage(
                "ra_ll",
                "right arm left leg lead reversal",
                english=("RA/LL reversal",),
                technique="ra_ll",
                criteria=checks.RIGHT_ARM_LEFT_LEG,
            ),
            Stage(
                "ra_rl",
                "right arm right leg lead reversal",
                english=("RA/RL reversal",),
                technique="ra_rl",
                criteria=checks.RIGHT_ARM_LEG,
            ),
            Stage(
                "la_rl",
                "left arm right leg lead reversal",
                english=("LA/RL reversal",),
                technique="la_rl",
                criteria=checks.LEFT_ARM_RIGHT_LEG,
            ),
        ),
        criteria=checks.ARMS,
        combines=("sinus_rhythm", "inferior_mi"),
        mimics=("dextrocardia",),
        warning=_EXCHANGED,
    ),
    Finding(
        "high_v1_v2",
        "V1 and V2 placed too high",
        "technique",
        english=("V1/V2 too high", "V1/V2 misplacement"),
        german=("V1 und V2 zu hoch",),
        technique="high_v1_v2",
        typical={"heart_rate": (60, 85)},
        benign=True,
        criteria=checks.HIGH_V1_V2,
        combines=("sinus_rhythm",),
        mimics=("rbbb", "lead_reversal"),
        warning=_MOVED,
    ),
    Finding(
        "precordial_swap",
        "precordial lead swap",
        "technique",
        english=("chest lead swap", "swapped chest leads"),
        german=("brustwandelektroden vertauscht",),
        technique="swap_v1_v2",
        typical={"heart_rate": (60, 85)},
        benign=True,
        stages=(
            _swap("V1", "V2"),
            _swap("V1", "V3"),
            _swap("V2", "V3"),
            _swap("V3", "V4"),
            Stage(
                "reversed",
                "chest leads in reverse order",
                english=("reverse order of the chest leads",),
                technique="chest_reversed",
                criteria=checks.CHEST_REVERSED,
            ),
        ),
        criteria=checks.swapped("V1", "V2"),
        combines=("sinus_rhythm",),
        mimics=("dextrocardia", "lead_reversal"),
        warning=_EXCHANGED,
    ),
    Finding(
        "baseline_wander",
        "baseline wander",
        "technique",
        english=("baseline drift", "wandering baseline"),
        german=("grundlinienschwankung", "nulllinienschwankung"),
        technique="wander",
        benign=True,
        criteria=checks.WANDER,
        combines=("sinus_rhythm", "atrial_fibrillation"),
        mimics=("muscle_tremor", "loose_electrode"),
        warning=_NOISY,
    ),
    Finding(
        "muscle_tremor",
        "muscle tremor artefact",
        "technique",
        english=("muscle artifact", "muscle tremor", "somatic tremor"),
        german=("muskelzittern", "muskelartefakte"),
        technique="tremor",
        benign=True,
        criteria=checks.TREMOR,
        combines=("sinus_rhythm",),
        mimics=("atrial_fibrillation", "mains_interference"),
        warning=_NOISY,
    ),
    Finding(
        "mains_interference",
        "mains interference",
        "technique",
        english=("AC interference", "power line interference", "electrical interference"),
        german=("netzbrummen", "wechselstrombrummen"),
        technique="mains_50",
        benign=True,
        stages=(
            Stage(
                "50",
                "50 Hz mains interference",
                english=("50 Hz interference",),
                german=("50 Hz netzbrummen",),
                criteria=checks.mains(50),
            ),
            Stage(
                "60",
                "60 Hz mains interference",
                english=("60 Hz interference",),
                german=("60 Hz netzbrummen",),
                technique="mains_60",
                criteria=checks.mains(60),
            ),
        ),
        criteria=checks.mains(50),
        combines=("sinus_rhythm",),
        mimics=("muscle_tremor",),
        warning=_NOISY,
    ),
    Finding(
        "loose_electrode",
        "loose electrode",
        "technique",
        english=("poor electrode contact", "electrode artifact"),
        german=("lose elektrode", "schlechter elektrodenkontakt"),
        technique="loose_limb",
        benign=True,
        stages=(
            Stage(
                "arm",
                "loose arm electrode",
                german=("lose armelektrode",),
                criteria=checks.LOOSE_ARM,
            ),
            Stage(
                "chest",
                "loose chest electrode",
                german=("lose brustwandelektrode",),
                technique="loose_chest",
                criteria=checks.LOOSE_CHEST,
            ),
        ),
        criteria=checks.LOOSE_ARM,
        combines=("sinus_rhythm",),
        mimics=("muscle_tremor", "mains_interference"),
        warning=_NOISY,
    ),
)
