"""The pictures of the report; each says that what it shows is synthetic."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sediff.ecg import SYNTHETIC_MARK
from sediff.evaluation.benchmark.likeness import spectra
from sediff.evaluation.benchmark.sets import EcgSet
from sediff.evaluation.benchmark.signal import Drawn
from sediff.evaluation.benchmark.sources import FREE, NEAREST, OURS, SIMULATOR
from sediff.leads import EIGHT, LEADS

# Blue and orange that people with any colour vision tell apart (Okabe & Ito 2008), and grey.
_OURS, _REAL, _OTHER, _INK = "#0072b2", "#d55e00", "#7f7f7f", "#1f2328"
_MARK_INK = "#9f1d2b"
_SHOWN_LEADS = ("II", "V1", "V5")
_MOST_FINDINGS = 40


@dataclass(frozen=True)
class Picture:
    """A file of the report: its bytes, its title, and what it shows in words."""

    file: str
    title: str
    alt: str
    data: bytes

    def plain(self) -> dict[str, str]:
        """As JSON, without the bytes."""
        return {"file": self.file, "title": self.title, "alt": self.alt}


def signal_pictures(drawn: Drawn) -> list[Picture]:
    """Heart rates, spectra and amplitudes."""
    return [heart_rates(drawn), power_spectra(drawn), amplitudes(drawn)]


def heart_rates(drawn: Drawn) -> Picture:
    """Measured against asked heart rate of the first seed."""
    asked, one = drawn.asked("heart_rate"), drawn.sets[OURS][0]
    found, steady = one.ruler("heart_rate"), drawn.steady
    figure, (axes,) = _figure(1, 5.2, 5.0)
    for rows, label, color, mark in (
        (steady, "without AF or ectopy", _OURS, "o"),
        (~steady, "AF, flutter, ectopy, block", _REAL, "^"),
    ):
        axes.scatter(
            asked[rows], found[rows], s=14, color=color, marker=mark, alpha=0.6, label=label
        )
    ends = np.array([np.nanmin(asked), np.nanmax(asked)]) if np.isfinite(asked).any() else [40, 120]
    axes.plot(ends, ends, color=_INK, lw=0.8, label="asked = measured")
    axes.set(xlabel="asked heart rate (bpm)", ylabel="measured heart rate (bpm)")
    axes.legend(frameon=False, fontsize=8)
    close = np.abs(found - asked)[steady & np.isfinite(asked) & np.isfinite(found)]
    share = f"{100 * (close <= 5).mean():.1f} %" if len(close) else "none"
    alt = (
        f"Measured against asked heart rate of {len(one)} generated ECGs. Of those without AF or "
        f"ectopy {share} lie within 5 bpm of the line of equality."
    )
    return _picture("heart_rate.svg", "Heart rate, measured against asked", alt, figure)


def power_spectra(drawn: Drawn) -> Picture:
    """Mean log spectra of three leads, real and generated."""
    figure, panels = _figure(len(_SHOWN_LEADS), 9.0, 3.4)
    lines: list[tuple[str, EcgSet, str, str]] = [("real", drawn.real, _REAL, "-")]
    lines += [
        (name, drawn.sets[name][0], color, dash)
        for name, color, dash in ((OURS, _OURS, "-"), (SIMULATOR, _OTHER, ":"), (FREE, _INK, "--"))
        if name in drawn.sets
    ]
    for label, one, color, dash in lines:
        hz, power = spectra(one.low)
        for axes, lead in zip(panels, _SHOWN_LEADS, strict=True):
            mean = 10 * power[:, EIGHT.index(lead)].mean(axis=0)
            axes.plot(hz, mean, color=color, ls=dash, lw=1.3, label=label)
            axes.set(title=lead, xlabel="Hz")
    panels[0].set_ylabel("power (dB of mV²/Hz)")
    panels[-1].legend(frameon=False, fontsize=8)
    alt = (
        "Power spectra of leads II, V1 and V5 from 0.5 to 45 Hz: real ECGs, generated ones, and "
        "the simulator alone. The table gives their distances in dB."
    )
    return _picture("spectrum.svg", "Power spectra, real and generated", alt, figure)


def amplitudes(drawn: Drawn) -> Picture:
    """R and S of every lead, real beside generated, as violins."""
    figure, panels = _figure(2, 9.0, 5.4, rows=2)
    one = drawn.sets[OURS][0]
    for axes, wave, label in zip(panels, ("r", "s"), ("R", "S, depth"), strict=True):
        for source, color, side, name in (
            (drawn.real, _REAL, "low", "real"),
            (one, _OURS, "high", "ours"),
        ):
            columns = [_known(source.at_100hz(f"{wave}_{lead}")) for lead in LEADS]
            _violins(axes, columns, color, side)
            axes.plot([], [], color=color, lw=6, alpha=0.6, label=name)
        axes.set_xticks(range(len(LEADS)), LEADS)
        axes.set_ylabel(f"{label} (mV)")
    panels[0].legend(frameon=False, fontsize=8, ncols=2)
    alt = (
        "Distributions of R and S amplitudes in the twelve leads: real ECGs on the left half of "
        "each violin, generated ones on the right. The table gives their distances."
    )
    return _picture("amplitudes.svg", "Amplitudes by lead, real and generated", alt, figure)


def read_back_bars(findings: Sequence[Mapping[str, Any]]) -> Picture:
    """AUROC of every finding on real and on generated ECGs."""
    rows = list(findings)[:_MOST_FINDINGS][::-1]
    figure, (axes,) = _figure(1, 7.5, 1.2 + 0.3 * len(rows))
    at = np.arange(len(rows))
    axes.barh(at + 0.2, [r["real"] for r in rows], 0.38, color=_REAL, label="real")
    axes.barh(at - 0.2, [r["generated"] for r in rows], 0.38, color=_OURS, label="ours")
    axes.set_yticks(at, [f"{r['name']} ({r['n']})" for r in rows], fontsize=8)
    least = min([min(r["real"], r["generated"]) for r in rows], default=0.5)
    axes.set(xlim=(min(0.5, least - 0.02), 1.0), xlabel="AUROC of the judge")
    figure.legend(loc="outside upper right", frameon=False, fontsize=8, ncols=2)
    alt = (
        f"AUROC of {len(rows)} findings on real and on generated ECGs, those that lose most at "
        "the top; every number stands in the table of findings."
    )
    return _picture("read_back.svg", "Findings read back, real and generated", alt, figure)


def nearest_distances(result: Mapping[str, Any]) -> Picture:
    """5th percentile of the distance to the nearest training ECG, by source."""
    spaces = list(result["spaces"].items())
    figure, panels = _figure(len(spaces), 8.0, 3.2)
    for axes, (space, table) in zip(panels, spaces, strict=True):
        shown = {"held-out real": table["held_out"]["p5"]["value"]}
        sets = {n: one["p5"]["value"] for n, one in table["sets"].items() if n != NEAREST}
        names, values = list(shown | sets), list((shown | sets).values())
        colors = [_REAL] + [_OURS if name == OURS else _OTHER for name in sets]
        axes.barh(range(len(names)), values, color=colors)
        axes.set_yticks(range(len(names)), names, fontsize=8)
        axes.invert_yaxis()
        axes.axvline(values[0], color=_INK, lw=0.8)
        axes.set(title=space, xlabel=table["unit"])
    alt = (
        "5th percentile of the distance to the nearest training ECG, of held-out real ECGs and "
        "of each source; a bar shorter than that of real ECGs is nearer to the training data."
    )
    return _picture("privacy.svg", "Distance to the nearest training ECG", alt, figure)


def _violins(axes: Axes, columns: Sequence[npt.NDArray], color: str, side: Any) -> None:
    at = [i for i, column in enumerate(columns) if len(column) > 1 and np.ptp(column) > 0]
    if not at:
        return
    parts: Any = axes.violinplot(
        [columns[i] for i in at], at, widths=0.85, showextrema=False, side=side
    )
    for body in parts["bodies"]:
        body.set(facecolor=color, alpha=0.6)


def _known(values: npt.NDArray) -> npt.NDArray:
    """Without what was not measured and without the outermost hundredth, which hides the rest."""
    values = values[np.isfinite(values)]
    if not len(values):
        return values
    low, high = np.percentile(values, [0.5, 99.5])
    return values[(values >= low) & (values <= high)]


def _figure(panels: int, width: float, height: float, rows: int = 1) -> tuple[Figure, list[Axes]]:
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)  # no pyplot: nothing global
    found = np.ravel(figure.subplots(rows, panels // rows, squeeze=False))
    for axes in found:
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(color="#dddddd", lw=0.5)
        axes.set_axisbelow(True)
    return figure, list(found)


def _picture(file: str, title: str, alt: str, figure: Figure) -> Picture:
    figure.supxlabel(SYNTHETIC_MARK, fontsize=8, color=_MARK_INK)
    return Picture(file, title, f"{alt} {SYNTHETIC_MARK}.", _bytes(figure.savefig))


def _bytes(save: Callable[..., None]) -> bytes:
    buffer = io.BytesIO()
    # The same picture gives the same file: no date, no random names in it; letters stay text.
    with mpl.rc_context({"svg.hashsalt": "benchmark", "svg.fonttype": "none"}):
        save(buffer, format="svg", metadata={"Date": None, "Description": SYNTHETIC_MARK})
    return buffer.getvalue()
