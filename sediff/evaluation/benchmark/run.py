"""`python -m sediff evaluate`: one page and one JSON on a fold that the model never saw."""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sediff.assets import ASSETS, sha256
from sediff.errors import RequestError, SediffError, WeightsError
from sediff.evaluation.benchmark import diagnosis, features, privacy
from sediff.evaluation.benchmark.about import about, code_names, training_counts
from sediff.evaluation.benchmark.cases import Case, fold_of, fold_rows, real_low
from sediff.evaluation.benchmark.failures import failures
from sediff.evaluation.benchmark.gather import Asked, gather, store_of, training_set, weights
from sediff.evaluation.benchmark.judge import Judge, JudgeConfig, JudgeNetwork, load_judge
from sediff.evaluation.benchmark.judged import (
    feature_rows,
    findings_of,
    notes_of,
    privacy_rows,
    read_back_rows,
    training_rows,
)
from sediff.evaluation.benchmark.page import Part, Report, write_report
from sediff.evaluation.benchmark.pictures import (
    nearest_distances,
    read_back_bars,
    signal_pictures,
)
from sediff.evaluation.benchmark.sets import Store
from sediff.evaluation.benchmark.signal import Drawn, signal_rows
from sediff.evaluation.benchmark.sources import OURS
from sediff.training.inputs import Data, load_data, newest, tensors_of

PARTS = ("signal", "features", "diagnosis", "privacy")
_TITLES = {
    "signal": "Signal", "features": "Features", "diagnosis": "Diagnosis", "privacy": "Privacy",
}  # fmt: skip
_MAX_SEEDS = 10
_EPOCHS, _FITS = 8, 3  # of the classifiers that learn from synthetic ECGs
_FURTHER = (1, 2, 3)  # sampling seeds of further synthetic ECGs with rare findings


@dataclass(frozen=True)
class Options:
    """What the command was asked.

    Attributes:
        synthetic: training requests for the test 'train on synthetic'; 0 leaves it out.
    """

    split: str
    out: Path
    count: int | None = None
    seeds: int = 3
    work: Path = Path("runs")
    parts: tuple[str, ...] = PARTS
    data: str | None = None
    synthetic: int = 2000
    command: str = ""


@dataclass(frozen=True)
class Bench:
    """Everything that a part may need; `judge` None where only the signal is asked for."""

    options: Options
    data: Data
    asked: Asked
    store: Store
    drawn: Drawn
    judge: Judge | None


def evaluate(options: Options) -> Path:
    """Write the report of a split.

    Returns:
        The page.

    Raises:
        RequestError, DataError, WeightsError: one sentence that says what to do; of the report
        nothing is written then, and what was drawn so far is kept for the next run.
    """
    begun = time.perf_counter()
    check(options)
    judge = judge_of(options.work) if set(options.parts) - {"signal"} else None
    asked = Asked(fold_of(options.split), options.count, options.seeds, options.work)
    data = load_data(options.data, options.work, min(asked.fold, 9))
    store = store_of(asked, data)
    bench = Bench(options, data, asked, store, gather(asked, data, store), judge)
    findings: list[dict[str, Any]] = []
    parts = [_part(name, bench, findings) for name in PARTS if name in options.parts]
    own = bench.drawn.sets[OURS]
    used = weights()
    if judge is not None:
        used["judge.safetensors"] = sha256(newest(options.work, "judge"))
    report = Report(
        about=about(asked, bench.drawn, used, options.command, time.perf_counter() - begun),
        parts=parts,
        findings=findings,
        failures=failures(own, findings),
        ablation=_ablation(options.work),
    )
    return write_report(report, options.out)


def check(options: Options) -> None:
    """Raise `RequestError` for what cannot be asked, before anything slow begins."""
    unknown = [name for name in options.parts if name not in PARTS]
    if unknown or not options.parts:
        raise RequestError(f"The parts must be some of {', '.join(PARTS)}.")
    if not 1 <= options.seeds <= _MAX_SEEDS:
        raise RequestError(f"The seeds must be between 1 and {_MAX_SEEDS}, not {options.seeds}.")
    if options.count is not None and options.count < 1:
        raise RequestError("The count must be 1 or more.")
    if options.synthetic < 0:
        raise RequestError("The synthetic training records must be 0 or more.")
    if options.out.exists() and not options.out.is_dir():
        raise RequestError(f"{options.out} is a file: name a folder with --out.")


def judge_of(work: Path) -> Judge:
    """The judge of the work folder, else the shipped one.

    Raises:
        WeightsError: there is none.
    """
    path = newest(work, "judge")
    if path.parent == ASSETS:
        if not path.is_file():
            raise WeightsError(
                f"There is no judge in {work} or {ASSETS}: train it with "
                "python -m sediff.training judge, or ask for --parts signal."
            )
        return load_judge()
    from sediff.diffusion.bundle import config_of

    network = JudgeNetwork(JudgeConfig(**config_of(path)))
    network.load_state_dict(tensors_of(path))
    return Judge(network)


def _part(name: str, bench: Bench, findings: list[dict[str, Any]]) -> Part:
    """One part; what it cannot tell stands in it as a sentence and stops no other part."""
    print(f"{_TITLES[name]} ...", file=sys.stderr, flush=True)
    makers: dict[str, Callable[[], Part]] = {
        "signal": lambda: _signal(bench),
        "features": lambda: _features(bench),
        "diagnosis": lambda: _diagnosis(bench, findings),
        "privacy": lambda: _privacy(bench),
    }
    try:
        return makers[name]()
    except SediffError as error:
        return Part(name, _TITLES[name], missing=str(error))


def _signal(bench: Bench) -> Part:
    intro = (
        "Measured by the app's own ruler, which reads the finished samples and knows nothing of "
        "the request; it was developed on simulated, real and annotated ECGs. Generated ECGs are "
        "asked for with the noise of a real recording, but for the worst fiftieth of them."
    )
    return Part(
        "signal", _TITLES["signal"], intro,
        rows=signal_rows(bench.drawn), pictures=signal_pictures(bench.drawn),
    )  # fmt: skip


def _features(bench: Bench) -> Part:
    drawn, judge = bench.drawn, _judge(bench)
    n = min(len(drawn.cases), len(drawn.floor))  # one size: the figures depend on it
    result = features.feature_figures(
        judge,
        drawn.real.low[:n],
        drawn.floor.low[:n],
        {name: [one.low[:n] for one in sets] for name, sets in drawn.sets.items()},
        [case.report for case in drawn.cases[:n]],
    )
    intro = f"{n} ECGs of each source. {notes_of(result)}"
    rows = feature_rows(result, drawn.missing)
    return Part("features", _TITLES["features"], intro, rows=rows)


def _diagnosis(bench: Bench, findings: list[dict[str, Any]]) -> Part:
    drawn, judge = bench.drawn, _judge(bench)
    labels = _labels(drawn.cases, judge.codes)
    known = training_counts(bench.data, judge.codes)
    found = {
        name: diagnosis.read_back(judge, labels, drawn.real.low, [one.low for one in sets], known)
        for name, sets in drawn.sets.items()
    }
    findings += findings_of(found[OURS], code_names(bench.options.data, judge.codes))
    rows = read_back_rows(found, drawn.missing)
    results: list[Mapping[str, Any]] = [found[OURS]]
    if bench.options.synthetic:
        results.append(_trained(bench, judge.codes))
        rows += training_rows(results[-1])
    return Part(
        "diagnosis", _TITLES["diagnosis"], notes_of(*results), rows=rows,
        pictures=[read_back_bars(findings)],
    )  # fmt: skip


def _trained(bench: Bench, codes: Sequence[str]) -> Mapping[str, Any]:
    """Train on synthetic, test on every real record of the fold."""
    bench_of = bench.asked, bench.data, bench.store, bench.options.synthetic
    synthetic, cases = training_set(*bench_of)
    labels = _labels(cases, codes)
    rare = diagnosis.rare_rows(labels)
    more, again = training_set(*bench_of, _FURTHER, lambda every: [every[i] for i in rare])
    test = fold_rows(bench.data, bench.asked.fold, None)
    stated = [set(bench.data.table["codes"].iloc[row]) for row in test]
    truth = np.array([[code in said for code in codes] for said in stated], np.float32)
    taught = _labels(again, codes)
    return diagnosis.train_on_synthetic(
        (_real(bench, cases), labels),
        (synthetic, labels),
        (real_low(bench.data, test), truth),
        _EPOCHS,
        range(_FITS),
        codes,
        further=((more, taught), (_real(bench, again), taught)),
    )


def _real(bench: Bench, cases: Sequence[Case]) -> Any:
    return real_low(bench.data, np.array([case.row for case in cases]))


def _privacy(bench: Bench) -> Part:
    drawn = bench.drawn
    rows = np.flatnonzero((bench.data.part == "train") & bench.data.clean)
    result = privacy.privacy_figures(
        _judge(bench),
        bench.data.low[rows],
        drawn.real.low,
        {name: [one.low for one in sets] for name, sets in drawn.sets.items()},
    )
    verdict = result["verdict"][OURS]["words"]
    intro = f"{verdict} {notes_of(result)}"
    return Part(
        "privacy", _TITLES["privacy"], intro, rows=privacy_rows(result, drawn.missing),
        pictures=[nearest_distances(result)],
    )  # fmt: skip


def _judge(bench: Bench) -> Judge:
    if bench.judge is None:
        raise WeightsError(
            "This part needs the judge: train it with python -m sediff.training judge."
        )
    return bench.judge


def _labels(cases: Sequence[Case], codes: Sequence[str]) -> Any:
    return np.stack([case.labels(codes) for case in cases])


def _ablation(work: Path) -> Mapping[str, Any] | None:
    try:
        return json.loads((work / "figures" / "ablation.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
